"""What a library answers with: small values, whichever engine it lies in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Named:
    """An actor, place, outlet or topic as a card names it; `key` is its id in addresses."""

    key: str
    name: str


@dataclass(frozen=True)
class Value:
    """A value of a facet, and how many statements it would show."""

    key: str
    name: str
    n: int


@dataclass(frozen=True)
class Located:
    """A place with counts of statements made there and about it; degrees (WGS 84) or None."""

    key: str
    name: str
    kind: str
    country: str
    latitude: float | None
    longitude: float | None
    said: int
    told: int


@dataclass(frozen=True)
class Quotation:
    """A statement of the library, its references named."""

    id: int
    key: str
    date: date | None
    kind: str
    words: str
    paraphrase: str
    context: str
    speaker: Named | None
    about: tuple[Named, ...]
    said_at: Named | None
    about_places: tuple[Named, ...]
    topic: Named | None
    outlets: tuple[Named, ...]
    title: str
    url: str
    story: str
    quote: str
    source: str
    printings: int
    confidence: float | None


@dataclass(frozen=True)
class Counts:
    """How many statements there are, are shown, and how many each value of a facet would show.

    A facet's counts ignore what is chosen in that facet. `values` has the most frequent values, and
    those that are chosen, by falling count, then name; `months` (month as in the layout → count)
    ignores the period. `at_most`: nonzero when the facets count only the newest so many matches of
    a text that very many statements have.
    """

    total: int
    shown: int
    values: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    months: tuple[tuple[int, int], ...] = ()
    at_most: int = 0


@dataclass(frozen=True)
class Entry:
    """An actor or place as its page begins: `wikidata` and coordinates where they are known."""

    key: str
    name: str
    kind: str
    role: str = ""
    country: str = ""
    wikidata: str = ""
    latitude: float | None = None
    longitude: float | None = None
    said: int = 0
    told: int = 0


@dataclass(frozen=True)
class Stance:
    """Where an actor stands on a topic, as a story has it."""

    topic: Named
    stance: str
    note: str
    story: str
    record: str
    date: date | None


class LibraryError(Exception):
    """A library that cannot be opened or asked; one line with the remedy."""


class TooSlow(LibraryError):  # noqa: N818 — it says what happened
    """A question that exceeded its time; others go on."""
