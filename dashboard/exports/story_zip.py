"""Owns the story as a Data Package in a zip, which `read_story` reads again once unpacked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dashboard.checking.descriptor import DESCRIPTOR
from dashboard.exports.format import Format
from dashboard.exports.json_text import json_text
from dashboard.exports.tables import table_csv
from dashboard.schema import references

if TYPE_CHECKING:
    from dashboard.story import Story

NAMED = ("places", "actors")  # what the format wants named somewhere; topics may lie unused
DECIDED = (("reviews", "record"), ("alternatives", "record"))  # they go with their records
THE_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of zip's time: the same story gives the same bytes


def closed(story: Story) -> Story:
    """The story without the places and actors that nothing in it names; a whole one is as it was.

    A selection keeps them all, with the mentions and links of a few. An actor stays whom another
    is a member of. What was decided of one goes with it.
    """
    for table in NAMED:
        named = set(_named(story, table))
        while not (above := _above(story, table, named)) <= named:
            named |= above
        ids = story.tables[table]["id"]
        gone = ids[~ids.isin(named)]
        kept: dict[str, Any] = {
            name: rows[~rows[key].isin(gone)].reset_index(drop=True)
            for name, key in ((table, "id"), *DECIDED)
            if not (rows := story.tables[name]).empty
        }
        story = replace(story, **kept)
    return story


def package_files(story: Story) -> dict[str, bytes]:
    """The files of the story's package by name; `read_story` makes an equal story of them."""
    files = {DESCRIPTOR: json_text(dict(story.descriptor), indent=2) + b"\n"}
    return files | {f"{name}.csv": table_csv(rows) for name, rows in story.tables.items()}


def _named(story: Story, table: str) -> Iterator[str]:
    """Ids of a table that rows of other tables name."""
    for other, rows in story.tables.items():
        for column, target in references(other):
            if target == table and other != table:
                yield from rows[column].dropna()


def _above(story: Story, table: str, named: set[str]) -> set[str]:
    """Ids that these rows of the same table name."""
    rows = story.tables[table]
    own = [column for column, target in references(table) if target == table]
    return {i for column in own for i in rows.loc[rows["id"].isin(named), column].dropna()}


def _make(visible: Story, page: str) -> bytes:
    del page  # a package is the same wherever it came from
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, content in package_files(closed(visible)).items():
            entry = zipfile.ZipInfo(name, THE_BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # Unix: all may read
            package.writestr(entry, content)
    return made.getvalue()


PACKAGE = Format(
    "story.zip", "application/zip", "The whole data, as the story's package (ZIP of CSV)", _make
)
