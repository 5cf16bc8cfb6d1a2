"""Owns what a story is in memory, and reading one from disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.checking.check import package_faults
from dashboard.checking.fault import Fault, StoryError
from dashboard.checking.package import Package, Row, read_package
from dashboard.schema import TABLES, fields

__all__ = ["TABLES", "Fault", "Story", "StoryError", "as_story", "read_story"]


@dataclass(frozen=True, eq=False)
class Story:
    """A valid story: its slug, title, description, and its tables in the schema's order.

    `descriptor` is its `datapackage.json` as read: licence, sources and contributors are there.

    Each table is a DataFrame with the schema's columns in order and a RangeIndex: text is `str`
    (null when missing), required integers int64, optional ones Int64, numbers float64, dates
    datetime64[s], lists tuples of str (empty when missing). Nobody changes a frame: a selection
    makes new ones, of rows of the story that it is `part_of`.
    """

    slug: str
    title: str
    description: str
    descriptor: Mapping[str, Any]
    articles: pd.DataFrame
    places: pd.DataFrame
    actors: pd.DataFrame
    topics: pd.DataFrame
    quotes: pd.DataFrame
    events: pd.DataFrame
    positions: pd.DataFrame
    figures: pd.DataFrame
    links: pd.DataFrame
    mentions: pd.DataFrame
    passages: pd.DataFrame
    reviews: pd.DataFrame
    alternatives: pd.DataFrame
    part_of: Story | None = None

    @property
    def whole(self) -> Story:
        """The story that this is a selection's part of; of a whole one, itself."""
        return self.part_of or self

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """The tables by name, in the order of the schema."""
        return {table: getattr(self, table) for table in TABLES}


def read_story(folder: Path) -> Story:
    """Read the story in a folder; raise one StoryError with every fault when it has any."""
    package = read_package(folder)
    if faults := package_faults(package):
        raise StoryError(faults)
    return as_story(package)


def as_story(package: Package) -> Story:
    """Return the story of a package that has no faults."""
    frames: dict[str, Any] = {t: _frame(t, package.tables[t]) for t in TABLES}
    return Story(package.slug, package.title, package.description, package.descriptor, **frames)


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    index = pd.RangeIndex(len(rows))
    return pd.DataFrame(
        {
            field["name"]: pd.Series(
                [row[field["name"]] for row in rows], index, dtype=_dtype(field)
            )
            for field in fields(table)
        },
        index=index,
    )


def _dtype(field: dict[str, Any]) -> str:
    if field["type"] == "integer":
        return "int64" if field.get("constraints", {}).get("required") else "Int64"
    return {"string": "str", "number": "float64", "date": "datetime64[s]", "list": "object"}[
        field["type"]
    ]
