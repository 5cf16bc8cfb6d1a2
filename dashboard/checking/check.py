"""Owns whether a story is sound: the Table Schema by way of frictionless, then our own rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from dashboard.checking.anchors import text_faults
from dashboard.checking.fault import Fault, shown
from dashboard.checking.package import Package, Row, read_package
from dashboard.checking.rules import RULES
from dashboard.schema import (
    TABLES,
    columns,
    field,
    fields,
    is_printed_right,
    references,
    table_schema,
)

LONGEST_CELL = 10_000
MOST_FAULTS = 500  # of the Table Schema: frictionless takes a millisecond to tell one
# Control characters, line breaks of any script, and what reorders what a reader sees, so that the
# page would show other words than the file holds.
UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
LOOKS = {
    "integer": "is no whole number; write digits only, like 12",
    "number": "is no number; write it like 12 or 33.5",
    "date": "is no date; write a day that exists, like 2015-01-14",
}
PATTERNS = {
    "[a-z0-9]+(-[a-z0-9]+)*": "is no slug; write small letters, digits, hyphens, like john-kerry",
    "https?://\\S+": "is no web address; begin it with https:// or http://",
    "[0-9a-f]{64}": "is no SHA-256; write its 64 digits 0-9 a-f",
    "[A-Z]{2}": "is no country code; write the two capitals of ISO 3166, like CH",
    "Q[1-9][0-9]*": "is no Wikidata id; write it like Q22316",
    "[a-z]{2,3}(-[A-Za-z0-9]+)*": "is no language tag; write it like en or en-US",
}


def faults(folder: Path, article_text: str | None = None) -> list[Fault]:
    """Return every fault of the story in a folder, in the order of tables and rows; never raises.

    With the text of one of its articles, all that is anchored in it is compared with the text.
    """
    return package_faults(read_package(folder), article_text)


def package_faults(package: Package, article_text: str | None = None) -> list[Fault]:
    """Return every fault of a story that has been read; see `faults`."""
    found = list(package.faults)
    tables = package.tables
    found += _first_per_cell(_schema_faults(tables), found)
    known = {(fault.table, fault.row, fault.column) for fault in found}
    broken = {(row.table, row.line) for rows in tables.values() for row in rows if row.ragged}
    ruled = [fault for rule in RULES if rule.applies(tables) for fault in rule.check(tables)]
    if article_text is not None and len(tables) == len(TABLES):
        ruled += text_faults(tables, article_text)
    for fault in ruled:
        # What a rule says of a cell or a row that is already at fault is an echo of that fault.
        if (fault.table, fault.row, fault.column) not in known and (
            fault.table,
            fault.row,
        ) not in broken:
            found.append(fault)
    return sorted(dict.fromkeys(found), key=_position)


def _position(fault: Fault) -> tuple[int, int, int]:
    table = TABLES.index(fault.table) if fault.table in TABLES else -1
    names = columns(fault.table) if fault.table in TABLES else ()
    return table, fault.row or 0, names.index(fault.column) if fault.column in names else -1


def _first_per_cell(new: Iterable[Fault], found: Iterable[Fault]) -> list[Fault]:
    cells = {(fault.table, fault.row) for fault in found if fault.column is None}
    kept: dict[tuple[str | None, int | None, str | None], Fault] = {}
    for fault in new:
        if (fault.table, fault.row) not in cells:
            kept.setdefault((fault.table, fault.row, fault.column), fault)
    return list(kept.values())


def _schema_faults(tables: dict[str, list[Row]]) -> Iterator[Fault]:
    usable = {}
    for table, rows in tables.items():
        bad = [fault for row in rows for fault in _cell_faults(row)]
        yield from bad
        places = {(fault.row, fault.column) for fault in bad}
        usable[table] = [
            [
                "" if (row.line, column) in places else cell
                for column, cell in zip(columns(table), row.cells, strict=True)
            ]
            for row in rows
        ]
    yield from _frictionless_faults(usable)
    yield from _reference_faults(usable)


def _cell_faults(row: Row) -> Iterator[Fault]:
    """Find cells that no reader should meet, and those on which readers of Table Schema differ."""
    for column, cell in zip(fields(row.table), row.cells, strict=True):
        if len(cell) > LONGEST_CELL:
            yield row.fault(
                column["name"], f"has {len(cell):,} characters; keep below {LONGEST_CELL:,}"
            )
        elif UNSEEN.search(cell):
            yield row.fault(
                column["name"], f"{shown(cell)} has a line break or control character; remove it"
            )
        elif cell != cell.strip():
            yield row.fault(column["name"], f"{shown(cell)} begins or ends with a space; remove it")
        elif cell and not is_printed_right(column["type"], cell):
            yield row.fault(column["name"], f"{shown(cell)} {LOOKS[column['type']]}")


def _frictionless_faults(tables: dict[str, list[list[str]]]) -> Iterator[Fault]:
    """Validate rows in memory: given data, frictionless has no path that it could fetch."""
    from frictionless import Schema
    from frictionless.resources import TableResource

    left = MOST_FAULTS
    for table, rows in tables.items():
        # For each foreign key frictionless would read the other table anew.
        schema = {k: v for k, v in table_schema(table).items() if k != "foreignKeys"}
        # As a function; lists it would copy, cell by cell, three times.
        resource = TableResource(
            name=table,
            data=lambda table=table, rows=rows: chain([columns(table)], rows),
            schema=Schema.from_descriptor(schema),
        )
        report = resource.validate(limit_errors=left)
        for error in (*report.errors, *(error for task in report.tasks for error in task.errors)):
            left -= 1
            yield from _translate(table, error.to_descriptor())
        if left <= 0:
            yield Fault(None, None, None, "has more faults than are told here; mend these first")
            return


def _reference_faults(tables: dict[str, list[list[str]]]) -> Iterator[Fault]:
    for table, rows in tables.items():
        for column, target in references(table):
            if target not in tables:
                continue
            at, known = columns(table).index(column), {row[0] for row in tables[target]}
            for line, row in enumerate(rows, start=2):
                if row[at] and row[at] not in known:
                    message = f"{shown(row[at])} is no id in {target}; correct it or add it there"
                    yield Fault(table, line, column, message)


def _translate(table: str, error: dict[str, Any]) -> Iterator[Fault]:
    kind, row = error["type"], error.get("rowNumber")
    column: str = error.get("fieldName", "")
    cell = shown(error.get("cell"))
    if kind == "type-error":
        described = field(table, column)
        what = (
            PATTERNS["https?://\\S+"]
            if described.get("format") == "uri"
            else LOOKS[described["type"]]
        )
        yield Fault(table, row, column, f"{cell} {what}")
    elif kind == "constraint-error":
        yield Fault(table, row, column, _constraint(field(table, column), error["note"], cell))
    elif kind == "unique-error":
        other = error["note"].rsplit(" ", 1)[-1]
        yield Fault(table, row, column, f"{cell} is also in row {other}; give each row its own")
    elif kind == "primary-key":
        key = table_schema(table)["primaryKey"]
        if (
            len(key) > 1 and "same as" in error["note"]
        ):  # else the fault is told as not unique or empty
            other = error["note"].rsplit(" ", 1)[-1]
            message = f"{' and '.join(key)} are those of row {other}; give each row its own"
            yield Fault(table, row, key[-1], message)
    elif kind == "blank-row":
        yield Fault(table, row, None, "is a blank row; delete it")
    else:
        yield Fault(table, row, column or None, f"{error['message']}; correct it")


def _constraint(described: dict[str, Any], note: str, cell: str) -> str:
    constraints = described["constraints"]
    if '"required"' in note:
        return f"is empty; fill it in: {described['description']}"
    if '"enum"' in note:
        return f"{cell} is not among the choices; write one of {', '.join(constraints['enum'])}"
    if '"pattern"' in note:
        pattern = constraints["pattern"]
        return f"{cell} {PATTERNS.get(pattern, f'does not match {pattern}; rewrite it so')}"
    limits = (("minimum", "at least"), ("maximum", "at most"))
    bounds = " and ".join(f"{words} {constraints[k]}" for k, words in limits if k in constraints)
    return f"{cell} is out of range; write {bounds}"
