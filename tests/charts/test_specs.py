"""What all charts promise: one spec for every selection, typed rows, words beside the picture."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import altair as alt
import pytest

from dashboard.charts.chart import PICK, Chart
from dashboard.charts.locations import Move, location_chart
from dashboard.charts.matrix import matrix_chart
from dashboard.charts.ribbon import ribbon_chart
from dashboard.charts.timeline import timeline_chart
from dashboard.charts.voices import voices_chart
from dashboard.palette import INKS
from dashboard.selection import Selection, select
from dashboard.story import Story
from tests.shipped import STORY, TYPICAL, label

LIGHT = INKS["light"]
SHAPES = "basemap/countries.json"

Draw = Callable[[Story], Chart]
CHARTS: dict[str, Draw] = {
    "voices": lambda visible: voices_chart(STORY, visible, LIGHT),
    "matrix": lambda visible: matrix_chart(STORY, visible, LIGHT),
    "ribbon": lambda visible: ribbon_chart(STORY, visible, LIGHT),
    "timeline": lambda visible: timeline_chart(STORY, visible, LIGHT),
    "locations": lambda visible: location_chart(STORY, visible, LIGHT, SHAPES),
}
every_chart = pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
every_selection = pytest.mark.parametrize("selection", TYPICAL, ids=label)


def without_events(spec: dict[str, Any]) -> dict[str, Any]:
    """The spec without what Vega-Lite hands on to Vega, and its own schema does not know."""
    plain = copy.deepcopy(spec)
    plain.get("config", {}).pop("events", None)
    plain.get("view", {}).pop("clip", None)
    for param in plain.get("params", []):
        param.pop("on", None)
    return plain


def tooltips(spec: dict[str, Any]) -> list[Any]:
    encodings = [layer.get("encoding", {}) for layer in spec["layer"]]
    return [encoding["tooltip"] for encoding in encodings if "tooltip" in encoding]


def fields(spec: Any) -> set[str]:
    """Columns that a spec reads through encodings."""
    if isinstance(spec, dict):
        own = {spec["field"]} if isinstance(spec.get("field"), str) else set()
        return own.union(*(fields(value) for value in spec.values()))
    return set().union(*map(fields, spec)) if isinstance(spec, list) else set()


def made(spec: Any) -> set[str]:
    """Columns that a spec calculates or brings itself."""
    if isinstance(spec, dict):
        own = {spec["as"]} if isinstance(spec.get("as"), str) else set()
        own |= {key for row in spec.get("values", ()) for key in row}
        return own.union(*(made(value) for value in spec.values()))
    return set().union(*map(made, spec)) if isinstance(spec, list) else set()


@every_chart
def test_the_spec_is_vega_lite(draw: Draw) -> None:
    alt.LayerChart.from_dict(without_events(draw(STORY).spec), validate=True)


@every_chart
def test_a_spoilt_spec_is_not(draw: Draw) -> None:
    spec = without_events(draw(STORY).spec)
    spec["layer"][-1]["mark"]["type"] = "scribble"
    with pytest.raises(Exception, match="scribble"):
        alt.LayerChart.from_dict(spec, validate=True)


@every_chart
@every_selection
def test_the_spec_is_the_same_for_every_selection(draw: Draw, selection: Selection) -> None:
    """If it changed, the browser would embed the chart anew, and lose the zoom."""
    chart, whole = draw(select(STORY, selection)), draw(STORY)
    assert json.dumps(chart.spec) == json.dumps(whole.spec)
    assert chart.alt == whole.alt
    assert chart.rows.schema == whole.rows.schema
    assert chart.fields == whole.fields


def test_a_press_of_a_map_button_is_in_the_rows() -> None:
    whole = CHARTS["locations"](STORY)
    moved = location_chart(STORY, STORY, LIGHT, SHAPES, Move(3, "in"))
    assert moved.spec == whole.spec
    first, *rest = moved.rows.to_pylist()
    assert (first["kind"], first["n"], first["move"]) == ("command", 3, "in")
    assert rest == whole.rows.to_pylist()[1:]


@every_chart
def test_rows_come_beside_the_spec_and_nothing_from_another_host(draw: Draw) -> None:
    spec = draw(STORY).spec
    assert "data" not in spec
    assert "datasets" not in spec
    assert "://" not in json.dumps(spec)


@every_chart
def test_a_layer_with_data_of_its_own_brings_them(draw: Draw) -> None:
    """A name alone would draw nothing: nobody hands named rows to the browser."""
    held = [layer["data"] for layer in draw(STORY).spec["layer"] if "data" in layer]
    assert [data for data in held if not (data.get("values") or data.get("url"))] == []


@every_chart
def test_the_spec_reads_columns_that_are_there(draw: Draw) -> None:
    chart = draw(STORY)
    assert fields(chart.spec) - made(chart.spec) <= set(chart.rows.column_names)
    assert set(chart.fields) <= set(chart.rows.column_names)


@every_chart
def test_one_layer_takes_clicks_by_the_fields_that_are_reported(draw: Draw) -> None:
    chart = draw(STORY)
    params = [p for part in (chart.spec, *chart.spec["layer"]) for p in part.get("params", ())]
    (pick,) = (p for p in params if "select" in p)
    assert pick["name"] == PICK
    assert pick["select"]["type"] == "point"
    assert tuple(pick["select"]["fields"]) == chart.fields
    assert (pick["select"]["toggle"], pick["select"]["clear"]) == ("true", False)


@every_chart
def test_it_says_what_it_shows(draw: Draw) -> None:
    chart = draw(STORY)
    assert len(chart.alt) > 20
    assert tooltips(chart.spec)
    assert chart.caption
    assert not chart.table.empty


@every_chart
@every_selection
def test_an_empty_selection_still_draws(draw: Draw, selection: Selection) -> None:
    chart = draw(select(STORY, selection.but(actors=("nobody",), text="no such word")))
    assert "nan" not in chart.caption.lower()
    assert chart.caption


@every_chart
def test_light_and_dark_are_two_specs_with_the_same_rows(
    draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    light = draw(STORY)
    monkeypatch.setitem(globals(), "LIGHT", replace(INKS["dark"]))
    dark = draw(STORY)
    assert dark.spec != light.spec
    assert dark.rows.equals(light.rows)
    text = json.dumps(dark.spec)
    mixed = {color for color in vars(INKS["light"]).values() if color in text}
    assert mixed <= set(vars(INKS["dark"]).values())
