"""Asking a library in ClickHouse."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any

from dashboard.library.answers import LibraryError, TooSlow
from dashboard.library.engines.servers import POINTER, Address, no_library

INSTALL = "ClickHouse needs clickhouse-connect: pip install 'dateline[cluster]'."

# Codes of errors: ErrorCodes.cpp of ClickHouse.
SLOW = (159, 160, 209, 394)  # a limit of time, too slow, a socket's timeout, killed
HIDDEN = (60, 81, 497)  # no such table, no such database, not granted
UNWIELDY = 241  # a limit of memory


class ClickHouse:
    """A server at an address; a query takes no longer than so many seconds."""

    dialect = "clickhouse"
    chosen = "WITH chosen AS"
    unnest = "arrayJoin({})"

    def __init__(self, address: Address, seconds: float) -> None:
        self._address = address
        self._seconds = seconds

    def connect(self) -> ClickHouseConnection:
        """A connection that can only read. Raises LibraryError."""
        settings = {
            "readonly": 2,  # nothing but reading; settings of a query may be told
            "max_execution_time": self._seconds,
            "join_use_nulls": 1,  # as everywhere else
        }
        wait = round(self._seconds) + 5
        client = connect(self._address, settings, wait)
        return ClickHouseConnection(client, self._address)

    def all_words(
        self,
        build: str,  # noqa: ARG002
        words: tuple[str, ...],
    ) -> tuple[str, str | None, Any]:
        """ClickHouse's own function; it uses the text index of `folded`."""
        return "hasAllTokens", None, list(words)


class ClickHouseConnection:
    """One client, used by one thread at a time."""

    def __init__(self, client: Any, address: Address) -> None:
        self._client, self._address = client, address
        self._broken = False

    @property
    def broken(self) -> bool:
        """Whether it is of no use any more."""
        return self._broken

    def serving(self) -> str:
        """The database of the build that serves."""
        found = self.rows(f"SELECT build FROM `{self._address.library}`.{POINTER}")  # noqa: S608
        if not found:
            raise no_library(self._address)
        return str(found[0][0])

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """What a query gives: lists are lists, dates dates, comparisons 0 and 1."""
        from clickhouse_connect.driver.exceptions import ClickHouseError

        try:
            return self._client.query(sql).result_rows  # type: ignore[no-any-return]
        except ClickHouseError as error:
            code = getattr(error, "code", None)
            if code in SLOW or "timed out" in str(error).lower():
                raise TooSlow("This took too long: choose less, or a shorter period.") from None
            if code == UNWIELDY:
                raise TooSlow(
                    "This needs too much memory: choose less, or a shorter period."
                ) from None
            if code in HIDDEN:
                raise no_library(self._address) from None
            self._broken = code is None
            said = self._address.blunt(error)
            raise LibraryError(f"{self._address.shown} did not answer: {said}") from None

    def close(self) -> None:
        """Give it back to the server."""
        with contextlib.suppress(Exception):
            self._client.close()


def connect(address: Address, settings: dict[str, Any], seconds: int) -> Any:
    """A client that waits so long for an answer. Raises LibraryError."""
    try:
        import clickhouse_connect
        from clickhouse_connect.driver.exceptions import ClickHouseError
    except ImportError as error:
        raise LibraryError(f"{INSTALL} ({error.name} is missing.)") from None
    http: dict[str, Any] = {
        "secure": address.options.get("secure", "false"),
        "connect_timeout": 5,
        "send_receive_timeout": seconds,
        "autogenerate_session_id": False,  # nothing is kept between queries
    }
    try:
        return clickhouse_connect.get_client(
            dsn=address.url, settings=settings, **({} if address.scheme == "chdb" else http)
        )
    except (ClickHouseError, ValueError, OSError) as error:
        raise LibraryError(
            f"No connection to {address.shown}: {address.blunt(error)}; check the address, the "
            "user and that the server runs."
        ) from None
