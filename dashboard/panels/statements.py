"""The statements: one card each, its words first, then who, where, when, to whom and about whom."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.dates import day
from dashboard.describe import KINDS
from dashboard.links import href
from dashboard.markdown import escape, link
from dashboard.model import Actor, Statement
from dashboard.palette import COLORS, slot
from dashboard.panels.original import original
from dashboard.records import statements
from dashboard.selection import Selection
from dashboard.telling import drafts
from dashboard.telling.wording import side, subjects

if TYPE_CHECKING:
    from dashboard.story import Story


def show_statements(story: Story, visible: Story, order: str, quote: str) -> None:
    """Cards in article order, or grouped by speaker; `quote` is the one that a link points at."""
    found = statements(visible)
    if quote and quote not in {s.id for s in found}:
        st.info(
            "The statement that this address points at is left out by the filters.",
            icon=":material/filter_alt:",
        )
    if not found:
        st.info(
            "No statement answers all of these filters. Release one, or reset them all.",
            icon=":material/filter_alt_off:",
        )
        return
    if order == "speaker":
        first = {s.speaker.id: n for n, s in reversed(list(enumerate(found)))}
        found = tuple(sorted(found, key=lambda s: first[s.speaker.id]))
    with st.grid("auto", min_column_width=330, gap="small"):
        for statement in found:
            with st.container(border=True, key=f"quote-{statement.id}", height="stretch"):
                st.markdown(card(story, statement, linked=statement.id == quote))


@lru_cache(maxsize=4096)
def card(story: Story, statement: Statement, *, linked: bool) -> str:
    """A statement as Markdown. Spoken words stand in quotation marks, paraphrases in italics.

    A draft wears a badge; it may have no paraphrase yet.
    """
    told = f":small[:gray[{_circumstances(statement)}]]  \n:small[{escape(statement.context)}]"
    if statement.said_note:
        told += f"  \n:small[:gray[Where and when: {escape(statement.said_note)}]]"
    lines = [
        f"{_mark(story, statement, linked=linked)}  \n{_words(statement)}",
        _who(story, statement.speaker),
        told,
        "  \n".join(filter(None, (_about(statement), _links(story, statement)))),
    ]
    return "\n\n".join(lines)


def _mark(story: Story, statement: Statement, *, linked: bool) -> str:
    here = ":primary-badge[:material/link: The linked statement] " if linked else ""
    badge = drafts.badge(story, statement.id)
    draft = f" :orange-badge[:material/edit_note: {badge}]" if badge else ""
    return f"{here}:small[:gray[{KINDS[statement.kind].upper()}]]{draft}"


def _words(statement: Statement) -> str:
    if statement.kind == "direct":
        return f"“{escape(statement.words)}”"
    if statement.kind == "mixed":
        return f"… “{escape(statement.words)}” …"
    if not statement.paraphrase:
        return f":gray[*{drafts.NOT_PARAPHRASED}*]"
    return f"*{escape(statement.paraphrase)}*"


def _who(story: Story, speaker: Actor) -> str:
    also = " · ".join(escape(part) for part in (speaker.role, side(story, speaker)) if part)
    inferred = " (side inferred)" if speaker.side_note else ""
    return (
        f":{COLORS[slot(story, speaker.id)]}[●]\u00a0**{escape(speaker.name)}**  \n"
        f":small[:gray[{also}{inferred}]]"
    )


def _circumstances(statement: Statement) -> str:
    parts = [escape(statement.said_at.name)] if statement.said_at else []
    parts += [day(statement.said_on)] if statement.said_on else []
    if not parts:
        parts = ["Where and when: not stated"]
    elif statement.said_basis == "inferred":
        parts.append("inferred")
    if statement.addressees:
        parts.append("to " + ", ".join(escape(a.name) for a in statement.addressees))
    if statement.relayed:
        parts.append("relaying " + ", ".join(escape(a.name) for a in statement.relayed))
    return f":material/location_on: {' · '.join(parts)}"


def _about(statement: Statement) -> str:
    chips = [link(f":gray-badge[{escape(name)}]", href(told)) for name, told in subjects(statement)]
    return f":small[About] {' '.join(chips)}" if chips else ""


def _links(story: Story, statement: Statement) -> str:
    passage = original(story, statement.passages, " in the original")
    address = href(Selection(quote=statement.id))
    here, share = link("Link to this", address), link("Share", f"{address}&share=true")
    return f":small[{passage} · {here} · {share}]"
