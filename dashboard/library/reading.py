"""A library's file as Arrow batches, for a server that takes it in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.library.answers import LibraryError
from dashboard.library.layout import FORMAT, TABLES

if TYPE_CHECKING:
    import pyarrow as pa

SIZE = 50_000  # rows at a time: some ten megabytes of quotations
LOCKED: dict[str, Any] = {"enable_external_access": "false", "lock_configuration": "true"}


def size(path: Path, table: str) -> int:
    """How many rows a table has. Raises LibraryError."""
    with _opened(path) as library:
        ((rows,),) = library.execute(f"SELECT count(*) FROM {_known(table)}").fetchall()  # noqa: S608
        return int(rows)


def batches(path: Path, table: str, rows: int = SIZE) -> Iterator[pa.RecordBatch]:
    """A table of the layout, so many rows at a time; `quotes.folded` is there.

    A file has the folded words in its index alone; here they are made again. Raises LibraryError.
    """
    with _opened(path) as library:
        yield from _reader(library, _known(table), rows)


def _known(table: str) -> str:
    if table not in TABLES:
        raise LibraryError(f"There is no table {table!r} in a library.")
    return table


def _reader(library: Any, table: str, rows: int) -> pa.RecordBatchReader:
    import pyarrow as pa

    columns = ", ".join(TABLES[table])
    found = library.sql(f"SELECT {columns} FROM {table}").to_arrow_reader(rows)  # noqa: S608
    if table != "quotes":
        return found
    return pa.RecordBatchReader.from_batches(found.schema, map(_with_folded, found))


def _with_folded(quotes: pa.RecordBatch) -> pa.RecordBatch:
    import pyarrow.compute as pc

    from dashboard.library.building.texts import folded

    said = (quotes.column(name) for name in ("words", "paraphrase", "context"))
    at = quotes.schema.get_field_index("folded")
    made = folded(pc.binary_join_element_wise(*said, " "))
    return quotes.set_column(at, quotes.schema.field(at), made)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    import duckdb

    try:
        with closing(duckdb.connect(str(path), read_only=True, config=LOCKED)) as library:
            asked = "SELECT value FROM about_library WHERE key = 'format'"
            if library.execute(asked).fetchall() != [(str(FORMAT),)]:
                raise LibraryError(f"{path}: has another format than {FORMAT}; build it anew.")
            yield library
    except duckdb.Error as error:
        said = next(iter(str(error).splitlines()), "")[:200]
        raise LibraryError(f"{path}: this is no library ({said}); build it anew.") from error
