"""Statements of whole paragraphs: kinds, quotations over paragraphs, and who inherits a speaker."""

from __future__ import annotations

import re

import pytest

from dashboard.extract.finds import Article, Attribution
from dashboard.extract.language import parse
from dashboard.extract.quotations import find_quotations


def found(text: str, *, model: bool = True) -> tuple[Attribution, ...]:
    article = Article(text, tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)))
    return find_quotations(parse(text, article.paragraphs), article, model=model)


def words(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    return " … ".join(text[a:b] for a, b in spans)


@pytest.mark.parametrize("model", [True, False], ids=["model", "rules"])
@pytest.mark.parametrize(
    ("text", "kind", "speaker", "content"),
    [
        ("“The dam will hold,” Ms. Lind said.", "direct", "Ms. Lind", "“The dam will hold,”"),
        ("'The dam will hold,' Ms Lind said.", "direct", "Ms Lind", "'The dam will hold,'"),
        (
            "Ms. Lind said the dam was “as safe as houses.”",
            "mixed",
            "Ms. Lind",
            "the dam was “as safe as houses.”",
        ),
        ("The mayor said that the dam would hold.", "indirect", "The mayor",
         "that the dam would hold"),
        (
            "“The dam will hold,” Ms. Lind said. “We have tested it twice.”",
            "direct",
            "Ms. Lind",
            "“The dam will hold,” … “We have tested it twice.”",
        ),
        (
            "“We have no plans to leave,” Omar Haddad, a farmer whose house stands below the dam "
            "and who has lived there since 1962, said last week.",
            "direct",
            "Omar Haddad",
            "“We have no plans to leave,”",
        ),
    ],
)  # fmt: skip
def test_a_statement(model: bool, text: str, kind: str, speaker: str, content: str) -> None:
    one = found(text, model=model)[0]
    assert (one.kind, words(text, one.content)) == (kind, content)
    assert words(text, one.speaker).startswith(speaker)
    assert 0 < one.confidence <= 1
    assert one.found_by.startswith("model" if model else "rule")


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = (
        "Ms. Lind looked at the dam. “We built it in a hurry,” she said. “We had no money.\n"
        "“But we had rain, and the rain did not wait for the money.”"
    )
    said = [one for one in found(text) if one.kind == "direct"]
    assert len(said) == 1
    assert text[slice(*said[0].content[-1])].startswith("“But we had rain")


def test_quoted_words_without_a_speaker_have_the_one_before() -> None:
    text = (
        "“It was built in a hurry,” Ms. Lind said.\n"
        "“Nobody asked who would live below it. Nobody ever does.”"
    )
    first, second = found(text)
    assert words(text, second.speaker) == words(text, first.speaker) == "Ms. Lind"
    assert second.confidence < first.confidence


def test_a_paragraph_further_down_inherits_nobody() -> None:
    text = (
        "“It was built in a hurry,” Ms. Lind said.\n"
        "The dam is 40 metres high and was opened in 1962.\n"
        "It has leaked since.\n"
        "“Nobody asked who would live below it. Nobody ever does.”"
    )
    assert found(text)[-1].speaker == ()


@pytest.mark.parametrize("text", ["", "The dam was built in 1962.", "1962\n\n* * *"])
def test_text_without_statements(text: str) -> None:
    assert found(text) == ()
