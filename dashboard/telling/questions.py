"""Where to start: the questions that readers of a story have, suggested by its own numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.facets import facets
from dashboard.records import actors, places, topics
from dashboard.selection import WHOLE, Selection
from dashboard.unheard import unheard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dashboard.story import Story


def questions(story: Story) -> Iterator[tuple[str, Selection]]:
    """Each in words, with the selection that answers it."""
    where = places(story)
    cities = {i for i, place in where.items() if place.kind == "city"}
    said = facets(story, Selection(place_role="in")).places
    about = facets(story, Selection(place_role="about")).places
    if topic := _most(facets(story, WHOLE).topics, set(topics(story))):
        yield f"the question: {topics(story)[topic].name}", Selection(topics=(topic,))
    if place := _most(said, cities):
        there = Selection(places=(place,), place_role="in")
        yield f"what was said in {where[place].name}", there
    for place in sorted(cities & set(about), key=lambda i: (-about[i], i))[:2]:
        told = Selection(places=(place,), place_role="about")
        yield f"what was said about {where[place].name}", told
    for actor in list(unheard(story, story))[:1]:
        yield f"{actors(story)[actor].name}, not heard", Selection(about=(actor,))


def _most(counts: Mapping[str, int], among: set[str]) -> str:
    return max(among & set(counts), key=lambda i: (counts[i], i), default="")
