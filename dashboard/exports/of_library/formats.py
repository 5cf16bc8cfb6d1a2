"""Lists the formats of a library's export."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.exports.of_library.annotations import ANNOTATIONS
from dashboard.exports.of_library.network import NETWORK
from dashboard.exports.of_library.places import PLACES
from dashboard.exports.of_library.rows import CSV, JSON, JSONL
from dashboard.exports.of_library.streamed import StreamedFormat

FORMATS: Mapping[str, StreamedFormat] = {
    made.name: made for made in (CSV, JSON, JSONL, PLACES, NETWORK, ANNOTATIONS)
}
