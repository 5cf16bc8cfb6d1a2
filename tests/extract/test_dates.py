"""Expressions of time: which days they mean, and which mean none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.checking.record_rules import _fits
from dashboard.extract.article import read_article
from dashboard.extract.dates import find_dates
from dashboard.extract.finds import When
from dashboard.extract.given import Metadata
from dashboard.extract.language import parse

WEDNESDAY = date(2015, 1, 14)


def dates(text: str, published: date | None = WEDNESDAY) -> dict[str, When]:
    """What is found in a text, by the words."""
    article = read_article(text, Metadata(published=published))
    found = find_dates(parse(text, article.paragraphs), article)
    return {text[slice(*one.span)]: one for one in found}


def read(text: str, published: date | None = WEDNESDAY) -> dict[str, str]:
    """The same, as start and precision."""
    return {k: f"{w.start} {w.precision}" for k, w in dates(text, published).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # printed in full: published or not
        ("They met on January 5, 2014.", {"January 5, 2014": "2014-01-05 day"}),
        ("They met on Sunday, Jan. 5, 2014, in Lund.", {"Sunday, Jan. 5, 2014": "2014-01-05 day"}),
        ("They met on 5 January 2014.", {"5 January 2014": "2014-01-05 day"}),
        ("They met on the 5th of January 2014.", {"5th of January 2014": "2014-01-05 day"}),
        ("They met on 2014-01-05.", {"2014-01-05": "2014-01-05 day"}),
        ("They met in January 2014.", {"January 2014": "2014-01-01 month"}),
        ("They met in 2012 and left.", {"2012": "2012-01-01 year"}),
        ("The 2012 election was close.", {"2012": "2012-01-01 year"}),
        ("They met on February 30, 2014.", {}),
        # day and month
        ("They met on Jan. 5.", {"Jan. 5": "2015-01-05 day"}),
        ("They will meet on Jan. 5.", {"Jan. 5": "2016-01-05 day"}),
        ("They will meet on Jan. 26.", {"Jan. 26": "2015-01-26 day"}),
        ("They plan to meet on March 1 in Lund.", {"March 1": "2015-03-01 day"}),
        ("They met on 28 December.", {"28 December": "2014-12-28 day"}),
        ("They meet on Jan. 20.", {"Jan. 20": "2015-01-20 day"}),
        # months
        ("The council met in July.", {"July": "2014-07-01 month"}),
        ("The council will meet in July.", {"July": "2015-07-01 month"}),
        ("The pier must be finished by July.", {"July": "2015-07-01 month"}),
        ("He has been away since May.", {"May": "2014-05-01 month"}),
        ("They met last December in Lund.", {"last December": "2014-12-01 month"}),
        ("They may march in spring, April said.", {}),
        # days of the week
        ("They met on Wednesday.", {"Wednesday": "2015-01-14 day"}),
        ("They met Sunday night.", {"Sunday night": "2015-01-11 day"}),
        ("They met on Thursday.", {"Thursday": "2015-01-08 day"}),
        ("They will meet on Thursday.", {"Thursday": "2015-01-15 day"}),
        ("They will meet on Wednesday.", {"Wednesday": "2015-01-14 day"}),
        ("The hearing is expected to begin on Thursday.", {"Thursday": "2015-01-15 day"}),
        ("They scheduled a vote for Friday.", {"Friday": "2015-01-16 day"}),
        ("The council meets on Friday.", {"Friday": "2015-01-16 day"}),
        ("He says on Friday that it is over.", {"Friday": "2015-01-09 day"}),
        ("They will meet next Monday.", {"next Monday": "2015-01-19 day"}),
        ("They met last Wednesday.", {"last Wednesday": "2015-01-07 day"}),
        ("He spoke at Monday’s meeting.", {"Monday": "2015-01-12 day"}),
        ("Every Friday they met, and on Super Tuesday too.", {}),
        ("They met on Mondays.", {}),
        # near
        ("They met yesterday.", {"yesterday": "2015-01-13 day"}),
        ("They will meet tomorrow night.", {"tomorrow night": "2015-01-15 day"}),
        ("They met this morning.", {"this morning": "2015-01-14 day"}),
        ("In today’s world they would not meet.", {}),
        ("They met last week.", {"last week": "2015-01-05 week"}),
        ("They meet next week in Lund.", {"next week": "2015-01-19 week"}),
        ("They met earlier this month.", {"earlier this month": "2015-01-01 month"}),
        ("They met last month.", {"last month": "2014-12-01 month"}),
        ("They met last year.", {"last year": "2014-01-01 year"}),
        ("It must be done by the end of the year.", {"end of the year": "2015-01-01 year"}),
        # counted
        ("They met two weeks ago.", {"two weeks ago": "2014-12-29 week"}),
        ("They met three days ago.", {"three days ago": "2015-01-11 day"}),
        ("They met a month ago.", {"a month ago": "2014-12-01 month"}),
        ("They met 10 years ago.", {"10 years ago": "2005-01-01 year"}),
        ("They met about three days ago, nearly 10 years ago, 40 years ago.", {}),
        # no day, week, month or year
        ("In the 1990s and in the '80s they met.", {}),
        ("They will meet in the next 48 hours, over the last two years.", {}),
        ("The pier cost $2012 and 2,015 planks in 2012-13.", {}),
        ("The crossing took 2015 hours on 2,014 boats.", {}),
        ("Sept. 11 conspiracy theories spread.", {}),
    ],
)  # fmt: skip
def test_what_is_meant(text: str, expected: dict[str, str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on January 5, 2014, and on Friday.", {"January 5, 2014": "2014-01-05 day"}),
        ("They met in 2012 and on Jan. 5.", {"2012": "2012-01-01 year"}),
        ("They met in May 2012 and last year.", {"May 2012": "2012-05-01 month"}),
    ],
)
def test_without_a_day_of_publication_only_full_dates(text: str, expected: dict[str, str]) -> None:
    assert read(text, None) == expected


@pytest.mark.parametrize(
    ("words", "basis", "note"),
    [
        ("January 5, 2014", "stated", ""),
        ("May 2014", "stated", ""),
        ("Jan. 5", "inferred", "The text gives no year: the last 5 January."),
        ("Monday", "inferred", "The Monday on or before publication."),
        ("last week", "inferred", "The week before that of publication, Monday to Sunday."),
        ("yesterday", "inferred", "The day before publication."),
        ("two weeks ago", "inferred", "Two weeks before publication: that week, Monday to Sunday."),
    ],
)
def test_what_is_inferred_says_so(words: str, basis: str, note: str) -> None:
    [found] = dates(f"They met in Lund, {words}.").values()
    assert (found.basis, found.note) == (basis, note)


def test_only_paragraphs_are_read() -> None:
    text = (
        "Council Met Last Friday\n\nLUND, Jan. 14 (AP) — They met on Monday.\n\nCopyright 2015 AP"
    )
    assert [*read(text)] == ["Jan. 14", "Monday"]


SAID = (
    "January 5, 2014", "Jan. 5", "Monday", "next Friday", "last week", "this month", "next year",
    "two weeks ago", "six months ago", "by July", "in May", "since 2011", "tomorrow", "March 2",
)  # fmt: skip


@settings(max_examples=60)
@given(
    st.dates(date(1990, 1, 1), date(2040, 1, 1)),
    st.sampled_from(SAID),
    st.sampled_from(["They met {}.", "They will meet {}.", "{} they met.", "They plan talks {}."]),
)
def test_periods_are_the_story_formats(published: date, words: str, clause: str) -> None:
    for found in dates(clause.format(words), published).values():
        assert _fits(found.start, found.end, found.precision, False)
        assert (found.basis == "inferred") == bool(found.note)
        assert abs(found.start - published) < timedelta(days=800) or found.basis == "stated"
