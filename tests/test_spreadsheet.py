"""No text becomes a formula, and every text comes back."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.spreadsheet import SEPARATORS, escape, unescape
from tests.shipped import ROWS

SIGNS = "=+-@＝＋－＠"
AWKWARD = st.text(st.sampled_from(SIGNS + "\t\r\n;,|\"' \u00a0\u3000\\Aé'"), max_size=30)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("", ""),
        ("plain", "plain"),
        ("a=b, a+b - c @ d", "a=b, a+b - c @ d"),
        ("=1+1", "'=1+1"),
        ("-3", "'-3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ("  =1", "'  =1"),
        ("'=1", "''=1"),
        ("' ' =1", "'' ' =1"),
        ("\t=1", "'\t'=1"),
        ("\r=1", "'\r'=1"),
        ("a;=1", "a;'=1"),
        ("a, -1", "a,' -1"),
        ("a|+1|b", "a|'+1|b"),
        ('he said "=1"', 'he said "\'=1"'),
        ("a\n=1", "a\n'=1"),
        ("a\n\n@x", "a\n\n'@x"),
        ("'quoted' words", "'quoted' words"),
        ("\u00a0=1", "'\u00a0=1"),
    ],
)
def test_an_apostrophe_stands_before_what_would_run(text: str, cell: str) -> None:
    assert escape(text) == cell
    assert unescape(cell) == text


@given(text=AWKWARD | st.text())
@example(text="'\t'\r'=")
@example(text=";'';' '=")
def test_every_text_comes_back(text: str) -> None:
    assert unescape(escape(text)) == text


@given(text=AWKWARD)
def test_nothing_runs_wherever_a_reader_splits_and_trims(text: str) -> None:
    cell = escape(text)
    assert not cell.startswith(("\t", "\r"))
    for part in re.split(f"[{SEPARATORS}]", cell):
        assert not part.strip().startswith(tuple(SIGNS))


def test_the_story_needs_no_apostrophe() -> None:
    cells = [cell for rows in ROWS.values() for row in rows for cell in row.values()]
    assert [
        cell for cell in cells if escape(cell) != cell and not re.fullmatch(r"-[0-9.]+", cell)
    ] == []
