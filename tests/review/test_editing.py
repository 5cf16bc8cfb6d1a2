"""Changing fields: what may stand in them, and what changes with them."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.review.draft import ReviewError
from dashboard.review.editing import change_kind, describe, edit, period, rename, respan
from dashboard.review.linking import tie, tied
from tests.review.drafts import DRAFT, ME, TEXT, made


def span(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


@pytest.mark.parametrize(
    ("record", "cells", "kept"),
    [
        ("q-bell-sail", {"context": "  Before\nthe talks. "}, {"context": "Before the talks."}),
        ("q-bell-sail", {"said_at": "", "said_on": ""}, {"said_basis": ""}),
        ("q-pilots-paper", {"said_on": "2024-05-06"}, {"said_basis": "stated"}),
        ("q-pilots-paper", {"said_on": "2024-05-06", "said_note": "The day of the talks."},
         {"said_basis": "inferred"}),
        ("ada-bell", {"member_of": ""}, {"member_basis": "", "member_note": ""}),
        ("pilots", {"member_of": "council"}, {"member_basis": "stated"}),
        ("e-talks", {"precision": "month"}, {"start": "2024-05-01", "end": "2024-05-31"}),
        ("e-talks", {"precision": "week"}, {"start": "2024-05-06", "end": "2024-05-12"}),
        ("e-pay", {"precision": "day"}, {"start": "2024-06-01", "end": ""}),
        ("marsh", {"latitude": "53.5"}, {"latitude": "53.5"}),
        ("gazette", {"headline": "Ferries"}, {"headline": "Ferries"}),
    ],
)  # fmt: skip
def test_a_change_goes_with_what_depends_on_it(
    record: str, cells: dict[str, str], kept: dict[str, str]
) -> None:
    _, row = edit(DRAFT, record, ME, **cells).by_id[record]
    assert {column: row[column] for column in kept} == kept


@pytest.mark.parametrize(
    ("record", "cells", "told"),
    [
        ("ada-bell", {"name": ""}, "Name is empty; fill it in"),
        ("ada-bell", {"kind": "ghost"}, "Kind is none of person, government"),
        ("ada-bell", {"wikidata": "42"}, "is no Wikidata id"),
        ("ada-bell", {"member_of": "ada-bell"}, "leads back to itself"),
        ("ada-bell", {"member_of": "marsh"}, "not among the actors"),
        ("ada-bell", {"aliases": "Someone Else"}, "is not named by"),
        ("ada-bell", {"id": "someone"}, "cannot be changed here"),
        ("marsh", {"latitude": "91"}, "out of range"),
        ("marsh", {"latitude": "north"}, "is no number"),
        ("marsh", {"latitude": ""}, "fill it in"),
        ("marsh", {"country": "Switzerland"}, "is no country code"),
        ("e-talks", {"start": "2023-02-29"}, "is no date"),
        ("e-talks", {"basis": "inferred"}, "say why"),
        ("q-bell-sail", {"paraphrase": "They sail."}, "stands beside the words"),
        ("gazette", {"url": "news.example.org"}, "is no web address"),
        ("nobody", {"name": "Ada"}, "not there any more"),
    ],
)
def test_a_wrong_value_is_told_in_one_line_with_the_remedy(
    record: str, cells: dict[str, str], told: str
) -> None:
    with pytest.raises(ReviewError, match=told) as caught:
        edit(DRAFT, record, ME, **cells)
    assert "\n" not in str(caught.value)


def test_spoken_words_become_reported_and_spoken_again() -> None:
    reported = change_kind(made(), "q-pilots-paper", "indirect", ME)
    (passage,) = reported.anchors["q-pilots-paper"]
    assert (passage["exact"], passage["first"], passage["last"]) == (
        "", "a paper boat", "a paper boat")  # fmt: skip
    assert reported.reviews["q-pilots-paper"]["status"] == "draft"  # until it is paraphrased
    spoken = change_kind(reported, "q-pilots-paper", "mixed", ME)
    assert spoken.anchors == made().anchors


def test_what_nobody_spoke_is_not_made_a_quotation() -> None:
    with pytest.raises(ReviewError, match="not inside quotation marks"):
        change_kind(DRAFT, "q-bell-resume", "direct", ME)
    with pytest.raises(ReviewError, match="not inside quotation marks"):
        respan(DRAFT, "q-bell-sail", span("Mayor Ada Bell said here"))


def test_a_find_begins_and_ends_where_the_reviewer_says() -> None:
    draft = respan(DRAFT, "q-bell-sail", span("“The boats must sail again,”"))
    assert [p["exact"] for p in draft.anchors["q-bell-sail"]] == ["The boats must sail again"]
    draft = respan(draft, "q-bell-resume", span("the talks would resume in Marsh."))
    (passage,) = draft.anchors["q-bell-resume"]
    assert (passage["first"], passage["last"]) == ("the talks would", "resume in Marsh")
    with pytest.raises(ReviewError, match="next paragraph"):
        respan(draft, "q-bell-resume", (span("asked for 30")[0], span("Ms. Bell")[1]))


@pytest.mark.parametrize(
    ("precision", "first", "last"),
    [("day", date(2024, 2, 14), None), ("week", date(2024, 2, 14), date(2024, 2, 20)),
     ("month", date(2024, 2, 1), date(2024, 2, 29)),
     ("year", date(2024, 1, 1), date(2024, 12, 31))],
)  # fmt: skip
def test_periods(precision: str, first: date, last: date | None) -> None:
    assert period(date(2024, 2, 14), precision) == (first, last)


def test_a_record_is_tied_to_just_those() -> None:
    draft = tie(DRAFT, "q-bell-sail", "about", ["council", "marsh"], ME)
    assert tied(draft, "q-bell-sail", "about") == ("council", "marsh")
    assert tied(tie(draft, "q-bell-sail", "about", [], ME), "q-bell-sail", "about") == ()
    with pytest.raises(ReviewError, match="people and places"):
        tie(DRAFT, "q-bell-sail", "about", ["e-talks"], ME)


def test_title_description_and_slug() -> None:
    assert describe(DRAFT, " Ferries ", "A story.").title == "Ferries"
    with pytest.raises(ReviewError, match="Title is empty"):
        describe(DRAFT, " ", "A story.")
    assert rename(DRAFT, "ferries-2").slug == "ferries-2"
    with pytest.raises(ReviewError, match="no slug"):
        rename(DRAFT, "../ferries")
