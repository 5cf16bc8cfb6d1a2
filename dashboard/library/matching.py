"""The statements that meet conditions: how many, which, with which values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import narwhals as nw

from dashboard.library.columns import LISTS
from dashboard.library.engines.engine import NOTHING
from dashboard.library.narrowing import Condition, one_of

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine

Tallied = dict[str, list[tuple[int, int]]]


class Matches(Protocol):
    """The statements that meet some conditions."""

    def count(self) -> int:
        """How many there are."""

    def newest(self, most: int) -> list[int]:
        """The ids of the newest."""

    def tally(
        self,
        columns: Sequence[str],
        most: int,
        also: Mapping[str, Sequence[int] | None] = NOTHING,
    ) -> Tallied:
        """Each column's most frequent values with their counts, as `Engine.tally`; 0 is none."""


@runtime_checkable
class ById(Protocol):
    """An engine that reaches statements by their numbers, faster than through frames."""

    def matches(self, conditions: Sequence[Condition]) -> Matches:
        """The statements that meet all the conditions."""

    def fetched(self, ids: Sequence[int], columns: Sequence[str]) -> list[tuple[Any, ...]]:
        """Columns of the rows of `quotes` with these ids, in any order."""


def matching(engine: Engine, conditions: Sequence[Condition]) -> Matches:
    """The statements that meet all the conditions, as the engine finds them best."""
    if isinstance(engine, ById):
        return engine.matches(conditions)
    return InFrames(engine, conditions)


def fetched(engine: Engine, ids: Iterable[int], columns: Sequence[str]) -> list[tuple[Any, ...]]:
    """Columns of the rows of `quotes` with these ids, in any order."""
    wanted = list(ids)
    if not wanted:
        return []
    if isinstance(engine, ById):
        return engine.fetched(wanted, columns)
    return engine.run(engine.table("quotes").filter(one_of("id", wanted)).select(*columns))


class InFrames:
    """`Matches` as a frame of `quotes`, on any engine."""

    def __init__(self, engine: Engine, conditions: Sequence[Condition]) -> None:
        self._engine = engine
        quotes = engine.table("quotes")
        for condition in conditions:
            quotes = condition.narrow(engine, quotes)
        self._quotes = quotes

    def count(self) -> int:
        """How many rows."""
        n: int = self._engine.run(self._quotes.select(n=nw.len()))[0][0]
        return n

    def newest(self, most: int) -> list[int]:
        """The last ids."""
        ids = self._quotes.select("id").sort("id", descending=True).head(most)
        return [number for (number,) in self._engine.run(ids)]

    def tally(
        self,
        columns: Sequence[str],
        most: int,
        also: Mapping[str, Sequence[int] | None] = NOTHING,
    ) -> Tallied:
        """By the engine; one more is asked, as it may count what is none."""
        lists = {name: name in LISTS for name in dict.fromkeys(columns)}
        tallied = self._engine.tally(self._quotes.select(*lists), lists, most + 1, also)
        return {
            name: _best([pair for pair in pairs if pair[0] > 0], most, also.get(name, ()))
            for name, pairs in tallied.items()
        }


def _best(
    pairs: list[tuple[int, int]], most: int, also: Sequence[int] | None
) -> list[tuple[int, int]]:
    ranked = sorted(pairs, key=lambda pair: (-pair[1], pair[0]))
    if also is None:
        return ranked
    return ranked[:most] + [pair for pair in ranked[most:] if pair[0] in also]
