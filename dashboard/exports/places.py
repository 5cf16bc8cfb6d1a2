"""Owns the story's places as GeoJSON (RFC 7946), for QGIS, kepler.gl, uMap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dashboard.dates import period
from dashboard.exports.format import Format
from dashboard.exports.json_text import json_text
from dashboard.links import permalink
from dashboard.records import events, places, statements
from dashboard.selection import Selection

if TYPE_CHECKING:
    from dashboard.model import Place
    from dashboard.story import Story

AHEAD = ("planned", "deadline")
DECIMALS = 6  # a tenth of a metre; RFC 7946, section 11.2


def _make(visible: Story, page: str) -> bytes:
    features = [_feature(visible, page, place) for place in places(visible).values()]
    return json_text({"type": "FeatureCollection", "features": features}, indent=1) + b"\n"


def _feature(visible: Story, page: str, place: Place) -> dict[str, Any]:
    told = statements(visible)
    said = [s.id for s in told if s.said_at and s.said_at.id == place.id]
    about = [s.id for s in told if place.id in {other.id for other in s.about_places}]
    ahead = [e for e in events(visible) if e.status in AHEAD and place in e.places]
    # One value a property: a map program shows, filters and styles nothing else.
    properties = {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country or None,
        "geonames": place.geonames,
        "wikidata": place.wikidata or None,
        "said": len(said),
        "about": len(about),
        "statements": " ".join(s.id for s in told if s.id in {*said, *about}),
        "planned": "; ".join(f"{event.title} ({period(event)})" for event in ahead) or None,
        "permalink": permalink(page, Selection(places=(place.id,))) if page else None,
    }
    return {
        "type": "Feature",
        "id": place.id,
        "geometry": geometry(place.latitude, place.longitude),
        "properties": properties,
    }


def geometry(latitude: float | None, longitude: float | None) -> dict[str, Any] | None:
    """A point by its degrees (WGS 84); None, which GeoJSON calls unlocated, without them."""
    if latitude is None or longitude is None:
        return None
    return {"type": "Point", "coordinates": [round(longitude, DECIMALS), round(latitude, DECIMALS)]}


PLACES = Format("places.geojson", "application/geo+json", "Places for a map (GeoJSON)", _make)
