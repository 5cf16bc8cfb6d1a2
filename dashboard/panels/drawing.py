"""A chart on a page: the picture, the buttons of a map, and the twin in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.chart import PICK
from dashboard.charts.locations import STILL, Move
from dashboard.markdown import escape
from dashboard.palette import INKS
from dashboard.panels.text import note

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.chart import Chart
    from dashboard.palette import Ink

MOST_ROWS = 200  # of a table twin


def show(chart: Chart, key: str, title: str, on_pick: Callable[[], None]) -> None:
    """A chart and its twin; `on_pick` is told of clicks."""
    draw(chart, key, on_pick)
    twin(chart, key, title)


def draw(chart: Chart, key: str, on_pick: Callable[[], None]) -> None:
    """A chart alone."""
    if key not in st.session_state:  # drawn for the first time, or again after another page
        st.session_state.pop(f"{key} before", None)
    st.vega_lite_chart(
        chart.rows, chart.spec, key=key, on_select=on_pick, selection_mode=PICK, alt=chart.alt
    )


def twin(chart: Chart, key: str, title: str) -> None:
    """What a chart says as a table, built when it is opened."""
    box = st.expander(f"As a table: {title}", type="compact", key=f"{key} table", on_change="rerun")
    if box.open:
        words = chart.table.head(MOST_ROWS).astype(str)
        with box:
            st.table(words.map(escape), hide_index=True, border="horizontal")
            if len(chart.table) > MOST_ROWS:
                note(f"The first {MOST_ROWS} of {len(chart.table):,} rows.")


def moved(key: str) -> Move:
    """The last press of a map's buttons."""
    found: Move = st.session_state.get(f"{key} move", STILL) if key in st.session_state else STILL
    return found


def show_moves(key: str, move: Move) -> None:
    """The buttons of a map, for those who have no wheel: zoom in, out, fit."""

    def press(way: str) -> None:
        st.session_state[f"{key} move"] = Move(move.n + 1, way)

    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        for way, icon, label in (
            ("in", ":material/add:", "Zoom in"),
            ("out", ":material/remove:", "Zoom out"),
            ("fit", ":material/fit_screen:", "Fit the map"),
        ):
            st.button(
                label, key=f"{key} {way}", icon=icon, on_click=press, args=(way,), type="tertiary"
            )


def ink() -> Ink:
    """The colours of the theme that the reader sees."""
    return INKS["dark" if st.context.theme.type == "dark" else "light"]
