"""The page of one statement's words: how other outlets print them, and who they say spoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.library.comparing import compare
from dashboard.library_shelf import excused, open_library_page
from dashboard.panels.library.lead import show_lead
from dashboard.panels.library.portrait import asked_key
from dashboard.panels.library.words import (
    show_conflict,
    show_legend,
    show_printings,
    show_sum,
    show_unknown_statement,
)
from dashboard.shelf import story_folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.navigation.page import StreamlitPage

    Pages = Mapping[str, StreamlitPage]


@excused()
def words_page(pages: Pages) -> None:
    """One statement (`?quote=` and its key) beside all that print the same words."""
    st.set_page_config(page_title="Same words, other outlets · Dateline")
    st.title("Same words, other outlets", anchor=False)
    st.page_link(pages["library"], label="Back to the library", icon=":material/arrow_back:")
    library = open_library_page()
    key = asked_key("quote")
    with st.spinner("Looking for the same words …"):
        found = compare(library, key) if key else None
    if found is None:
        show_unknown_statement(key)
    else:
        show_sum(found)
        show_conflict(found)
        show_printings(found, library.printings(key), story_folder().name)
        show_legend(found)
    show_lead()
