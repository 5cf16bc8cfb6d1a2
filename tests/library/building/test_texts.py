"""Columns of text are cleaned and folded as single texts are."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.library.building.texts import clean, folded
from dashboard.library.folding import searchable
from dashboard.plain import line

TEXTS = st.lists(
    st.text(st.sampled_from("aZ09_ .,'-’“”–—…\u00a0\u202e\u0301éßΣıﬁ½٣日\x00\x1f\u2028\n\t"))
    | st.text(st.characters(exclude_categories=["Cs"]))
)


@given(TEXTS)
@example(["", " ", "a", "’"])
def test_folded(texts: list[str]) -> None:
    assert folded(pa.array(texts, pa.string())).to_pylist() == list(map(searchable, texts))


@given(TEXTS)
def test_clean(texts: list[str]) -> None:
    assert clean(pa.array(texts, pa.string())).to_pylist() == list(map(line, texts))


def test_a_part_of_a_column() -> None:
    texts = pa.array(["One.", "Two “é”.", "Three."]).slice(1)
    assert folded(texts).to_pylist() == [" two e ", " three "]
