"""Owns reading a story's files: broken or hostile ones become faults, good ones rows of values."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from dashboard.checking.descriptor import DESCRIPTOR, read_descriptor
from dashboard.checking.fault import Fault, shown
from dashboard.checking.text import UnreadableError, read_text
from dashboard.schema import TABLES, columns, fields, read, value

# What a story may take: whoever checks it or reads its page waits for all of it.
LARGEST_STORY = 8_000_000  # bytes of all its files; the first story has 80,000
MOST_ROWS = 20_000  # of all its tables; the first story has 400
MOST_COLUMNS = 100  # of a table: beyond, they are told in one fault
FILES = (DESCRIPTOR, *(f"{table}.csv" for table in TABLES))


class TooManyRowsError(Exception):
    """A table that has more rows than a story may have."""


@dataclass(frozen=True)
class Row:
    """One row: its line in a spreadsheet, its cells as text, their values (None if unusable)."""

    table: str
    line: int
    cells: tuple[str, ...]
    values: dict[str, Any] = field(repr=False)
    ragged: bool = False

    def __getitem__(self, column: str) -> Any:
        """Return the value in a column; None when the cell is empty or not of its type."""
        return self.values[column]

    def fault(self, column: str | None, message: str) -> Fault:
        """Return a fault in this row."""
        return Fault(self.table, self.line, column, message)


@dataclass
class Package:
    """A folder as read: descriptions, the tables that could be read, the faults met on the way."""

    slug: str = ""
    title: str = ""
    description: str = ""
    descriptor: dict[str, Any] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_package(folder: Path) -> Package:
    """Read a story's folder; never raise for what is in it, never open what is outside it."""
    try:
        if not folder.is_dir():
            raise UnreadableError(f"{shown(folder)} is no folder; give the folder of a story")
    except (OSError, UnreadableError) as error:
        return Package(faults=[Fault(None, None, None, str(error))])
    if _size(folder) > LARGEST_STORY:
        return Package(faults=[_too_large(f"has more than {LARGEST_STORY:,} bytes in its files")])
    told, faults = read_descriptor(folder)
    package = Package(told.slug, told.title, told.description, told.content, faults=faults)
    left = MOST_ROWS
    for table in TABLES:
        try:
            records = _records(read_text(folder / f"{table}.csv", LARGEST_STORY), left)
            package.faults.extend(_header_faults(table, records[0]))
            if tuple(records[0]) == columns(table):
                package.tables[table] = _rows(table, records[1:])
            left -= len(records) - 1
        except TooManyRowsError:
            return Package(faults=[_too_large(f"has more than {MOST_ROWS:,} rows in its tables")])
        except UnreadableError as error:
            package.faults.append(Fault(table, None, None, str(error)))
    for table, rows in package.tables.items():
        package.faults.extend(_ragged_faults(table, rows))
    return package


def _size(folder: Path) -> int:
    """Bytes of the files that will be read; what is no regular file is told later."""
    sizes = 0
    for name in FILES:
        with contextlib.suppress(OSError, ValueError):
            sizes += (folder / name).lstat().st_size
    return sizes


def _too_large(what: str) -> Fault:
    return Fault(None, None, None, f"{what}; split the story")


def _records(text: str, most: int) -> list[list[str]]:
    """The header and at most so many rows. Raises UnreadableError."""
    csv.field_size_limit(LARGEST_STORY)  # for the process; frictionless raises it as well
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        records = list(islice(reader, most + 2))
    except csv.Error as error:
        raise UnreadableError(
            f"is not CSV near line {reader.line_num} ({error}); save it so from a spreadsheet"
        ) from None
    if len(records) > most + 1:
        raise TooManyRowsError
    while records and not any(records[-1]) and len(records[-1]) <= 1:  # blank lines at the end
        records.pop()
    if not records:
        raise UnreadableError("is empty; begin it with its header row")
    return records


def _rows(table: str, records: list[list[str]]) -> list[Row]:
    width = len(columns(table))
    rows = []
    for line, cells in enumerate(records, start=2):
        ragged = len(cells) != width or not any(cells)
        cells = (cells + [""] * width)[:width]
        cells = [read(f, c) for f, c in zip(fields(table), cells, strict=True)]
        values = {f["name"]: value(f, c) for f, c in zip(fields(table), cells, strict=True)}
        rows.append(Row(table, line, tuple(cells), values, ragged=ragged))
    return rows


def _ragged_faults(table: str, rows: list[Row]) -> Iterator[Fault]:
    for row in rows:
        if row.ragged and not any(row.cells):
            yield row.fault(None, "is a blank row; delete it")
        elif row.ragged:
            width = len(columns(table))
            yield row.fault(
                None,
                f"does not have {width} cells; quote a cell that holds a comma, or mend the commas",
            )


def _header_faults(table: str, header: list[str]) -> Iterator[Fault]:
    wanted = columns(table)
    if len(header) > MOST_COLUMNS:
        yield Fault(
            table, 1, None, f"has {len(header):,} columns; the header is {','.join(wanted)}"
        )
        return
    for column in wanted:
        if column not in header:
            yield Fault(
                table, 1, column, f"the column is missing; the header is {','.join(wanted)}"
            )
    for place, column in enumerate(header, start=1):
        if column not in wanted:
            yield Fault(
                table, 1, None, f"column {place}, {shown(column)}, is unknown; remove or rename it"
            )
        elif header.index(column) != place - 1:
            yield Fault(table, 1, column, "the column is there twice; remove one")
    if sorted(header) == sorted(wanted) and tuple(header) != wanted:
        yield Fault(
            table, 1, None, f"the columns are in another order; put them as {','.join(wanted)}"
        )
