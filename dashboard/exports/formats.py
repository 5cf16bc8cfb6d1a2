"""Owns the list of formats, in the order of the menu. A new format is one line here."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.exports.annotations import ANNOTATIONS
from dashboard.exports.calendar_file import EVENTS
from dashboard.exports.format import Format
from dashboard.exports.network import NETWORK
from dashboard.exports.places import PLACES
from dashboard.exports.quotes import QUOTES_CSV, QUOTES_JSON, QUOTES_JSONL
from dashboard.exports.schema_org import STORY
from dashboard.exports.story_zip import PACKAGE

FORMATS: Mapping[str, Format] = {
    made.name: made
    for made in (
        QUOTES_CSV,
        QUOTES_JSON,
        QUOTES_JSONL,
        PLACES,
        EVENTS,
        NETWORK,
        ANNOTATIONS,
        STORY,
        PACKAGE,
    )
}
