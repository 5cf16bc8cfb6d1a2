"""Owns what any server is to a library: its address, a connection, where its tables lie.

Each build lies in a schema of its own, `<library>_<stamp>`, beside a schema `<library>` that holds
one row: which build serves. Loading writes a new build and then that row; who asks reads it first,
so every question is answered from one build, the old one or the new.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlencode, urlsplit, urlunsplit

from dashboard.library.answers import LibraryError

LIBRARY = "dateline"  # the name of the library where an address tells none
POINTER = "serving"  # the table of one row with one column, `build`
KNOWN = "a file (/path/library.duckdb), postgres://… or clickhouse://…"
SCHEMES = ("postgres", "postgresql", "clickhouse", "chdb")  # chdb: ClickHouse's engine in a process
BUILD = re.compile(r"_[0-9]{8}t[0-9]{6}_[0-9a-f]{6}")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,30}")


@dataclass(frozen=True)
class Address:
    """Where a server is. `url` is for its driver alone: it may hold a password."""

    scheme: str
    library: str
    shown: str
    url: str = field(repr=False)
    options: dict[str, str] = field(repr=False, default_factory=dict)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must not be told: the password, as it is written and as it is meant."""
        raw = urlsplit(self.url).netloc.rpartition("@")[0].partition(":")[2]
        told = [self.options.get("password", ""), raw, unquote(raw)]
        return tuple(filter(None, dict.fromkeys(told)))

    def blunt(self, error: BaseException) -> str:
        """What a driver says, as one short line without secrets."""
        said = " ".join(str(error).split())
        for secret in self.secrets:
            said = said.replace(secret, "…")
        return said[:300] or type(error).__name__


class Connection(Protocol):
    """One connection, used by one thread at a time."""

    @property
    def broken(self) -> bool:
        """Whether it is of no use any more."""

    def serving(self) -> str:
        """The schema of the build that serves; raises LibraryError when there is none."""

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """What a query gives, as the driver gives it. Raises TooSlow, LibraryError."""

    def close(self) -> None:
        """Give it back to the server; never raises."""


class Server(Protocol):
    """A kind of server, and how its tables are asked what Ibis has no word for."""

    dialect: str  # Ibis's name of it
    chosen: str  # begins a common table expression that several queries read
    unnest: str  # a list's values, one a row

    def connect(self) -> Connection:
        """Raises LibraryError with one line and the remedy."""

    def all_words(self, build: str, words: tuple[str, ...]) -> tuple[str, str | None, Any]:
        """A function and its schema; of `folded` and of what comes third it tells whether they
        are all there."""


def read_address(address: str) -> Address:
    """Parse `postgres://user:password@host/database?library=news` or `clickhouse://host/news`.

    Raises LibraryError, without the address when it may hold a password.
    """
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise LibraryError("This is no address of a server: check its host and port.") from None
    scheme = parts.scheme.lower()
    if scheme not in SCHEMES:
        raise LibraryError(f"No library can be at {scheme or 'such an address'}: give {KNOWN}.")
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    library = options.pop("library", "")
    path = parts.path
    if scheme == "clickhouse":
        library, path = library or path.strip("/"), ""
    library = library or LIBRARY
    if not _NAME.fullmatch(library):
        raise LibraryError(
            f"“{library[:40]}” cannot name a library on a server: give a lower-case letter and "
            "then up to 30 of a–z, 0–9 and _."
        )
    url = urlunsplit((scheme, parts.netloc, path, urlencode(options), ""))
    if not parts.netloc and url.startswith(f"{scheme}:/"):  # urlunsplit drops an empty host
        url = f"{scheme}:///{url.removeprefix(f'{scheme}:').lstrip('/')}"
    where = (parts.hostname or "") + (f":{port}" if port else "") + parts.path
    return Address(scheme, library, f"{scheme}://{where}", url, options)


def the_server(address: Address, seconds: float) -> Server:
    """The server at an address, asked with a limit a query; connects to nothing yet."""
    from dashboard.library.engines.clickhouse import ClickHouse
    from dashboard.library.engines.postgres import Postgres

    kind = Postgres if address.scheme.startswith("postgres") else ClickHouse
    return kind(address, seconds)


def no_library(address: Address) -> LibraryError:
    """What to raise when a server has no such library, or hides it."""
    return LibraryError(
        f"There is no library “{address.library}” at {address.shown} that this user may read: load "
        "it with `python -m dashboard library build … --to ADDRESS`, or grant it."
    )
