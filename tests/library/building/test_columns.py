"""Lists with each value once; which bands are shared; months."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.library.building import neighbours
from dashboard.library.building.columns import BAND, Lists, listed, months
from dashboard.library.building.neighbours import shared

LISTS = st.lists(st.lists(st.integers(0, 4), max_size=5), max_size=8)


def as_lists(rows: list[list[int]]) -> Lists:
    return listed(pa.array(rows, pa.list_(pa.int32())))


@given(LISTS)
def test_each_value_once_where_it_stands_first(rows: list[list[int]]) -> None:
    kept = [list(dict.fromkeys(value for value in row if value)) for row in rows]
    assert as_lists(rows).once().array().to_pylist() == kept


@given(LISTS)
def test_one_value_more_at_the_head(rows: list[list[int]]) -> None:
    heads = np.arange(len(rows), dtype=np.int32)
    led = [[head, *row] for head, row in enumerate(rows)]
    assert as_lists(rows).led_by(heads).array().to_pylist() == led


@given(
    st.lists(
        st.tuples(st.sampled_from([-(2**63), -5, 0, 5, 5 + 2**22, 2**63 - 1]), st.integers(1, 9))
    )
)
def test_bands_that_several_statements_have(pairs: list[tuple[int, int]]) -> None:
    quotes = defaultdict(set)
    for band, quote in pairs:
        quotes[band].add(quote)
    found = sorted((b, q) for b, many in quotes.items() if len(many) > 1 for q in many)
    assert shared(np.array(pairs, BAND)).tolist() == found


@pytest.mark.parametrize(("size", "kept"), [(3, 3), (4, 0)])
def test_a_band_of_very_many_is_left_out(
    monkeypatch: pytest.MonkeyPatch, size: int, kept: int
) -> None:
    monkeypatch.setattr(neighbours, "MOST", 3)
    assert len(shared(np.array([(7, n) for n in range(size)], BAND))) == kept


@given(st.lists(st.none() | st.dates()))
def test_months(days: list[date | None]) -> None:
    told = [12 * day.year + day.month - 1 if day else 0 for day in days]
    assert months(pa.array(days, pa.date32())).tolist() == told
