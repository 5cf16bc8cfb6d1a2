"""Owns a library's places as GeoJSON (RFC 7946), with counts over all that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.exports.json_text import json_text
from dashboard.exports.of_library.streamed import StreamedFormat
from dashboard.exports.places import geometry
from dashboard.library.addresses import href
from dashboard.library.selection import LibrarySelection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.exports.of_library.streamed import Asked
    from dashboard.library.answers import Located


def _write(asked: Asked) -> Iterator[bytes]:
    before = b'{"type": "FeatureCollection", "features": [\n'
    for place in asked.places():
        yield before + json_text(_feature(place, asked.page))
        before = b",\n"
    yield b"\n]}\n" if before == b",\n" else before + b"]}\n"


def _feature(place: Located, page: str) -> dict[str, Any]:
    properties = {
        "id": place.key,
        "name": place.name,
        "kind": place.kind or None,
        "country": place.country or None,
        "said": place.said,
        "about": place.told,
        "permalink": f"{page}{href('library', LibrarySelection(places=(place.key,)))}",
    }
    return {
        "type": "Feature",
        "id": place.key,
        "geometry": geometry(place.latitude, place.longitude),
        "properties": properties,
    }


PLACES = StreamedFormat(
    "places.geojson",
    "application/geo+json",
    "Places for a map (GeoJSON)",
    _write,
    counts=True,
)
