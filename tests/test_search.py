"""Free text is found however it is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.plain import fold
from dashboard.search import index
from tests.shipped import ROWS, STORY, searched


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("", ""),
        ("Kerry", "kerry"),
        ("  two \t\n words ", "two words"),
        ("a\u00a0b\u2009c", "a b c"),
        ("Café", "cafe"),
        ("Cafe\u0301", "cafe"),
        ("Öçñşž", "ocnsz"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Ελλάς", "ελλασ"),
        ("Йод", "иод"),
        ("don’t ‘so’", "don't 'so'"),
        ("“so”", '"so"'),
        ("1–2—3", "1-2-3"),
        ("ﬁne ½", "fine 1⁄2"),
        ("ＡＢＣ", "abc"),
        ("東京", "東京"),
        ("q-kerry", "q-kerry"),
    ],
)
def test_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(text=st.text())
def test_folding_twice_changes_nothing_further(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(text=st.text(st.characters(codec="latin-1")))
def test_case_does_not_matter(text: str) -> None:
    assert fold(text.lower()) == fold(text)


@pytest.mark.parametrize("quote", ROWS["quotes"], ids=lambda row: row["id"])
def test_a_statement_is_found_by_everything_that_it_says(quote: dict[str, str]) -> None:
    found = dict(zip(index(STORY)["quote"], index(STORY)["folded"], strict=True))
    wanted = set(fold(searched(quote)).split())
    assert wanted <= set(found[quote["id"]].split())
    assert set(found[quote["id"]].split()) - wanted <= {"..."}  # between the parts of a quotation
