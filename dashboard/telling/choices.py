"""The values that the filters offer, and in which order."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from dashboard.facets import facets
from dashboard.records import actors, events, places
from dashboard.selection import WHOLE

if TYPE_CHECKING:
    from dashboard.story import Story

ACTOR_KINDS = {"person": 0, "government": 1, "organization": 2, "group": 3}


class Choice(NamedTuple):
    """A value of a filter; what nothing in the story has is spare, and shows only if chosen."""

    id: str
    name: str
    spare: bool = False


@lru_cache(maxsize=16)
def actor_choices(story: Story) -> tuple[Choice, ...]:
    """Persons first, then governments and so on; most statements first."""
    counts, who = facets(story, WHOLE).actors, actors(story)
    ranked = sorted(who.values(), key=lambda a: (ACTOR_KINDS[a.kind], -counts.get(a.id, 0)))
    return tuple(
        Choice(a.id, a.name if a.kind == "person" else f"{a.name} ({a.kind})", not counts.get(a.id))
        for a in ranked
    )


@lru_cache(maxsize=16)
def place_choices(story: Story) -> tuple[Choice, ...]:
    """Cities first; a place is spare when no statement and no event has it."""
    known = {*facets(story, WHOLE).places, *(p.id for e in events(story) for p in e.places)}
    ranked = sorted(places(story).values(), key=lambda p: p.kind != "city")
    return tuple(Choice(p.id, p.name, p.id not in known) for p in ranked)
