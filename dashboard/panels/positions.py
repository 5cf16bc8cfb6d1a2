"""Positions: where each actor stands on what is at stake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.chart import count
from dashboard.links import href
from dashboard.markdown import escape, link
from dashboard.palette import COLORS, STANCES, slot
from dashboard.panels.original import original
from dashboard.records import Position, Topic, positions, statements, topics
from dashboard.selection import Selection

if TYPE_CHECKING:
    from dashboard.story import Story


def show_positions(story: Story, visible: Story) -> None:
    """One card a topic: its question, then who stands where on it, and the evidence."""
    st.subheader("Where each side stands", anchor="positions")
    found = positions(visible)
    st.caption(
        f"{count(len(found), 'position')} shown, as the article reports them. A stance opens the "
        "statements that bear it out; ¶ opens the passage."
    )
    with st.grid("auto", min_column_width=330, gap="small"):
        for topic in topics(story).values():
            on_it = [p for p in found if p.topic == topic.id]
            if on_it:
                with st.container(border=True, key=f"topic-{topic.id}", height="stretch"):
                    st.markdown(_topic(story, topic, on_it))
    if not found:
        st.info("No position answers these filters.", icon=":material/filter_alt_off:")


def _topic(story: Story, topic: Topic, found: list[Position]) -> str:
    order = list(STANCES)
    lines = [f"**{escape(topic.name)}**  \n:small[{escape(topic.question)}]"]
    ranked = sorted(found, key=lambda p: order.index(p.stance))
    lines += [_line(story, position) for position in ranked]
    return "\n\n".join(lines)


def _line(story: Story, position: Position) -> str:
    color = COLORS[slot(story, position.actor.id)]
    return (
        f"{_stance(story, position)}\u2003:{color}[●]\u00a0**{escape(position.actor.name)}**  \n"
        f":small[{escape(position.note)} {original(story, position.passages)}]"
    )


def _stance(story: Story, position: Position) -> str:
    look = STANCES[position.stance]
    badge = (
        f":small[:color[\u2002:material/{look.icon}: {look.label}\u2002]"
        f'{{foreground="{look.text}" background="{look.background}"}}]'
    )
    spoken = any(
        s.speaker == position.actor and s.topic == position.topic for s in statements(story)
    )
    if not spoken:
        return badge
    evidence = Selection(actors=(position.actor.id,), actor_role="by", topics=(position.topic,))
    return link(badge, href(evidence))
