"""A page of the library's statements, and the way to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.library_address import key, turned
from dashboard.library_shelf import MOST_PAGES, PAGE_SIZE, pages
from dashboard.panels.library.cards import card
from dashboard.panels.text import note

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dashboard.library.answers import Quotation
    from dashboard.library_shelf import View

NOTHING = "No statement answers all of these filters. Release one, or reset them all."


def show_cards(statements: Sequence[Quotation], served: str, nothing: str = NOTHING) -> None:
    """A card for each statement; `served` is the slug of the story that this page serves."""
    if not statements:
        with st.container(border=True):
            st.markdown(f":material/filter_alt_off: {nothing}")
        return
    with st.grid("auto", min_column_width=330, gap="small"):
        for said in statements:
            with st.container(border=True, key=f"quote-{said.id}", height="stretch"):
                st.markdown(card(said, served))


def show_page(view: View, served: str) -> None:
    """The library's page of statements that is asked for, and the way to the others."""
    if view.slow:
        st.warning(
            "This takes the library too long. Choose less: a shorter period, one more filter, or "
            "rarer words.",
            icon=":material/hourglass_disabled:",
        )
        return
    show_cards(view.statements, served)
    turn(view.counts.shown, key("page"), turned)


def turn(shown: int, state: str, on_change: Callable[[], None]) -> None:
    """The pages, to choose from; `state` is the key that holds the page."""
    number = pages(shown)
    if number < 2:
        return
    with st.container(horizontal=True, horizontal_alignment="center"):
        st.pagination(number, key=state, on_change=on_change)
    if shown > MOST_PAGES * PAGE_SIZE:
        note(
            f"The first {MOST_PAGES * PAGE_SIZE:,} of {shown:,} can be turned through here: choose "
            "less, or download them."
        )
