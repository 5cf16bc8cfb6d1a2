"""Timeline: what happened, is planned and is due, around the article's date."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import altair as alt
import pandas as pd
import pyarrow as pa

from dashboard.charts.chart import Chart, count, inline, pick, rows, spec
from dashboard.dates import day, period
from dashboard.model import Event
from dashboard.records import articles, events

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.palette import Ink
    from dashboard.story import Story

ALT = "Timeline: events before and after the date of the article"
COLUMNS = {
    "event": pa.string(),
    "row": pa.int32(),
    "from": pa.float64(),
    "to": pa.float64(),
    "status": pa.string(),
    "label": pa.string(),
    "end": pa.bool_(),
    "where": pa.string(),
    "note": pa.string(),
    "on": pa.bool_(),
}
SHAPES = {
    "past": "circle",
    "ongoing": "square",
    "planned": "diamond",
    "deadline": "triangle-down",
}
NEAR = timedelta(days=31)  # what lies this close to the article's date is drawn to scale
# Shares of the width for what lies before, near and after the article's date.
BEFORE, CLOSE, AFTER = 15.0, 67.0, 18.0


@lru_cache(maxsize=64)
def timeline_chart(story: Story, visible: Story, ink: Ink) -> Chart:
    """Events by date; those that the selection leaves out stay, pale."""
    shown = {event.id for event in events(visible)}
    records = [
        _record(number, event, event.id in shown, _axis(story))
        for number, event in enumerate(events(story))
    ]
    ahead = [e for e in events(story) if e.id in shown and e.status in ("planned", "deadline")]
    following = f" Next: {ahead[0].title}, {period(ahead[0])}." if ahead else ""
    caption = (
        f"{count(len(shown), 'event')} shown, {len(ahead)} still ahead.{following} "
        "Filters for actors, places and words apply. Only the shaded weeks are to scale. Click an "
        "event to filter by its place."
    )
    table = pd.DataFrame(
        [
            (period(e), e.title, e.place.name if e.place else "", e.status, e.note)
            for e in events(visible)
        ],
        columns=["When", "What", "Where", "Status", "How the date was read"],
    )
    return Chart(
        spec=_spec(story, ink),
        rows=rows(records, COLUMNS),
        alt=ALT,
        caption=caption,
        table=table,
        fields=("event",),
    )


class _Axis:
    """Days to a position between 0 and 100: three straight pieces, the middle one to scale."""

    def __init__(self, published: date, found: Sequence[Event]) -> None:
        near = [d for e in found for d in (e.start, e.end) if abs(d - published) <= NEAR]
        self.start = min([published, *near]) - timedelta(days=4)
        self.stop = max([published, *near]) + timedelta(days=4)
        self.first = min([self.start, *(e.start for e in found)])
        self.last = max([self.stop, *(e.end for e in found)])
        self.published = published

    def place(self, when: date) -> float:
        if when < self.start:
            return BEFORE * (when - self.first) / max(self.start - self.first, timedelta(1))
        if when <= self.stop:
            return BEFORE + CLOSE * (when - self.start) / (self.stop - self.start)
        share = (when - self.stop) / max(self.last - self.stop, timedelta(1))
        return BEFORE + CLOSE + AFTER * share

    def ticks(self) -> list[tuple[float, str]]:
        monday = self.start + timedelta(days=-self.start.weekday() % 7)
        weeks = []
        while monday <= self.stop:
            weeks.append((self.place(monday), f"{monday.day} {monday:%b}"))
            monday += timedelta(days=7)
        ends = [(0.0, f"{self.first:%Y}")] if self.first < self.start else []
        last = [(100.0, f"{self.last:%b %Y}")] if self.last > self.stop else []
        return [*ends, *weeks, *last]


@lru_cache(maxsize=8)
def _axis(story: Story) -> _Axis:
    return _Axis(articles(story)[0].published, events(story))


def _record(number: int, event: Event, on: bool, axis: _Axis) -> dict[str, Any]:
    start = axis.place(event.start)
    stop = axis.place(event.end + timedelta(days=1)) if event.end > event.start else start
    return {
        "event": event.id,
        "row": number,
        "from": start,
        "to": min(stop, 100.0),
        "status": event.status,
        "label": f"{period(event)} · {event.title}",
        "end": start > 45,
        "where": event.place.name if event.place else "not stated",
        "note": event.note or "as printed",
        "on": on,
    }


@lru_cache(maxsize=8)
def _spec(story: Story, ink: Ink) -> dict[str, Any]:
    axis, number = _axis(story), len(events(story))
    across = alt.Scale(domain=[0, 100], nice=False)
    x = alt.X("from:Q", scale=across, axis=None)
    y = alt.Y("row:Q", scale=alt.Scale(domain=[number - 0.35, -1.0], nice=False), axis=None)
    on = alt.condition("datum.on", alt.value(1), alt.value(0.4))
    ticks = [{"from": at, "tick": name} for at, name in axis.ticks()]
    window = alt.Chart(inline([{"from": BEFORE, "to": BEFORE + CLOSE}])).mark_rect(
        color=ink.land, opacity=0.45
    ).encode(x=x, x2="to:Q")  # fmt: skip
    scale = alt.Chart(inline(ticks))
    names = scale.mark_text(
        baseline="top", fontSize=11, color=ink.soft,
        align=alt.ExprRef("datum.from > 99 ? 'right' : datum.from < 1 ? 'left' : 'center'"),
    ).encode(x=x, y=alt.value(2), text="tick:N")  # fmt: skip
    rules = scale.mark_rule(color=ink.line, opacity=0.35).encode(
        x=x, y=alt.value(18), y2=alt.value("height")
    )
    today = alt.Chart(inline([{"from": axis.place(axis.published), "tick": day(axis.published)}]))
    line = today.mark_rule(color=ink.accent, strokeDash=[5, 3], strokeWidth=1.5).encode(
        x=x, y=alt.value(18), y2=alt.value("height")
    )
    base = alt.Chart().encode(y=y)
    bars = (
        base.transform_filter("datum.to > datum.from")
        .mark_bar(height=6, cornerRadius=3, color=ink.accent)
        .encode(x=x, x2="to:Q", opacity=on)
    )
    shape = alt.Shape(
        "status:N",
        scale=alt.Scale(domain=list(SHAPES), range=list(SHAPES.values())),
        legend=None,
    )
    marks = (
        base.transform_filter("datum.to == datum.from")
        .mark_point(filled=True, size=85, color=ink.accent)
        .encode(x=x, shape=shape, opacity=on)
    )
    narrow = "width < 480"  # a phone: no room beside the marks, so labels begin at the left edge
    labels = base.mark_text(
        baseline="bottom", dy=-7, fontSize=12, color=ink.text,
        align=alt.ExprRef(f"{narrow} ? 'left' : datum.end ? 'right' : 'left'"),
        dx=alt.ExprRef(f"{narrow} ? -scale('x', datum.anchor) : datum.end ? 4 : -4"),
    ).encode(x=alt.X("anchor:Q", scale=across, axis=None), text="label:N", opacity=on)  # fmt: skip
    labels = labels.transform_calculate(anchor="datum.end ? datum.to : datum.from")
    target = (
        base.transform_calculate(top="datum.row - 0.75", bottom="datum.row + 0.25")
        .mark_rect(opacity=0, cursor="pointer")
        .encode(
            y=alt.Y("top:Q", scale=alt.Scale(domain=[number - 0.35, -1.0], nice=False), axis=None),
            y2="bottom:Q",
            tooltip=[
                alt.Tooltip("label:N", title="Event"),
                alt.Tooltip("where:N", title="Where"),
                alt.Tooltip("status:N", title="Status"),
                alt.Tooltip("note:N", title="Date"),
            ],
        )
        .add_params(pick("event"))
    )
    layers = alt.layer(window, rules, names, line, bars, marks, labels, target)
    return spec(layers.properties(height=34 * (number + 1)))
