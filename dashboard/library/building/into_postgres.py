"""Taking a library into PostgreSQL."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dashboard.library.answers import LibraryError
from dashboard.library.engines.postgres import connect
from dashboard.library.engines.servers import BUILD, POINTER, Address
from dashboard.library.layout import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

# Text is sorted by its code points, as in every other engine, and whatever the database's locale.
TYPES = MappingProxyType(
    {
        "int": "integer",
        "id": "bigint",
        "text": 'text COLLATE "C"',
        "date": "date",
        "real": "double precision",
        "ints": "integer[]",
    }
)

# Words that are parted by spaces and nothing but letters and digits are a tsvector as they stand;
# PostgreSQL's own notion of a word never comes in.
OWN = MappingProxyType({("quotes", "folded"): "tsvector NOT NULL"})
WORD = 500  # characters of a word, and of a text, beyond which PostgreSQL would refuse them
TEXT = 100_000

# What asking looks up, and in which order; a key first where there is one.
INDEXES = MappingProxyType(
    {
        "quotes": ("PRIMARY KEY (id)", "INDEX USING gin (folded)"),
        "ties": ("PRIMARY KEY (tie, value, quote)",),
        "actors": ("PRIMARY KEY (id)", "UNIQUE (key)"),
        "places": ("PRIMARY KEY (id)", "UNIQUE (key)"),
        "outlets": ("PRIMARY KEY (id)", "UNIQUE (key)"),
        "topics": ("PRIMARY KEY (id)", "UNIQUE (key)"),
        "sources": ("PRIMARY KEY (id)",),
        "totals": ("INDEX (facet, role, n DESC, value)",),
        "names": ("INDEX (facet, folded)",),
        "keys": ("INDEX (hash, quote)",),
        "printings": ("INDEX (quote)",),
        "positions": ("INDEX (actor)",),
        "bands": ("INDEX (quote, band)",),
        "twins": ("INDEX (band, quote)",),
        "about_library": ("PRIMARY KEY (key)",),
    }
)

SESSION = (
    "SET search_path = ''; SET statement_timeout = 0; SET maintenance_work_mem = '256MB';"
    " SET client_encoding = 'UTF8'"
)


class IntoPostgres:
    """A build on its way into a database."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._connection = connect(address)
        self._run(SESSION)

    def begin(self, build: str) -> None:
        """A schema for the build; schemas of builds that do not serve are dropped."""
        library = self._address.library
        lock = f"SELECT pg_try_advisory_lock(hashtext('dateline:{library}'))"
        if not self._run(lock).fetchone()[0]:
            raise LibraryError(f"Something else loads “{library}” just now: wait for its end.")
        self._run(f'CREATE SCHEMA IF NOT EXISTS "{library}"')
        self._run(f'CREATE TABLE IF NOT EXISTS "{library}".{POINTER} (build text NOT NULL)')
        serving = self._run(f'SELECT build FROM "{library}".{POINTER}').fetchall()  # noqa: S608
        for (name,) in self._run("SELECT nspname FROM pg_catalog.pg_namespace").fetchall():
            old = name.startswith(library) and BUILD.fullmatch(name.removeprefix(library))
            if old and (name,) not in serving:
                self._run(f'DROP SCHEMA "{name}" CASCADE')
        self._run(f'CREATE SCHEMA "{build}"')
        self._build = build

    def take(self, table: str, batches: Iterator[pa.Table]) -> None:
        """A table filled and indexed in one transaction: whoever may see it sees all of it."""
        import psycopg

        name = f'"{self._build}".{table}'
        try:
            with self._connection.transaction():
                columns = TABLES[table].items()
                declared = ", ".join(
                    f"{c} {OWN.get((table, c)) or _type(kind)}" for c, kind in columns
                )
                self._connection.execute(f"CREATE TABLE {name} ({declared})")
                # Frozen: nothing has to look at each row once more before an index alone will do.
                copying = f"COPY {name} FROM STDIN (FORMAT csv, FREEZE)"
                with self._connection.cursor().copy(copying) as copy:
                    for batch in batches:
                        copy.write(_as_csv(table, batch))
                for index in INDEXES[table]:
                    self._connection.execute(_index(name, index))
                if table == "quotes":
                    self._connection.execute(_all_words(self._build))
            self._connection.execute(f"ANALYZE {name}")
        except psycopg.Error as error:
            raise self._refused(table, error) from None

    def finish(self) -> None:
        """One transaction makes the build serve."""
        import psycopg

        pointer = f'"{self._address.library}".{POINTER}'
        try:
            with self._connection.transaction():
                self._connection.execute(f"DELETE FROM {pointer}")  # noqa: S608
                self._connection.execute(f"INSERT INTO {pointer} VALUES (%s)", (self._build,))  # noqa: S608
        except psycopg.Error as error:
            raise self._refused(POINTER, error) from None

    def close(self) -> None:
        """End the connection; a build that is not finished is dropped by the next."""
        with contextlib.suppress(Exception):
            self._connection.close()

    def _run(self, statement: str) -> Any:
        import psycopg

        try:
            return self._connection.execute(statement)
        except psycopg.Error as error:
            raise self._refused(statement.split('"')[0].strip().lower(), error) from None

    def _refused(self, what: str, error: Exception) -> LibraryError:
        said = self._address.blunt(error)
        return LibraryError(
            f"{self._address.shown} did not take {what}: {said}; what served there serves on."
        )


def _type(kind: str) -> str:
    return TYPES[kind.rstrip("?")] + ("" if kind.endswith("?") else " NOT NULL")


def _index(table: str, index: str) -> str:
    if index.startswith("INDEX"):
        return f"CREATE INDEX ON {table} {index.removeprefix('INDEX ')}"
    return f"ALTER TABLE {table} ADD {index}"


def _all_words(build: str) -> str:
    # The planner sees through a function of one expression, and so finds the index.
    return (
        f'CREATE FUNCTION "{build}".all_words(tsvector, text) RETURNS boolean LANGUAGE sql '
        "IMMUTABLE STRICT PARALLEL SAFE RETURN $1 @@ $2::tsquery"
    )


def _as_csv(table: str, batch: pa.Table) -> memoryview:
    """Rows as COPY reads them: null is nothing at all, a list {1,2}; no null character."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import csv

    columns = []
    for name, column in zip(batch.column_names, batch.columns, strict=True):
        if pa.types.is_list(column.type):
            joined = pc.binary_join(column.cast(pa.list_(pa.string())), ",")
            column = pc.binary_join_element_wise("{", joined, "}", "")
        elif pa.types.is_string(column.type):
            column = pc.replace_substring(column, "\0", "\ufffd")
            if (table, name) in OWN:
                column = _bounded(column)
        columns.append(column)
    rows = pa.table(columns, names=batch.column_names)
    into = pa.BufferOutputStream()
    csv.write_csv(rows, into, csv.WriteOptions(include_header=False, quoting_style="all_valid"))
    return memoryview(into.getvalue())


def _bounded(texts: Any) -> Any:
    import pyarrow.compute as pc

    return pc.utf8_slice_codeunits(
        pc.replace_substring_regex(texts, f"[^ ]{{{WORD},}}", ""), 0, TEXT
    )
