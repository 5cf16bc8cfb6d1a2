"""A story's records as small objects with every reference resolved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

SPOKEN = ("direct", "mixed")
GAP = " … "


@dataclass(frozen=True)
class Article:
    """An article that the story rests on: facts about it and our standfirst, never its text."""

    id: str
    headline: str
    publisher: str
    republisher: str
    url: str
    dateline: Place | None
    published: date
    published_basis: str
    published_note: str
    language: str
    standfirst: str
    words: int
    paragraphs: int
    text_sha256: str


@dataclass(frozen=True)
class Topic:
    """What is at stake, as a question."""

    id: str
    name: str
    question: str


@dataclass(frozen=True)
class Mention:
    """One naming of an actor or a place: exactly one of the two ids is not empty."""

    id: str
    paragraph: int
    actor: str
    place: str


@dataclass(frozen=True)
class Actor:
    """Someone quoted, reported or relied on. `side` is the id that ends its `member_of` chain."""

    id: str
    name: str
    kind: str
    role: str
    side: str
    side_note: str
    aliases: tuple[str, ...]
    wikidata: str


@dataclass(frozen=True)
class Place:
    """A place that the article names; coordinates in degrees (WGS 84), None when it has none."""

    id: str
    name: str
    kind: str
    country: str
    latitude: float | None
    longitude: float | None
    geonames: int | None = None
    wikidata: str = ""


@dataclass(frozen=True)
class Passage:
    """Where the article says it: offsets in Unicode code points, `end` exclusive."""

    article: str
    paragraph: int
    start: int
    end: int
    sha256: str
    exact: str
    first: str
    last: str


@dataclass(frozen=True)
class Review:
    """What was decided of a record that a program found, or a person added to what it found.

    `confidence` is the program's own estimate, None of what a person added. `article`, `start` and
    `end` tell where a rejected find stood; of others they are "", None, None.
    """

    record: str
    status: str
    decided_by: str
    confidence: float | None
    article: str
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Statement:
    """One quote, with who, where, when, to whom and about whom."""

    id: str
    article: str
    kind: str
    words: str
    paraphrase: str
    speaker: Actor
    cue: str
    said_at: Place | None
    said_on: date | None
    said_basis: str
    said_note: str
    context: str
    topic: str
    about_actors: tuple[Actor, ...]
    about_places: tuple[Place, ...]
    addressees: tuple[Actor, ...]
    relayed: tuple[Actor, ...]
    passages: tuple[Passage, ...]

    @property
    def spoken(self) -> bool:
        """Whether it has words that were spoken."""
        return self.kind in SPOKEN

    @property
    def word_count(self) -> int:
        """Number of spoken words, separated by white space; 0 when reported."""
        return sum(len(passage.exact.split()) for passage in self.passages)


@dataclass(frozen=True)
class Event:
    """Something that happened, is planned or due; `end` is the last day, inclusive."""

    id: str
    article: str
    title: str
    start: date
    end: date
    precision: str
    status: str
    place: Place | None
    basis: str
    note: str
    participants: tuple[Actor, ...]
    origin: Place | None
    destination: Place | None
    passages: tuple[Passage, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """Where it is, and where it leads from and to."""
        return tuple(p for p in (self.place, self.origin, self.destination) if p)


@dataclass(frozen=True)
class Position:
    """Where an actor stands on a topic."""

    id: str
    article: str
    actor: Actor
    topic: str
    stance: str
    note: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Figure:
    """A number that the article states."""

    id: str
    article: str
    label: str
    value: float
    unit: str
    qualifier: str
    passages: tuple[Passage, ...]
