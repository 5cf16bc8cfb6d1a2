"""The sentence that tells a reader what is shown; it stands and falls with `select`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.facets import facets
from dashboard.records import actors, places, topics

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dashboard.selection import Selection
    from dashboard.story import Story

KINDS = {"direct": "Quoted", "mixed": "Part-quoted", "indirect": "Reported"}
ACTOR_PHRASES = {"any": "by or about", "by": "by", "about": "about"}
PLACE_PHRASES = {"any": "in or about", "in": "in", "about": "about"}


def describe(story: Story, selection: Selection) -> str:
    """What is shown, in words: "3 of 16 statements: by Sergey V. Lavrov, about Moscow".

    Plain text made of data: escape it before it becomes Markdown.
    """
    counts = facets(story, selection)
    head = (
        f"{counts.shown} of {counts.total} statements" if selection.narrows else _all(counts.total)
    )
    said = phrases(story, selection)
    return f"{head}: {', '.join(said)}" if said else head


def phrases(story: Story, selection: Selection) -> list[str]:
    """One phrase for each facet that narrows, in the order of the controls."""
    who, where = actors(story), places(story)
    what = topics(story)
    said = []
    if selection.actors:
        names = _either(who[i].name for i in selection.actors)
        said.append(f"{ACTOR_PHRASES[selection.actor_role]} {names}")
    if selection.about:
        said.append(f"about {_either(who[i].name for i in selection.about)}")
    if selection.places:
        names = _either(where[i].name for i in selection.places)
        said.append(f"{PLACE_PHRASES[selection.place_role]} {names}")
    if selection.topics:
        said.append(f"on {_either(what[i].name for i in selection.topics)}")
    if selection.kinds:
        said.append(_either(KINDS[i].lower() for i in KINDS if i in selection.kinds))
    if selection.text:
        said.append(f"with “{selection.text}”")
    return said


def _all(total: int) -> str:
    return f"All {total} statements" if total != 1 else "The one statement"


def _either(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
