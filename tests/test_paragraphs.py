"""What a paragraph is: blank lines, lines of a word processor, wrapped lines."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.paragraphs import blocks, unwrapped

LONG = (
    "The council said that it would hear the fishermen of the harbour again before it votes on " * 2
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n", []),
        ("One.", ["One."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.\r\n", ["One.\r", "Two.\r"]),
        ("\n\n One.\n \nTwo.", [" One.", "Two."]),
        # pasted from a word processor: no blank lines
        (f"Headline\n{LONG}\n{LONG}", ["Headline", LONG, LONG]),
        # a line end within a sentence
        (f"{LONG}\nthe matter.\n\nTwo.", [f"{LONG}\nthe matter.", "Two."]),
        # an address is no line: it does not make wrapped lines look short
        (
            "A first line of words here\nand there. A second line\nis the end.\n\nhttps://example.org/"
            + "a" * 200,
            [
                "A first line of words here\nand there. A second line\nis the end.",
                "https://example.org/" + "a" * 200,
            ],
        ),
    ],
)
def test_blocks(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in blocks(text)] == expected


@pytest.mark.parametrize("width", [40, 60, 72, 80, 99])
def test_wrapped_lines_are_one_paragraph(width: int) -> None:
    paragraphs = [LONG + "Port Lund.", "He left. " + LONG + "the Sound.", LONG * 2 + "it."]
    text = "\n\n".join(textwrap.fill(p, width, break_on_hyphens=False) for p in paragraphs)
    assert [" ".join(text[a:b].split()) for a, b in blocks(text)] == paragraphs


@given(st.text(alphabet=" \n\ra.B", max_size=60))
def test_blocks_hold_all_words_in_order(text: str) -> None:
    found = blocks(text)
    assert [edge for span in found for edge in span] == sorted(
        edge for span in found for edge in span
    )
    assert " ".join(text[a:b] for a, b in found).split() == text.split()
    assert all(text[a:b].strip() for a, b in found)


@given(st.text(alphabet="ab .\n\r", max_size=80))
def test_unwrapping_keeps_every_offset(text: str) -> None:
    flat = unwrapped(text)
    assert len(flat) == len(text)
    assert [
        (a, b) for a, b in zip(flat, text, strict=True) if a != b and (a, b[0]) != (" ", b)
    ] == []


def test_a_wrapped_paragraph_becomes_one_line() -> None:
    text = "The dam\nwill hold for years,\nshe said.\n\nNobody\nasked."
    assert unwrapped(text).split("\n\n")[0].count("\n") == 0
