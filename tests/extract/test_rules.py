"""The rules, one construction a row: who says what, and what is no statement."""

from __future__ import annotations

import re

import pytest

from dashboard.extract.cues import cue_rate, cue_rates
from dashboard.extract.language import parse
from dashboard.extract.marks import quoted
from dashboard.extract.rules import reported

SENTENCES = [
    # the clause that a cue governs
    ("Ana Lind said that the dam would hold.", "Ana Lind", "said", ["that the dam would hold"]),
    ("The ministers have warned the river could rise.", "The ministers", "have warned",
     ["the river could rise"]),
    ("The dam, Ms. Lind said, would hold.", "Ms. Lind", "said", ["The dam", "would hold"]),
    ("The dam would hold, officials said.", "officials", "said", ["The dam would hold"]),
    # whose subject: conjunction, participle, relative clause, passive
    ("Ms. Lind left early and said she was tired.", "Ms. Lind", "said", ["she was tired"]),
    ("Ms. Lind praised the crew, saying it had saved lives.", "Ms. Lind", "saying",
     ["it had saved lives"]),
    ("Omar Haddad, who said the bridge was safe, has resigned.", "Omar Haddad", "said",
     ["the bridge was safe"]),
    # according to
    ("According to the mayor, the bridge is safe.", "the mayor", "According to",
     ["the bridge is safe"]),
    ("The bridge is safe, according to Omar Haddad.", "Omar Haddad", "according to",
     ["The bridge is safe"]),
    # quotation marks
    ("“The dam will hold,” Ms. Lind said.", "Ms. Lind", "said", ["“The dam will hold,”"]),
    ("“The dam will hold,” said Ana Lind, an engineer.", "Ana Lind", "said",
     ["“The dam will hold,”"]),
    ("Ms. Lind said: “The dam will hold.”", "Ms. Lind", "said", ["“The dam will hold.”"]),
    ("“The dam,” Ms. Lind said, “will hold.”", "Ms. Lind", "said", ["“The dam,”", "“will hold.”"]),
    ("“The dam will hold,” Ms. Lind said. “We have tested it twice.”", "Ms. Lind", "said",
     ["“The dam will hold,”", "“We have tested it twice.”"]),
    ("Ms. Lind said the dam was “as safe as houses.”", "Ms. Lind", "said",
     ["the dam was “as safe as houses.”"]),
    ("She wrote:\n“The dam will hold for years.”", "She", "wrote",
     ["“The dam will hold for years.”"]),
    ("“The dam will hold for years.” — Ana Lind", "Ana Lind", "",
     ["“The dam will hold for years.”"]),
]  # fmt: skip


def found(text: str) -> list[tuple[str, str, list[str]]]:
    paragraphs = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    doc = parse(text, paragraphs)

    def words(run: tuple[int, int] | None) -> str:
        return doc[run[0] : run[1]].text if run else ""

    marks = quoted(text, paragraphs)
    return [
        (words(r.speaker), words(r.cue), [*map(words, r.content)])
        for r in reported(doc, paragraphs, marks)
    ]


@pytest.mark.parametrize(("text", "speaker", "cue", "content"), SENTENCES)
def test_a_construction(text: str, speaker: str, cue: str, content: list[str]) -> None:
    assert (speaker, cue, content) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "The dam was built in 1962 and repaired twice.",
        "The so-called “dam” is a wall of earth.",
        "Her novel “The Dam at Night” sold well.",
        "GENEVA — The dam was opened on Monday.",
    ],
)
def test_what_is_no_statement(text: str) -> None:
    assert found(text) == []


def test_no_word_is_content_twice() -> None:
    text = "“It holds,” she said, adding that he had said that it was safe, according to Omar."
    paragraphs = ((0, len(text)),)
    doc = parse(text, paragraphs)
    runs = [
        run for one in reported(doc, paragraphs, quoted(text, paragraphs)) for run in one.content
    ]
    words = [i for run in runs for i in range(*run)]
    assert words
    assert len(words) == len(set(words))


def test_the_lexicon_knows_how_often_a_word_reports() -> None:
    doc = parse("She said so.")
    assert cue_rate(doc[1]) == cue_rates()["say", "VERB"] > 0.9
    assert cue_rate(doc[0]) == 0.0
    assert all(0 < rate <= 1 for rate in cue_rates().values())
