"""What stands on an edition as text: records with the few words that the tables do not have."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from dashboard.dates import day
from dashboard.describe import KINDS
from dashboard.facets import facets
from dashboard.links import is_web, passage_url, to_query
from dashboard.palette import STANCES, Stance
from dashboard.records import actors, articles, events, places, positions, statements, topics
from dashboard.selection import WHOLE, Selection
from dashboard.unheard import unheard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.model import Actor, Figure, Passage, Position, Statement, Topic
    from dashboard.story import Story


class Pill(NamedTuple):
    """A value of a filter; `spare` values show only while they are chosen."""

    id: str
    name: str
    number: int
    spare: bool = False


def actor_pills(story: Story) -> list[Pill]:
    """Persons first, then most statements first; who is in no statement is spare."""
    kinds = {"person": 0, "government": 1, "organization": 2, "group": 3}
    counts, who = facets(story, WHOLE).actors, actors(story)
    ranked = sorted(who.values(), key=lambda a: (kinds[a.kind], -counts.get(a.id, 0)))
    return [
        Pill(
            a.id,
            a.name if a.kind == "person" else f"{a.name} ({a.kind})",
            counts.get(a.id, 0),
            not counts.get(a.id),
        )
        for a in ranked
    ]


def place_pills(story: Story) -> list[Pill]:
    """Cities first; what is in no statement or event is spare."""
    counts = facets(story, WHOLE).places
    known = {*counts, *(p.id for e in events(story) for p in e.places)}
    ranked = sorted(places(story).values(), key=lambda p: p.kind != "city")
    return [Pill(p.id, p.name, counts.get(p.id, 0), p.id not in known) for p in ranked]


def topic_pills(story: Story) -> list[Pill]:
    """Topics in the story's order."""
    counts = facets(story, WHOLE).topics
    return [Pill(t.id, t.name, counts.get(t.id, 0)) for t in topics(story).values()]


def kind_pills(story: Story) -> list[Pill]:
    """Quoted, part-quoted, reported."""
    counts = facets(story, WHOLE).kinds
    return [Pill(kind, name, counts.get(kind, 0)) for kind, name in KINDS.items()]


def starts(story: Story) -> Iterator[tuple[str, str]]:
    """Where to start: questions that the story's own numbers suggest, and the hash of each."""
    where = places(story)
    cities = {i for i, place in where.items() if place.kind == "city"}
    said = facets(story, Selection(place_role="in")).places
    about = facets(story, Selection(place_role="about")).places
    if topic := _most(facets(story, WHOLE).topics, set(topics(story))):
        yield f"the question: {topics(story)[topic].name}", hashed(Selection(topics=(topic,)))
    if place := _most(said, cities):
        there = Selection(places=(place,), place_role="in")
        yield f"what was said in {where[place].name}", hashed(there)
    for place in sorted(cities & set(about), key=lambda i: (-about[i], i))[:2]:
        told = Selection(places=(place,), place_role="about")
        yield f"what was said about {where[place].name}", hashed(told)
    for actor in list(unheard(story, story))[:1]:
        yield f"{actors(story)[actor].name}, not heard", hashed(Selection(about=(actor,)))


def _most(counts: Mapping[str, int], among: set[str]) -> str:
    return max(among & set(counts), key=lambda i: (counts[i], i), default="")


def hashed(selection: Selection) -> str:
    """A selection as the address's hash has it, without the `#`."""
    return urlencode(to_query(selection), doseq=True)


def side(story: Story, actor: Actor) -> str:
    """Name of the side that an actor speaks for, when it is somebody else."""
    return actors(story)[actor.side].name if actor.side and actor.side != actor.id else ""


def passage(story: Story, found: Sequence[Passage]) -> tuple[str, str]:
    """The paragraphs' numbers, and the address of the first passage on the article's own page."""
    if not found:
        return "", ""
    urls = {article.id: article.url for article in articles(story)}
    first = found[0]
    numbers = ", ".join(dict.fromkeys(str(p.paragraph) for p in found))
    address = passage_url(
        urls[first.article], exact=first.exact, first=first.first, last=first.last
    )
    return numbers, address


def about(statement: Statement) -> list[tuple[str, str]]:
    """What a statement is about, and the hash that filters by it; a name that two bear once."""
    who = {a.name for a in statement.about_actors}
    chips = [
        (p.name, hashed(Selection(places=(p.id,), place_role="about")))
        for p in statement.about_places
        if p.name not in who
    ]
    return chips + [(a.name, hashed(Selection(about=(a.id,)))) for a in statement.about_actors]


def stands(story: Story) -> list[tuple[Topic, list[tuple[str, Stance, list[Position]]]]]:
    """Positions by topic and stance."""
    found = positions(story)
    return [
        (
            topic,
            [
                (name, look, on_it)
                for name, look in STANCES.items()
                if (on_it := [p for p in found if p.topic == topic.id and p.stance == name])
            ],
        )
        for topic in topics(story).values()
        if any(p.topic == topic.id for p in found)
    ]


def evidence(story: Story, position: Position) -> str:
    """The hash of the actor's own statements on the topic; "" when there are none."""
    own = (s.speaker == position.actor and s.topic == position.topic for s in statements(story))
    if not any(own):
        return ""
    return hashed(Selection(actors=(position.actor.id,), actor_role="by", topics=(position.topic,)))


def number(figure: Figure) -> str:
    """A figure as a reader says it: "200,000+", "nearly half", "6"."""
    halves = {0.5: "half", 0.25: "a quarter", 0.75: "three quarters"}
    if figure.unit == "share":
        words = halves.get(figure.value, f"{figure.value:.0%}")
    else:
        words = f"{figure.value:,.10g}"
    if figure.qualifier in ("more than", "over", "at least"):
        return f"{words}+"
    return f"{figure.qualifier} {words}".strip()


def inferences(story: Story) -> Iterator[tuple[str, str]]:
    """What the article does not say outright, and why we think it."""
    for article in articles(story):
        if article.published_basis == "inferred":
            yield "The date of the article", article.published_note
    for actor in actors(story).values():
        if actor.side_note:
            yield f"The side of {actor.name}", actor.side_note
    for s in statements(story):
        if s.said_basis == "inferred":
            where = f", ¶ {s.passages[0].paragraph}" if s.passages else ""
            yield f"Where or when {s.speaker.name} said it{where}", s.said_note
    for event in events(story):
        if event.basis == "inferred":
            yield event.title, event.note


def still(caption: str) -> str:
    """A chart's caption without the sentences on what can be clicked: without scripts nothing."""
    return re.sub(r" ?\b(Click|Filters|Only)\b[^.]*\.", "", caption)


def edition_of(descriptor: Mapping[str, Any]) -> str:
    """The edition's date and version, as its data say; never the clock."""
    try:
        created = day(datetime.fromisoformat(str(descriptor.get("created"))).date())
    except ValueError:
        created = ""
    version = f"version {descriptor['version']}" if descriptor.get("version") else ""
    return ", ".join(filter(None, (created, version)))


def licences(descriptor: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name and address of each licence; no address where it is not of the web."""
    return [
        (str(found.get("title") or found.get("name") or ""), _web(found.get("path")))
        for found in descriptor.get("licenses") or ()
    ]


def _web(address: object) -> str:
    return address if isinstance(address, str) and is_web(address) else ""
