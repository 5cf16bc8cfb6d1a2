"""Taking a library into ClickHouse."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dashboard.library.answers import LibraryError
from dashboard.library.engines.clickhouse import connect
from dashboard.library.engines.servers import BUILD, POINTER, Address
from dashboard.library.layout import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

TYPES = MappingProxyType(
    {
        "int": "Int32",
        "id": "Int64",
        "text": "String",
        "date": "Date32",
        "real": "Float64",
        "ints": "Array(Int32)",
    }
)

# Each table as it is asked: sorted so that what is looked up lies together.
ORDER = MappingProxyType(
    {
        "quotes": "id",
        "ties": "tie, value, quote",
        "actors": "id",
        "places": "id",
        "outlets": "id",
        "topics": "id",
        "sources": "id",
        "totals": "facet, role, value",
        "names": "facet, folded, value",
        "keys": "hash, quote",
        "printings": "quote, outlet",
        "positions": "actor, topic",
        "bands": "quote, band",
        "twins": "band, quote",
        "about_library": "key",
    }
)

# What is looked up otherwise: a statement by the words in it.
ALSO = MappingProxyType(
    {
        "quotes": ("INDEX by_words folded TYPE text(tokenizer = splitByString([' ']))",),
    }
)
HOURS = 12 * 3600  # seconds; putting a large table together may take long


class IntoClickHouse:
    """A build on its way into a server."""

    def __init__(self, address: Address) -> None:
        self._address = address
        self._client = connect(address, {}, HOURS)

    def begin(self, build: str) -> None:
        """A database for the build; databases of builds that do not serve are dropped."""
        library = self._address.library
        self._run(f"CREATE DATABASE IF NOT EXISTS `{library}`")
        self._run(f"CREATE VIEW IF NOT EXISTS `{library}`.{POINTER} AS SELECT '' AS build WHERE 0")
        (serving,) = self._rows(f"SELECT max(build) FROM `{library}`.{POINTER}")[0]  # noqa: S608
        for (name,) in self._rows("SELECT name FROM system.databases"):
            old = name.startswith(library) and BUILD.fullmatch(name.removeprefix(library))
            if old and name != serving:
                self._run(f"DROP DATABASE `{name}`")
        self._run(f"CREATE DATABASE `{build}`")
        self._build = build

    def take(self, table: str, batches: Iterator[pa.Table]) -> None:
        """A table filled in its order, and then put together to one part."""
        from clickhouse_connect.driver.exceptions import ClickHouseError

        columns = [f"{column} {_type(kind)}" for column, kind in TABLES[table].items()]
        declared = ", ".join([*columns, *ALSO.get(table, ())])
        self._run(
            f"CREATE TABLE `{self._build}`.{table} ({declared}) ENGINE = MergeTree "
            f"ORDER BY ({ORDER[table]})"
        )
        try:
            for batch in batches:
                if batch.num_rows:
                    self._client.insert_arrow(table, batch, database=self._build)
        except ClickHouseError as error:
            raise self._refused(table, error) from None
        self._run(f"OPTIMIZE TABLE `{self._build}`.{table} FINAL")

    def finish(self) -> None:
        """One statement makes the build serve."""
        self._run(
            f"CREATE OR REPLACE VIEW `{self._address.library}`.{POINTER} AS "
            f"SELECT '{self._build}' AS build"
        )

    def close(self) -> None:
        """End the connection; a build that is not finished is dropped by the next."""
        with contextlib.suppress(Exception):
            self._client.close()

    def _run(self, statement: str) -> None:
        self._tried(self._client.command, statement)

    def _rows(self, query: str) -> Any:
        return self._tried(self._client.query, query).result_rows

    def _tried(self, how: Any, statement: str) -> Any:
        from clickhouse_connect.driver.exceptions import ClickHouseError

        try:
            return how(statement)
        except ClickHouseError as error:
            raise self._refused(statement.split("`")[0].strip().lower(), error) from None

    def _refused(self, what: str, error: Exception) -> LibraryError:
        said = self._address.blunt(error)
        return LibraryError(
            f"{self._address.shown} did not take {what}: {said}; what served there serves on."
        )


def _type(kind: str) -> str:
    name = TYPES[kind.rstrip("?")]
    return f"Nullable({name})" if kind.endswith("?") else name
