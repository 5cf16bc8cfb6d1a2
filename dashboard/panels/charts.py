"""The charts on the page: heading, what it says in numbers, the chart, and its twin in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.address import clicked, hold, toggle
from dashboard.basemap import CREDIT, shapes_address
from dashboard.charts.locations import location_chart
from dashboard.charts.matrix import matrix_chart
from dashboard.charts.ribbon import ribbon_chart
from dashboard.charts.timeline import timeline_chart
from dashboard.charts.voices import voices_chart
from dashboard.links import href
from dashboard.markdown import escape, link
from dashboard.panels.drawing import draw, ink, moved, show, show_moves, twin
from dashboard.panels.text import heading, note
from dashboard.records import actors, events
from dashboard.selection import Selection
from dashboard.unheard import unheard

if TYPE_CHECKING:
    from dashboard.story import Story


def show_locations(story: Story, visible: Story) -> None:
    """Where it was said, and where it points; a click on a city toggles it."""
    heading("Where it was said, where it points")
    move = moved("map")
    chart = location_chart(story, visible, ink(), shapes_address(), move)

    def on_pick() -> None:
        for point in clicked("map", chart.fields):
            toggle("places", point["place"])

    draw(chart, "map", on_pick)
    show_moves("map", move)
    note(
        "◯ statements made here · ● statements about it · ◆ planned · shaded: countries talked "
        "about. Larger is more. Click a city to filter by it; Ctrl or ⌘ and the wheel, or two "
        f"fingers, zoom. {escape(chart.caption)} {escape(CREDIT)}"
    )
    twin(chart, "map", "places and distances")


def show_voices(story: Story, visible: Story) -> None:
    """Who is given how many words, and who is talked about but not heard."""
    chart = voices_chart(story, visible, ink())

    def on_pick() -> None:
        for point in clicked("voices", chart.fields):
            toggle("actors", point["actor"], "by")

    heading("Whose words", escape(chart.caption))
    show(chart, "voices", "quoted words by speaker", on_pick)
    if names := _unheard(story, visible):
        st.markdown(names)


def show_matrix(story: Story, visible: Story) -> None:
    """Who speaks about whom; a click on a number shows those statements."""
    chart = matrix_chart(story, visible, ink())

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
    show(chart, "matrix", "who speaks about whom", on_pick)


def show_timeline(story: Story, visible: Story) -> None:
    """What happened, is planned, and is due; a click filters by the event's place."""
    chart = timeline_chart(story, visible, ink())
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
    show(chart, "timeline", "events and dates", on_pick)


def show_ribbon(story: Story, visible: Story) -> None:
    """Whose voice is heard in which paragraph; a click filters by speaker or place."""
    chart = ribbon_chart(story, visible, ink())

    def on_pick() -> None:
        for point in clicked("ribbon", chart.fields):
            toggle("actors" if point["who"] in actors(story) else "places", point["who"])

    heading(
        "The article, paragraph by paragraph",
        f"{escape(chart.caption)} ▬ quoted · ▭ reported · ● place named",
    )
    show(chart, "ribbon", "voices and places by paragraph", on_pick)


def _unheard(story: Story, visible: Story) -> str:
    who = actors(story)
    names = [
        f"{link(escape(who[i].name), href(Selection(about=(i,))))}\u00a0{n:d}"
        for i, n in unheard(story, visible).items()
    ]
    return f"**Talked about, not heard:** {' · '.join(names)}" if names else ""
