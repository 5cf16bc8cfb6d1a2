"""Events: what a clause joins with a date, titled in our words."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from dashboard.extract.article import read_article
from dashboard.extract.dates import find_dates
from dashboard.extract.events import find_events
from dashboard.extract.finds import Event, Span
from dashboard.extract.given import Metadata
from dashboard.extract.language import parse
from dashboard.extract.titles import bare_words, copied

ROOT = Path(__file__).parent.parent.parent
ARTICLES = Path(os.environ.get("DATELINE_ARTICLES", ROOT.parent / "shared" / "article"))
WEDNESDAY = date(2015, 1, 14)
PLACES = ("Geneva", "Lund", "Oslo", "Moscow", "Damascus", "GENEVA")
ACTORS = ("Ms. Lind", "Tom Berg", "Ana Lind", "the Harbour Council", "Norland", "Sudland")


def spans(text: str, names: tuple[str, ...]) -> tuple[Span, ...]:
    found = []
    for name in names:
        at = -1
        while (at := text.find(name, at + 1)) >= 0:
            found.append((at, at + len(name)))
    return tuple(sorted(found))


def events(text: str) -> tuple[Event, ...]:
    article = read_article(text, Metadata(published=WEDNESDAY))
    doc = parse(text, article.paragraphs)
    dates = find_dates(doc, article)
    return find_events(doc, article, dates, spans(text, PLACES), spans(text, ACTORS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a noun
        (
            "Norland wants to hold talks on Feb. 9 in Oslo.",
            ["Talks in Oslo, 2015-02-09 planned"],
        ),
        ("He left after the long talks in Lund last year.", ["Talks in Lund, 2014-01-01 past"]),
        (
            "The council holds elections on Friday in Lund.",
            ["Elections in Lund, 2015-01-16 planned"],
        ),
        ("Monday’s trial in Oslo was short.", ["Trial in Oslo, 2015-01-12 past"]),
        (
            "“No,” Ms. Lind said on Monday during a meeting here with Tom Berg.",
            ["Meeting: Lind and Tom Berg, 2015-01-12 past"],
        ),
        # a verb
        ("Ms. Lind met with Tom Berg on Monday.", ["Meeting: Lind and Tom Berg, 2015-01-12 past"]),
        (
            "Ms. Lind, who hopes to fly to Lund next month, slept.",
            ["Flight to Lund: Lind, 2015-02-01 planned"],
        ),
        ("Ms. Lind will visit Oslo on Friday.", ["Visit to Oslo: Lind, 2015-01-16 planned"]),
        ("Ms. Lind was arrested in Lund on Sunday.", ["Arrest in Lund: Lind, 2015-01-11 past"]),
        # what becomes of it
        (
            "The talks on the pier, which are due to resume in Lund on Friday, were long.",
            ["Talks resume in Lund, 2015-01-16 planned"],
        ),
        ("The trial begins on Monday in Oslo.", ["Trial begins in Oslo, 2015-01-19 planned"]),
        # due
        (
            "They hope that the pier will be built by June 3.",
            ["Deadline: pier, 2015-06-03 deadline"],
        ),
        ("The deadline of June 3 is near.", ["Deadline, 2015-06-03 deadline"]),
        # no event
        ("Ms. Lind said on Wednesday that she was tired.", []),
        ("Ms. Lind told reporters on Monday that the talks were long.", []),
        ("Ms. Lind did not travel to Oslo on Monday.", []),
        ("Ms. Lind could travel to Oslo next week.", []),
        ("If they meet on Friday in Lund, it will be late.", []),
        ("The talks have lasted since May.", []),
        ("Ms. Lind spoke of a meeting on Monday.", []),  # whose, and where?
        ("He gave a talk on Monday.", []),
        ("They met.", []),
        # one event, told twice
        (
            "Norland will hold talks in Lund on Friday.\n\nSudland will attend Friday’s talks.",
            ["Talks in Lund, 2015-01-16 planned"],
        ),
        (
            "Ms. Lind met Tom Berg on Monday.\n\nNorland met with Sudland on Monday.",
            [
                "Meeting: Lind and Tom Berg, 2015-01-12 past",
                "Meeting: Norland and Sudland, 2015-01-12 past",
            ],
        ),
    ],
)
def test_events(text: str, expected: list[str]) -> None:
    found = events(f"GENEVA — {text}")
    assert [f"{one.title}, {one.when.start} {one.status}" for one in found] == expected


def test_where_it_is_said() -> None:
    text = (
        "GENEVA — Tom Berg laughed. Ms. Lind, who is to meet Tom Berg in Oslo on Friday, did not."
    )
    [found] = events(text)
    assert text[slice(*found.passage)] == "Ms. Lind, who is to meet Tom Berg in Oslo on Friday"
    assert found.place is not None
    assert text[slice(*found.place)] == "Oslo"
    assert {text[slice(*p)] for p in found.participants} == {"Ms. Lind", "Tom Berg"}
    assert 0 < found.confidence <= 1


def test_here_is_the_dateline() -> None:
    text = "GENEVA — Ms. Lind will meet Tom Berg here on Friday."
    [found] = events(text)
    assert found.place == (0, 6)


@pytest.mark.parametrize(
    ("title", "text", "count"),
    [
        ("Talks in Oslo", "They hold talks in Oslo.", 3),
        ("Talks in Oslo", "The Oslo talks.", 1),
        ("Trip to Oslo: Lind", "Lind is to travel to Oslo.", 2),
        ("Vote", "They elect.", 0),
    ],
)
def test_how_much_of_a_title_is_the_articles(title: str, text: str, count: int) -> None:
    assert copied(title, bare_words(text)) == count


@pytest.mark.skipif(not ARTICLES.is_dir(), reason="the articles' texts are not ours to ship")
def test_the_events_of_the_first_story() -> None:
    path = ARTICLES / "kerry-supports-syrian-peace-talks.txt"
    text = path.read_bytes().decode("utf-8")
    article = read_article(text, Metadata(published=WEDNESDAY))
    doc = parse(text, article.paragraphs)
    dates = find_dates(doc, article)
    people = tuple((e.start_char, e.end_char) for e in doc.ents if e.label_ == "PERSON")
    found = find_events(doc, article, dates, spans(text, PLACES), people)
    told = {(one.when.start, one.when.precision, one.status) for one in found}
    assert told >= {
        (date(2015, 1, 26), "day", "planned"),
        (date(2015, 1, 19), "week", "planned"),
        (date(2015, 1, 15), "day", "planned"),
        (date(2015, 3, 1), "day", "deadline"),
        (date(2015, 7, 1), "month", "deadline"),
        (date(2015, 1, 14), "day", "past"),
        (date(2014, 1, 1), "year", "past"),
    }
    words = bare_words(text)
    assert all(copied(one.title, words) <= 3 for one in found)
    where = {text[slice(*one.place)] for one in found if one.place}
    assert where == {"Geneva", "GENEVA", "Moscow", "Damascus"}
