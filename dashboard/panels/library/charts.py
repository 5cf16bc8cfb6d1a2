"""The library's charts: over time, who says most, where; a click on them filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.address import clicked
from dashboard.basemap import CREDIT, shapes_address
from dashboard.charts.speakers import speakers_chart
from dashboard.charts.volume import volume_chart
from dashboard.charts.world import framed, world_chart
from dashboard.markdown import escape
from dashboard.panels.drawing import draw, ink, moved, show, show_moves, twin
from dashboard.panels.text import heading, note

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.library.answers import Counts, Located, Value
    from dashboard.library.selection import LibrarySelection

MAP, TIME = "library map", "library time"
BARS = 10


def show_map(
    title: str,
    found: tuple[Located, ...],
    whole: tuple[Located, ...],
    pick: Callable[[str], None],
    *,
    chosen: tuple[str, ...] = (),
    does: str = "filter by it",
) -> None:
    """Where it was said, and where it points; `pick` is told the place that is clicked.

    The map shows at first where the `whole` library is.
    """
    heading(title)
    move = moved(MAP)
    chart = world_chart(found, chosen, framed(whole), ink(), shapes_address(), move)

    def on_pick() -> None:
        for point in clicked(MAP, chart.fields):
            pick(point["key"])

    draw(chart, MAP, on_pick)
    show_moves(MAP, move)
    note(
        "◯ statements made here · ● statements about it · shaded: countries talked about, the "
        f"darker the more. Larger is more. Click a place to {does}; Ctrl or ⌘ and the wheel, or "
        f"two fingers, zoom; names appear as you do. {escape(chart.caption)} {escape(CREDIT)}"
    )
    twin(chart, MAP, "places")


def show_bars(
    title: str,
    values: tuple[Value, ...],
    pick: Callable[[str], None],
    *,
    does: str,
    chosen: tuple[str, ...] = (),
    most: int = BARS,
) -> None:
    """Most frequent values as bars; `does` says what a click does. Nothing if there are none."""
    if not any(value.n for value in values):
        return
    key = f"library {title.lower()}"
    chart = speakers_chart(values, chosen, most, f"Bar chart: {title}", ink())

    def on_pick() -> None:
        for point in clicked(key, chart.fields):
            pick(point["key"])

    heading(title, f"{escape(chart.caption)} {does}")
    show(chart, key, title[0].lower() + title[1:], on_pick)


def show_time(
    counts: Counts, selection: LibrarySelection, pick: Callable[[str, str], None]
) -> None:
    """How many statements there are over time; `pick` is told the period that is clicked."""
    period = (selection.since, selection.until)
    dated = sum(n for _, n in counts.months)
    undated = 0 if any(period) else counts.shown - dated
    chart = volume_chart(counts.months, ink(), period=period, undated=max(0, undated))

    def on_pick() -> None:
        for point in clicked(TIME, chart.fields):
            pick(point["since"], point["until"])

    heading("When", f"{escape(chart.caption)} Click a bar to choose its time, again to release it.")
    show(chart, TIME, "statements over time", on_pick)


def show_two_times(
    said: Counts, told: Counts, words: tuple[str, str], pick: Callable[[str, str], None]
) -> None:
    """What is said by somebody (or somewhere) over time, and, downwards, what is said about it."""
    undated = sum(c.shown - sum(n for _, n in c.months) for c in (said, told))
    chart = volume_chart(
        said.months, ink(), below=told.months, words=words, undated=max(0, undated)
    )

    def on_pick() -> None:
        for point in clicked(TIME, chart.fields):
            pick(point["since"], point["until"])

    heading(
        "When",
        f"▲ {words[0].lower()} · ▼ {words[1].lower()}. {escape(chart.caption)} Click a bar to read "
        "those in the library.",
    )
    show(chart, TIME, "statements over time", on_pick)


def columns() -> tuple[st.delta_generator.DeltaGenerator, st.delta_generator.DeltaGenerator]:
    """Two columns, a map's and its neighbour's."""
    left, right = st.columns([7, 5], gap="large")
    return left, right
