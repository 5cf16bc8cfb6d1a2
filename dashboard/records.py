"""A story's tables as records: for panels, charts and exports."""

from __future__ import annotations

from collections import namedtuple
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.model import (
    GAP,
    Actor,
    Article,
    Event,
    Figure,
    Mention,
    Passage,
    Place,
    Position,
    Review,
    Statement,
    Topic,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dashboard.story import Story


@lru_cache(maxsize=64)
def articles(story: Story) -> tuple[Article, ...]:
    """Articles in the story's order; a story has at least one."""
    where = places(story)
    return tuple(
        Article(
            id=row.id,
            headline=row.headline,
            publisher=row.publisher,
            republisher=_text(row.republisher),
            url=_text(row.url),
            dateline=where.get(_text(row.dateline)),
            published=row.published.date(),
            published_basis=row.published_basis,
            published_note=_text(row.published_note),
            language=row.language,
            standfirst=row.standfirst,
            words=int(row.words),
            paragraphs=int(row.paragraphs),
            text_sha256=row.text_sha256,
        )
        for row in _rows(story.articles)
    )


@lru_cache(maxsize=64)
def topics(story: Story) -> Mapping[str, Topic]:
    """Topics by id, in the story's order."""
    return {
        row.id: Topic(id=row.id, name=row.name, question=row.question)
        for row in _rows(story.topics)
    }


@lru_cache(maxsize=64)
def mentions(story: Story) -> tuple[Mention, ...]:
    """Mentions in the story's order."""
    return tuple(
        Mention(
            id=row.id,
            paragraph=int(row.paragraph),
            actor=_text(row.actor),
            place=_text(row.place),
        )
        for row in _rows(story.mentions)
    )


@lru_cache(maxsize=64)
def actors(story: Story) -> Mapping[str, Actor]:
    """Actors by id, in the story's order."""
    member_of = {row.id: _text(row.member_of) for row in _rows(story.actors)}

    tops: dict[str, str] = {}

    def side(actor: str) -> str:
        below = []
        while actor not in tops and (parent := member_of.get(actor, "")):
            below.append(actor)
            actor = parent
        top = tops.get(actor, actor)
        tops.update(dict.fromkeys(below, top))
        return top

    people = {row.id for row in _rows(story.actors) if row.kind == "person"}
    return {
        row.id: Actor(
            id=row.id,
            name=row.name,
            kind=row.kind,
            role=_text(row.role),
            side="" if side(row.id) in people else side(row.id),
            side_note=_text(row.member_note),
            aliases=tuple(row.aliases),
            wikidata=_text(row.wikidata),
        )
        for row in _rows(story.actors)
    }


@lru_cache(maxsize=64)
def places(story: Story) -> Mapping[str, Place]:
    """Places by id, in the story's order."""
    return {
        row.id: Place(
            id=row.id,
            name=row.name,
            kind=row.kind,
            country=_text(row.country),
            latitude=_number(row.latitude),
            longitude=_number(row.longitude),
            geonames=_whole(row.geonames),
            wikidata=_text(row.wikidata),
        )
        for row in _rows(story.places)
    }


@lru_cache(maxsize=64)
def statements(story: Story) -> tuple[Statement, ...]:
    """Statements in article order, as the table has them."""
    who, where, ties, found = actors(story), places(story), _ties(story), passages(story)
    return tuple(
        Statement(
            id=row.id,
            article=row.article,
            kind=row.kind,
            words=GAP.join(p.exact for p in found.get(row.id, ()) if p.exact),
            paraphrase=_text(row.paraphrase),
            speaker=who[row.speaker],
            cue=row.cue,
            said_at=where.get(_text(row.said_at)),
            said_on=_date(row.said_on),
            said_basis=_text(row.said_basis),
            said_note=_text(row.said_note),
            context=row.context,
            topic=_text(row.topic),
            about_actors=tuple(who[i] for i in ties.get((row.id, "about", "actor"), ())),
            about_places=tuple(where[i] for i in ties.get((row.id, "about", "place"), ())),
            addressees=tuple(who[i] for i in ties.get((row.id, "addressee", "actor"), ())),
            relayed=tuple(who[i] for i in ties.get((row.id, "relayed", "actor"), ())),
            passages=found.get(row.id, ()),
        )
        for row in _rows(story.quotes)
    )


@lru_cache(maxsize=64)
def events(story: Story) -> tuple[Event, ...]:
    """Events by first day, then by the story's order."""
    who, where, ties, found = actors(story), places(story), _ties(story), passages(story)

    def place(record: str, role: str) -> Place | None:
        return next((where[i] for i in ties.get((record, role, "place"), ())), None)

    made = [
        Event(
            id=row.id,
            article=row.article,
            title=row.title,
            start=row.start.date(),
            end=_date(row.end) or row.start.date(),
            precision=row.precision,
            status=row.status,
            place=where.get(_text(row.place)) or place(row.id, "venue"),
            basis=row.basis,
            note=_text(row.note),
            participants=tuple(who[i] for i in ties.get((row.id, "participant", "actor"), ())),
            origin=place(row.id, "origin"),
            destination=place(row.id, "destination"),
            passages=found.get(row.id, ()),
        )
        for row in _rows(story.events)
    ]
    return tuple(sorted(made, key=lambda event: event.start))


@lru_cache(maxsize=64)
def positions(story: Story) -> tuple[Position, ...]:
    """Positions in the story's order."""
    who, found = actors(story), passages(story)
    return tuple(
        Position(
            id=row.id,
            article=row.article,
            actor=who[row.actor],
            topic=row.topic,
            stance=row.stance,
            note=row.note,
            passages=found.get(row.id, ()),
        )
        for row in _rows(story.positions)
    )


@lru_cache(maxsize=64)
def figures(story: Story) -> tuple[Figure, ...]:
    """Figures in the story's order."""
    found = passages(story)
    return tuple(
        Figure(
            id=row.id,
            article=row.article,
            label=row.label,
            value=float(row.value),
            unit=row.unit,
            qualifier=_text(row.qualifier),
            passages=found.get(row.id, ()),
        )
        for row in _rows(story.figures)
    )


@lru_cache(maxsize=64)
def passages(story: Story) -> Mapping[str, tuple[Passage, ...]]:
    """Passages of each record, in order."""
    made: dict[str, list[tuple[int, Passage]]] = {}
    for row in _rows(story.passages):
        passage = Passage(
            article=row.article,
            paragraph=int(row.paragraph),
            start=int(row.start),
            end=int(row.end),
            sha256=row.sha256,
            exact=_text(row.exact),
            first=_text(row.first),
            last=_text(row.last),
        )
        made.setdefault(row.record, []).append((row.n, passage))
    return {
        record: tuple(p for _, p in sorted(found, key=lambda pair: pair[0]))
        for record, found in made.items()
    }


@lru_cache(maxsize=64)
def reviews(story: Story) -> Mapping[str, Review]:
    """What was decided, by record; a record that people made alone has none."""
    return {
        row.record: Review(
            record=row.record,
            status=row.status,
            decided_by=row.decided_by,
            confidence=_number(row.confidence),
            article=_text(row.article),
            start=_whole(row.start),
            end=_whole(row.end),
        )
        for row in _rows(story.reviews)
    }


def is_draft(story: Story, record: str) -> bool:
    """Whether a program found the record and nobody has reviewed it."""
    found = reviews(story).get(record)
    return found is not None and found.status == "draft"


def _ties(story: Story) -> dict[tuple[str, str, str], list[str]]:
    ties: dict[tuple[str, str, str], list[str]] = {}
    for row in _rows(story.links):
        column = "actor" if _text(row.actor) else "place"
        ties.setdefault((row.record, row.role, column), []).append(getattr(row, column))
    return ties


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    # itertuples makes a new class at each call, which for a story's few rows is most of its cost.
    row = _row(tuple(frame.columns))
    return map(row._make, zip(*(frame[name].tolist() for name in frame.columns), strict=True))


@lru_cache(maxsize=64)
def _row(columns: tuple[str, ...]) -> Any:
    return namedtuple("row", columns)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    return None if value != value or value is None else float(value)


def _whole(value: Any) -> int | None:
    return None if value is pd.NA else int(value)


def _date(value: Any) -> date | None:
    return None if value != value or value is None else value.date()
