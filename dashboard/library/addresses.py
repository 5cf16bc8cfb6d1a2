"""A library's selection as a query string and back: a story's keys, an outlet and a period more."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from urllib.parse import urlencode

from dashboard import links
from dashboard.library.selection import LibrarySelection
from dashboard.links import MAX_TEXT, MAX_VALUES, QueryError, QueryFault
from dashboard.plain import CONTROL
from dashboard.selection import ACTOR_ROLES, PLACE_ROLES

FACET_KEYS = {**links.FACET_KEYS, "outlet": "outlets"}
# The facets in which the library knows the values; the others have but these.
ASKED = {
    "actor": "actors",
    "about": "actors",
    "place": "places",
    "topic": "topics",
    "outlet": "outlets",
}
FIXED = {
    "kind": ("direct", "mixed", "indirect"),
    "actor_role": ACTOR_ROLES,
    "place_role": PLACE_ROLES,
}
SINGLE = ("actor_role", "place_role", "from", "to")
KEYS = (*FACET_KEYS, "actor_role", "place_role", "q", "from", "to")
ORDERS = {"newest": "Newest first", "relevant": "Most relevant"}

Query = dict[str, list[str]]

_DAY = re.compile(r"([1-9]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class Knowing(Protocol):
    """What knows the values of a library's facets: a `Library`."""

    def known(self, facet: str, keys: Sequence[str]) -> Mapping[str, str]:
        """The names of those of the keys that there are."""


def to_query(selection: LibrarySelection) -> Query:
    """The selection as query parameters, key → values; what is not chosen is left out."""
    query = links.to_query(selection.but(quote=""))
    query["outlet"] = list(selection.outlets)
    query["from"] = [selection.since] if selection.since else []
    query["to"] = [selection.until] if selection.until else []
    return {key: values for key, values in query.items() if values}


def from_query(
    query: Mapping[str, Sequence[str]], library: Knowing
) -> tuple[LibrarySelection, tuple[str, ...]]:
    """The selection that a query asks of this library, and what of it is unknown.

    As on the story page unknown values are left out, never an error; they come back as
    `key=value`, shortened: somebody's text, to be escaped. A day may be a year or a month alone,
    of which `from` means the first day and `to` the last.
    """
    chosen: dict[str, list[str]] = {}
    unknown: list[str] = []
    for key in (*FACET_KEYS, *SINGLE):
        asked = list(dict.fromkeys(query.get(key, ())))
        found = _found(key, asked, library)
        most = 1 if key in SINGLE else MAX_VALUES
        chosen[key] = list(dict.fromkeys(found.values()))[:most]
        left = [value for value in asked if value not in found]
        if key in SINGLE:
            left += list(found)[1:]
        unknown += [f"{key}={_short(value)}" for value in left]
    since, until = (next(iter(chosen[key]), "") for key in ("from", "to"))
    if since and until and until < since:
        unknown.append(f"to={_short(until)}")
        until = ""
    many: dict[str, Any] = {name: tuple(chosen[key]) for key, name in FACET_KEYS.items()}
    selection = LibrarySelection(
        **many,
        actor_role=next(iter(chosen["actor_role"]), "any"),
        place_role=next(iter(chosen["place_role"]), "any"),
        text=CONTROL.sub(" ", " ".join(query.get("q", ())))[:MAX_TEXT],
        since=since,
        until=until,
    )
    return selection, tuple(unknown)


def demand(query: Mapping[str, Sequence[str]], library: Knowing) -> LibrarySelection:
    """The selection that a query asks, exactly; for programs, which nobody tells what is left out.

    Raises QueryError naming every parameter that is unknown, has an unknown value, or too many.
    """
    faults = [
        QueryFault(_short(key), "", f"is no parameter; there are {', '.join(KEYS)}")
        for key in query
        if key not in KEYS
    ]
    numbers = {key: len(set(query.get(key, ()))) for key in FACET_KEYS}
    faults += [
        QueryFault(key, "", f"has {number} values; give {MAX_VALUES} at most")
        for key, number in numbers.items()
        if number > MAX_VALUES
    ]
    text = list(query.get("q", ()))
    if len(text) > 1:
        faults.append(QueryFault("q", "", f"has {len(text)} values; give 1 at most"))
    elif text and len(text[0]) > MAX_TEXT:
        faults.append(QueryFault("q", _short(text[0]), f"exceeds {MAX_TEXT} characters"))
    # No more are looked up than may be asked.
    asked = {key: list(dict.fromkeys(values))[: MAX_VALUES + 1] for key, values in query.items()}
    selection, unknown = from_query(asked, library)
    for pair in unknown:
        key, _, value = pair.partition("=")
        faults.append(QueryFault(key, value, _wrong(key, len(asked[key]))))
    if faults:
        raise QueryError(faults)
    return selection


def href(page: str, selection: LibrarySelection) -> str:
    """A relative link from one of the library's pages to another: `library?actor=…`."""
    return f"{page}?{urlencode(to_query(selection), doseq=True)}"


def _found(key: str, asked: Sequence[str], library: Knowing) -> dict[str, str]:
    """Those of the values that there are: as asked → as meant."""
    if key in ("from", "to"):
        days = {value: _day(value, last=key == "to") for value in asked}
        return {value: day for value, day in days.items() if day}
    if key in FIXED:
        return {value: value for value in asked if value in FIXED[key]}
    some = asked[: MAX_VALUES + 1]
    known = library.known(ASKED[key], tuple(some)) if some else {}
    return {value: value for value in some if value in known}


def _day(value: str, *, last: bool) -> str:
    if not (found := _DAY.fullmatch(value)):
        return ""
    year = int(found[1])
    month = int(found[2]) if found[2] else (12 if last else 1)
    if not 1 <= month <= 12:
        return ""
    longest = monthrange(year, month)[1]
    day = int(found[3]) if found[3] else (longest if last else 1)
    return date(year, month, day).isoformat() if 1 <= day <= longest else ""


def _wrong(key: str, given: int) -> str:
    if key in ("from", "to"):
        return "is no day of the form 2014, 2014-03 or 2014-03-31, or none that can be meant"
    if key in SINGLE and given > 1:
        return "is one too many, or unknown"
    return "is not in this library"


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
