"""Asking a library: the narrow interface that the pages know, the same on any engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dashboard.library import people, places, printed
from dashboard.library.answers import (
    Counts,
    Entry,
    Located,
    Named,
    Quotation,
    Stance,
    Value,
)
from dashboard.library.counting import counts
from dashboard.library.finding import known, suggested
from dashboard.library.format import check_format
from dashboard.library.matching import ById, matching
from dashboard.library.narrowing import resolve
from dashboard.library.quotations import quotations
from dashboard.library.relevance import most_relevant
from dashboard.library.selection import LibrarySelection

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine

BATCH = 1_000  # statements that an export reads at a time


class Library:
    """A built library, asked through an engine; every question is answered from one build.

    All questions may raise TooSlow, which leaves the library as it was, and LibraryError.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        check_format(self.about)

    @property
    def about(self) -> dict[str, str]:
        """What was noted when it was built, such as `format`, `rows` and `built`."""
        with self._engine.asking():
            table = self._engine.table("about_library").select("key", "value")
            return dict(self._engine.run(table))

    @property
    def total(self) -> int:
        """How many statements it has."""
        with self._engine.asking():
            if isinstance(self._engine, ById):
                return self._engine.matches(()).count()
            return int(self.about["rows"])

    def facets(self, selection: LibrarySelection, most: int = 40) -> Counts:
        """What is shown, and each facet's `most` frequent values and the chosen ones."""
        with self._engine.asking():
            return counts(self._engine, selection, self.total, most)

    def records(
        self,
        selection: LibrarySelection,
        *,
        order: str = "newest",
        page: int = 0,
        size: int = 30,
    ) -> tuple[Quotation, ...]:
        """A page of the statements that answer, the newest first; those without a date are last.

        `relevant` puts what matches the text best first, among the newest 300 (`relevance`).
        """
        with self._engine.asking():
            chosen = resolve(self._engine, selection)
            most = (page + 1) * size
            if order == "relevant" and chosen.words:
                ids = most_relevant(self._engine, chosen, most)
            else:
                ids = matching(self._engine, chosen.conditions(most=most)).newest(most)
            return quotations(self._engine, ids[page * size :])

    def located(self, selection: LibrarySelection, most: int = 2_000) -> tuple[Located, ...]:
        """Places with the statements that answer, made there and about them, most first."""
        with self._engine.asking():
            return places.located(self._engine, selection, most)

    def suggest(self, facet: str, typed: str, most: int = 12) -> tuple[Value, ...]:
        """Values with a word that begins as typed, the most frequent first."""
        with self._engine.asking():
            return suggested(self._engine, facet, typed, most)

    def known(self, facet: str, keys: Sequence[str]) -> dict[str, str]:
        """The names of those of the keys that there are."""
        with self._engine.asking():
            return known(self._engine, facet, keys)

    def entry(self, facet: str, key: str) -> Entry | None:
        """An actor (`actors`) or a place (`places`)."""
        with self._engine.asking():
            asked = people.actor if facet in ("actors", "about") else places.place
            return asked(self._engine, key)

    def stances(self, actor_key: str) -> tuple[Stance, ...]:
        """Where an actor stands, the newest first."""
        with self._engine.asking():
            return people.stances(self._engine, actor_key)

    def answered(self, actor_key: str, most: int = 12) -> tuple[Value, ...]:
        """Whom an actor's statements address, most often first."""
        with self._engine.asking():
            return people.answered(self._engine, actor_key, most)

    def quotation(self, key: str) -> Quotation | None:
        """The statement with this permanent key."""
        with self._engine.asking():
            found = printed.numbers(self._engine, key)
            return next(iter(quotations(self._engine, found)), None)

    def printings(self, key: str) -> tuple[tuple[Named, str, str], ...]:
        """Where a statement was printed: outlet, address, title."""
        with self._engine.asking():
            return printed.printings(self._engine, key)

    def twins(self, key: str, most: int = 200) -> tuple[Quotation, ...]:
        """Statements that may have the same words, the likeliest first; to be verified."""
        with self._engine.asking():
            return quotations(self._engine, printed.twins(self._engine, key, most))

    def export(self, selection: LibrarySelection, most: int) -> Iterator[tuple[Quotation, ...]]:
        """The newest `most` statements that answer, in batches; in memory are a batch and ids."""
        with self._engine.asking():
            conditions = resolve(self._engine, selection).conditions(most=most)
            ids = matching(self._engine, conditions).newest(most)
        for start in range(0, len(ids), BATCH):
            with self._engine.asking():
                batch = quotations(self._engine, ids[start : start + BATCH])
            yield batch
