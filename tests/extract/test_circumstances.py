"""When, where and to whom a statement was made."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.extract import circumstances
from dashboard.extract.article import read_article
from dashboard.extract.dates import find_dates
from dashboard.extract.finds import Attribution
from dashboard.extract.given import Metadata
from dashboard.extract.language import parse

PLACES = ("Geneva", "Oslo", "Lund")


@pytest.mark.parametrize(
    ("text", "cue", "content", "day", "place", "whom"),
    [
        (
            "Ms. Lind said on Wednesday that it was over.",
            "said",
            "that it was over",
            "Wednesday",
            None,
            None,
        ),
        (
            "“It is over,” Ms. Lind said Wednesday in Geneva.",
            "said",
            "“It is over,”",
            "Wednesday",
            "Geneva",
            None,
        ),
        (
            "On Monday, Ms. Lind said that it was over.",
            "said",
            "that it was over",
            "Monday",
            None,
            None,
        ),
        (
            "Ms. Lind told reporters Tuesday that it was over.",
            "told",
            "that it was over",
            "Tuesday",
            None,
            "reporters",
        ),
        (
            "“It is over,” Ms. Lind told a conference in Oslo.",
            "told",
            "“It is over,”",
            None,
            "Oslo",
            None,
        ),
        (
            "“It is over,” Ms. Lind said in a speech in Lund on Friday.",
            "said",
            "“It is over,”",
            "Friday",
            "Lund",
            None,
        ),
        (
            "Ms. Lind told Mr. Berg that it was over.",
            "told",
            "that it was over",
            None,
            None,
            "Mr. Berg",
        ),
        (
            "“It is over,” Ms. Lind said to the council.",
            "said",
            "“It is over,”",
            None,
            None,
            "the council",
        ),
        # within what was said
        (
            "Ms. Lind said the talks in Geneva would end on Friday.",
            "said",
            "the talks in Geneva would end on Friday",
            None,
            None,
            None,
        ),
        (
            "Ms. Lind said that the council met in Lund on Monday.",
            "said",
            "that the council met in Lund on Monday",
            None,
            None,
            None,
        ),
        ("According to Ms. Lind, it was over.", "According to", "it was over", None, None, None),
        (
            "“It is over,” Ms. Lind said here on Monday.",
            "said",
            "“It is over,”",
            "Monday",
            "GENEVA",
            None,
        ),
    ],
)
def test_circumstances(
    text: str, cue: str, content: str, day: str | None, place: str | None, whom: str | None
) -> None:
    text = f"GENEVA — {text}"
    article = read_article(text, Metadata(published=date(2015, 1, 14)))
    doc = parse(text, article.paragraphs)
    places = tuple((at, at + len(p)) for p in PLACES if (at := text.find(p)) >= 0)
    said = Attribution(
        kind="direct",
        content=((text.index(content), text.index(content) + len(content)),),
        cue=((text.index(cue), text.index(cue) + len(cue)),),
        speaker=(),
        confidence=1.0,
        found_by="test",
    )
    when = circumstances.said_on(doc, said, find_dates(doc, article))
    where = circumstances.said_at(doc, said, places, here=article.dateline)
    listener = circumstances.addressee(doc, said)
    assert (when and text[slice(*when.span)]) == day
    assert (where and text[slice(*where)]) == place
    assert (listener and text[slice(*listener)]) == whom


def test_without_a_cue_nothing_is_known() -> None:
    text = "“It is over.”"
    said = Attribution("direct", ((0, 13),), (), (), 1.0, "test")
    doc = parse(text, ((0, 13),))
    assert circumstances.said_on(doc, said, ()) is None
    assert circumstances.said_at(doc, said, ()) is None
    assert circumstances.addressee(doc, said) is None
