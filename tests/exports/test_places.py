"""Places as GeoJSON: what GDAL and a schema of RFC 7946 read in it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pyogrio.raw
import pytest
from geojson_pydantic import FeatureCollection
from hypothesis import given

from dashboard.exports.places import PLACES
from dashboard.selection import Selection, select
from dashboard.story import Story
from tests.exports.spoilt import ALLOWED, PAGE, REFUSED, TINY, spoilt
from tests.shipped import BY_ID, ROWS, STORY, expected, ids, linked, selections


def features(story: Story, page: str = "") -> dict[str, dict[str, Any]]:
    """Features by id, once a foreign model has found nothing wrong with them."""
    content = PLACES.make(story, page)
    FeatureCollection.model_validate_json(content)
    return {feature["id"]: feature for feature in json.loads(content)["features"]}


def test_a_place_has_its_counts_and_coordinates_longitude_first() -> None:
    assert features(STORY, PAGE)["moscow"] == {
        "type": "Feature",
        "id": "moscow",
        "geometry": {"type": "Point", "coordinates": [37.61556, 55.75222]},
        "properties": {
            "id": "moscow",
            "name": "Moscow",
            "kind": "city",
            "country": "RU",
            "geonames": 524901,
            "wikidata": "Q649",
            "said": 2,
            "about": len([q for q in ids("quotes") if "moscow" in linked(q, "place", "about")]),
            "statements": " ".join(
                row["id"]
                for row in ROWS["quotes"]
                if row["said_at"] == "moscow" or "moscow" in linked(row["id"], "place", "about")
            ),
            "planned": "Syria talks in Moscow (26 Jan 2015)",
            "permalink": "https://news.example/dateline/?place=moscow",
        },
    }


def test_a_place_without_coordinates_has_no_geometry_and_no_guess() -> None:
    found = features(TINY)["farland"]
    assert found["geometry"] is None
    assert found["properties"]["geonames"] is None
    assert found["properties"]["permalink"] is None


@given(selection=selections())
def test_counts_are_those_of_the_selection(selection: Selection) -> None:
    shown = expected(selection)
    found = features(select(STORY, selection))
    assert list(found) == ids("places")
    for place, feature in found.items():
        said = [q for q in shown if BY_ID[q]["said_at"] == place]
        about = [q for q in shown if place in linked(q, "place", "about")]
        properties = feature["properties"]
        assert (properties["said"], properties["about"]) == (len(said), len(about))
        assert properties["statements"].split() == [q for q in shown if q in said + about]


def test_six_decimals_at_most() -> None:
    exact = STORY.places.assign(latitude=1 / 3, longitude=-200 / 3)
    for feature in features(replace(STORY, places=exact)).values():
        assert feature["geometry"]["coordinates"] == [-66.666667, 0.333333]


def test_gdal_opens_it() -> None:
    meta, _, points, columns = pyogrio.raw.read(PLACES.make(STORY, PAGE))
    table = dict(zip(meta["fields"], columns, strict=True))
    assert meta["crs"] == "EPSG:4326"
    assert list(table["id"]) == ids("places")
    assert [point is None for point in points] == [not r["latitude"] for r in ROWS["places"]]
    assert table["said"].dtype.kind == "i"
    assert table["planned"][ids("places").index("damascus")].startswith("De Mistura travels")


@pytest.mark.parametrize("value", [*ALLOWED, *REFUSED], ids=lambda v: ascii(v[:20]))
def test_hostile_names_stay_names(value: str) -> None:
    story = spoilt(value)
    assert [f["properties"]["name"] for f in features(story).values()] == [value] * 3
    meta, _, _, columns = pyogrio.raw.read(PLACES.make(story, PAGE))
    names = dict(zip(meta["fields"], columns, strict=True))["name"]
    assert [name.rstrip("\n") for name in names] == [value] * 3
