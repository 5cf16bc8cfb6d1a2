"""The charts on the page: heading, what it says in numbers, the chart, and its twin in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.address import clicked, hold, toggle
from dashboard.basemap import CREDIT, shapes_address
from dashboard.charts.chart import PICK
from dashboard.charts.locations import STILL, Move, location_chart
from dashboard.charts.matrix import matrix_chart
from dashboard.charts.ribbon import ribbon_chart
from dashboard.charts.timeline import timeline_chart
from dashboard.charts.voices import voices_chart
from dashboard.links import href
from dashboard.markdown import escape, link
from dashboard.palette import INKS
from dashboard.panels.text import heading, note
from dashboard.records import actors, events
from dashboard.selection import Selection
from dashboard.unheard import unheard

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.charts.chart import Chart
    from dashboard.palette import Ink
    from dashboard.story import Story


def show_locations(story: Story, visible: Story) -> None:
    """Where it was said, and where it points; a click on a city toggles it."""
    heading("Where it was said, where it points")
    move = st.session_state.get("map move", STILL) if "map" in st.session_state else STILL
    chart = location_chart(story, visible, _ink(), shapes_address(), move)

    def on_pick() -> None:
        for point in clicked("map", chart.fields):
            toggle("places", point["place"])

    def press(way: str) -> None:
        st.session_state["map move"] = Move(move.n + 1, way)

    _draw(chart, "map", on_pick)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        for way, icon, label in (
            ("in", ":material/add:", "Zoom in"),
            ("out", ":material/remove:", "Zoom out"),
            ("fit", ":material/fit_screen:", "Fit the map"),
        ):
            st.button(
                label, key=f"map {way}", icon=icon, on_click=press, args=(way,), type="tertiary"
            )
    note(
        "◯ statements made here · ● statements about it · ◆ planned · shaded: countries talked "
        "about. Larger is more. Click a city to filter by it; Ctrl or ⌘ and the wheel, or two "
        f"fingers, zoom. {escape(chart.caption)} {escape(CREDIT)}"
    )
    _twin(chart, "map", "places and distances")


def show_voices(story: Story, visible: Story) -> None:
    """Who is given how many words, and who is talked about but not heard."""
    chart = voices_chart(story, visible, _ink())

    def on_pick() -> None:
        for point in clicked("voices", chart.fields):
            toggle("actors", point["actor"], "by")

    heading("Whose words", escape(chart.caption))
    _show(chart, "voices", "quoted words by speaker", on_pick)
    if names := _unheard(story, visible):
        st.markdown(names)


def show_matrix(story: Story, visible: Story) -> None:
    """Who speaks about whom; a click on a number shows those statements."""
    chart = matrix_chart(story, visible, _ink())

    def on_pick() -> None:
        for point in clicked("matrix", chart.fields):
            about = (point["about"],)
            of_actor = point["about"] in actors(story)
            hold(
                actors=(point["speaker"],),
                actor_role="by",
                about=about if of_actor else (),
                places=() if of_actor else about,
                place_role="any" if of_actor else "about",
            )

    heading("Who speaks about whom, and where", escape(chart.caption))
    _show(chart, "matrix", "who speaks about whom", on_pick)


def show_timeline(story: Story, visible: Story) -> None:
    """What happened, is planned, and is due; a click filters by the event's place."""
    chart = timeline_chart(story, visible, _ink())
    where = {event.id: event.place for event in events(story)}

    def on_pick() -> None:
        for point in clicked("timeline", chart.fields):
            if place := where[point["event"]]:
                toggle("places", place.id)

    heading(
        "Before and after the article",
        f"{escape(chart.caption)} ● happened · ◆ planned · ▼ deadline · a bar: known only to the "
        "week, month or year",
    )
    _show(chart, "timeline", "events and dates", on_pick)


def show_ribbon(story: Story, visible: Story) -> None:
    """Whose voice is heard in which paragraph; a click filters by speaker or place."""
    chart = ribbon_chart(story, visible, _ink())

    def on_pick() -> None:
        for point in clicked("ribbon", chart.fields):
            toggle("actors" if point["who"] in actors(story) else "places", point["who"])

    heading(
        "The article, paragraph by paragraph",
        f"{escape(chart.caption)} ▬ quoted · ▭ reported · ● place named",
    )
    _show(chart, "ribbon", "voices and places by paragraph", on_pick)


def _show(chart: Chart, key: str, title: str, on_pick: Callable[[], None]) -> None:
    _draw(chart, key, on_pick)
    _twin(chart, key, title)


def _draw(chart: Chart, key: str, on_pick: Callable[[], None]) -> None:
    if key not in st.session_state:  # drawn for the first time, or again after another page
        st.session_state.pop(f"{key} before", None)
    st.vega_lite_chart(
        chart.rows, chart.spec, key=key, on_select=on_pick, selection_mode=PICK, alt=chart.alt
    )


def _twin(chart: Chart, key: str, title: str) -> None:
    twin = st.expander(
        f"As a table: {title}", type="compact", key=f"{key} table", on_change="rerun"
    )
    if twin.open:
        words = chart.table.astype(str)
        twin.table(words.map(escape), hide_index=True, border="horizontal")


def _unheard(story: Story, visible: Story) -> str:
    who = actors(story)
    names = [
        f"{link(escape(who[i].name), href(Selection(about=(i,))))}\u00a0{n}"
        for i, n in unheard(story, visible).items()
    ]
    return f"**Talked about, not heard:** {' · '.join(names)}" if names else ""


def _ink() -> Ink:
    return INKS["dark" if st.context.theme.type == "dark" else "light"]
