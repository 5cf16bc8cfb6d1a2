"""The sentence that says what is shown of a library; it stands and falls with what is asked."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date

from dashboard.describe import ACTOR_PHRASES, KINDS, PLACE_PHRASES
from dashboard.library.answers import Counts
from dashboard.library.selection import LibrarySelection

Names = Mapping[str, Mapping[str, str]]  # facet → key → name


def describe(selection: LibrarySelection, counts: Counts, names: Names) -> str:
    """What is shown, in words: "3,208 of 1,000,000 statements: by Ada Hale, in 2014".

    Plain text made of data: escape it before it becomes Markdown.
    """
    noun = "statement" if counts.total == 1 else "statements"
    if not selection.narrows:
        return f"All {counts.total:,} {noun}" if counts.total != 1 else "The one statement"
    said = phrases(selection, names)
    return f"{counts.shown:,} of {counts.total:,} {noun}: {', '.join(said)}"


def phrases(selection: LibrarySelection, names: Names) -> list[str]:
    """One phrase for each facet that narrows, in the order of the controls."""
    said = []
    if selection.actors:
        found = _either(_named(names, "actors", selection.actors))
        said.append(f"{ACTOR_PHRASES[selection.actor_role]} {found}")
    if selection.about:
        said.append(f"about {_either(_named(names, 'actors', selection.about))}")
    if selection.places:
        found = _either(_named(names, "places", selection.places))
        said.append(f"{PLACE_PHRASES[selection.place_role]} {found}")
    if selection.outlets:
        said.append(f"printed by {_either(_named(names, 'outlets', selection.outlets))}")
    if selection.topics:
        said.append(f"on {_either(_named(names, 'topics', selection.topics))}")
    if selection.kinds:
        said.append(_either(KINDS[kind].lower() for kind in KINDS if kind in selection.kinds))
    if selection.since or selection.until:
        said.append(period(selection.since, selection.until))
    if selection.text:
        said.append(f"with “{selection.text}”")
    return said


def period(since: str, until: str) -> str:
    """A period in words, as short as it can be said; days as `LibrarySelection` has them.

    "in 2014", "in March 2014", "from March to May 2014", "on 3 March 2014", "since 3 March 2014".
    """
    if not until:
        return f"since {_written(date.fromisoformat(since))}"
    end = date.fromisoformat(until)
    if not since:
        return f"until {_written(end)}"
    start = date.fromisoformat(since)
    if start == end:
        return f"on {_written(start)}"
    if start.day == 1 and end.day == monthrange(end.year, end.month)[1]:
        return _months(start, end)
    return f"from {_written(start)} to {_written(end)}"


def _months(start: date, end: date) -> str:
    if start.month == 1 and end.month == 12:
        return f"in {start:%Y}" if start.year == end.year else f"from {start:%Y} to {end:%Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"in {start:%B %Y}"
    first = f"{start:%B}" if start.year == end.year else f"{start:%B %Y}"
    return f"from {first} to {end:%B %Y}"


def _written(when: date) -> str:
    return f"{when.day} {when:%B} {when.year}"


def _named(names: Names, facet: str, keys: Iterable[str]) -> list[str]:
    return [names.get(facet, {}).get(key, key) for key in keys]


def _either(names: Iterable[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
