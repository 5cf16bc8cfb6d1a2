"""One panel alone, for somebody else's page: its filters, itself, and where it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.address import current, page_address
from dashboard.controls import choose_briefly, choose_order
from dashboard.links import permalink
from dashboard.markdown import escape, link
from dashboard.panels.charts import show_locations, show_timeline, show_voices
from dashboard.panels.positions import show_positions
from dashboard.panels.statements import show_statements
from dashboard.panels.text import note
from dashboard.records import articles
from dashboard.selection import point, select
from dashboard.sharing.embed import VIEWS
from dashboard.telling import drafts

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.selection import Selection
    from dashboard.story import Story


def embedded_view() -> str:
    """The panel that the address asks for, to stand alone; "" for the whole page."""
    view = st.query_params.get("view", "")
    return view if st.context.is_embedded and view in VIEWS else ""


def show_embedded(story: Story, view: str) -> Selection:
    """The panel, filterable; returns what is chosen."""
    article = articles(story)[0]
    st.set_page_config(page_title=f"{VIEWS[view][0]} · {article.headline} · Dateline")
    selection = current()
    if draft := drafts.notice(story):
        st.markdown(f":small[:orange[:material/edit_note: {escape(draft)}]]", width="stretch")
    if view == "quotes" and selection.quote:
        show_statements(story, point(story, selection.quote), "article", "")
    else:
        selection = choose_briefly(story)
        PANELS[view](story, select(story, selection))
    note(
        f"{link('Dateline', permalink(page_address(), selection))} · {escape(article.headline)}, "
        f"{escape(article.publisher)}"
    )
    return selection


def _show_quotes(story: Story, visible: Story) -> None:
    show_statements(story, visible, choose_order(visible), "")


PANELS: dict[str, Callable[[Story, Story], None]] = {
    "map": show_locations,
    "quotes": _show_quotes,
    "timeline": show_timeline,
    "voices": show_voices,
    "positions": show_positions,
}
