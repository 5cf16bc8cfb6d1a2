"""The map: where it was said, and where it points."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from hypothesis import given, settings

from dashboard.charts.locations import location_chart
from dashboard.palette import INKS
from dashboard.selection import Selection, select
from tests.shipped import BY_ID, ROWS, STORY, expected, linked, selections

INK = INKS["light"]
CITIES = [row["id"] for row in ROWS["places"] if row["kind"] in ("city", "site")]


def drawn(selection: Selection) -> dict[str, dict[str, Any]]:
    chart = location_chart(STORY, select(STORY, selection), INK, "shapes.json")
    return {r["place"]: r for r in chart.rows.to_pylist() if r["kind"] == "place"}


def rows(selection: Selection, kind: str) -> list[dict[str, Any]]:
    chart = location_chart(STORY, select(STORY, selection), INK, "shapes.json")
    return [r for r in chart.rows.to_pylist() if r["kind"] == kind]


def said(quotes: list[str]) -> Counter[str]:
    return Counter(BY_ID[q]["said_at"] for q in quotes if BY_ID[q]["said_at"])


def about(quotes: list[str]) -> Counter[str]:
    return Counter(place for q in quotes for place in linked(q, "place", "about"))


@settings(max_examples=40)
@given(selection=selections())
def test_a_city_counts_what_was_said_there_and_about_it(selection: Selection) -> None:
    quotes = expected(selection)
    found = drawn(selection)
    assert {i: r["said"] for i, r in found.items()} == {i: said(quotes)[i] for i in CITIES}
    assert {i: r["about"] for i, r in found.items()} == {i: about(quotes)[i] for i in CITIES}
    for place, row in found.items():
        assert row["longitude"] == float(BY_ID[place]["longitude"])
        assert row["latitude"] == float(BY_ID[place]["latitude"])


@settings(max_examples=40)
@given(selection=selections())
def test_a_country_is_shaded_when_talked_about_never_pinned(selection: Selection) -> None:
    (command,) = rows(selection, "command")
    talked = {
        BY_ID[place]["country"]
        for place in about(expected(selection))
        if BY_ID[place]["kind"] == "country"
    }
    assert set(filter(None, command["shaded"].split("|"))) == talked
    assert set(drawn(selection)) == set(CITIES)


@settings(max_examples=40)
@given(selection=selections())
def test_a_city_is_pale_when_nothing_shown_points_to_it(selection: Selection) -> None:
    quotes, part = expected(selection), select(STORY, selection)
    for place, row in drawn(selection).items():
        events = [
            e for e in part.events["id"]
            if BY_ID[e]["place"] == place or place in linked(e, "place", "destination")
        ]  # fmt: skip
        assert row["on"] >= bool(said(quotes)[place] or about(quotes)[place] or events)
        if not any(place in (BY_ID[e]["place"], *linked(e, "place")) for e in part.events["id"]):
            assert row["on"] == bool(said(quotes)[place] or about(quotes)[place])


def test_the_planned_trip_is_a_line_from_there_to_here() -> None:
    ends = sorted(rows(Selection(), "route"), key=lambda r: r["n"])
    wanted = [BY_ID[place] for place in ("geneva", "damascus")]
    assert [(r["longitude"], r["latitude"]) for r in ends] == [
        (float(p["longitude"]), float(p["latitude"])) for p in wanted
    ]
    assert {r["route"] for r in ends} == {"e-de-mistura-damascus"}
    assert rows(Selection(actors=("sergey-lavrov",)), "route") == []


def test_what_is_planned_stands_at_its_place() -> None:
    found = drawn(Selection())
    assert {place for place, row in found.items() if row["plan"]} >= {"damascus", "moscow"}
    assert not drawn(Selection(actors=("emile-hokayem",)))["moscow"]["plan"]


@settings(max_examples=40)
@given(selection=selections())
def test_the_table_and_the_caption_say_the_same(selection: Selection) -> None:
    chart = location_chart(STORY, select(STORY, selection), INK, "shapes.json")
    quotes = expected(selection)
    told = {
        row["Place"]: (row["Said there"], row["Talked about"])
        for row in chart.table.to_dict("records")
    }
    for row in ROWS["places"]:
        wanted = (said(quotes)[row["id"]], about(quotes)[row["id"]])
        assert told.get(row["name"], (0, 0)) == wanted
    number = re.search(r"\d+", chart.caption)
    assert number is not None
    assert int(number.group()) == said(quotes).total()
    if most := said(quotes).most_common():
        best = {BY_ID[place]["name"] for place, n in most if n == most[0][1]}
        assert any(name in chart.caption for name in best)


def test_encodings() -> None:
    spec = location_chart(STORY, STORY, INK, "shapes.json").spec
    layers = spec["layer"]
    assert spec["projection"]["type"] == "mercator"
    assert {x["data"]["url"] for x in layers if "url" in x.get("data", {})} == {"shapes.json"}
    sizes = {x["encoding"]["size"]["field"]: x for x in layers if "size" in x.get("encoding", {})}
    ring, disc = sizes["said"], sizes["about"]
    # Two shapes, not two colours; one scale for both, from nothing.
    assert ring["mark"]["filled"] is not disc["mark"]["filled"]
    assert ring["encoding"]["size"]["scale"] == disc["encoding"]["size"]["scale"]
    assert ring["encoding"]["size"]["scale"]["domain"][0] == 0
    assert ring["encoding"]["size"]["scale"]["range"][0] == 0


def test_the_wheel_zooms_with_a_key_only() -> None:
    """A reader who scrolls past must not be trapped."""
    wheels = [
        on["events"]
        for param in location_chart(STORY, STORY, INK, "shapes.json").spec["params"]
        for on in param.get("on", ())
        if on["events"].get("type") == "wheel"
    ]
    assert wheels
    assert all("ctrlKey" in wheel["filter"] and "metaKey" in wheel["filter"] for wheel in wheels)
