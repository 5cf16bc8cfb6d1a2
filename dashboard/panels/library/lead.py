"""Links from one of the library's pages to another, and clicks on charts that lead there."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from secrets import token_hex
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

LEAVING = "leaving for"


def lead_to(address: str) -> None:
    """Leave for another of the pages, `library?actor=…`, once this one is drawn.

    `st.switch_page` would leave an address behind that was never shown, for Back to stumble on.
    """
    st.session_state[LEAVING] = (address, token_hex(8))


def show_lead(of: str = "", number: int = 1) -> None:
    """Mount the component that follows links; it draws nothing.

    When another page (`number`) of the same statements (`of`) is shown, they come into view.
    """
    address, asked = st.session_state.pop(LEAVING, ("", ""))
    told = {"of": of, "number": number, "to": address, "asked": asked}
    _component()(key="lead", data=told, height=1)


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    script = files("dashboard") / "components" / "lead.js"
    return st.components.v2.component("dateline.lead", js=script.read_text(encoding="utf-8"))
