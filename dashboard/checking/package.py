"""Owns reading a story's files: broken or hostile ones become faults, good ones rows of values."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from dashboard.checking.fault import Fault, shown
from dashboard.schema import TABLES, columns, fields, read, table_schema, value

DESCRIPTOR = "datapackage.json"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# What a story may take: whoever checks it or reads its page waits for all of it.
LARGEST_STORY = 8_000_000  # bytes of all its files; the first story has 80,000
LARGEST_DESCRIPTOR = 1_000_000  # bytes of `datapackage.json`; its format takes 40,000
DEEPEST_DESCRIPTOR = 50  # lists and objects within each other; its format takes 7
MOST_ROWS = 20_000  # of all its tables; the first story has 400
MOST_COLUMNS = 100  # of a table, and tables that are listed: beyond, they are told in one fault
FILES = (DESCRIPTOR, *(f"{table}.csv" for table in TABLES))
REDIRECTIONS = ("data", "dialect", "compression", "extrapaths", "hashing", "control")


class UnreadableError(Exception):
    """A file that cannot be used; its text is the fault's message."""


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
    package = Package()
    try:
        if not folder.is_dir():
            raise UnreadableError(f"{shown(folder)} is no folder; give the folder of a story")
    except (OSError, UnreadableError) as error:
        package.faults.append(Fault(None, None, None, str(error)))
        return package
    if _size(folder) > LARGEST_STORY:
        return Package(faults=[_too_large(f"has more than {LARGEST_STORY:,} bytes in its files")])
    package.faults.extend(_read_descriptor(folder, package))
    left = MOST_ROWS
    for table in TABLES:
        try:
            records = _records(_text(folder / f"{table}.csv", LARGEST_STORY), left)
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


def _text(path: Path, most: int) -> str:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(
                f"{path.name} is no regular file; put the file itself there, not a link"
            )
        with path.open("rb") as file:
            raw = file.read(most + 1)
        if len(raw) > most:
            raise UnreadableError(f"{path.name} exceeds {most:,} bytes; split the story")
    except FileNotFoundError:
        raise UnreadableError(
            f"{path.name} is missing; add it (a table may have its header row only)"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{path.name} cannot be read ({reason}); check its permissions"
        raise UnreadableError(message) from None
    if raw.startswith(b"\xef\xbb\xbf"):
        raise UnreadableError(
            f"{path.name} begins with a byte order mark; save as UTF-8 without BOM"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"{path.name} is not UTF-8 (line {line}); save it so") from None


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


def _read_descriptor(folder: Path, package: Package) -> Iterator[Fault]:
    try:
        descriptor = json.loads(_text(folder / DESCRIPTOR, LARGEST_DESCRIPTOR))
        if _is_deeper(descriptor, DEEPEST_DESCRIPTOR):
            raise RecursionError
    except UnreadableError as error:
        yield Fault(DESCRIPTOR, None, None, str(error))
        return
    except RecursionError:
        yield Fault(DESCRIPTOR, None, None, "is nested too deeply; write it as in another story")
        return
    except ValueError as error:
        yield Fault(DESCRIPTOR, None, None, f"is not JSON ({str(error)[:80]}); correct it there")
        return
    if not isinstance(descriptor, dict):
        yield Fault(
            DESCRIPTOR, None, None, "is no JSON object; write name, title, description, resources"
        )
        return
    package.descriptor = descriptor
    for key, attribute in (("name", "slug"), ("title", "title"), ("description", "description")):
        text = descriptor.get(key)
        if isinstance(text, str) and text.strip() and text.isprintable():
            setattr(package, attribute, text)
        else:
            yield Fault(DESCRIPTOR, None, key, f"is no line of text; write the story's {key}")
    if package.slug and package.slug != folder.resolve().name:
        yield Fault(
            DESCRIPTOR,
            None,
            "name",
            f"{shown(package.slug)} is not the folder's name; rename one of them",
        )
    if package.slug and not SLUG.fullmatch(package.slug):
        yield Fault(
            DESCRIPTOR,
            None,
            "name",
            f"{shown(package.slug)} is no slug; write it like moscow-talks",
        )
    yield from _resource_faults(descriptor.get("resources"))


def _is_deeper(told: Any, most: int) -> bool:
    """Whether lists and objects lie within each other more than so many times."""
    level = [told]
    for _ in range(most + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(level)


def _resource_faults(resources: object) -> Iterator[Fault]:
    if not isinstance(resources, list):
        yield Fault(DESCRIPTOR, None, "resources", f"is no list; list the {len(TABLES)} tables")
        return
    if len(resources) > MOST_COLUMNS:
        what = f"lists {len(resources):,} tables; list the {len(TABLES)} of a story"
        yield Fault(DESCRIPTOR, None, "resources", what)
        return
    names = [entry.get("name") if isinstance(entry, dict) else None for entry in resources]
    for table in TABLES:
        if table not in names:
            yield Fault(DESCRIPTOR, None, "resources", f"{table} is not listed; add it")
        elif names.count(table) > 1:
            yield Fault(DESCRIPTOR, None, f"resources/{table}", "is listed twice; remove one")
    for place, (name, entry) in enumerate(zip(names, resources, strict=True)):
        if not isinstance(name, str) or name not in TABLES:
            at = f"resources/{place}"
            yield Fault(DESCRIPTOR, None, at, f"{shown(name)} is no table of a story; remove it")
        else:
            yield from _entry_faults(name, entry)


def _entry_faults(table: str, entry: dict[str, Any]) -> Iterator[Fault]:
    at = f"resources/{table}"
    path, schema = entry.get("path"), entry.get("schema")
    if path != f"{table}.csv":
        yield Fault(
            DESCRIPTOR, None, f"{at}/path", f"{shown(path)} is not allowed; write {table}.csv"
        )
    if not isinstance(schema, dict) or _bare(schema) != table_schema(table):
        yield Fault(
            DESCRIPTOR,
            None,
            f"{at}/schema",
            f"differs from the format; copy it from the {table} of a good story",
        )
    if str(entry.get("encoding", "utf-8")).lower() not in ("utf-8", "utf8"):
        yield Fault(DESCRIPTOR, None, f"{at}/encoding", "is not utf-8; save the table so")
    for key in REDIRECTIONS:
        if key in entry:
            yield Fault(
                DESCRIPTOR,
                None,
                f"{at}/{key}",
                "is not allowed; the tables are plain CSV, remove it",
            )


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        key: schema[key] for key in schema if key not in ("$schema", "name", "title", "description")
    }
