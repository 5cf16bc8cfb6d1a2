"""Where to start: the questions that readers of this story have, one click each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.facets import facets
from dashboard.links import href
from dashboard.markdown import escape, link
from dashboard.records import actors, places, topics
from dashboard.selection import WHOLE, Selection
from dashboard.unheard import unheard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.story import Story


def show_start(story: Story) -> None:
    """Links to selections that the story's own numbers suggest, and to the panels below."""
    st.markdown(f":small[**Start with** {' · '.join(_questions(story))}]")


def _questions(story: Story) -> list[str]:
    where = places(story)
    cities = {i for i, place in where.items() if place.kind == "city"}
    said = facets(story, Selection(place_role="in")).places
    about = facets(story, Selection(place_role="about")).places
    asked = []
    if topic := _most(facets(story, WHOLE).topics, set(topics(story))):
        asked.append(link(f"the question: {escape(topics(story)[topic].name)}",
                          href(Selection(topics=(topic,)), only=True)))  # fmt: skip
    if place := _most(said, cities):
        there = Selection(places=(place,), place_role="in")
        asked.append(link(f"what was said in {escape(where[place].name)}", href(there, only=True)))
    asked += [
        link(f"what was said about {escape(where[place].name)}",
             href(Selection(places=(place,), place_role="about"), only=True))
        for place in sorted(cities & set(about), key=lambda i: -about[i])[:2]
    ]  # fmt: skip
    for actor in list(unheard(story, story))[:1]:
        name = escape(actors(story)[actor].name)
        asked.append(link(f"{name}, not heard", href(Selection(about=(actor,)), only=True)))
    asked.append(link("what is planned next", "#before-and-after-the-article"))
    asked.append(link("whose voice fills the article", "#the-article-paragraph-by-paragraph"))
    return asked


def _most(counts: Mapping[str, int], among: set[str]) -> str:
    return max(among & set(counts), key=lambda i: (counts[i], i), default="")
