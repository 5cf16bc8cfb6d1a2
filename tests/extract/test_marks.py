"""Quotation marks: which ones belong together."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.extract.marks import quoted


def lines(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“We will go,” she said.", ["We will go,"]),
        ('"We will go," she said. "Soon."', ["We will go,", "Soon."]),
        ("''We will go,'' she said.", ["We will go,"]),
        ("« Nous partons », he wrote.", [" Nous partons "]),
        ("„Wir gehen“, he wrote.", ["Wir gehen"]),
        ("‘We will go,’ she said.", ["We will go,"]),
        ("'We will go,' she said.", ["We will go,"]),
        ("‘It’s the players’ choice,’ she said.", ["It’s the players’ choice,"]),
        ("The players’ union and the fans’ club met.", []),
        ("Rock 'n' roll in the '90s, don't tell 'em.", []),
        ("It’s Anna’s.", []),
        ("“They say, ‘Enough,’ and leave,” he said.", ["They say, ‘Enough,’ and leave,"]),
        ("He called it ‘a farce’ and left.", ["a farce"]),
        ("no marks", []),
        ("”closing first is no opening", []),
        ('""', []),
    ],
)
def test_marks_that_belong_together(text: str, inside: list[str]) -> None:
    assert [text[slice(*mark.inside)] for mark in quoted(text, lines(text))] == inside


def test_an_open_mark_ends_with_its_paragraph_and_the_next_continues_it() -> None:
    text = "“We came.\n“We saw,” she said.\n“They left.\nNobody followed."
    marks = quoted(text, lines(text))
    assert [(m.closed, m.continued) for m in marks] == [
        (False, True),
        (True, False),
        (False, False),
    ]
    assert text[slice(*marks[0].inside)] == "We came."


@given(st.text(alphabet="ab .,\n“”‘’\"'«»„", max_size=60))
def test_marks_lie_in_one_paragraph_in_order_and_apart(text: str) -> None:
    paragraphs = lines(text)
    marks = quoted(text, paragraphs)
    for mark in marks:
        assert any(a <= mark.span[0] and mark.span[1] <= b for a, b in paragraphs)
        assert mark.span[0] < mark.inside[0] < mark.inside[1] <= mark.span[1]
    for before, after in pairwise(marks):
        assert before.span[1] <= after.span[0]
