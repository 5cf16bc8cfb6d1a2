"""The library's filters: widgets that show and set what is chosen, each with its counts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.charts.chart import count
from dashboard.controls import ROLES
from dashboard.describe import KINDS
from dashboard.library.addresses import ORDERS, href
from dashboard.library.describing import describe
from dashboard.library_address import (
    COUNT_MARK,
    UNKNOWN,
    changed,
    clear,
    current,
    held,
    key,
    narrowed,
    order,
    turned,
)
from dashboard.library_shelf import known, names, suggest
from dashboard.links import MAX_TEXT
from dashboard.markdown import escape, link
from dashboard.panels.library.boxes import LONGEST, choose_many
from dashboard.panels.text import heading, note
from dashboard.plain import cut
from dashboard.selection import ACTOR_ROLES, PLACE_ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from dashboard.library.library import Library
    from dashboard.library_shelf import View

MOST_NAMESAKES = 3  # actors, and places, that are called by the words that are searched
FIRST, LAST = date(1000, 1, 1), date(9999, 12, 31)  # days that an address can name


def choose(library: Library, view: View, said: str, actions: Callable[[], None]) -> None:
    """The filters, and what is shown; `actions` draws what can be done with it.

    `said` is the sentence of it (`sentence`).
    """
    with st.container(border=True, key="filters"):
        words, who, role = _row()
        with words:
            st.text_input(
                "Words",
                key=key("text"),
                type="search",
                max_chars=MAX_TEXT,
                placeholder="Search whole words",
                icon=":material/search:",
                on_change=narrowed,
            )
        with who:
            choose_many(library, view, "actors", "Actors", "Anyone. Type a name, then Enter")
        with role:
            _choose_role("Said by or about them", "actor_role", ACTOR_ROLES)
        outlets, where, role = _row()
        with outlets:
            choose_many(library, view, "outlets", "Printed by", "Any outlet. Type, then Enter")
        with where:
            choose_many(library, view, "places", "Places", "Anywhere. Type a name, then Enter")
        with role:
            _choose_role("Said in or about them", "place_role", PLACE_ROLES)
        when, topics, kinds = _row(5, 4, 4)
        with when, st.container(horizontal=True):
            _choose_day("From", "since")
            _choose_day("To", "until")
        with topics:
            choose_many(library, view, "topics", "Topics", "Any topic. Type, then Enter")
        with kinds:
            _choose_kinds(view)
        if current().about:
            _choose_about(library, view)
        _say(view, said, actions)
        _say_namesakes(library)


def sentence(library: Library, view: View) -> str:
    """What is shown, in words: plain text made of data, to be escaped."""
    selection = current()
    if view.slow:
        return f"Not counted in time: {view.counts.total:,} statements in all"
    return describe(selection, view.counts, names(library, selection))


def show_summary(said: str) -> None:
    """What is shown, at the foot of the window while filters are set: far from them, too."""
    if current().narrows:
        with st.bottom, st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":small[{escape(said)}]", width="stretch")
            st.button(
                "Reset",
                key=key("reset below"),
                icon=":material/restart_alt:",
                type="tertiary",
                on_click=clear,
            )


def choose_order(view: View) -> None:
    """The heading of the statements, and their order when words are searched."""
    n, newest = view.counts.shown, order() == "newest"
    told = f"{count(n, 'statement')}, the {'newest' if newest else 'most relevant'} first."
    heading("What they said", *([] if view.slow else [told]))
    if current().text:
        st.segmented_control(
            "Order of the statements",
            list(ORDERS),
            format_func=ORDERS.__getitem__,
            key=key("order"),
            required=True,
            on_change=turned,
            label_visibility="collapsed",
        )


def _choose_about(library: Library, view: View) -> None:
    about = current().about
    counts = {value.key: value.n for value in view.counts.values.get("about", ())}
    name_of = known(library, "actors", about)
    st.pills(
        "And about",
        list(about),
        format_func=lambda i: f"{escape(name_of.get(i, i))}{COUNT_MARK}{counts.get(i, 0):,}",
        selection_mode="multi",
        key=key("about"),
        wrap=True,
        on_change=changed,
        args=("about",),
    )


def _choose_kinds(view: View) -> None:
    counts = {value.key: value.n for value in view.counts.values.get("kinds", ())}
    held_kinds = held("kinds") or ()
    there = [kind for kind in KINDS if kind in counts or kind in held_kinds]
    if len(there) < 2 and not held_kinds:
        return
    st.pills(
        "Kind of statement",
        there,
        format_func=lambda i: f"{KINDS[i]}{COUNT_MARK}{counts.get(i, 0):,}",
        selection_mode="multi",
        key=key("kinds"),
        wrap=True,
        on_change=changed,
        args=("kinds",),
    )


def _choose_day(label: str, name: str) -> None:
    st.date_input(
        label,
        value=None,
        min_value=FIRST,
        max_value=LAST,
        key=key(name),
        format="YYYY-MM-DD",
        on_change=narrowed,
        width=190,
    )


def _choose_role(label: str, name: str, roles: Sequence[str]) -> None:
    st.segmented_control(
        label,
        roles,
        format_func=ROLES.__getitem__,
        key=key(name),
        required=True,
        on_change=narrowed,
    )


def _row(*widths: int) -> list[DeltaGenerator]:
    """Columns of so many parts each, which stand below one another on a phone."""
    return st.columns(widths or (5, 5, 3), gap="medium")


def _say(view: View, said: str, actions: Callable[[], None]) -> None:
    selection = current()
    with st.container(horizontal=True, vertical_alignment="center", key="summary"):
        st.markdown(f"**{escape(said)}**", width="stretch")
        actions()
        st.button(
            "Reset",
            key=key("reset"),
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=clear,
            disabled=not selection.narrows,
        )
    if view.counts.at_most:
        note(
            "So many statements have these words that the counts beside the choices are of the "
            f"newest {view.counts.at_most:,} alone."
        )
    if unknown := held(UNKNOWN):
        named = ", ".join(escape(value) for value in unknown[:5])
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        note(f":material/info: This library does not know {named}{more}; left out.")


def _say_namesakes(library: Library) -> None:
    """Who and what is called by the words that are searched: those are looked for in what is said.

    A link chooses an actor or a place instead of the words.
    """
    selection, links = current(), []
    for facet in ("actors", "places") if selection.text else ():
        for value in suggest(library, facet, selection.text)[:MOST_NAMESAKES]:
            instead = selection.but(text="", **{facet: (*getattr(selection, facet), value.key)})
            name = escape(cut(value.name, LONGEST))
            links.append(f"{link(name, href('library', instead))} {value.n:,}")
    if links:
        note(f":material/person_search: Called so: {' · '.join(links)}")
