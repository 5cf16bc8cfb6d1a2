"""What meets conditions, as sorted arrays of statements' numbers, and their values from columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from dashboard.library.columns import Columns, Counted, Ids
from dashboard.library.engines.engine import NOTHING

APART = 20  # so many times more numbers are looked up in, not marked


class InArrays:
    """`Matches` in memory; `ids` are sorted and each once, None is every statement.

    `check` is called between two steps, to stop what takes too long.
    """

    def __init__(self, columns: Columns, ids: Ids | None, check: Callable[[], None]) -> None:
        self._columns, self._ids, self._check = columns, ids, check

    def count(self) -> int:
        """How many numbers."""
        return self._columns.rows if self._ids is None else len(self._ids)

    def newest(self, most: int) -> list[int]:
        """The last numbers."""
        if self._ids is None:
            rows = self._columns.rows
            return list(range(rows, max(rows - most, 0), -1))
        found: list[int] = self._ids[::-1][:most].tolist()
        return found

    def tally(
        self,
        columns: Sequence[str],
        most: int,
        also: Mapping[str, Sequence[int] | None] = NOTHING,
    ) -> dict[str, list[tuple[int, int]]]:
        """By counting the values at these numbers."""
        found = {}
        for name in dict.fromkeys(columns):
            self._check()
            found[name] = _best(self._columns.counts(name, self._ids), most, also.get(name, ()))
        return found


def distinct(ids: Ids) -> Ids:
    """Numbers sorted, each once; fast where they are several sorted runs one after another."""
    if np.all(ids[1:] > ids[:-1]):
        return ids
    ids = np.sort(ids, kind="stable")
    return ids[np.concatenate(([True], ids[1:] != ids[:-1]))]


def common(several: Sequence[Ids], rows: int) -> Ids:
    """The numbers, up to `rows`, that all have; each sorted, with nothing twice."""
    smallest, *others = sorted(several, key=len)
    for ids in others:
        if len(smallest) * APART < len(ids):
            at = np.minimum(np.searchsorted(ids, smallest), len(ids) - 1)
            smallest = smallest[ids[at] == smallest]
        else:
            marked = np.zeros(rows + 1, bool)
            marked[ids] = True
            smallest = smallest[marked[smallest]]
    return smallest


def _best(counted: Counted, most: int, also: Sequence[int] | None) -> list[tuple[int, int]]:
    """Value and count by falling count, then value; 0, which is no value, left out."""
    counted[:1] = 0
    values = np.flatnonzero(counted)
    if also is not None and len(values) > most:
        # Only those that can be among the most are put in order.
        least = np.partition(counted[values], -most)[-most] if most else counted.max() + 1
        wanted = [value for value in also if 0 < value < len(counted)]
        extra = np.zeros(len(counted), bool)
        extra[wanted] = True
        values = values[(counted[values] >= least) | extra[values]]
    ranked = values[np.lexsort((values, -counted[values]))]
    found = list(zip(ranked.tolist(), counted[ranked].tolist(), strict=True))
    if also is None:
        return found
    return found[:most] + [pair for pair in found[most:] if pair[0] in also]
