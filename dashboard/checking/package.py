"""Owns reading a story's files: broken or hostile ones become faults, good ones rows of values."""

from __future__ import annotations

import csv
import io
import json
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.checking.fault import Fault, shown
from dashboard.schema import TABLES, columns, fields, read, table_schema, value

DESCRIPTOR = "datapackage.json"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LARGEST_FILE = 20_000_000  # bytes; the first story has 40,000
REDIRECTIONS = ("data", "dialect", "compression", "extrapaths", "hashing", "control")


class UnreadableError(Exception):
    """A file that cannot be used; its text is the fault's message."""


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
    package.faults.extend(_read_descriptor(folder, package))
    for table in TABLES:
        try:
            records = _records(_text(folder / f"{table}.csv"))
            package.faults.extend(_header_faults(table, records[0]))
            if tuple(records[0]) == columns(table):
                package.tables[table] = _rows(table, records[1:])
        except UnreadableError as error:
            package.faults.append(Fault(table, None, None, str(error)))
    for table, rows in package.tables.items():
        package.faults.extend(_ragged_faults(table, rows))
    return package


def _text(path: Path) -> str:
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(
                f"{path.name} is no regular file; put the file itself there, not a link"
            )
        if status.st_size > LARGEST_FILE:
            raise UnreadableError(f"{path.name} exceeds {LARGEST_FILE:,} bytes; split the story")
        raw = path.read_bytes()
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


def _records(text: str) -> list[list[str]]:
    csv.field_size_limit(LARGEST_FILE)  # for the process; frictionless raises it as well
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        records = list(reader)
    except csv.Error as error:
        raise UnreadableError(
            f"is not CSV near line {reader.line_num} ({error}); save it so from a spreadsheet"
        ) from None
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
        descriptor = json.loads(_text(folder / DESCRIPTOR))
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


def _resource_faults(resources: object) -> Iterator[Fault]:
    if not isinstance(resources, list):
        yield Fault(DESCRIPTOR, None, "resources", f"is no list; list the {len(TABLES)} tables")
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
