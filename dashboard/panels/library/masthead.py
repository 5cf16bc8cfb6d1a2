"""What a page of the library begins with."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from dashboard.library.sources.references import is_wikidata
from dashboard.library_shelf import suggest
from dashboard.markdown import escape, link
from dashboard.panels.text import note

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

    from dashboard.library.answers import Counts, Entry
    from dashboard.library.library import Library

WIKIDATA = "https://www.wikidata.org/wiki/"
# What each page is about: its parameter, what it is called, and how its two roles are said.
KINDS = {
    "actors": ("actor", "actor", "said by them", "about them"),
    "places": ("place", "place", "said there", "about it"),
}


def show_masthead(library: Library, whole: Counts, story: StreamlitPage) -> None:
    """What the library is: how much, of which years, read from what, and when it was built."""
    st.set_page_config(page_title="Library · Dateline")
    st.title("Who said what, in all stories", anchor=False)
    told = library.about
    parts = [f"**{whole.total:,} statement{'' if whole.total == 1 else 's'}**"]
    if whole.months:
        first, last = whole.months[0][0] // 12, whole.months[-1][0] // 12
        parts.append(f"{first:d}" if first == last else f"{first:d}–{last:d}")
    if sources := told.get("sources"):
        parts.append(f"from {escape(sources)}")
    if built := _day(told.get("built", "")):
        parts.append(f"built {built}")
    with st.container(horizontal=True, vertical_alignment="center"):
        note(" · ".join(parts))
        st.page_link(story, label="The story", icon=":material/article:")


def show_entry(entry: Entry, facet: str, library_page: StreamlitPage) -> None:
    """An actor or a place: name, who or what it is, and the way to all of it in the library."""
    name, _, said, told = KINDS[facet]
    st.set_page_config(page_title=f"{entry.name} · Dateline")
    st.title(escape(entry.name), anchor=False)
    what = entry.role or entry.kind.capitalize()
    parts = [escape(f"{what} in {entry.country}" if entry.country else what)] if what else []
    parts.append(f"**{entry.said:,}** {said}, **{entry.told:,}** {told}")
    if is_wikidata(entry.wikidata):
        parts.append(link("Wikidata", f"{WIKIDATA}{entry.wikidata}"))
    with st.container(horizontal=True, vertical_alignment="center"):
        note(" · ".join(parts))
        st.page_link(
            library_page,
            label="All of it in the library",
            icon=":material/search:",
            query_params={name: entry.key},
        )


def show_unknown(library: Library, facet: str, asked: str) -> None:
    """A page of nobody: says so, and helps to find who is meant."""
    name, noun, *_ = KINDS[facet]
    st.set_page_config(page_title=f"{noun.capitalize()} · Dateline")
    st.title(f"Which {noun}?", anchor=False)
    if asked:
        st.markdown(
            f":material/search_off: The library knows no {noun} by the id {escape(asked[:80])}."
        )
    typed = st.text_input(
        f"Name of the {noun}",
        key=f"{facet} search",
        type="search",
        max_chars=100,
        placeholder="Type a name, then Enter",
        icon=":material/search:",
    )
    if not typed:
        return
    found = suggest(library, facet, typed)
    if not found:
        note(f"No {noun} has a name with words that begin like “{escape(typed)}”.")
        return
    st.markdown(
        "\n".join(
            f"- {link(escape(value.name), f'{name}?{urlencode({name: value.key})}')}"
            f" :small[:gray[{value.n:,} statement{'' if value.n == 1 else 's'}]]"
            for value in found
        )
    )


def _day(built: str) -> str:
    try:
        when = datetime.fromisoformat(built)
    except ValueError:
        return ""
    return f"{when.day:d} {when:%B} {when.year:d}"
