"""Owns the story as schema.org says it: articles, and in them who is quoted as saying what.

Of the article it says facts, spoken words and sentences of our own; that we publish it, never.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dashboard.exports.format import Format
from dashboard.exports.identity import licences, quote_link, record_id, web, wikidata
from dashboard.exports.json_text import json_text
from dashboard.links import passage_url
from dashboard.records import (
    actors,
    articles,
    events,
    is_draft,
    positions,
    statements,
    topics,
)

if TYPE_CHECKING:
    from dashboard.model import Actor, Article, Place, Statement, Topic
    from dashboard.story import Story

Node = dict[str, Any]

# schema.org has persons and organizations to speak, nothing for an unorganised group.
AGENTS = {"person": "Person", "government": "GovernmentOrganization"}
SITES = {"city": "City", "country": "Country"}


def _make(visible: Story, page: str) -> bytes:
    graph = [_article(visible, page, article) for article in articles(visible)]
    return json_text({"@context": "https://schema.org", "@graph": graph}, indent=1) + b"\n"


def _article(story: Story, page: str, article: Article) -> Node:
    told = [statement for statement in statements(story) if statement.article == article.id]
    happened = [event for event in events(story) if event.article == article.id]
    held = [position for position in positions(story) if position.article == article.id]
    about = _once([place for statement in told for place in statement.about_places])
    where = [s.said_at for s in told if s.said_at] + [p for event in happened for p in event.places]
    stakes = {statement.topic for statement in told} | {position.topic for position in held}
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": record_id(story, page, article.id),
            "url": web(article.url),
            "headline": article.headline,
            "datePublished": article.published.isoformat(),
            "publisher": {"@type": "Organization", "name": article.publisher},
            "provider": article.republisher
            and {"@type": "Organization", "name": article.republisher},
            "inLanguage": article.language,
            "wordCount": article.words,
            "abstract": article.standfirst,
            "locationCreated": article.dateline and _place(story, page, article.dateline),
            "about": [_topic(story, page, t) for t in topics(story).values() if t.id in stakes],
            "contentLocation": [_place(story, page, p) for p in _once([*about, *where])],
            "spatialCoverage": [{"@id": record_id(story, page, p.id)} for p in about],
            "sdLicense": licences(story.descriptor),
            "hasPart": [_quotation(story, page, article, statement) for statement in told],
        }
    )


def _quotation(story: Story, page: str, article: Article, statement: Statement) -> Node:
    speaker, stake = statement.speaker, topics(story).get(statement.topic)
    things = [{"@id": record_id(story, page, stake.id)}] if stake else []
    things += [_agent(story, page, actor) for actor in statement.about_actors]
    things += [{"@id": record_id(story, page, place.id)} for place in statement.about_places]
    basis = f"{statement.said_basis}: {statement.said_note}".strip(": ")
    told = {other.id: web(other.url) for other in articles(story)}
    passages = [
        passage_url(
            told[passage.article], exact=passage.exact, first=passage.first, last=passage.last
        )
        for passage in statement.passages
    ]
    return _filled(
        {
            "@type": "Quotation",
            "@id": record_id(story, page, statement.id),
            "url": quote_link(page, statement.id),
            "isPartOf": {"@id": record_id(story, page, article.id)},
            "isBasedOn": list(filter(None, passages)),
            "creator": _agent(story, page, speaker),
            "spokenByCharacter": {"@id": record_id(story, page, speaker.id)},
            "text": statement.words,
            "inLanguage": article.language if statement.words else "",
            "abstract": statement.paraphrase,
            "description": statement.context,
            "creativeWorkStatus": "Draft" if is_draft(story, statement.id) else "",
            "about": things,
            "dateCreated": statement.said_on.isoformat() if statement.said_on else "",
            "locationCreated": statement.said_at
            and {"@id": record_id(story, page, statement.said_at.id)},
            "comment": {"@type": "Comment", "text": f"When and where: {basis}"} if basis else None,
        }
    )


def _agent(story: Story, page: str, actor: Actor) -> Node:
    side = actors(story).get(actor.side)
    node: Node = {
        "@type": AGENTS.get(actor.kind, "Organization"),
        "@id": record_id(story, page, actor.id),
        "name": actor.name,
        "description": actor.role,
        "sameAs": wikidata(actor.wikidata),
    }
    if actor.kind == "person" and side:
        node["affiliation"] = _agent(story, page, side)
    return _filled(node)


def _place(story: Story, page: str, place: Place) -> Node:
    pinned = place.latitude is not None and place.longitude is not None
    geo = {
        "@type": "GeoCoordinates",
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
    return _filled(
        {
            "@type": SITES.get(place.kind, "Place"),
            "@id": record_id(story, page, place.id),
            "name": place.name,
            "geo": geo if pinned else None,
            "sameAs": wikidata(place.wikidata),
        }
    )


def _topic(story: Story, page: str, topic: Topic) -> Node:
    name = record_id(story, page, topic.id)
    return {"@type": "Thing", "@id": name, "name": topic.name, "description": topic.question}


def _once(found: Iterable[Place]) -> list[Place]:
    return list({place.id: place for place in found}.values())


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value or value == 0}


STORY = Format(
    "story.jsonld",
    "application/ld+json",
    "Article and quotations for search engines (schema.org)",
    _make,
)
