"""A story's tables as records: for panels, charts and exports."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

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
from dashboard.table_rows import day, number, rows_of, text, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.story import Story

Found = TypeVar("Found")
Row = TypeVar("Row", Statement, Event, Position, Mention)


def _same(read: Callable[[Story], Found]) -> Callable[[Story], Found]:
    """Of a selection, what its whole story has: read once."""
    kept = lru_cache(maxsize=16)(read)

    @wraps(read)
    def found(story: Story) -> Found:
        return kept(story.whole)

    return found


def _narrowed(
    table: str,
) -> Callable[[Callable[[Story], tuple[Row, ...]]], Callable[[Story], tuple[Row, ...]]]:
    """Of a selection, those of its whole story's records that its table has: the same objects."""

    def of(read: Callable[[Story], tuple[Row, ...]]) -> Callable[[Story], tuple[Row, ...]]:
        kept = lru_cache(maxsize=16)(read)

        @lru_cache(maxsize=256)
        def shown(part: Story) -> tuple[Row, ...]:
            ids = frozenset(part.tables[table]["id"])
            return tuple(record for record in kept(part.whole) if record.id in ids)

        @wraps(read)
        def found(story: Story) -> tuple[Row, ...]:
            return kept(story) if story.whole is story else shown(story)

        return found

    return of


@_same
def articles(story: Story) -> tuple[Article, ...]:
    """Articles in the story's order; a story has at least one."""
    where = places(story)
    return tuple(
        Article(
            id=row.id,
            headline=row.headline,
            publisher=row.publisher,
            republisher=text(row.republisher),
            url=text(row.url),
            dateline=where.get(text(row.dateline)),
            published=row.published.date(),
            published_basis=row.published_basis,
            published_note=text(row.published_note),
            language=row.language,
            standfirst=row.standfirst,
            words=int(row.words),
            paragraphs=int(row.paragraphs),
            text_sha256=row.text_sha256,
        )
        for row in rows_of(story.articles)
    )


@_same
def topics(story: Story) -> Mapping[str, Topic]:
    """Topics by id, in the story's order."""
    return {
        row.id: Topic(id=row.id, name=row.name, question=row.question)
        for row in rows_of(story.topics)
    }


@_narrowed("mentions")
def mentions(story: Story) -> tuple[Mention, ...]:
    """Mentions in the story's order."""
    return tuple(
        Mention(
            id=row.id,
            paragraph=int(row.paragraph),
            actor=text(row.actor),
            place=text(row.place),
        )
        for row in rows_of(story.mentions)
    )


@_same
def actors(story: Story) -> Mapping[str, Actor]:
    """Actors by id, in the story's order."""
    member_of = {row.id: text(row.member_of) for row in rows_of(story.actors)}

    tops: dict[str, str] = {}

    def side(actor: str) -> str:
        below = []
        while actor not in tops and (parent := member_of.get(actor, "")):
            below.append(actor)
            actor = parent
        top = tops.get(actor, actor)
        tops.update(dict.fromkeys(below, top))
        return top

    people = {row.id for row in rows_of(story.actors) if row.kind == "person"}
    return {
        row.id: Actor(
            id=row.id,
            name=row.name,
            kind=row.kind,
            role=text(row.role),
            side="" if side(row.id) in people else side(row.id),
            side_note=text(row.member_note),
            aliases=tuple(row.aliases),
            wikidata=text(row.wikidata),
        )
        for row in rows_of(story.actors)
    }


@_same
def places(story: Story) -> Mapping[str, Place]:
    """Places by id, in the story's order."""
    return {
        row.id: Place(
            id=row.id,
            name=row.name,
            kind=row.kind,
            country=text(row.country),
            latitude=number(row.latitude),
            longitude=number(row.longitude),
            geonames=whole(row.geonames),
            wikidata=text(row.wikidata),
        )
        for row in rows_of(story.places)
    }


@_narrowed("quotes")
def statements(story: Story) -> tuple[Statement, ...]:
    """Statements in article order, as the table has them."""
    who, where, ties, found = actors(story), places(story), _ties(story), passages(story)
    return tuple(
        Statement(
            id=row.id,
            article=row.article,
            kind=row.kind,
            words=GAP.join(p.exact for p in found.get(row.id, ()) if p.exact),
            paraphrase=text(row.paraphrase),
            speaker=who[row.speaker],
            cue=row.cue,
            said_at=where.get(text(row.said_at)),
            said_on=day(row.said_on),
            said_basis=text(row.said_basis),
            said_note=text(row.said_note),
            context=row.context,
            topic=text(row.topic),
            about_actors=tuple(who[i] for i in ties.get((row.id, "about", "actor"), ())),
            about_places=tuple(where[i] for i in ties.get((row.id, "about", "place"), ())),
            addressees=tuple(who[i] for i in ties.get((row.id, "addressee", "actor"), ())),
            relayed=tuple(who[i] for i in ties.get((row.id, "relayed", "actor"), ())),
            passages=found.get(row.id, ()),
        )
        for row in rows_of(story.quotes)
    )


@_narrowed("events")
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
            end=day(row.end) or row.start.date(),
            precision=row.precision,
            status=row.status,
            place=where.get(text(row.place)) or place(row.id, "venue"),
            basis=row.basis,
            note=text(row.note),
            participants=tuple(who[i] for i in ties.get((row.id, "participant", "actor"), ())),
            origin=place(row.id, "origin"),
            destination=place(row.id, "destination"),
            passages=found.get(row.id, ()),
        )
        for row in rows_of(story.events)
    ]
    return tuple(sorted(made, key=lambda event: event.start))


@_narrowed("positions")
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
        for row in rows_of(story.positions)
    )


@_same
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
            qualifier=text(row.qualifier),
            passages=found.get(row.id, ()),
        )
        for row in rows_of(story.figures)
    )


@_same
def passages(story: Story) -> Mapping[str, tuple[Passage, ...]]:
    """Passages of each record of the whole story, in order."""
    made: dict[str, list[tuple[int, Passage]]] = {}
    for row in rows_of(story.passages):
        passage = Passage(
            article=row.article,
            paragraph=int(row.paragraph),
            start=int(row.start),
            end=int(row.end),
            sha256=row.sha256,
            exact=text(row.exact),
            first=text(row.first),
            last=text(row.last),
        )
        made.setdefault(row.record, []).append((row.n, passage))
    return {
        record: tuple(p for _, p in sorted(found, key=lambda pair: pair[0]))
        for record, found in made.items()
    }


@_same
def reviews(story: Story) -> Mapping[str, Review]:
    """What was decided, by record of the whole story; one that people made alone has none."""
    return {
        row.record: Review(
            record=row.record,
            status=row.status,
            decided_by=row.decided_by,
            confidence=number(row.confidence),
            article=text(row.article),
            start=whole(row.start),
            end=whole(row.end),
        )
        for row in rows_of(story.reviews)
    }


def is_draft(story: Story, record: str) -> bool:
    """Whether a program found the record and nobody has reviewed it."""
    found = reviews(story).get(record)
    return found is not None and found.status == "draft"


def _ties(story: Story) -> dict[tuple[str, str, str], list[str]]:
    ties: dict[tuple[str, str, str], list[str]] = {}
    for row in rows_of(story.links):
        column = "actor" if text(row.actor) else "place"
        ties.setdefault((row.record, row.role, column), []).append(getattr(row, column))
    return ties
