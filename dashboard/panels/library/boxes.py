"""A box of a facet's values: the most frequent to choose from, all others to be looked up.

There may be 50,000 actors.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.library_address import (
    COUNT_MARK,
    changed,
    current,
    guessed,
    guesses,
    held,
    key,
    picked,
)
from dashboard.library_shelf import known
from dashboard.markdown import escape
from dashboard.panels.text import note
from dashboard.plain import cut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.library.library import Library
    from dashboard.library_shelf import View

LONGEST = 48  # letters of a name in a choice


def choose_many(library: Library, view: View, facet: str, label: str, placeholder: str) -> None:
    """A box of the most frequent values, which looks up what is typed; under it what is chosen.

    A multiselect would hold both, and write white on the theme's colour, which is light in the
    dark.
    """
    values = view.counts.values.get(facet, ())
    chosen = tuple(held(facet) or ())
    if not values and not chosen and not view.slow and not current().narrows:
        return  # this library has none of it
    counts = {value.key: value.n for value in values}
    name_of = {value.key: value.name for value in values}
    name_of |= known(library, facet, tuple(i for i in chosen if i not in name_of))
    labels = _labels(name_of, counts)
    with st.container(gap="xsmall"):
        st.selectbox(
            label,
            [i for i in labels if i not in chosen],
            index=None,
            format_func=lambda i: labels.get(i, i),
            key=key(f"{facet} pick"),
            placeholder=placeholder,
            on_change=picked,
            args=(library, facet),
            accept_new_options=True,
            filter_mode="contains",
        )
        if chosen:
            st.pills(
                f"{label}: chosen",
                [i for i in chosen if i in labels],
                format_func=lambda i: escape(labels[i]),
                selection_mode="multi",
                key=key(facet),
                wrap=True,
                on_change=changed,
                args=(facet,),
                label_visibility="collapsed",
            )
        _offer(facet)


def _labels(name_of: Mapping[str, str], counts: Mapping[str, int]) -> dict[str, str]:
    """What choices say: the browser sends this back, so that no two may be the same."""
    seen: dict[str, str] = {}
    taken = set()
    for i, name in name_of.items():
        short = cut(name, LONGEST)
        label = short if short.casefold() not in taken else f"{short} ({i})"
        taken.add(short.casefold())
        seen[i] = f"{label}{COUNT_MARK}{counts.get(i, 0):,}"
    return seen


def _offer(facet: str) -> None:
    word, values = guesses(facet)
    if not word:
        return
    if not values:
        note(f":material/info: Nothing here is called “{escape(cut(word, LONGEST))}”.")
        return
    names_of = {value.key: value for value in values}
    st.pills(
        f"“{escape(cut(word, LONGEST))}” may be",
        list(names_of),
        format_func=lambda i: (
            f"{escape(cut(names_of[i].name, LONGEST))}{COUNT_MARK}{names_of[i].n:,}"
        ),
        key=key(f"{facet} guess"),
        wrap=True,
        on_change=guessed,
        args=(facet,),
    )
