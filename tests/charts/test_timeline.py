"""Before and after the article."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings

from dashboard.charts.timeline import timeline_chart
from dashboard.palette import INKS
from dashboard.selection import Selection, select
from tests.shipped import BY_ID, ROWS, STORY, ids, selections

INK = INKS["light"]
PUBLISHED = date.fromisoformat(ROWS["articles"][0]["published"])
ROWS_DRAWN = {r["event"]: r for r in timeline_chart(STORY, STORY, INK).rows.to_pylist()}


def day(event: str, column: str) -> date:
    return date.fromisoformat(BY_ID[event][column] or BY_ID[event]["start"])


def window() -> tuple[float, float]:
    """Where the part begins and ends that is to scale."""
    for layer in timeline_chart(STORY, STORY, INK).spec["layer"]:
        for row in layer.get("data", {}).get("values", ()):
            if "to" in row:
                return row["from"], row["to"]
    raise AssertionError("nothing is shaded")


@settings(max_examples=40)
@given(selection=selections())
def test_events_left_out_stay_and_turn_pale(selection: Selection) -> None:
    part = select(STORY, selection)
    rows = timeline_chart(STORY, part, INK).rows.to_pylist()
    assert {r["event"] for r in rows} == set(ids("events"))
    assert {r["event"] for r in rows if r["on"]} == set(part.events["id"])
    pale = [{**r, "on": True} for r in rows]
    assert pale == list(ROWS_DRAWN.values())


def test_each_event_has_its_row_in_the_order_of_days() -> None:
    order = sorted(ROWS_DRAWN, key=lambda event: ROWS_DRAWN[event]["row"])
    assert [ROWS_DRAWN[event]["row"] for event in order] == list(range(len(order)))
    assert [day(e, "start") for e in order] == sorted(day(e, "start") for e in order)


def test_positions_grow_with_the_days() -> None:
    ends = sorted(
        [(day(e, "start"), r["from"]) for e, r in ROWS_DRAWN.items()]
        + [(day(e, "end"), r["to"]) for e, r in ROWS_DRAWN.items() if r["to"] == r["from"]]
    )
    for (when, at), (later, there) in pairwise(ends):
        assert at == there if when == later else at < there
    for row in ROWS_DRAWN.values():
        assert 0 <= row["from"] <= row["to"] <= 100


def test_days_near_the_article_are_to_scale() -> None:
    left, right = window()
    near = [
        (day(event, "start"), row["from"])
        for event, row in ROWS_DRAWN.items()
        if left <= row["from"] <= right
    ]
    (first, at), *others = sorted(near)
    steps = {round((there - at) / (when - first).days, 6) for when, there in others if when > first}
    assert len(near) >= 5
    assert len(steps) == 1
    assert all(abs((when - PUBLISHED).days) <= 31 for when, _ in near)


@pytest.mark.parametrize("event", ids("events"))
def test_a_mark_for_a_day_a_bar_for_what_is_longer(event: str) -> None:
    row = ROWS_DRAWN[event]
    assert (row["from"] == row["to"]) == (BY_ID[event]["precision"] == "day")


def test_the_line_stands_at_the_articles_date() -> None:
    texts = str(timeline_chart(STORY, STORY, INK).spec)
    at = ROWS_DRAWN["e-kerry-zarif"]["from"]  # on the day of the article
    assert day("e-kerry-zarif", "start") == PUBLISHED
    assert f"'from': {at}" in texts


@settings(max_examples=40)
@given(selection=selections())
def test_the_table_and_the_caption_say_the_same(selection: Selection) -> None:
    part = select(STORY, selection)
    chart = timeline_chart(STORY, part, INK)
    shown = sorted(part.events["id"], key=lambda e: (day(e, "start"), ids("events").index(e)))
    assert list(chart.table["What"]) == [BY_ID[e]["title"] for e in shown]
    assert list(chart.table["Status"]) == [BY_ID[e]["status"] for e in shown]
    assert chart.caption.startswith(f"{len(shown)} event")
    ahead = [e for e in shown if BY_ID[e]["status"] in ("planned", "deadline")]
    if ahead:
        assert BY_ID[ahead[0]]["title"] in chart.caption


def test_status_is_told_by_shape() -> None:
    layers = timeline_chart(STORY, STORY, INK).spec["layer"]
    (shape,) = (x["encoding"]["shape"] for x in layers if "shape" in x.get("encoding", {}))
    assert shape["field"] == "status"
    assert set(shape["scale"]["domain"]) >= {row["status"] for row in ROWS["events"]}
    assert len(set(shape["scale"]["range"])) == len(shape["scale"]["domain"])
