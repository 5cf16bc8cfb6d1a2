"""Owns the story's passages as Web Annotations, so that others can anchor our data in the article.

The model: https://www.w3.org/TR/annotation-model/. Positions count code points in the text whose
SHA-256 the story keeps with the article, which the page at its address surrounds with its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from dashboard.exports.format import Format
from dashboard.exports.identity import licences, passage_id, source, story_id, wikidata
from dashboard.exports.json_text import json_text
from dashboard.links import passage_url
from dashboard.records import articles, events, figures, positions, statements, topics

if TYPE_CHECKING:
    from dashboard.model import Actor, Article, Passage, Place, Statement
    from dashboard.story import Story

Node = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{CONTEXT}"'
TEXT_FRAGMENT = "https://wicg.github.io/scroll-to-text-fragment/"


def _make(visible: Story, page: str) -> bytes:
    name = f"{story_id(visible, page)}#annotations.jsonld"  # no slug has a full stop
    items = list(_items(visible, page))
    collection: Node = {
        "@context": CONTEXT,
        "id": name,
        "type": "AnnotationCollection",
        "label": visible.title,
        "total": len(items),
    }
    if items:  # a collection of nothing has no first page
        first = {"id": f"{name}:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0}
        collection |= {"first": first | {"items": items}, "last": first["id"]}
    return json_text(collection, indent=1) + b"\n"


def _items(story: Story, page: str) -> Iterator[Node]:
    told = {article.id: article for article in articles(story)}
    for record, passages, bodies in _records(story):
        for n, passage in enumerate(passages, start=1):
            yield {
                "id": passage_id(story, page, record, n),
                "type": "Annotation",
                "motivation": "describing",
                **_ours(story, page),
                "body": bodies,
                "target": _target(story, page, told[passage.article], passage),
            }


def _ours(story: Story, page: str) -> Node:
    rights = licences(story.descriptor)
    maker = {"type": "Software", "name": "Dateline"} | ({"homepage": page} if page else {})
    return {"generator": maker} | ({"rights": rights} if rights else {})


def _records(story: Story) -> Iterator[tuple[str, tuple[Passage, ...], list[Node]]]:
    stakes = topics(story)
    for statement in statements(story):
        yield statement.id, statement.passages, _statement(story, statement)
    for event in events(story):
        said = [text(event.title), text(event.note), text(event.status, "classifying")]
        here = [node for place in event.places for node in _thing(place)]
        there = [node for actor in event.participants for node in _thing(actor)]
        yield event.id, event.passages, [*filled(said), *here, *there]
    for position in positions(story):
        said = [text(position.note), text(position.stance, "classifying")]
        stake = text(stakes[position.topic].name, "tagging")
        yield position.id, position.passages, [*filled(said), *_thing(position.actor), stake]
    for figure in figures(story):
        amount = f"{figure.qualifier} {figure.value:.15g} {figure.unit}".strip()
        yield figure.id, figure.passages, [text(f"{amount}: {figure.label}")]


def _statement(story: Story, statement: Statement) -> list[Node]:
    stake = topics(story).get(statement.topic)
    said = [text(statement.paraphrase), text(statement.context)]
    tags = [text(stake.name if stake else "", "tagging")]
    return [*filled(said), *_thing(statement.speaker), *filled(tags)]


def _thing(named: Actor | Place) -> list[Node]:
    """An actor or place: its name as a tag, and what Wikidata knows it as."""
    address = wikidata(named.wikidata)
    known = {"type": "SpecificResource", "source": address, "purpose": "identifying"}
    return [text(named.name, "tagging"), *([known] if address else [])]


def text(value: str, purpose: str = "describing") -> Node:
    """A body that is a text."""
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def filled(bodies: Iterable[Node]) -> list[Node]:
    """Those bodies that say something."""
    return [body for body in bodies if body["value"]]


def _target(story: Story, page: str, article: Article, passage: Passage) -> Node:
    selectors: list[Node] = [
        {"type": "TextPositionSelector", "start": passage.start, "end": passage.end}
    ]
    if passage.exact:
        selectors.append({"type": "TextQuoteSelector", "exact": passage.exact})
    address = passage_url(article.url, exact=passage.exact, first=passage.first, last=passage.last)
    if address not in ("", article.url):
        selectors.append(fragment(address))
    return {
        "type": "SpecificResource",
        "source": source(story, page, article),
        "selector": selectors,
    }


def fragment(address: str) -> Node:
    """A selector by the text fragment that an address ends in."""
    directive = address.partition("#")[2]
    return {"type": "FragmentSelector", "conformsTo": TEXT_FRAGMENT, "value": directive}


ANNOTATIONS = Format(
    "annotations.jsonld",
    MEDIA_TYPE,
    "Passages as Web Annotations (JSON-LD)",
    _make,
)
