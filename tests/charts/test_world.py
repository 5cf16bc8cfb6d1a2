"""The library's map: what is a point, what is shaded, what is only counted, which names fit."""

from __future__ import annotations

import math
from itertools import combinations
from typing import Any

import altair as alt
import pytest

from dashboard.charts.locations import Move
from dashboard.charts.world import MOST, framed, world_chart
from dashboard.library.answers import Located
from dashboard.palette import INKS
from dashboard.projection import WORLD
from tests.charts.test_specs import without_events

INK, SHAPES = INKS["light"], "basemap/countries.json"
NORVIK = Located("norvik", "Norvik", "city", "NO", 61.5, 5.2, 6, 3)
EASTPORT = Located("eastport", "Eastport", "city", "US", 44.9, -67.0, 0, 2)
COUNTRY = Located("norway", "Norway", "country", "NO", 62.0, 10.0, 0, 9)
FAR = Located("brazil", "Brazil", "country", "BR", None, None, 0, 1)
HOUSE = Located("lake-house", "Lake House", "site", "", None, None, 4, 0)
REGION = Located("valley", "The Valley", "region", "", 60.0, 8.0, 1, 0)
ALL = (NORVIK, EASTPORT, COUNTRY, FAR, HOUSE, REGION)


def rows(found: tuple[Located, ...], chosen: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    chart = world_chart(found, chosen, framed(found), INK, SHAPES)
    return chart.rows.to_pylist()


def test_cities_and_sites_are_points_countries_and_regions_none() -> None:
    kinds = {row["key"]: row["kind"] for row in rows(ALL) if row["key"]}
    assert kinds == {
        "norvik": "point", "eastport": "point", "norway": "area", "valley": "area",
    }  # fmt: skip
    assert all(row["ring"] == row["disc"] == 0 for row in rows(ALL) if row["kind"] == "area")


def test_what_has_coordinates_and_no_kind_is_a_point() -> None:
    plain = Located("somewhere", "Somewhere", "", "NO", 60.0, 9.0, 2, 1)
    chart = world_chart((plain,), (), framed((plain,)), INK, SHAPES)
    assert [row["kind"] for row in chart.rows.to_pylist()] == ["command", "point"]
    assert chart.caption == "1 place drawn."


def test_area_is_in_proportion_to_the_statements() -> None:
    points = {row["key"]: row for row in rows(ALL) if row["kind"] == "point"}
    assert points["norvik"]["ring"] == pytest.approx(2 * points["norvik"]["disc"])
    assert points["norvik"]["ring"] == pytest.approx(3 * points["eastport"]["disc"])


def test_countries_are_shaded_in_steps_by_what_is_said_about_them() -> None:
    assert rows(ALL)[0]["shaded"] == "|BR1|NO3|"


def test_what_has_no_coordinates_is_counted_and_in_the_table() -> None:
    chart = world_chart(ALL, (), framed(ALL), INK, SHAPES)
    assert chart.caption == (
        "2 places drawn, 2 countries shaded, 1 without coordinates (4 statements)."
    )
    assert set(chart.table["Place"]) == {place.name for place in ALL}


def test_the_rarest_of_very_many_are_left_out_and_said_so() -> None:
    many = tuple(
        Located(f"p{n}", f"P {n}", "city", "", n / 20, n / 10, 1000 - n, 0) for n in range(500)
    )
    drawn = [row for row in rows(many) if row["kind"] == "point"]
    assert [row["key"] for row in drawn] == [f"p{n}" for n in range(MOST)]
    assert "200 with fewer statements left out" in world_chart(
        many, (), framed(many), INK, SHAPES
    ).caption  # fmt: skip


def test_others_are_pale_when_some_are_chosen() -> None:
    assert [row["key"] for row in rows(ALL, ("norvik",)) if row["on"] and row["key"]] == ["norvik"]


def test_names_have_room_from_a_scale_on_and_the_larger_ones_first() -> None:
    close = tuple(
        Located(f"p{n}", f"Place number {n}", "city", "", 50 + n / 10, 10 + n / 10, 90 - n, 0)
        for n in range(8)
    )
    rooms = [row["room"] for row in rows(close) if row["kind"] == "point"]
    assert rooms[0] == min(rooms)
    assert len(set(rooms)) > 1
    assert all(math.isfinite(room) for room in rooms)


def test_one_place_overseas_does_not_make_it_a_map_of_the_world() -> None:
    near = tuple(Located(f"p{n}", f"P {n}", "city", "", 50 + n, 10 + n, 100, 0) for n in range(5))
    overseas = Located("far", "Far", "city", "", -40.0, 170.0, 1, 0)
    assert framed((*near, overseas)) == framed(near)
    assert framed((*near, Located("x", "X", "country", "XX", -40.0, 170.0, 0, 9999))) == framed(
        near
    )
    assert framed(())[:2] == WORLD[:2]


def test_a_single_place_is_shown_with_what_is_around_it() -> None:
    longitude, latitude, wide, high = framed((NORVIK,))
    assert (longitude, latitude) == pytest.approx((5.2, 61.5))
    assert min(wide, high) >= 0.4


def test_the_spec_is_vega_lite_and_the_same_whatever_is_shown() -> None:
    whole = world_chart(ALL, (), framed(ALL), INK, SHAPES)
    part = world_chart((NORVIK,), ("norvik",), framed(ALL), INK, SHAPES, Move(2, "in"))
    assert whole.spec == part.spec
    assert part.rows.to_pylist()[0]["move"] == "in"
    plain = without_events(whole.spec)
    alt.LayerChart.from_dict(plain, validate=True)


def test_nothing_to_show_is_said_so() -> None:
    chart = world_chart((), (), framed(()), INK, SHAPES)
    assert chart.caption == "No statement names a place."
    assert len(chart.rows) == 1


def test_places_beyond_the_projection_are_not_drawn() -> None:
    odd = [Located("x", "X", "city", "", latitude, longitude, 1, 0)
           for latitude, longitude in ((89.9, 0.0), (0.0, 190.0), (None, 3.0))]  # fmt: skip
    for one, other in combinations(odd, 2):
        assert len(rows((one, other))) == 1
