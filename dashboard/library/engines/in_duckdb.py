"""A library in one DuckDB file, opened to read and nothing else; several readers at once."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard import metrics
from dashboard.library.answers import LibraryError, TooSlow
from dashboard.library.engines.by_ids import InArrays, common
from dashboard.library.engines.engine import NOTHING
from dashboard.library.engines.opened import Build, Signature, opened, signature
from dashboard.library.engines.question import Question
from dashboard.library.engines.tallying import tally
from dashboard.library.layout import TABLES
from dashboard.library.matching import InFrames, Matches
from dashboard.library.narrowing import Condition

if TYPE_CHECKING:
    import narwhals as nw

PLACES = 4  # questions at a time
PATIENCE = 5.0  # seconds that a question waits for a place
SECONDS = 5.0  # a question may take
MEMORY = "1GB"  # for all questions together; DuckDB's spelling


class InDuckDB:
    """Tables of a library as DuckDB's relations; see `Engine` and `ById`.

    A build that has replaced the file serves from the next question on; the old one is closed
    after its last.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        places: int = PLACES,
        patience: float = PATIENCE,
        seconds: float = SECONDS,
        memory: str = MEMORY,
        threads: int = 0,
    ) -> None:
        self._path, self._places = Path(path), places
        self._options = {"memory_limit": memory, "threads": str(threads or os.cpu_count() or 1)}
        self._free = threading.BoundedSemaphore(places)
        self._patience, self._seconds = patience, seconds
        self._guard = threading.Lock()
        self._build = opened(self._path, self._options, self._places)
        self._refused: Signature | None = None
        self._mine = threading.local()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """A cursor for this thread, on one build, for at most the engine's seconds."""
        if getattr(self._mine, "question", None) is not None:
            yield
            return
        with metrics.question(TooSlow, LibraryError), self._asked():
            yield

    @contextmanager
    def _asked(self) -> Iterator[None]:
        if not self._free.acquire(timeout=self._patience):
            raise TooSlow("Too many readers ask at once: try again in a moment.")
        try:
            build = self._entered()
            try:
                self._mine.question = Question(build, self._seconds)
                try:
                    yield
                finally:
                    self._mine.question.close()
                    self._mine.question = None
            finally:
                with self._guard:
                    build.leave()
        finally:
            self._free.release()

    def _entered(self) -> Build:
        with self._guard:
            there = signature(self._path)
            if there not in (self._build.signature, self._refused, None):
                # While the file is missing, or is no library, what is open serves on.
                try:
                    new = opened(self._path, self._options, self._places)
                except LibraryError as error:
                    self._refused = there
                    logging.getLogger(__name__).error("The new library is not served: %s", error)
                else:
                    self._build, old = new, self._build
                    old.retire()
            self._build.enter()
            return self._build

    @property
    def _question(self) -> Question:
        question: Question = self._mine.question
        return question

    def table(self, name: str) -> nw.LazyFrame[Any]:
        """A table of the layout."""
        return self._question.table(name)

    def run(self, frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
        """A frame's rows."""
        return self._question.rows(frame)

    def tally(
        self,
        frame: nw.LazyFrame[Any],
        columns: Mapping[str, bool],
        most: int,
        also: Mapping[str, Sequence[int] | None] = NOTHING,
    ) -> dict[str, list[tuple[int, int]]]:
        """Column by column; facets are counted by `matches`, where there are columns."""
        return tally(self, frame, columns, most, also)

    def found(self, words: tuple[str, ...], most: int = 0) -> tuple[nw.LazyFrame[Any], int, int]:
        """Statements with all these words, by the index beside the file."""
        question = self._question
        n = question.how_many(words)
        frame = question.as_frame(question.with_words(words, most))
        return frame, n, most if 0 < most < n else 0

    def matches(self, conditions: Sequence[Condition]) -> Matches:
        """The statements that meet all the conditions, from the columns beside the file."""
        question = self._question
        columns = question.build.columns
        if columns is None:
            return InFrames(self, conditions)
        several = [question.ids(self, condition) for condition in conditions]
        ids = common(several, columns.rows) if several else None
        return InArrays(columns, ids, question.check)

    def fetched(self, ids: Sequence[int], columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Columns of the rows of `quotes` with these ids."""
        # Joined, a third of the time that `id IN (…)` takes when they lie far apart.
        wanted = ", ".join(f"({int(number)})" for number in ids)
        asked = ", ".join(name for name in columns if name in TABLES["quotes"])
        return self._question.query(
            f"SELECT {asked} FROM quotes JOIN (VALUES {wanted}) AS wanted(number) "  # noqa: S608
            "ON quotes.id = wanted.number::BIGINT"
        )
