"""What one question to a library's file holds: a cursor, what was found, the time that is left."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np

from dashboard.library.answers import LibraryError, TooSlow
from dashboard.library.columns import Ids
from dashboard.library.engines.alarm import Alarm
from dashboard.library.engines.by_ids import distinct
from dashboard.library.engines.opened import Build
from dashboard.library.engines.word_files import count, ids
from dashboard.library.layout import TABLES
from dashboard.library.narrowing import Condition

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine


class Question:
    """One question on one build, by one thread, stopped after so many seconds.

    Several parts of an answer rest on the same conditions: what meets one is looked up once.
    """

    def __init__(self, build: Build, seconds: float) -> None:
        self.build = build
        self._cursor = build.cursor()
        self._index: sqlite3.Connection | None = None
        self._tables: dict[str, nw.LazyFrame[Any]] = {}
        self._met: dict[Condition, Ids] = {}
        self._counts: dict[tuple[str, ...], int] = {}
        self._found: dict[tuple[tuple[str, ...], int], Ids] = {}
        self._alarm = Alarm(seconds, self._stop)

    def close(self) -> None:
        """The question is answered, or given up."""
        self._alarm.done()
        self._cursor.close()
        if self._index is not None:
            self.build.words.give(self._index)

    def check(self) -> None:
        """Raises TooSlow when the time is over."""
        self._alarm.check()

    def table(self, name: str) -> nw.LazyFrame[Any]:
        """A table of the layout."""
        if name not in TABLES:
            raise LibraryError(f"{name}: a library has no such table.")
        if name not in self._tables:
            with self._limited():
                self._tables[name] = nw.from_native(self._cursor.table(name)).lazy()
        return self._tables[name]

    def rows(self, frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
        """A frame's rows."""
        found: list[tuple[Any, ...]] = self._fetch(lambda: frame.to_native().fetchall())
        return found

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """The rows that a query gives."""
        found: list[tuple[Any, ...]] = self._fetch(lambda: self._cursor.execute(sql).fetchall())
        return found

    def ids(self, engine: Engine, condition: Condition) -> Ids:
        """The statements that meet a condition: their numbers, sorted, each once."""
        if condition.words:
            return self.with_words(condition.words, condition.most)[::-1]
        if condition not in self._met:
            frame = condition.ids(engine)
            if condition.values:
                met = distinct(self._fetch(lambda: frame.to_native().fetchnumpy()["quote"]))
            else:  # they are numbered by date
                ends = frame.select(first=nw.col("quote").min(), last=nw.col("quote").max())
                ((first, last),) = self.rows(ends)
                met = np.arange(first or 1, (last or 0) + 1)
            self._met[condition] = met
        return self._met[condition]

    def with_words(self, words: tuple[str, ...], most: int) -> Ids:
        """The statements with all the words, the newest first: the newest so many; 0 is all."""
        with self._limited():
            n = self._counts.get(words, 0)
            asked = words, 0 if n <= most and n else most
            if asked not in self._found:
                self._found[asked] = ids(self._words_open(), *asked)
            return self._found[asked]

    def how_many(self, words: tuple[str, ...]) -> int:
        """How many statements have all the words."""
        with self._limited():
            if words not in self._counts:
                self._counts[words] = count(self._words_open(), words)
            return self._counts[words]

    def as_frame(self, numbers: Ids) -> nw.LazyFrame[Any]:
        """Statements' numbers as a frame with a column `quote`."""
        import pyarrow as pa

        name = f"numbers_{id(numbers)}"  # they live as long as this question
        with self._limited():
            self._cursor.register(name, pa.table({"quote": numbers}))
            return nw.from_native(self._cursor.table(name)).lazy()

    def _words_open(self) -> sqlite3.Connection:
        if self._index is None:
            self._index = self.build.words.take()
        return self._index

    def _fetch(self, ask: Callable[[], Any]) -> Any:
        with self._limited():
            return ask()

    def _stop(self) -> None:
        self._cursor.interrupt()
        if self._index is not None:
            self._index.interrupt()

    @contextmanager
    def _limited(self) -> Iterator[None]:
        import duckdb

        self.check()
        try:
            yield
        except duckdb.InterruptException as error:
            raise self._alarm.too_slow() from error
        except duckdb.OutOfMemoryException as error:
            raise TooSlow("This needs more memory than there is: choose something more.") from error
        except (duckdb.Error, sqlite3.Error) as error:
            if "interrupted" in str(error):
                raise self._alarm.too_slow() from error
            why = str(error).splitlines()[0][:200]
            raise LibraryError(f"The library cannot be read ({why}): build it anew.") from error
