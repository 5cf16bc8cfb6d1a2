"""Small print that still has contrast: Streamlit's own captions are too pale for WCAG AA."""

from __future__ import annotations

import streamlit as st


def note(markdown: str, *, tip: str | None = None, stretch: bool = True) -> None:
    """A line of small grey text; `markdown` is one paragraph, data in it escaped already."""
    st.markdown(f":small[:gray[{markdown}]]", help=tip, width="stretch" if stretch else "content")
