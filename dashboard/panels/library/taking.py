"""Sharing a view of the library, and taking its statements away."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from dashboard.address import page_address
from dashboard.exports.of_library.formats import FORMATS
from dashboard.exports.of_library.streamed import CAP
from dashboard.library.addresses import to_query
from dashboard.library_address import address_query, current, key
from dashboard.markdown import escape, link
from dashboard.panels.text import note

ASKED = key("asked for")


def show_actions() -> None:
    """What can be done with a view: share it, download it."""
    for what, icon in (("Share", "share"), ("Download", "download")):
        st.button(
            what,
            key=key(what.lower()),
            icon=f":material/{icon}:",
            type="tertiary",
            on_click=_ask,
            args=(what,),
        )


def show_asked(said: str, shown: int) -> None:
    """The dialog that a reader has just asked for, if any; `said` says what is shown."""
    match st.session_state.pop(ASKED, None):
        case "Share":
            st.dialog("Share this view", width="medium")(_share)()
        case "Download":
            st.dialog("Download these statements", width="medium")(_download)(said, shown)


def _ask(what: str) -> None:
    st.session_state[ASKED] = what


def _share() -> None:
    query = urlencode(address_query(), doseq=True)
    address = f"{page_address()}library{f'?{query}' if query else ''}"
    st.code(address, language=None, wrap_lines=True)
    note("Whoever opens it sees what you see, as far as the library has not changed since.")


def _download(said: str, shown: int) -> None:
    st.markdown(f"**{escape(said)}**")
    query = urlencode(to_query(current()), doseq=True)
    for name, made in FORMATS.items():
        address = f"api/library/{name}{f'?{query}' if query else ''}"
        st.markdown(f":material/download: {link(made.title, address)}")
    if shown > CAP:
        note(
            f"The files have the newest {CAP:,} of {shown:,}. For all of them choose less at a "
            "time, year by year for example."
        )
    note("The same addresses serve programs; the README says what stands in the columns.")
