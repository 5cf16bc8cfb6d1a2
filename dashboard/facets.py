"""How many statements each choice would show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from dashboard.selection import MANY, Selection, column, matching, ties

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from dashboard.story import Story


@dataclass(frozen=True)
class Facets:
    """How many statements there are, and how many each value of a facet would show.

    A facet's counts ignore what is chosen in that facet itself, as readers expect of alternatives.
    """

    total: int
    shown: int
    actors: Mapping[str, int] = field(default_factory=dict)
    about: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    topics: Mapping[str, int] = field(default_factory=dict)


@lru_cache(maxsize=256)
def facets(story: Story, selection: Selection) -> Facets:
    """Counts of statements per value of each facet."""
    shown = matching(story, selection)
    every = _pairs(story, selection.actor_role, selection.place_role)
    counts = _tally(every, shown)
    for name in MANY:
        if getattr(selection, name):
            others = matching(story, selection.but(**{name: ()}))
            counts[name] = _tally(every, others)[name]
    return Facets(
        total=len(story.quotes),
        shown=len(shown),
        **{name: MappingProxyType(found) for name, found in counts.items()},
    )


def _tally(pairs: Sequence[tuple[str, str, str]], quotes: Set[str]) -> dict[str, Counter[str]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in MANY}
    for facet, quote, value in pairs:
        if quote in quotes:
            counts[facet][value] += 1
    return counts


@lru_cache(maxsize=32)
def _pairs(story: Story, actor_role: str, place_role: str) -> tuple[tuple[str, str, str], ...]:
    """Facet, statement, value: a story's few hundred, counted faster here than by a group-by."""
    selection = Selection(actor_role=actor_role, place_role=place_role)
    return tuple(
        (name, quote, value)
        for name in MANY
        for tied in [ties(story, name, selection.role(name))]
        for quote, value in zip(column(tied, "quote"), column(tied, "value"), strict=True)
    )
