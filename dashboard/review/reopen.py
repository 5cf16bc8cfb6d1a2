"""Owns how a published story becomes a draft again: its zip, and the text that it was made from."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from dashboard.checking.anchors import digest
from dashboard.checking.check import LOOKS
from dashboard.checking.descriptor import DESCRIPTOR
from dashboard.checking.fault import Fault, StoryError, shown
from dashboard.checking.package import MOST_ROWS
from dashboard.checking.zipped import ZipError, unzipped
from dashboard.paragraphs import unwrapped
from dashboard.review.draft import LARGEST_TEXT, Draft, ReviewError, Row
from dashboard.review.publish import unsound
from dashboard.schema import TABLES, columns, field, value


def reopen(archive: bytes, text: str) -> Draft:
    """Return the draft that a story's zip and its article's text make.

    Line ends may differ from those of the text that it was made from. Raises ReviewError in one
    line, StoryError with the faults of the story.
    """
    if len(text) > LARGEST_TEXT:
        raise ReviewError(f"the text has more than {LARGEST_TEXT // 1000} KB; give one article")
    try:
        packed = unzipped(archive)
    except ZipError as error:
        raise ReviewError(str(error)) from None
    try:
        described = json.loads(packed[DESCRIPTOR])
        slug, title, description = (str(described[k]) for k in ("name", "title", "description"))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ReviewError(f"the zip has no usable {DESCRIPTOR}; give a story’s zip") from None
    tables = {table: _rows(table, packed.get(f"{table}.csv")) for table in TABLES}
    if sum(map(len, tables.values())) > MOST_ROWS:
        raise ReviewError(f"the story has more than {MOST_ROWS:,} rows; split it")
    draft = Draft(slug, title, description, _text(text, tables["articles"]), tables)
    if unordered := list(_unordered(tables)):
        raise StoryError(unordered)
    if found := unsound(draft):
        raise StoryError(found)
    return draft


def _rows(table: str, content: bytes | None) -> tuple[Row, ...]:
    if content is None:
        if table in ("reviews", "alternatives"):  # a story of the format before drafts
            return ()
        raise ReviewError(f"the zip has no {table}.csv; give the zip of a whole story")
    try:
        rows = csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
        records = list(islice(rows, MOST_ROWS + 2))
    except (UnicodeDecodeError, csv.Error):
        raise ReviewError(f"{table}.csv in the zip is no CSV in UTF-8; save it so") from None
    wanted = columns(table)
    if not records or tuple(records[0]) != wanted:
        raise ReviewError(f"{table}.csv has other columns; they are {','.join(wanted)}")
    if any(len(cells) != len(wanted) for cells in records[1:]):
        raise ReviewError(
            f"{table}.csv has rows of another length than its header; mend its commas"
        )
    return tuple(dict(zip(wanted, cells, strict=True)) for cells in records[1:])


def _unordered(tables: Mapping[str, Iterable[Row]]) -> Iterator[Fault]:
    """Yield where a row does not say its place in an order: a draft is settled by it."""
    for table in ("passages", "alternatives"):
        for line, row in enumerate(tables[table], start=2):
            if value(field(table, "n"), row["n"]) is None:
                yield Fault(table, line, "n", f"{shown(row['n'])} {LOOKS['integer']}")


def _text(text: str, articles: Iterable[Row]) -> str:
    known = {row["text_sha256"] for row in articles}
    text = text.removeprefix("\ufeff")
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for candidate in (text, plain, plain.rstrip("\n"), plain.rstrip("\n") + "\n"):
        for told in (candidate, unwrapped(candidate)):
            if digest(told) in known:
                return told
    raise ReviewError(
        "this is not the text that the story was made from (its SHA-256 differs); give that file"
    )
