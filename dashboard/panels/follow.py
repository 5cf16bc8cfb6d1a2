"""Links on the page that choose, and the linked statement brought into view."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.address import follow

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.selection import Selection
    from dashboard.story import Story

KEY = "follow"


def show_follow(story: Story, selection: Selection) -> None:
    """Mount the component; it draws nothing."""

    def on_follow() -> None:
        if address := st.session_state[KEY].followed:
            follow(story, address)

    _component()(key=KEY, data={"quote": selection.quote}, on_followed_change=on_follow, height=1)


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    script = files("dashboard") / "components" / "follow.js"
    return st.components.v2.component("dateline.follow", js=script.read_text(encoding="utf-8"))
