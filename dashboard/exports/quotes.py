"""Owns statements as flat rows, everything resolved: as CSV, JSON and JSON Lines, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dashboard.checking.package import LARGEST_STORY
from dashboard.exports.cells import cell, read_cell
from dashboard.exports.format import Format
from dashboard.exports.identity import quote_link
from dashboard.exports.json_text import json_text
from dashboard.links import passage_url
from dashboard.records import actors, articles, reviews, statements, topics

if TYPE_CHECKING:
    from dashboard.model import Article, Statement
    from dashboard.story import Story

Row = dict[str, Any]

# Each column's type and what it says. A text or number may be missing, a list may be empty.
_COLUMNS: dict[str, tuple[str, str]] = {
    "id": ("text", "Slug of the statement."),
    "permalink": ("text", "The statement on the story page, when its address is known."),
    "article_id": ("text", "Slug of the article that says it."),
    "article_headline": ("text", "The article's headline as printed."),
    "article_publisher": ("text", "Who first published the article."),
    "article_republisher": ("text", "Whose page the address is, when not the publisher's."),
    "article_url": ("text", "Address of the page that carries the article; a draft may lack it."),
    "article_published": ("text", "Publication date, ISO 8601."),
    "kind": ("text", "`direct`, `mixed` or `indirect`."),
    "words": ("text", "The spoken words; passages joined by ` … `. Missing when reported."),
    "paraphrase": ("text", "Our paraphrase of a reported statement; a draft may lack it."),
    "speaker_id": ("text", "Slug of who says it."),
    "speaker_name": ("text", "The speaker's name."),
    "speaker_kind": ("text", "`person`, `government`, `organization` or `group`."),
    "speaker_role": ("text", "The speaker's role at the time, in our words."),
    "speaker_side_id": ("text", "Slug of the actor for whom the speaker speaks in the end."),
    "speaker_side_name": ("text", "That actor's name."),
    "speaker_wikidata": ("text", "The speaker's Wikidata id."),
    "cue": ("text", "The reporting verb, as a lemma."),
    "said_at_id": ("text", "Slug of the place where it was said, if the article says where."),
    "said_at_name": ("text", "That place's name."),
    "said_at_latitude": ("number", "Its degrees north, WGS 84."),
    "said_at_longitude": ("number", "Its degrees east, WGS 84."),
    "said_on": ("text", "The day on which it was said, ISO 8601."),
    "said_basis": ("text", "`stated` or `inferred`: how place and day are known."),
    "said_note": ("text", "Why we infer them, or what the article says of the time."),
    "context": ("text", "Our own one-line context."),
    "topic_id": ("text", "Slug of the topic at stake."),
    "topic_name": ("text", "The topic's name."),
    "about_actor_ids": ("texts", "Slugs of the actors that it is about."),
    "about_actor_names": ("texts", "Their names, in the same order."),
    "about_place_ids": ("texts", "Slugs of the places that it is about."),
    "about_place_names": ("texts", "Their names, in the same order."),
    "about_place_latitudes": ("numbers", "Their degrees north; one without is missing."),
    "about_place_longitudes": ("numbers", "Their degrees east; one without is missing."),
    "addressee_ids": ("texts", "Slugs of the actors to whom it is said."),
    "addressee_names": ("texts", "Their names, in the same order."),
    "relayed_ids": ("texts", "Slugs of the actors whose words the speaker passes on."),
    "relayed_names": ("texts", "Their names, in the same order."),
    "passage_paragraphs": ("integers", "The paragraphs of its passages, from 1."),
    "passage_starts": ("integers", "Offsets of their first characters in the article's text."),
    "passage_ends": ("integers", "Offsets after their last characters."),
    "passage_sha256s": ("texts", "SHA-256 of those characters in UTF-8."),
    "passage_urls": ("texts", "Each passage in the original, by a text fragment."),
    "status": ("text", "`draft` or `accepted` of what a program found; missing if people made it."),
}
COLUMNS: Mapping[str, str] = {name: says for name, (_, says) in _COLUMNS.items()}
TYPES: Mapping[str, str] = {name: kind for name, (kind, _) in _COLUMNS.items()}


def quote_rows(visible: Story, page: str) -> list[Row]:
    """One row a statement, in the story's order, with the columns in theirs.

    Values are str, float or lists of str, int, float; None where there is nothing to say.
    """
    told = {article.id: article for article in articles(visible)}
    rows = []
    for statement in statements(visible):
        row = _row(visible, told, statement) | {"permalink": quote_link(page, statement.id)}
        rows.append({name: None if row[name] == "" else row[name] for name in COLUMNS})
    return rows


def _row(story: Story, told: Mapping[str, Article], statement: Statement) -> Row:
    article, speaker, place = told[statement.article], statement.speaker, statement.said_at
    side, topic = actors(story).get(speaker.side), topics(story).get(statement.topic)
    review = reviews(story).get(statement.id)
    people = {
        "about_actor": statement.about_actors,
        "addressee": statement.addressees,
        "relayed": statement.relayed,
    }
    return {
        "id": statement.id,
        "article_id": article.id,
        "article_headline": article.headline,
        "article_publisher": article.publisher,
        "article_republisher": article.republisher,
        "article_url": article.url,
        "article_published": article.published.isoformat(),
        "kind": statement.kind,
        "words": statement.words,
        "paraphrase": statement.paraphrase,
        "speaker_id": speaker.id,
        "speaker_name": speaker.name,
        "speaker_kind": speaker.kind,
        "speaker_role": speaker.role,
        "speaker_side_id": speaker.side,
        "speaker_side_name": side.name if side else "",
        "speaker_wikidata": speaker.wikidata,
        "cue": statement.cue,
        "said_at_id": place.id if place else "",
        "said_at_name": place.name if place else "",
        "said_at_latitude": place.latitude if place else None,
        "said_at_longitude": place.longitude if place else None,
        "said_on": statement.said_on.isoformat() if statement.said_on else "",
        "said_basis": statement.said_basis,
        "said_note": statement.said_note,
        "context": statement.context,
        "topic_id": statement.topic,
        "topic_name": topic.name if topic else "",
        **{f"{role}_ids": [actor.id for actor in found] for role, found in people.items()},
        **{f"{role}_names": [actor.name for actor in found] for role, found in people.items()},
        "about_place_ids": [place.id for place in statement.about_places],
        "about_place_names": [place.name for place in statement.about_places],
        "about_place_latitudes": [place.latitude for place in statement.about_places],
        "about_place_longitudes": [place.longitude for place in statement.about_places],
        "passage_paragraphs": [passage.paragraph for passage in statement.passages],
        "passage_starts": [passage.start for passage in statement.passages],
        "passage_ends": [passage.end for passage in statement.passages],
        "passage_sha256s": [passage.sha256 for passage in statement.passages],
        "passage_urls": [
            passage_url(told[p.article].url, exact=p.exact, first=p.first, last=p.last) or None
            for p in statement.passages
        ],
        "status": review.status if review else "",
    }


def write_quotes_csv(rows: Sequence[Row]) -> bytes:
    """Rows as CSV that spreadsheets open as it is and never run (see `spreadsheet`).

    A byte order mark, without which Excel does not take it for UTF-8. Lines end in CR LF (RFC
    4180): Python's writer then puts both in quotation marks where they stand in a cell.
    """
    file = io.StringIO(newline="")
    lines = csv.writer(file, lineterminator="\r\n")
    lines.writerow(COLUMNS)
    for row in rows:
        lines.writerow(cell(kind, row[name]) for name, kind in TYPES.items())
    return file.getvalue().encode("utf-8-sig")


def read_quotes_csv(content: bytes) -> list[Row]:
    """The rows that `write_quotes_csv` was given, types and all.

    Raises ValueError when it has other columns.
    """
    csv.field_size_limit(LARGEST_STORY)
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    if (header := next(lines, [])) != list(COLUMNS):
        raise ValueError(f"these are not the columns of quotes.csv: {', '.join(header)[:80]}")
    return [dict(zip(TYPES, map(read_cell, TYPES.values(), line), strict=True)) for line in lines]


def _csv(visible: Story, page: str) -> bytes:
    return write_quotes_csv(quote_rows(visible, page))


def _json(visible: Story, page: str) -> bytes:
    return json_text(quote_rows(visible, page), indent=1) + b"\n"


def _jsonl(visible: Story, page: str) -> bytes:
    return b"".join(json_text(row) + b"\n" for row in quote_rows(visible, page))


QUOTES_CSV = Format(
    "quotes.csv", "text/csv; charset=utf-8", "Statements as a spreadsheet (CSV)", _csv
)
QUOTES_JSON = Format("quotes.json", "application/json", "Statements as JSON", _json)
QUOTES_JSONL = Format(
    "quotes.jsonl", "application/jsonl; charset=utf-8", "Statements as JSON, one a line", _jsonl
)
