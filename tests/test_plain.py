"""Text from data as one plain line, cut where a word ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.plain import CONTROL, cut, line


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("short", 5, "short"),
        ("two words", 8, "two…"),
        ("one, two, three", 11, "one, two…"),
        ("unbreakable", 6, "unbre…"),
        ("a very-long-unbreakable-word", 12, "a very-long…"),
        ("", 3, ""),
    ],
)
def test_it_is_cut_at_a_word(text: str, most: int, shown: str) -> None:
    assert cut(text, most) == shown


@given(text=st.text(), most=st.integers(2, 40))
def test_it_is_never_longer(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most


@given(text=st.text())
def test_a_line_has_no_breaks_and_nothing_invisible(text: str) -> None:
    assert not CONTROL.search(line(text))
    assert line(line(text)) == line(text)
    assert "  " not in line(text)
