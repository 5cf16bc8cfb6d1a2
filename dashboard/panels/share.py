"""Sharing: the link, the citation and the embed code of a view, and the files to take away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.address import ASKED, ask, page_address, session_address
from dashboard.describe import describe
from dashboard.edition.apart import edition_apart
from dashboard.exports.formats import FORMATS
from dashboard.links import permalink
from dashboard.markdown import escape
from dashboard.panels.text import note
from dashboard.selection import select
from dashboard.sharing.citation import STYLES, source
from dashboard.sharing.embed import VIEWS, embed_code
from dashboard.sharing.preview import linked, preview

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.exports.format import Format
    from dashboard.selection import Selection
    from dashboard.story import Story


def show_actions(selection: Selection) -> None:
    """What can be done with a view: share it, download it."""
    st.button(
        "Share",
        key="share",
        icon=":material/share:",
        type="tertiary",
        on_click=ask,
        args=("share", selection),
    )
    st.button(
        "Download",
        key="download",
        icon=":material/download:",
        type="tertiary",
        on_click=ask,
        args=("download", selection),
    )


def show_asked(story: Story) -> None:
    """The dialog that a reader has just asked for, if any."""
    asked = st.session_state.pop(ASKED, None)
    if asked is None:
        return
    what, selection = asked
    view = "statement" if linked(story, selection) else "view"
    if what == "share":
        st.dialog(f"Share this {view}", width="medium")(_share)(story, selection)
    else:
        st.dialog("Download this view", width="medium")(_download)(story, selection)


def _share(story: Story, selection: Selection) -> None:
    page = page_address()
    address = permalink(page, selection, st.session_state.get("order", ""))
    shown = preview(story, selection)
    picture = permalink("card.png", selection)
    st.markdown(f"![{escape(shown.title)}]({picture})")
    link, cite, embed = st.tabs(["Link", "Cite", "Embed"], key="share tabs")
    with link:
        st.code(address, language=None, wrap_lines=True)
        note("Whoever opens it sees what you see. Where links unfurl, it shows the picture above.")
    with cite:
        style = st.segmented_control(
            "Style", list(STYLES), default="APA", key="citation style", required=True
        )
        cited = source(story, selection, address, datetime.now(UTC).date())
        st.code(STYLES[str(style)](cited), language=None, wrap_lines=True)
    with embed:
        view = st.selectbox(
            "Panel",
            list(VIEWS),
            index=list(VIEWS).index("quotes" if selection.quote else "map"),
            format_func=lambda name: VIEWS[name][0],
            key="embedded panel",
        )
        st.code(embed_code(page, story, selection, view), language="html", wrap_lines=True)
        note("Paste it into your page: the panel keeps its filters there.")


def _download(story: Story, selection: Selection) -> None:
    page, known = page_address(), session_address()
    st.markdown(f"**{escape(describe(story, selection))}**")
    for made in FORMATS.values():
        st.download_button(
            made.title,
            _maker(story, selection, made, page),
            file_name=made.file_name(story.slug),
            mime=made.media_type,
            key=f"download {made.name}",
            icon=":material/download:",
            on_click="ignore",
            width="stretch",
        )
    st.download_button(
        "The whole page as one file that needs no server (HTML)",
        lambda: edition_apart(story, known),
        file_name=f"{story.slug}.html",
        mime="text/html",
        key="download edition",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
        help="All statements, whatever is chosen here; it filters by itself, offline too.",
    )
    note("The same over HTTP, for programs; the README names them all:")
    address = permalink(f"{page}api/quotes.csv", selection.but(quote=""))
    st.code(address, language=None, wrap_lines=True)


def _maker(story: Story, selection: Selection, made: Format, page: str) -> Callable[[], bytes]:
    return lambda: made.make(select(story, selection), page)
