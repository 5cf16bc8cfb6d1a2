"""Owns the story format: what `schema.json` says, and how a cell becomes a value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from dashboard.spreadsheet import escape, unescape

TABLES = (
    "articles",
    "places",
    "actors",
    "topics",
    "quotes",
    "events",
    "positions",
    "figures",
    "links",
    "mentions",
    "passages",
    "reviews",
    "alternatives",
)
RECORDS = ("quotes", "events", "positions", "figures")
REVIEWED = (*RECORDS, "actors", "places")  # what a program finds, and a person decides on
TEXTS = ("string", "list")
SCHEMA_KEYS = ("fields", "primaryKey", "missingValues", "foreignKeys")

# Narrower than Table Schema, whose readers let `NaN`, `1_000`, `٣` or `2015-1-4` through.
PRINTED = {
    "integer": re.compile(r"-?[0-9]{1,15}"),
    "number": re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?"),
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}


@cache
def story_format() -> dict[str, Any]:
    """Return `schema.json`; every caller shares it and none may change it."""
    text = Path(__file__).with_name("schema.json").read_text(encoding="utf-8")
    described: dict[str, Any] = json.loads(text)
    return described


def table_format(table: str) -> dict[str, Any]:
    """Return a table's title, description, fields and keys."""
    described: dict[str, Any] = story_format()["tables"][table]
    return described


def table_schema(table: str) -> dict[str, Any]:
    """Return a table's Table Schema, as `datapackage.json` repeats it."""
    return {key: table_format(table)[key] for key in SCHEMA_KEYS if key in table_format(table)}


def fields(table: str) -> list[dict[str, Any]]:
    """Return a table's fields in the order of its columns."""
    described: list[dict[str, Any]] = table_format(table)["fields"]
    return described


@cache
def columns(table: str) -> tuple[str, ...]:
    """Return the names of a table's columns, in order."""
    return tuple(field["name"] for field in fields(table))


def field(table: str, column: str) -> dict[str, Any]:
    """Return one field; KeyError when the table has no such column."""
    for candidate in fields(table):
        if candidate["name"] == column:
            return candidate
    raise KeyError(f"{table} has no column {column}")


def references(table: str) -> Iterator[tuple[str, str]]:
    """Yield each foreign key as (column, table whose `id` it names)."""
    for key in table_format(table).get("foreignKeys", ()):
        yield key["fields"][0], key["reference"]["resource"]


def is_printed_right(kind: str, cell: str) -> bool:
    """Tell whether a filled cell looks like its type; ranges are another matter."""
    return kind not in PRINTED or bool(PRINTED[kind].fullmatch(cell))


def written(field: dict[str, Any], cell: str) -> str:
    """Return a cell as its file has it: no text in it runs as a formula."""
    return escape(cell) if field["type"] in TEXTS else cell


def read(field: dict[str, Any], cell: str) -> str:
    """Return the cell that `written` was given."""
    return unescape(cell) if field["type"] in TEXTS else cell


def value(field: dict[str, Any], cell: str) -> Any:
    """Return str, int, float, date or tuple of str; None when empty or not allowed."""
    kind = field["type"]
    if kind == "list":
        return tuple(cell.split(field["delimiter"])) if cell else ()
    if not cell or not is_printed_right(kind, cell):
        return None
    if cell not in field.get("constraints", {}).get("enum", (cell,)):
        return None
    parse: dict[str, Callable[[str], Any]] = {
        "integer": int,
        "number": float,
        "date": date.fromisoformat,
    }
    try:
        return parse.get(kind, str)(cell)
    except ValueError:  # 2015-02-30
        return None
