"""Positions: where each actor stands on what is at stake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.chart import count
from dashboard.links import href
from dashboard.markdown import escape, link
from dashboard.model import Position, Topic
from dashboard.palette import COLORS, STANCES, Stance, slot
from dashboard.panels.original import original
from dashboard.panels.text import heading
from dashboard.records import positions
from dashboard.telling.evidence import own_words
from dashboard.telling.wording import stands

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.story import Story


def show_positions(story: Story, visible: Story) -> None:
    """One card a topic: its question, then who stands where on it, and the evidence.

    A story without positions has no such panel.
    """
    if story.positions.empty:
        return
    found = positions(visible)
    heading(
        "Where each side stands",
        f"{count(len(found), 'position')} shown, as the article reports them. A name opens the "
        "statements that bear it out, ¶ the passage. Filters for actors, topics and words apply.",
    )
    cells = [_topic(story, topic, groups) for topic, groups in stands(story, visible)]
    if not cells:
        st.info("No position answers these filters.", icon=":material/filter_alt_off:")
        return
    with st.grid("auto", min_column_width=330, gap="small", border=True):
        for cell in cells:
            st.markdown(cell)


def _topic(story: Story, topic: Topic, groups: Mapping[str, list[Position]]) -> str:
    head = f"**{escape(topic.name)}**  \n:small[:gray[{escape(topic.question)}]]"
    parts = [
        "  \n".join([_badge(STANCES[stance]), *(_line(story, p) for p in found)])
        for stance, found in groups.items()
    ]
    return "\n\n".join([head, *parts])


def _badge(look: Stance) -> str:
    return (
        f":small[:color[\u2002:material/{look.icon}: {look.label}\u2002]"
        f'{{foreground="{look.text}" background="{look.background}"}}]'
    )


def _line(story: Story, position: Position) -> str:
    color = COLORS[slot(story, position.actor.id)]
    return (
        f":small[:{color}[●]\u00a0**{_evidence(story, position)}** "
        f"{escape(position.note)} {original(story, position.passages)}]"
    )


def _evidence(story: Story, position: Position) -> str:
    """The actor's name; it opens the actor's own statements on the topic, if there are any."""
    name, said = escape(position.actor.name), own_words(story, position)
    return f"{link(name, href(said, only=True))}:" if said else f"{name}:"
