"""Opening a library by its address, whichever engine it lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.library.answers import LibraryError

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine
    from dashboard.library.library import Library

EXTRA = 'pip install "dateline[library]"'


def open_library(address: str) -> Library:
    """A library by its file, or a server's address: library.duckdb, postgres://…, clickhouse://….

    Raises LibraryError when nothing is there, it is no library or of another format, or what its
    engine needs is not installed.
    """
    try:
        from dashboard.library.library import Library

        return Library(_engine(address))
    except ImportError as error:
        raise LibraryError(f"A library needs {error.name}, which is not here: {EXTRA}.") from error


def _engine(address: str) -> Engine:
    if "://" in address:
        from dashboard.library.engines.in_ibis import open_ibis

        return open_ibis(address)
    from dashboard.library.engines.in_duckdb import InDuckDB

    return InDuckDB(address)
