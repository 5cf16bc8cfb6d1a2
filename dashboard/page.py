"""The Streamlit script: which page is asked for, and what stands on it from top to bottom."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.add import add_page
from dashboard.address import read_address
from dashboard.controls import choose, choose_order, show_summary
from dashboard.metrics import RUNS
from dashboard.panels.charts import (
    show_locations,
    show_matrix,
    show_ribbon,
    show_timeline,
    show_voices,
)
from dashboard.panels.colophon import show_colophon, show_method
from dashboard.panels.data import show_data
from dashboard.panels.embedded import embedded_view, show_embedded
from dashboard.panels.follow import show_follow
from dashboard.panels.masthead import show_masthead
from dashboard.panels.positions import show_positions
from dashboard.panels.share import show_actions, show_asked
from dashboard.panels.start import show_start
from dashboard.panels.statements import show_statements
from dashboard.selection import select
from dashboard.settings import settings
from dashboard.shelf import open_story

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage


def story_page() -> None:
    """The story, and all its views of one selection; or one of them alone."""
    story = open_story()
    read_address(story)
    if view := embedded_view():
        show_follow(story, show_embedded(story, view))
        show_asked(story)
        return
    show_masthead(story)
    show_start(story)
    selection = choose(story, show_actions)
    visible = select(story, selection)

    left, right = st.columns([7, 5], gap="large")
    with left:
        show_locations(story, visible)
    with right:
        show_voices(story, visible)
    show_positions(story, visible)
    order = choose_order(visible)
    show_statements(story, visible, order, selection.quote)
    left, right = st.columns([6, 6], gap="large")
    with left:
        show_timeline(story, visible)
    with right:
        show_matrix(story, visible)
    show_ribbon(story, visible)
    show_data(story, visible)
    show_colophon(METHOD, ADD if ADD in PAGES else None, LIBRARY)
    show_summary(story, selection)
    show_follow(story, selection)
    show_asked(story)


def method_page() -> None:
    """How this was made."""
    show_method(open_story(), STORY)


@st.fragment(run_every=timedelta(days=1))
def rejoin() -> None:
    """Nothing; but a page that has such a fragment asks anew as soon as it is connected again.

    After a restart the session is a new one: without that, the reader's next click would only make
    it read the address, and be lost.
    """


STORY = st.Page(story_page, title="Dateline", icon="📰", default=True)
METHOD = st.Page(method_page, title="How this was made", icon="📰", url_path="method")

ADD = st.Page(add_page, title="Add a story", icon="📰", url_path="add")

st.set_page_config(layout="wide")
PAGES = [STORY, METHOD] if settings().add == "off" else [STORY, METHOD, ADD]
LIBRARY: StreamlitPage | None = None
if settings().library:
    from dashboard.library_pages import library_pages

    LIBRARY, *others = library_pages(STORY)
    PAGES += [LIBRARY, *others]
rejoin()
with RUNS.time():
    st.navigation(PAGES, position="hidden").run()
