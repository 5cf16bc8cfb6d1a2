"""Owns reading tables of any columns: CSV, Parquet and JSON lines, as rows of cells."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from dashboard.library.sources.json_lines import Lines
from dashboard.library.sources.opening import BLOCK, damages, line_blocks, opened
from dashboard.library.sources.source import Block, Reject, Source, SourceError, shown

ROWS = 5_000
LONGEST_CELL = 1_000_000
MOST_COLUMNS = 1_000
TOGETHER = 16_000_000  # bytes of one column that are read together
CELL = 60  # bytes that a cell takes beside its characters
PARQUET = b"PAR1"


class Table:
    """A block of a table: its rows as cells by column, their numbers, and what was refused."""

    def __init__(self, block: Block) -> None:
        self.rejects: list[Reject] = []
        self._first = block.first
        self._lines: Lines | None = None
        if isinstance(block.content, (bytes, tuple)):
            lines = Lines(block)
            self.rows, self.numbers = lines.objects, list(lines.numbers)
            self.rejects, self._lines = lines.rejects, lines
            return
        self.rows, self.numbers = [], []
        self._rows = block.content
        for number, row in enumerate(block.content, block.first):
            if isinstance(row, str):
                self.rejects.append(Reject(number, row, ""))
            else:
                self.rows.append(row)
                self.numbers.append(number)

    def text(self, number: int) -> str:
        """A row as a reject shows it."""
        return self._lines.text(number) if self._lines else _shown(self._rows[number - self._first])


def table_blocks(source: Source) -> Iterator[Block]:
    """Blocks of rows: lines of JSON as they are, other rows as cells by column, or a reason.

    A row of CSV that goes over several lines counts as one; rows are counted after the header.
    """
    with source.path.open("rb") as file:
        begin = file.read(4)
    if begin == PARQUET:
        return _parquet_blocks(source)
    if header_of(source) is None:
        return line_blocks(source.path)
    return _csv_blocks(source)


def header_of(source: Source) -> list[str] | None:
    """The columns of CSV or Parquet; None of JSON lines, which have none."""
    with source.path.open("rb") as file:
        if file.read(4) == PARQUET:
            import pyarrow.parquet as pq

            return list(pq.read_schema(source.path).names)
    content, raw = opened(source.path)
    with raw, content:
        head = content.read(LONGEST_CELL).decode("utf-8-sig", "replace")
    if head.lstrip().startswith(("{", "[")):
        return None
    csv.field_size_limit(LONGEST_CELL)
    try:
        header = next(csv.reader(io.StringIO(head, ""), delimiter=source.table.delimiter), [])
    except csv.Error:
        return []
    if len(header) > MOST_COLUMNS:
        what = f"has more than {MOST_COLUMNS:,} columns"
        raise SourceError(f"{source.path}: {what}; leave out those that are not mapped")
    return header


def _csv_blocks(source: Source) -> Iterator[Block]:
    csv.field_size_limit(LONGEST_CELL)
    content, raw = opened(source.path)
    damage: list[str] = []
    with raw, content, io.TextIOWrapper(content, "utf-8-sig", "replace", newline="") as text:
        lines = _Lines(text, damage)
        reader = csv.reader(lines, delimiter=source.table.delimiter)
        header = next(reader, [])
        rows: list[dict[str, str] | str] = []
        number, first, size = 0, 1, 0
        while True:
            size += lines.taken + len(header) * CELL
            lines.taken = 0
            row = _csv_row(reader, header)
            if damage:  # what was read of the row is not all of it
                row = None
            if row is not None:
                rows.append(row)
            if rows and (row is None or len(rows) == ROWS or size > BLOCK):
                yield Block(number, first, len(rows), raw.tell(), rows)
                number, first, rows, size = number + 1, first + len(rows), [], 0
            if row is None:
                break
        if damage:
            reason = f"the file is damaged or unfinished from here on ({damage[0]}); get it anew"
            yield Block(number, first, 1, raw.tell(), [reason])


def _csv_row(reader: Any, header: list[str]) -> dict[str, str] | str | None:
    """The next row, or why it is none; None at the end."""
    try:
        cells = next(reader, None)
    except csv.Error as error:
        return f"is no CSV ({error})"
    if cells is None:
        return None
    if len(cells) != len(header):
        return f"has {len(cells)} cells where the header has {len(header)}"
    if any("\ufffd" in cell for cell in cells):
        return "is not UTF-8"
    return dict(zip(header, cells, strict=True))


class _Lines:
    """Lines of a file until its damage; `taken` are characters, and more than a block are one."""

    def __init__(self, text: io.TextIOWrapper, damage: list[str]) -> None:
        self._text, self._damage = text, damage
        self.taken = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = ""
        try:
            line = self._text.readline(LONGEST_CELL)
        except damages() as error:
            self._damage.append(str(error) or "unreadable")
        self.taken += len(line)
        if self.taken > BLOCK:
            self._damage.append(f"a row of more than {BLOCK:,} characters")
        if not line or self._damage:
            raise StopIteration
        return line


def _parquet_blocks(source: Source) -> Iterator[Block]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    wanted = list(dict.fromkeys(source.table.columns.values()))
    number, first = 0, 1
    try:
        with pq.ParquetFile(source.path) as file:
            total = max(file.metadata.num_rows, 1)
            for group in range(file.num_row_groups):
                size = _together(source, file, group, wanted)
                for batch in file.iter_batches(size, [group], wanted, use_threads=False):
                    at = source.size * (first - 1 + len(batch)) // total
                    yield Block(number, first, len(batch), at, _rows(batch))
                    number, first = number + 1, first + len(batch)
    except (OSError, pa.ArrowException) as error:
        reason = f"the file is damaged from here on ({str(error)[:80]}); get it anew"
        yield Block(number, first, 1, source.size, [reason])


def _together(source: Source, file: Any, group: int, wanted: list[str]) -> int:
    """How many rows of a group are read together: a word of a dictionary may be in each of them.

    So some hundred bytes may unpack to gigabytes; a dictionary by itself is as long as its words.
    """
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    leaves = map(file.schema.column, range(len(file.schema)))
    texts = [leaf.path for leaf in leaves if leaf.physical_type == "BYTE_ARRAY"]
    longest = 1
    with pq.ParquetFile(source.path, metadata=file.metadata, read_dictionary=texts) as known:
        for batch in islice(known.iter_batches(1, [group], wanted, use_threads=False), 1):
            for column in batch.columns:
                told = column.values if hasattr(column, "values") else column
                if hasattr(told, "dictionary"):
                    lengths = pc.binary_length(told.dictionary)
                    longest = max(longest, pc.max(lengths).as_py() or 1)
    return max(1, min(ROWS, TOGETHER // longest))


def _rows(batch: Any) -> list[dict[str, Any] | str]:
    """Rows as cells by column; a row with a day that Python has not is the reason alone."""
    try:
        rows: list[dict[str, Any] | str] = batch.to_pylist()
    except (OverflowError, ValueError) as error:
        if len(batch) == 1:
            return [f"a value cannot be read ({str(error)[:80]})"]
        half = len(batch) // 2
        return _rows(batch.slice(0, half)) + _rows(batch.slice(half))
    return rows


def _shown(row: dict[str, Any] | str) -> str:
    return row if isinstance(row, str) else shown(json.dumps(row, ensure_ascii=False, default=str))
