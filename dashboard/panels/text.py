"""Headings and small print. Small print has contrast: Streamlit's captions are too pale for AA."""

from __future__ import annotations

import streamlit as st


def heading(title: str, *notes: str) -> None:
    """A panel's heading and the lines under it, as one element: each costs a reader time.

    `title` and `notes` are Markdown, data in them escaped already. The heading's id is its text in
    lower case with hyphens, for links within the page.
    """
    lines = [f"## {title}", *(f":small[:gray[{line}]]" for line in notes)]
    st.markdown("\n\n".join(lines), anchors=False)


def note(markdown: str, *, tip: str | None = None) -> None:
    """A line of small grey text; `markdown` is one paragraph, data in it escaped already."""
    st.markdown(f":small[:gray[{markdown}]]", help=tip, width="stretch")
