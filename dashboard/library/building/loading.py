"""Copying a library that has been laid out to a server, beside the one that serves there."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from dashboard.library.engines.servers import Address, read_address
from dashboard.library.layout import TABLES
from dashboard.library.reading import batches, size

if TYPE_CHECKING:
    import pyarrow as pa

Report = Callable[[str, int, int], None]  # the table, its rows so far, and all that it has
# A server is not added to: what sources call things stays in the file.
ASKED = tuple(table for table in TABLES if table != "refs")


class Receiver(Protocol):
    """A server that takes a build in. Everything raises LibraryError."""

    def begin(self, build: str) -> None:
        """Make room for a build; what neither serves nor is this one is given up."""

    def take(self, table: str, batches: Iterator[pa.Table]) -> None:
        """Make a table, fill it with batches of its columns, and index it."""

    def finish(self) -> None:
        """From now on this build serves, for all who ask from now on."""

    def close(self) -> None:
        """End the connection; never raises."""


def load(library: Path, address: str, report: Report) -> None:
    """Copy a library's file to postgres://… or clickhouse://…, and let it serve there.

    The build that served stays as it is until the last row is in and indexed, and one statement
    makes the new one serve; it is dropped when the next build begins, so that whoever asks
    meanwhile gets answers. A load that fails or is killed leaves it serving. Raises LibraryError.
    """
    where = read_address(address)
    receiver = _receiver(where)
    try:
        size(library, "quotes")  # what is no library is told before anything begins
        stamp = datetime.now(UTC).strftime("%Y%m%dt%H%M%S")
        receiver.begin(f"{where.library}_{stamp}_{secrets.token_hex(3)}")
        for table in ASKED:
            receiver.take(table, _reported(library, table, report))
        receiver.finish()
    finally:
        receiver.close()


def _receiver(address: Address) -> Receiver:
    from dashboard.library.building.into_clickhouse import IntoClickHouse
    from dashboard.library.building.into_postgres import IntoPostgres

    return (IntoPostgres if address.scheme.startswith("postgres") else IntoClickHouse)(address)


def _reported(library: Path, table: str, report: Report) -> Iterator[pa.Table]:
    import pyarrow as pa

    total, done = size(library, table), 0
    report(table, 0, total)
    for batch in batches(library, table):
        yield pa.Table.from_batches([batch])
        done += batch.num_rows
        report(table, done, total)
