"""What a library must answer, counted statement by statement over the made-up one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from dashboard.library.answers import Value
from dashboard.library.folding import words
from dashboard.library.layout import KINDS
from dashboard.library.selection import FACETS, LibrarySelection
from tests.library.small import ACTORS, OUTLETS, PLACES, STATEMENTS, TOPICS, Made

NAMES = {
    "actors": [row[:2] for row in ACTORS],
    "about": [row[:2] for row in ACTORS],
    "speakers": [row[:2] for row in ACTORS],
    "places": [row[:2] for row in PLACES],
    "outlets": list(OUTLETS),
    "topics": [row[:2] for row in TOPICS],
    "kinds": [(kind, kind) for kind in KINDS[1:]],
}
_VALUES: dict[tuple[str, str], Callable[[Made], Iterable[int]]] = {
    ("actors", "any"): lambda made: (made.speaker, *made.about),
    ("actors", "by"): lambda made: (made.speaker,),
    ("actors", "about"): lambda made: made.about,
    ("about", "any"): lambda made: made.about,
    ("speakers", "any"): lambda made: (made.speaker,),
    ("places", "any"): lambda made: (made.said_at, *made.about_places),
    ("places", "in"): lambda made: (made.said_at,),
    ("places", "about"): lambda made: made.about_places,
    ("outlets", "any"): lambda made: made.outlets,
    ("topics", "any"): lambda made: (made.topic,),
    ("kinds", "any"): lambda made: (made.kind,),
}


def keys(made: Made, facet: str, role: str) -> set[str]:
    """The keys of the values that a statement has."""
    return {NAMES[facet][value - 1][0] for value in _VALUES[facet, role](made) if value}


def answers(made: Made, selection: LibrarySelection, ignoring: str = "") -> bool:
    """Whether a statement answers all facets but one, the period ("months") and the text."""
    for facet in FACETS:
        chosen = set(getattr(selection, facet))
        if chosen and facet != ignoring and not chosen & keys(made, facet, selection.role(facet)):
            return False
    if ignoring != "months" and (selection.since or selection.until):
        if made.date is None:
            return False
        since = date.fromisoformat(selection.since or "0001-01-01")
        until = date.fromisoformat(selection.until or "9999-12-31")
        if not since <= made.date <= until:
            return False
    return set(words(selection.text)) <= set(made.folded.split())


def shown(selection: LibrarySelection, ignoring: str = "") -> list[Made]:
    """The statements that answer, the newest first."""
    return [made for made in reversed(STATEMENTS) if answers(made, selection, ignoring)]


def values(selection: LibrarySelection, facet: str) -> tuple[Value, ...]:
    """A facet's values with their counts, and those chosen."""
    own = "actors" if facet == "speakers" else facet
    role = "any" if facet == "speakers" else selection.role(facet)
    counted: Counter[str] = Counter()
    for made in shown(selection, own):
        counted.update(keys(made, facet, role))
    names = dict(NAMES[facet])
    chosen = {key for key in getattr(selection, own) if key in names}
    found = [Value(key, names[key], counted[key]) for key in {*counted, *chosen}]
    return tuple(sorted(found, key=lambda value: (-value.n, value.name, value.key)))


def months(selection: LibrarySelection) -> tuple[tuple[int, int], ...]:
    """Months with their counts, the period ignored."""
    counted = Counter(made.month for made in shown(selection, "months") if made.month)
    return tuple(sorted(counted.items()))
