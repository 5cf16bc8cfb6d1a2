"""How many statements each choice would show."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import narwhals as nw

from dashboard.selection import MANY, Selection, among, column, matching, ties

if TYPE_CHECKING:
    from collections.abc import Mapping

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


@lru_cache(maxsize=64)
def facets(story: Story, selection: Selection) -> Facets:
    """Counts of statements per value of each facet."""
    shown = column(matching(story, selection), "id")
    counts: dict[str, Mapping[str, int]] = {}
    for name in MANY:
        chosen = bool(getattr(selection, name))
        others = selection.but(**{name: ()})
        ids = column(matching(story, others), "id") if chosen else shown
        pairs = among(ties(story, name, selection.role(name)), "quote", ids)
        tally = pairs.group_by("value").agg(nw.len().alias("n"))
        counts[name] = MappingProxyType(
            dict(zip(column(tally, "value"), column(tally, "n"), strict=True))
        )
    return Facets(total=len(story.quotes), shown=len(shown), **counts)
