"""The page “Add a story”: where a draft is, in the address, decides what stands on it."""

from __future__ import annotations

import streamlit as st

from dashboard.panels.adding.acting import TOKEN
from dashboard.panels.adding.finish import STEP, show_finish
from dashboard.panels.adding.room import show_room
from dashboard.panels.adding.start import show_start
from dashboard.review.store import GONE, STORE


def add_page() -> None:
    """Give a text, review what was found in it, publish."""
    st.set_page_config(page_title="Add a story · Dateline")
    token = st.query_params.get(TOKEN, "")
    if token and st.query_params.get(STEP) == "publish" and STORE.look(token):
        show_finish(token)
        return
    if token and STORE.look(token):
        show_room(token)
        return
    st.title("Add a story", anchor=False)
    if token:
        st.error(GONE, icon=":material/error:")
    show_start()
