"""What is found in an article; a span is (start, end) in characters of the text as it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Span = tuple[int, int]


@dataclass(frozen=True)
class Article:
    """An article's text as it was given, and what is around its paragraphs.

    `paragraphs` are the article proper, in order: masthead, headline, byline and credit lines are
    not among them. `dateline` is the place's name in the text ("GENEVA"), None without one. What
    is not known is "" (`published`: None). `published_basis` and `published_note` are the story
    format's: `stated` or `inferred`, and why.
    """

    text: str
    paragraphs: tuple[Span, ...]
    headline: str = ""
    byline: str = ""
    publisher: str = ""
    republisher: str = ""
    url: str = ""
    language: str = "en"
    dateline: Span | None = None
    published: date | None = None
    published_basis: str = ""
    published_note: str = ""


@dataclass(frozen=True)
class Attribution:
    """One statement: its words (`content`), the word that reports it, who says it as printed.

    `kind` is `direct`, `mixed` or `indirect`; `cue` and `speaker` may be empty. `confidence` is
    between 0 and 1. `found_by` names what decided: a rule, or the model.
    """

    kind: str
    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: tuple[Span, ...]
    confidence: float
    found_by: str


@dataclass(frozen=True)
class Actor:
    """Somebody named in the article; the fields are the story format's.

    `mentions` are the spans that name it (pronouns are none); an actor that is only a pronoun's or
    a phrase's referent has the phrase as its mention.
    """

    id: str
    name: str
    kind: str
    role: str
    member_of: str
    member_basis: str
    member_note: str
    aliases: tuple[str, ...]
    mentions: tuple[Span, ...]
    confidence: float


@dataclass(frozen=True)
class Speaking:
    """Who says one attribution: an actor's id, and who else it may be, likeliest first."""

    actor: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Candidate:
    """A place on the globe; degrees WGS 84, `country` is ISO 3166 alpha-2 or "".

    `kind` is the story format's `city`, `country`, `region` or `site`; `confidence` is 0 to 1.
    """

    name: str
    kind: str
    country: str
    latitude: float
    longitude: float
    geonames: int | None
    population: int
    confidence: float = 0.0


@dataclass(frozen=True)
class Place:
    """A place that the article names: the likeliest candidate, and the others, likeliest first."""

    id: str
    name: str
    chosen: Candidate
    alternatives: tuple[Candidate, ...]
    mentions: tuple[Span, ...]


@dataclass(frozen=True)
class When:
    """An expression of time: the days that it means, as the story format's events have them.

    `end` is the last day of the period, None for one day; `basis` is `stated` when the text names
    the full date, else `inferred`, and then `note` says how it was read.
    """

    span: Span
    start: date
    end: date | None
    precision: str
    basis: str
    note: str


@dataclass(frozen=True)
class Event:
    """What happened, is planned or due: a title of ours (facts, not the article's sentence).

    `passage` is where the text says it; `place` and `participants` are spans that name them.
    """

    title: str
    when: When
    status: str
    passage: Span
    place: Span | None
    participants: tuple[Span, ...]
    confidence: float
