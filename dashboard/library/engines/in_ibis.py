"""A library on a server: Ibis writes the SQL, in the server's own dialect."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dashboard import metrics
from dashboard.library.answers import LibraryError, TooSlow
from dashboard.library.engines.engine import NOTHING
from dashboard.library.engines.servers import Connection, Server, read_address, the_server
from dashboard.library.engines.writing import tallied, written
from dashboard.library.layout import TABLES

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import narwhals as nw

SECONDS = 5.0  # a question may take; its last query begins before they are over
PLACES = 8  # questions at a time, each with a connection of its own
PATIENCE = 5.0  # seconds that a question waits for a place
COUNTS = 256  # texts of which is kept how many statements have them

# All may be null to Ibis, as narwhals puts nothing together that differs in that.
_TYPES = {
    "int": "int32",
    "id": "int64",
    "text": "string",
    "date": "date",
    "real": "float64",
    "ints": "array<int32>",
}


def open_ibis(address: str, seconds: float = SECONDS) -> InIbis:
    """The engine for postgres://… and clickhouse://…; a query takes at most so many seconds.

    Raises LibraryError when the address is none, nobody answers there or no library is there.
    """
    try:
        import ibis  # noqa: F401
        import sqlglot  # noqa: F401
    except ImportError as error:
        raise LibraryError(
            f"A server needs {error.name}, which is not here: pip install 'dateline[cluster]'."
        ) from None
    engine = InIbis(the_server(read_address(address), seconds), seconds=seconds)
    with engine.asking():  # so that what is wrong is said now
        return engine


class InIbis:
    """Tables of a server's library as Ibis tables; see `Engine`."""

    def __init__(
        self,
        server: Server,
        *,
        places: int = PLACES,
        patience: float = PATIENCE,
        seconds: float = SECONDS,
    ) -> None:
        self._server = server
        self._patience, self._seconds = patience, seconds
        # Connections that wait, the last used first; None is a place for one.
        self._places: queue.LifoQueue[Connection | None] = queue.LifoQueue()
        for _ in range(places):
            self._places.put(None)
        self._mine = threading.local()
        self._counts: dict[tuple[str, tuple[str, ...]], int] = {}

    @contextmanager
    def asking(self) -> Iterator[None]:
        """A connection for this thread, and one build for all that it asks meanwhile."""
        if getattr(self._mine, "connection", None) is not None:
            yield
            return
        with metrics.question(TooSlow, LibraryError), self._asked():
            yield

    @contextmanager
    def _asked(self) -> Iterator[None]:
        try:
            kept = self._places.get(timeout=self._patience)
        except queue.Empty:
            raise TooSlow("Too many readers ask at once: try again in a moment.") from None
        connection: Connection | None = None
        try:
            connection, build = self._at_work(kept)
            self._mine.connection, self._mine.build = connection, build
            self._mine.until = time.monotonic() + self._seconds
            yield
        finally:
            self._mine.connection = None
            if connection is not None and connection.broken:
                connection.close()
                connection = None
            self._places.put(connection)

    def _at_work(self, kept: Connection | None) -> tuple[Connection, str]:
        if kept is not None:
            try:
                return kept, kept.serving()
            except TooSlow:  # nor would it answer a new one
                kept.close()
                raise
            except LibraryError:  # it may have waited through a restart of the server
                kept.close()
        fresh = self._server.connect()
        try:
            return fresh, fresh.serving()
        except BaseException:
            fresh.close()
            raise

    def table(self, name: str) -> nw.LazyFrame[Any]:
        """A table of the layout."""
        import narwhals as nw

        with self.asking():
            frame: nw.LazyFrame[Any] = nw.from_native(_table(self._mine.build, name)).lazy()
            return frame

    def run(self, frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
        """A frame's rows."""
        return self._run(frame.to_native())

    def tally(
        self,
        frame: nw.LazyFrame[Any],
        columns: Mapping[str, bool],
        most: int,
        also: Mapping[str, Sequence[int] | None] = NOTHING,
    ) -> dict[str, list[tuple[int, int]]]:
        """Each column's most frequent values, all in one query."""
        wanted = frame.select(*columns).to_native()
        with self.asking():
            build = self._mine.build
            quotes = _table(build, "quotes")
            sql = tallied(self._server, wanted, quotes, build, columns, most, also)
            rows = self._rows(sql)
        names = list(columns)
        found: dict[str, list[tuple[int, int]]] = {name: [] for name in names}
        for n, value, count in sorted(rows, key=lambda row: (row[0], -row[2], row[1])):
            found[names[n]].append((int(value), int(count)))
        return found

    def found(self, words: tuple[str, ...], most: int = 0) -> tuple[nw.LazyFrame[Any], int, int]:
        """Statements with all these folded words, by the server's own index of words."""
        import ibis
        import narwhals as nw

        with self.asking():
            build = self._mine.build
            quotes = _table(build, "quotes")
            if words:
                name, schema, asked = self._server.all_words(build, words)
                quotes = quotes.filter(_all_words(name, schema)(quotes.folded, asked))
            count = self._counted(build, words, quotes)
        found = quotes.select(quote=quotes.id).order_by(ibis.desc("quote", nulls_first=True))
        cut = most if 0 < most < count else 0
        return nw.from_native(found.limit(cut) if cut else found).lazy(), count, cut

    def _counted(self, build: str, words: tuple[str, ...], quotes: ir.Table) -> int:
        """How many have the words: a question asks it of several frames, and many ask the same."""
        count = self._counts.get((build, words))
        if count is None:
            count = int(self._run(quotes.aggregate(n=quotes.count()))[0][0])
            while len(self._counts) >= COUNTS:
                with suppress(KeyError):  # another thread was faster
                    self._counts.pop(next(iter(self._counts)))
            self._counts[build, words] = count
        return count

    def _run(self, expression: ir.Table) -> list[tuple[Any, ...]]:
        sql = written(expression, self._server.dialect)
        with self.asking():
            rows = self._rows(sql)
        return _as_python(rows, expression)

    def _rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        if time.monotonic() >= self._mine.until:
            raise TooSlow(
                f"This takes longer than {self._seconds:g} seconds: choose something more."
            )
        rows: Sequence[tuple[Any, ...]] = self._mine.connection.rows(sql)
        return rows


@lru_cache(maxsize=2 * len(TABLES))  # of the build that serves, and the one before
def _table(build: str, name: str) -> ir.Table:
    import ibis

    types = {column: _TYPES[kind.rstrip("?")] for column, kind in TABLES[name].items()}
    return ibis.table(types, name=name, database=build)


@lru_cache(maxsize=4)
def _all_words(name: str, schema: str | None) -> Callable[..., ir.BooleanValue]:
    import ibis

    made: Callable[..., ir.BooleanValue] = ibis.udf.scalar.builtin(
        lambda folded, words: None,  # noqa: ARG005
        name=name,
        database=schema,
        signature=((None, None), "boolean"),
    )
    return made


def _as_python(rows: Sequence[tuple[Any, ...]], expression: ir.Table) -> list[tuple[Any, ...]]:
    casts = [_cast(kind) for kind in expression.schema().types]
    if not any(casts):
        return [tuple(row) for row in rows]
    return [
        tuple(
            cast(value) if cast is not None and value is not None else value
            for cast, value in zip(casts, row, strict=True)
        )
        for row in rows
    ]


def _cast(kind: Any) -> Callable[[Any], Any] | None:
    """What makes a driver's value the one that every other driver gives, too."""
    if kind.is_boolean():
        return bool
    if kind.is_integer():
        return int
    if kind.is_floating() or kind.is_decimal():
        return float
    if kind.is_date():
        return lambda value: value.date() if isinstance(value, datetime) else value
    if kind.is_array():
        return list
    return None
