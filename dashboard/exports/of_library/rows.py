"""Owns a library's statements as flat rows: as CSV, JSON and JSON Lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from dashboard.exports.cells import cell
from dashboard.exports.json_text import json_text
from dashboard.exports.of_library.streamed import StreamedFormat
from dashboard.links import is_web, passage_url

if TYPE_CHECKING:
    from dashboard.exports.of_library.streamed import Asked
    from dashboard.library.answers import Quotation

# Each column's type and what it says. A text or number may be missing, a list may be empty.
_COLUMNS: dict[str, tuple[str, str]] = {
    "id": ("text", "The statement's permanent key in the library."),
    "kind": ("text", "`direct`, `mixed` or `indirect`; missing if its source does not tell."),
    "words": ("text", "The spoken words. Missing when reported."),
    "paraphrase": ("text", "Our paraphrase of a reported statement."),
    "context": ("text", "A one-line context."),
    "speaker_id": ("text", "Who says it; missing if unknown."),
    "speaker_name": ("text", "The speaker's name."),
    "confidence": ("number", "In the speaker, from 0 to 1, where the source tells it."),
    "said_on": ("text", "The day, ISO 8601: of speaking, else of printing."),
    "said_at_id": ("text", "Where it was said, if that is known."),
    "said_at_name": ("text", "That place's name."),
    "about_actor_ids": ("texts", "The actors that it is about."),
    "about_actor_names": ("texts", "Their names, in the same order."),
    "about_place_ids": ("texts", "The places that it is about."),
    "about_place_names": ("texts", "Their names, in the same order."),
    "topic_id": ("text", "The topic at stake."),
    "topic_name": ("text", "The topic's name."),
    "outlet_ids": ("texts", "Who printed it, the first first."),
    "outlet_names": ("texts", "Their names, in the same order."),
    "printings": ("integer", "How often its source saw it printed."),
    "title": ("text", "Title of the page where it is printed."),
    "url": ("text", "Address of that page."),
    "passage_url": ("text", "The same, scrolled to the words by a text fragment."),
    "story_id": ("text", "Slug of the story that it is from, if it is from one."),
    "quote_id": ("text", "Its slug in that story."),
    "source": ("text", "What it was read from."),
}
COLUMNS: Mapping[str, str] = {name: says for name, (_, says) in _COLUMNS.items()}
TYPES: Mapping[str, str] = {name: kind for name, (kind, _) in _COLUMNS.items()}


def library_row(said: Quotation) -> dict[str, Any]:
    """A statement with the columns in their order; None where there is nothing to say."""
    speaker, place, topic = said.speaker, said.said_at, said.topic
    row: dict[str, Any] = {
        "id": said.key,
        "kind": said.kind,
        "words": said.words,
        "paraphrase": said.paraphrase,
        "context": said.context,
        "speaker_id": speaker.key if speaker else "",
        "speaker_name": speaker.name if speaker else "",
        "confidence": said.confidence,
        "said_on": said.date.isoformat() if said.date else "",
        "said_at_id": place.key if place else "",
        "said_at_name": place.name if place else "",
        "about_actor_ids": [actor.key for actor in said.about],
        "about_actor_names": [actor.name for actor in said.about],
        "about_place_ids": [place.key for place in said.about_places],
        "about_place_names": [place.name for place in said.about_places],
        "topic_id": topic.key if topic else "",
        "topic_name": topic.name if topic else "",
        "outlet_ids": [outlet.key for outlet in said.outlets],
        "outlet_names": [outlet.name for outlet in said.outlets],
        "printings": said.printings,
        "title": said.title,
        "url": said.url if is_web(said.url) else "",
        "passage_url": passage_url(said.url, exact=said.words, first="", last=""),
        "story_id": said.story,
        "quote_id": said.quote,
        "source": said.source,
    }
    return {name: None if row[name] == "" else row[name] for name in COLUMNS}


def _csv(asked: Asked) -> Iterator[bytes]:
    """As the story's CSV: a byte order mark, CR LF, and no cell that a spreadsheet would run."""
    file = io.StringIO(newline="")
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    yield file.getvalue().encode("utf-8-sig")
    for batch in asked.statements():
        file = io.StringIO(newline="")
        lines = csv.writer(file, lineterminator="\r\n")
        for said in batch:
            row = library_row(said)
            lines.writerow(cell(kind, row[name]) for name, kind in TYPES.items())
        yield file.getvalue().encode("utf-8", "replace")


def _json(asked: Asked) -> Iterator[bytes]:
    before = b"[\n"
    for batch in asked.statements():
        yield before + b",\n".join(json_text(library_row(said)) for said in batch)
        before = b",\n"
    yield b"\n]\n" if before == b",\n" else b"[]\n"


def _jsonl(asked: Asked) -> Iterator[bytes]:
    for batch in asked.statements():
        yield b"".join(json_text(library_row(said)) + b"\n" for said in batch)


CSV = StreamedFormat(
    "quotes.csv", "text/csv; charset=utf-8", "Statements as a spreadsheet (CSV)", _csv
)
JSON = StreamedFormat("quotes.json", "application/json", "Statements as JSON", _json)
JSONL = StreamedFormat(
    "quotes.jsonl", "application/jsonl; charset=utf-8", "Statements as JSON, one a line", _jsonl
)
