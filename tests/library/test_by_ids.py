"""Sets of statements as sorted arrays."""

from __future__ import annotations

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dashboard.library.engines.by_ids import common, distinct

ROWS = 60
NUMBERS = st.integers(1, ROWS)
RUNS = st.lists(st.lists(NUMBERS).map(sorted), max_size=3).map(lambda runs: [*chain(*runs)])


@given(RUNS)
def test_distinct_is_sorted_and_each_once(numbers: list[int]) -> None:
    assert distinct(np.array(numbers, np.int64)).tolist() == sorted(set(numbers))


@given(st.lists(st.sets(NUMBERS), min_size=1, max_size=4))
def test_common_is_what_all_have(several: list[set[int]]) -> None:
    arrays = [np.array(sorted(one), np.int64) for one in several]
    assert common(arrays, ROWS).tolist() == sorted(set.intersection(*several))
