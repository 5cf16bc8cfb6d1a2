"""The page of an actor or a place: over time, where, with whom, positions, and the statements."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from dashboard.library_shelf import MOST_PAGES, pages, records, roles
from dashboard.markdown import escape, link
from dashboard.palette import STANCES
from dashboard.panels.library.masthead import KINDS
from dashboard.panels.library.statements import show_cards, turn
from dashboard.panels.text import heading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.library.answers import Stance
    from dashboard.library.library import Library
    from dashboard.library_shelf import Portrait

ROLE_KEYS = {"actors": ("by", "about"), "places": ("in", "about")}
ROLE, PAGE = "portrait role", "portrait page"
WRITTEN = "portrait written"


def asked_key(parameter: str) -> str:
    """Whose page the address asks for; of several ids the first counts."""
    return next(iter(st.query_params.get_all(parameter)), "")


def read_portrait_address(facet: str, parameter: str) -> tuple[str, int]:
    """The role and the page of statements that the address or, since, the widgets choose."""
    role_name = f"{parameter}_role"
    query = [st.query_params.get_all(name) for name in (parameter, role_name, "page")]
    if st.session_state.get(WRITTEN) != query or ROLE not in st.session_state:
        role, number = st.query_params.get(role_name, ""), st.query_params.get("page", "1")
        known = ROLE_KEYS[facet]
        st.session_state[ROLE] = role if role in known else known[0]
        plain = number.isascii() and number.isdigit() and len(number) < 5
        st.session_state[PAGE] = max(1, min(MOST_PAGES, int(number))) if plain else 1
        st.session_state[WRITTEN] = query
    return st.session_state[ROLE], st.session_state[PAGE]


def show_positions(found: Sequence[Stance], served: str) -> None:
    """Where an actor stands, story by story; nothing if no story says."""
    if not found:
        return
    heading("Where they stand", "As the stories have it; a position is our reading of an article.")
    head = "| Topic | Position | What the article gives as evidence | Story |\n|---|---|---|---|"
    rows = [
        f"| {escape(s.topic.name)} | {_stance(s.stance)} | {escape(s.note)} | {_story(s, served)} |"
        for s in found
    ]
    st.markdown("\n".join([head, *rows]))


def show_statements(
    library: Library, facet: str, key: str, known: Portrait, served: str
) -> tuple[str, int]:
    """The newest statements in one of the two roles; returns which, and the page that is shown."""
    parameter, counts = KINDS[facet][0], (known.first, known.second)
    role, number = read_portrait_address(facet, parameter)
    first = ROLE_KEYS[facet][0]
    labels = {
        first: "Said by them" if facet == "actors" else "Said there",
        "about": "Said about them" if facet == "actors" else "Said about it",
    }
    shown = dict(zip(ROLE_KEYS[facet], (c.shown for c in counts), strict=True))
    asked = dict(zip(ROLE_KEYS[facet], roles(facet, key), strict=True))
    with st.container(key="statements"):
        heading("The statements", "The newest first.")
        st.segmented_control(
            "Which statements",
            list(labels),
            format_func=lambda i: f"{labels[i]}\u2002{shown[i]:,}",
            key=ROLE,
            required=True,
            on_change=_changed,
            args=(parameter, first, True),
            label_visibility="collapsed",
        )
        number = st.session_state[PAGE] = min(number, pages(shown[role]))
        statements = records(library, asked[role], "newest", number)
        show_cards(statements, served, "The library has no such statement.")
        turn(shown[role], PAGE, lambda: _changed(parameter, first))
    return f"{key} {role}", number


def _changed(parameter: str, first: str, anew: bool = False) -> None:
    """Write the address; what stands in it of others stays."""
    if anew:
        st.session_state[PAGE] = 1
    role, number = st.session_state[ROLE], st.session_state[PAGE]
    role_name = f"{parameter}_role"
    kept = {
        name: st.query_params.get_all(name)
        for name in dict.fromkeys(st.query_params)
        if name not in (role_name, "page")
    }
    kept |= {role_name: [role]} if role != first else {}
    kept |= {"page": [str(number)]} if number > 1 else {}
    st.query_params.from_dict(kept)
    st.session_state[WRITTEN] = [kept.get(name, []) for name in (parameter, role_name, "page")]


def _stance(name: str) -> str:
    look = STANCES.get(name)
    return f":material/{look.icon}: {look.label}" if look else escape(name)


def _story(stance: Stance, served: str) -> str:
    if stance.story and stance.story == served:
        return link("This story", f"./?{urlencode({'topic': stance.topic.key})}")
    return escape(stance.story)
