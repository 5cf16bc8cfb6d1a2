"""Which bands several statements share: what near-duplicates are found by."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST = 1_000  # a band that more statements share tells nothing: those are phrases of courtesy

_SLOTS = 1 << 22


def shared(bands: NDArray[np.void]) -> NDArray[np.void]:
    """Those pairs of band and statement whose band 2 to `MOST` statements have, sorted."""
    values = np.ascontiguousarray(bands["band"])
    ordered = np.sort(values)
    twice = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(twice):
        return bands[:0]
    # Nearly all bands are a single statement's: a table of few bits leaves most of them out.
    slots = np.zeros(_SLOTS, bool)
    slots[twice & (_SLOTS - 1)] = True
    near = bands[slots[values & (_SLOTS - 1)]]
    near = near[np.isin(near["band"], twice)]
    near = near[np.lexsort((near["quote"], near["band"]))]
    begins = np.append(True, near["band"][1:] != near["band"][:-1])
    again = np.append(False, (near["quote"][1:] == near["quote"][:-1]) & ~begins[1:])
    near, begins = near[~again], begins[~again]
    sizes = np.diff(np.append(np.flatnonzero(begins), len(near)))
    found: NDArray[np.void] = near[np.repeat((sizes > 1) & (sizes <= MOST), sizes)]
    return found
