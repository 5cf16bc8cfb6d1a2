"""Who is talked about and does not speak."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.records import actors, statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.story import Story


@lru_cache(maxsize=64)
def unheard(story: Story, visible: Story) -> Mapping[str, int]:
    """Actors who say nothing in the story → how many visible statements are about them.

    Persons first, then most first.
    """
    heard = {s.speaker.id for s in statements(story)}
    found = statements(visible)
    counts = Counter(a.id for s in found for a in s.about_actors if a.id not in heard)
    who = actors(story)
    ranked = sorted(counts, key=lambda i: (who[i].kind != "person", -counts[i], i))
    return {actor: counts[actor] for actor in ranked}
