"""Reads story packages: folders, or zips of one, whose every statement a person has reviewed."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.checking.descriptor import DESCRIPTOR, SLUG
from dashboard.checking.fault import StoryError
from dashboard.checking.zipped import LARGEST_ZIP, ZipError, unzipped
from dashboard.library.sources.references import reference
from dashboard.library.sources.source import Block, Found, Kind, Reject, Source, SourceError

if TYPE_CHECKING:
    from dashboard.model import Actor, Article, Place, Statement
    from dashboard.story import Story


def _blocks(source: Source) -> Iterator[Block]:
    yield Block(0, 1, 1, source.size, source.path)


def _read(source: Source, block: Block) -> Found:
    try:
        with tempfile.TemporaryDirectory() as beside:
            folder = unpacked(source.path, Path(beside)) if source.path.is_file() else source.path
            return found_in(_story(folder), block)
    except (StoryError, SourceError) as error:
        more = str(error).splitlines()
        reason = "; ".join(more[:3]) + (f"; and {len(more) - 3} more" if len(more) > 3 else "")
        return _refused(block, f"is no story that can be read: {reason}; see `check`")


def _story(folder: Path) -> Story:
    from dashboard.story import read_story

    return read_story(folder)


def _refused(block: Block, reason: str) -> Found:
    return Found({}, [], [Reject(block.first, reason, str(block.content))], lambda _: "")


def unpacked(path: Path, beside: Path) -> Path:
    """Unpack the story of a zip, and nothing else; return its folder. Raises SourceError.

    Its files lie at the top or in one folder; the story's own name becomes the folder's.
    """
    try:
        with path.open("rb") as file:
            files = unzipped(file.read(LARGEST_ZIP + 1))
        folder = beside / _name(files[DESCRIPTOR])
        folder.mkdir()
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except ZipError as error:
        raise SourceError(f"{path}: {error}") from None
    return folder


def _name(descriptor: bytes) -> str:
    try:
        told = json.loads(descriptor)
    except (ValueError, RecursionError):  # what reads the story says so
        return "story"
    name = told.get("name") if isinstance(told, dict) else None
    return name if isinstance(name, str) and SLUG.fullmatch(name) and len(name) < 200 else "story"


def found_in(story: Story, block: Block) -> Found:
    """A story's statements, actors, places, topics and positions; drafts are left out."""
    import pyarrow as pa

    from dashboard import records
    from dashboard.library.building import staging

    articles = {article.id: article for article in records.articles(story)}
    topics = records.topics(story)
    told = records.statements(story)
    kept = [s for s in told if not records.is_draft(story, s.id)]
    rows = [_row(story, s, articles[s.article]) for s in kept]
    for row, statement in zip(rows, kept, strict=True):
        topic = topics.get(statement.topic)
        row["topic"] = reference(topic.name) if topic else ""
        row["topic_name"] = topic.name if topic else ""
    positions = [
        {
            "actor": _actor(position.actor),
            "topic": reference(topics[position.topic].name),
            "stance": position.stance,
            "note": position.note,
            "story": story.slug,
            "record": position.id,
            "date": articles[position.article].published,
        }
        for position in records.positions(story)
        if not records.is_draft(story, position.id)
    ]
    named = {
        "topics": [
            {"ref": reference(t.name), "key": t.id, "name": t.name, "question": t.question}
            for t in topics.values()
        ],
        "actors": [_actor_row(actor) for actor in records.actors(story).values()],
        "places": [_place_row(place) for place in records.places(story).values()],
        "positions": positions,
    }
    schemas = {
        "topics": staging.TOPICS,
        "actors": staging.ACTORS,
        "places": staging.PLACES,
        "positions": staging.POSITIONS,
    }
    return Found(
        columns={name: [row[name] for row in rows] for name in rows[0]} if rows else {},
        line=[n for n, s in enumerate(told, block.first) if not records.is_draft(story, s.id)],
        rejects=[],
        text=lambda _: story.slug,
        parts=[statement.id for statement in kept],
        tables={name: pa.Table.from_pylist(r, schemas[name]) for name, r in named.items()},
        drafts=len(told) - len(kept),
        lines=len(told),
    )


def _row(story: Story, statement: Statement, article: Article) -> dict[str, Any]:
    from dashboard.library.layout import KINDS

    printed = [name for name in (article.publisher, article.republisher) if name]
    said_at = statement.said_at
    row = {
        "key": f"{story.slug}/{statement.id}",
        "date": statement.said_on or article.published,  # the day it was printed, at least
        "kind": KINDS.index(statement.kind),
        "words": statement.words,
        "paraphrase": statement.paraphrase,
        "context": statement.context,
        "speaker": _actor(statement.speaker),
        "speaker_name": statement.speaker.name,
        "said_at": _place(said_at) if said_at else "",
        "said_at_name": said_at.name if said_at else "",
        "outlets": [reference(name) for name in printed],
        "outlets_names": printed,
        "urls": [article.url] * len(printed),
        "title": article.headline,
        "story": story.slug,
        "quote": statement.id,
        "printings": len(printed),
    }
    for name, actors in (("about", statement.about_actors), ("addressees", statement.addressees)):
        row[name] = [_actor(actor) for actor in actors]
        row[f"{name}_names"] = [actor.name for actor in actors]
    row["about_places"] = [_place(place) for place in statement.about_places]
    row["about_places_names"] = [place.name for place in statement.about_places]
    return row


def _actor(actor: Actor) -> str:
    return actor.wikidata or actor.id


def _place(place: Place) -> str:
    return f"geonames:{place.geonames}" if place.geonames else place.id


def _actor_row(actor: Actor) -> dict[str, Any]:
    return {
        "ref": _actor(actor),
        "key": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "role": actor.role,
        "wikidata": actor.wikidata,
        "aliases": list(actor.aliases),
    }


def _place_row(place: Place) -> dict[str, Any]:
    return {
        "ref": _place(place),
        "key": place.id,
        "name": place.name,
        "kind": place.kind,
        "country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "aliases": [],
    }


STORY = Kind(_blocks, _read)
