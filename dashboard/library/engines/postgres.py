"""Asking a library in PostgreSQL."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator, Sequence
from typing import Any

from dashboard.library.answers import LibraryError, TooSlow
from dashboard.library.engines.alarm import Alarm
from dashboard.library.engines.servers import POINTER, Address, no_library

INSTALL = "PostgreSQL needs psycopg: pip install 'dateline[cluster]'."

# Nothing can be written; names are always told with their schema. Compiling a query to machine
# code (jit) takes longer than any of ours runs.
SESSION = (
    "SET default_transaction_read_only = on; SET search_path = ''; SET statement_timeout = {limit};"
    " SET jit = off; SET work_mem = '64MB'; SET client_encoding = 'UTF8'"
)
GRACE = 1.0  # seconds after which a server that hangs, and does not end a query itself, is left
# A machine that is gone, or a network that drops what is sent, is found out by the kernel.
GONE: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
}


class Postgres:
    """A server at an address; a query takes no longer than so many seconds."""

    dialect = "postgres"
    chosen = "WITH chosen AS MATERIALIZED"
    unnest = "unnest({})"

    def __init__(self, address: Address, seconds: float) -> None:
        self._address, self._seconds = address, seconds
        self._limit = max(1, round(seconds * 1000))

    def connect(self) -> PostgresConnection:
        """A connection that can only read. Raises LibraryError."""
        connection = connect(self._address)
        try:
            with _ending(connection, self._seconds + GRACE):
                connection.execute(SESSION.format(limit=self._limit).encode())
        except Exception as error:
            connection.close()
            raise unreachable(self._address, error) from None
        return PostgresConnection(connection, self._address, self._seconds + GRACE)

    def all_words(self, build: str, words: tuple[str, ...]) -> tuple[str, str | None, Any]:
        """A function of the build's own; `folded` is a tsvector there."""
        return "all_words", build, " & ".join(words)


class PostgresConnection:
    """One connection, used by one thread at a time; after so many seconds of silence it ends."""

    def __init__(self, connection: Any, address: Address, seconds: float) -> None:
        self._connection, self._address, self._seconds = connection, address, seconds

    @property
    def broken(self) -> bool:
        """Whether it is of no use any more."""
        return bool(self._connection.closed)

    def serving(self) -> str:
        """The schema of the build that serves."""
        from psycopg import errors

        hidden = (errors.UndefinedTable, errors.InvalidSchemaName, errors.InsufficientPrivilege)
        try:
            found = self._fetch(f'SELECT build FROM "{self._address.library}".{POINTER}')  # noqa: S608
        except hidden:
            raise no_library(self._address) from None
        if not found:
            raise no_library(self._address)
        return str(found[0][0])

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """What a query gives: lists are lists, dates dates, sums of integers may be Decimal."""
        from psycopg import errors

        try:
            return self._fetch(sql)
        except (errors.UndefinedTable, errors.InvalidSchemaName):
            raise LibraryError("The library has been replaced meanwhile: ask again.") from None

    def _fetch(self, sql: str) -> list[tuple[Any, ...]]:
        import psycopg

        # A text of PostgreSQL has no null character, and libpq would end the query there.
        asked = sql.replace("\0", "\ufffd").encode()
        try:
            with _ending(self._connection, self._seconds):
                return self._connection.execute(asked).fetchall()  # type: ignore[no-any-return]
        except psycopg.errors.QueryCanceled:
            raise TooSlow("This took too long: choose less, or a shorter period.") from None
        except (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName):
            raise
        except psycopg.errors.InsufficientPrivilege:
            raise no_library(self._address) from None
        except psycopg.Error as error:
            said = self._address.blunt(error)
            raise LibraryError(f"{self._address.shown} did not answer: {said}") from None

    def close(self) -> None:
        """Give it back to the server."""
        with contextlib.suppress(Exception):
            self._connection.close()


@contextlib.contextmanager
def _ending(connection: Any, seconds: float) -> Iterator[None]:
    """Shut the connection after so many seconds: libpq itself would wait for an answer for ever.

    Raises TooSlow then.
    """
    alarm = Alarm(seconds, lambda: _shut(connection))
    try:
        yield
    except Exception:
        if connection.closed and alarm.over:
            said = f"The server has not answered for {seconds:g} seconds: see whether it runs."
            raise TooSlow(said) from None
        raise
    finally:
        alarm.done()


def _shut(connection: Any) -> None:
    with contextlib.suppress(Exception), socket.socket(fileno=os.dup(connection.fileno())) as same:
        same.shutdown(socket.SHUT_RDWR)


def connect(address: Address) -> Any:
    """A psycopg connection that commits each statement. Raises LibraryError."""
    try:
        import psycopg
    except ImportError as error:
        raise LibraryError(f"{INSTALL} ({error.name} is missing.)") from None
    try:
        return psycopg.connect(
            address.url,
            autocommit=True,
            **GONE,
            prepare_threshold=None,  # hardly a query comes twice, and poolers want none
            application_name="dateline",
        )
    except (psycopg.Error, ValueError) as error:
        raise unreachable(address, error) from None


def unreachable(address: Address, error: BaseException) -> LibraryError:
    """What to raise when a server cannot be reached."""
    return LibraryError(
        f"No connection to {address.shown}: {address.blunt(error)}; check the address, the user "
        "and that the server runs."
    )
