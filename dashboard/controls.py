"""The filters: widgets that show and set what is chosen."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.address import ORDERS, changed, clear, current, write_address
from dashboard.describe import KINDS, describe
from dashboard.facets import Facets, facets
from dashboard.links import MAX_TEXT
from dashboard.markdown import escape
from dashboard.panels.text import heading, note
from dashboard.records import actors, statements, topics
from dashboard.selection import ACTOR_ROLES, PLACE_ROLES, Selection
from dashboard.telling.choices import actor_choices, place_choices

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from dashboard.story import Story

ROLES = {
    "any": "Either",
    "by": "By",
    "about": "About",
    "in": "In",
}


def choose(story: Story, actions: Callable[[Selection], None]) -> Selection:
    """The filters, and what is shown, in words; returns what is chosen.

    `actions` draws what can be done with a selection, beside the words.
    """
    with st.container(border=True, key="filters"):
        _choose(story)
        _say(story, actions)
    return current()


def choose_briefly(story: Story) -> Selection:
    """The filters behind a button, for a panel that stands alone; returns what is chosen."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.popover("Filter", icon=":material/filter_alt:", key="filters"):
            _choose(story)
        _say(story)
    return current()


def show_summary(story: Story, selection: Selection) -> None:
    """What is shown, at the foot of the window while filters are set: far from them, too."""
    if selection.narrows:
        with st.bottom, st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":small[{escape(describe(story, selection))}]", width="stretch")
            st.button(
                "Reset",
                key="reset below",
                icon=":material/restart_alt:",
                type="tertiary",
                on_click=clear,
            )


def choose_order(visible: Story) -> str:
    """The heading of the statements, and their order: `article` or `speaker`."""
    heading("What they said", _how_many(visible))
    chosen = st.segmented_control(
        "Order of the statements",
        list(ORDERS),
        format_func=ORDERS.__getitem__,
        key="order",
        required=True,
        on_change=write_address,
        label_visibility="collapsed",
    )
    return str(chosen)


def _choose(story: Story) -> None:
    counts = facets(story, current())
    _choose_actors(story, counts)
    _choose_places(story, counts)
    _choose_kinds(story, counts)


def _choose_actors(story: Story, counts: Facets) -> None:
    who, held = actors(story), current()
    names = {c.id: c.name for c in actor_choices(story) if not c.spare or c.id in held.actors}
    with _row():
        st.multiselect(
            "Actors",
            list(names),
            format_func=lambda i: f"{names[i]}\u2002{counts.actors.get(i, 0)}",
            key="actors",
            placeholder="Anyone. Choose or type a name",
            on_change=changed,
            args=("actors",),
            select_all=False,
        )
        _choose_role("Said by or about them", "actor_role", ACTOR_ROLES)
        st.text_input(
            "Words",
            key="text",
            type="search",
            max_chars=MAX_TEXT,
            placeholder="Search words, contexts and names",
            icon=":material/search:",
            on_change=write_address,
        )
    if held.about:
        _choose_pills("And about", "about", {i: who[i].name for i in held.about}, counts.about)


def _choose_places(story: Story, counts: Facets) -> None:
    held = current().places
    names = {c.id: c.name for c in place_choices(story) if not c.spare or c.id in held}
    with _row():
        _choose_pills("Places", "places", names, counts.places)
        _choose_role("Said in or about them", "place_role", PLACE_ROLES)


def _choose_kinds(story: Story, counts: Facets) -> None:
    names = {topic.id: topic.name for topic in topics(story).values()}
    with _row():
        if names:
            _choose_pills("Topics", "topics", names, counts.topics)
        _choose_pills("Kind of statement", "kinds", KINDS, counts.kinds)


def _row() -> DeltaGenerator:
    return st.container(horizontal=True, vertical_alignment="bottom", gap="medium")


def _choose_pills(
    label: str, key: str, names: Mapping[str, str], counts: Mapping[str, int]
) -> None:
    st.pills(
        label,
        list(names),
        format_func=lambda i: f"{escape(names[i])}\u2002{counts.get(i, 0)}",
        selection_mode="multi",
        key=key,
        wrap=True,
        on_change=changed,
        args=(key,),
    )


def _choose_role(label: str, key: str, roles: Sequence[str]) -> None:
    st.segmented_control(
        label,
        roles,
        format_func=ROLES.__getitem__,
        key=key,
        required=True,
        on_change=write_address,
    )


def _say(story: Story, actions: Callable[[Selection], None] | None = None) -> None:
    selection = current()
    with st.container(horizontal=True, vertical_alignment="center", key="summary"):
        st.markdown(f"**{escape(describe(story, selection))}**", width="stretch")
        if actions:
            actions(selection)
        st.button(
            "Reset",
            key="reset",
            icon=":material/restart_alt:",
            type="tertiary",
            on_click=clear,
            disabled=not selection.narrows and not selection.quote,
        )
    if unknown := st.session_state.get("unknown"):
        named = ", ".join(escape(value) for value in unknown[:5])
        more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
        note(f":material/info: This story does not know {named}{more}; left out.")


@lru_cache(maxsize=256)
def _how_many(visible: Story) -> str:
    spoken = [statement.spoken for statement in statements(visible)]
    return (
        f"{sum(spoken)} in quotation marks, {spoken.count(False)} reported, which we "
        "paraphrase in italics. Click what a statement is about to filter by it."
    )
