"""The library's pages: all statements of all stories, and one page for each actor and place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.library.addresses import href
from dashboard.library.selection import EVERYTHING, LibrarySelection
from dashboard.library_address import (
    current,
    order,
    page_number,
    read_address,
    toggle,
    toggle_period,
    turn_to,
)
from dashboard.library_shelf import (
    entry,
    excused,
    facets,
    look,
    open_library_page,
    places,
    portrait,
)
from dashboard.panels.library.charts import columns, show_bars, show_map, show_time, show_two_times
from dashboard.panels.library.controls import choose, choose_order, sentence, show_summary
from dashboard.panels.library.lead import lead_to, show_lead
from dashboard.panels.library.masthead import show_entry, show_masthead, show_unknown
from dashboard.panels.library.portrait import asked_key, show_positions, show_statements
from dashboard.panels.library.statements import show_page
from dashboard.panels.library.taking import show_actions, show_asked
from dashboard.shelf import story_folder
from dashboard.words_page import words_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.navigation.page import StreamlitPage

    Pages = Mapping[str, StreamlitPage]


def library_pages(story: StreamlitPage) -> list[StreamlitPage]:
    """The pages, for the script to add to its own; `story` is the one that they lead back to."""
    pages = {"./": story}
    drawn = {
        "library": library_page, "actor": actor_page, "place": place_page, "words": words_page,
    }  # fmt: skip
    for path, draw in drawn.items():
        pages[path] = st.Page(
            partial(draw, pages), title=path.capitalize(), icon="📰", url_path=path
        )
    return list(pages.values())[1:]


@excused()
def library_page(pages: Pages) -> None:
    """Everything that the library has, and all its views of one selection."""
    library = open_library_page()
    read_address(library)
    show_masthead(library, facets(library, EVERYTHING), pages["./"])
    selection = current()
    view = look(library, selection, order(), page_number())
    turn_to(view.page)
    said = sentence(library, view)
    choose(library, view, said, show_actions)
    if not view.slow:
        left, right = columns()
        with left:
            show_map(
                "Where it was said, where it points",
                view.places,
                places(library, EVERYTHING),
                partial(toggle, "places"),
                chosen=selection.places,
            )
        with right:
            show_bars(
                "Who says most",
                view.counts.values.get("speakers", ()),
                lambda actor: toggle("actors", actor, "by"),
                chosen=selection.actors,
                does="Click a bar to filter.",
            )
        show_time(view.counts, selection, toggle_period)
    with st.container(key="statements"):
        choose_order(view)
        show_page(view, story_folder().name)
    show_summary(said)
    show_asked(said, view.counts.shown)
    show_lead(f"{selection} {order()}", view.page)


@excused()
def actor_page(pages: Pages) -> None:
    """What an actor said, what is said about them, where they stand, and whom they answer."""
    library = open_library_page()
    key = asked_key("actor")
    found = entry(library, "actors", key)
    if not found:
        show_unknown(library, "actors", key)
        show_lead()
        return
    show_entry(found, "actors", pages["library"])
    known = portrait(library, "actors", key)
    said = LibrarySelection(actors=(key,), actor_role="by")
    told = LibrarySelection(about=(key,), actor_role="by")
    either = LibrarySelection(actors=(key,))
    show_two_times(
        known.first,
        known.second,
        ("Said by them", "Said about them"),
        lambda since, until: lead_to(href("library", either.but(since=since, until=until))),
    )
    left, right = columns()
    with left:
        show_map(
            "Where they speak, and of what places",
            known.places,
            known.places,
            lambda place: lead_to(href("library", said.but(places=(place,)))),
            does="read those in the library",
        )
    with right:
        show_bars(
            "Whom they speak about",
            known.first.values.get("about", ()),
            lambda actor: lead_to(href("library", said.but(about=(actor,)))),
            does="Click a bar to read those.",
            most=6,
        )
        show_bars(
            "Whom they answer",
            known.answered,
            lambda actor: lead_to(f"actor?{href('', LibrarySelection(actors=(actor,)))[1:]}"),
            does="Click a bar for whom it is about.",
            most=6,
        )
        show_bars(
            "Who speaks about them",
            known.second.values.get("speakers", ()),
            lambda actor: lead_to(href("library", told.but(actors=(actor,)))),
            does="Click a bar to read those.",
            most=6,
        )
    show_positions(known.stances, story_folder().name)
    of, number = show_statements(library, "actors", key, known, story_folder().name)
    show_lead(of, number)


@excused()
def place_page(pages: Pages) -> None:
    """What is said at a place and about it, over time, and who speaks there and of it."""
    library = open_library_page()
    key = asked_key("place")
    found = entry(library, "places", key)
    if not found:
        show_unknown(library, "places", key)
        show_lead()
        return
    show_entry(found, "places", pages["library"])
    known = portrait(library, "places", key)
    said = LibrarySelection(places=(key,), place_role="in", actor_role="by")
    told = said.but(place_role="about")
    either = LibrarySelection(places=(key,))
    show_two_times(
        known.first,
        known.second,
        ("Said there", "Said about it"),
        lambda since, until: lead_to(href("library", either.but(since=since, until=until))),
    )
    left, right = columns()
    with left:
        show_map(
            "The place, and others in the same statements",
            known.places,
            known.places,
            lambda place: lead_to(f"place?{href('', LibrarySelection(places=(place,)))[1:]}"),
            chosen=(key,),
            does="open its page",
        )
    with right:
        show_bars(
            "Who speaks there",
            known.first.values.get("speakers", ()),
            lambda actor: lead_to(href("library", said.but(actors=(actor,)))),
            does="Click a bar to read those.",
            most=6,
        )
        show_bars(
            "Who speaks about it",
            known.second.values.get("speakers", ()),
            lambda actor: lead_to(href("library", told.but(actors=(actor,)))),
            does="Click a bar to read those.",
            most=6,
        )
    of, number = show_statements(library, "places", key, known, story_folder().name)
    show_lead(of, number)
