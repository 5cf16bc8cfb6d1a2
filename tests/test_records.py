"""Rows as objects: every reference is resolved, everything stands in its order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings

from dashboard.records import (
    actors,
    articles,
    events,
    figures,
    is_draft,
    mentions,
    passages,
    places,
    positions,
    reviews,
    statements,
    topics,
)
from dashboard.selection import Selection, select
from dashboard.story import read_story
from tests.drafted import DRAFT, EDITOR, PARTLY, PROGRAM, REJECTED
from tests.shipped import BY_ID, ROWS, STORY, expected, ids, linked, selections, spoken

TINY = read_story(Path(__file__).parent / "stories" / "tiny")


@pytest.mark.parametrize(
    ("actor", "side"),
    [
        ("john-kerry", "us-government"),
        ("us-government", "us-government"),
        ("staffan-de-mistura", "united-nations"),
        ("bashar-al-assad", "syrian-government"),
        ("opposition-coalition", "syrian-opposition"),
        ("moaz-al-khatib", "syrian-opposition"),
        ("reporters", "reporters"),
        ("emile-hokayem", ""),  # a person speaks for nobody else
    ],
)
def test_the_side_of_an_actor_ends_its_chain(actor: str, side: str) -> None:
    assert actors(STORY)[actor].side == side


def test_a_chain_may_have_several_links(story_folder: Path) -> None:
    path = story_folder / "actors.csv"
    council = "council,Quayside Council,government,,"
    member = f"{council}pilots,inferred,The test says so.,,"
    path.write_text(path.read_text().replace(f"{council},,,,", member))
    assert {a.side for a in actors(read_story(story_folder)).values()} == {"pilots"}


@pytest.mark.parametrize("row", ROWS["quotes"], ids=lambda row: row["id"])
def test_a_statement_has_what_its_rows_say(row: dict[str, str]) -> None:
    found = next(s for s in statements(STORY) if s.id == row["id"])
    assert found.speaker == actors(STORY)[row["speaker"]]
    assert (found.said_at.id if found.said_at else "") == row["said_at"]
    assert (found.said_on.isoformat() if found.said_on else "") == row["said_on"]
    for column in ("article", "kind", "paraphrase", "cue", "said_basis", "said_note", "context",
                   "topic"):  # fmt: skip
        assert getattr(found, column) == row[column]
    assert {a.id for a in found.about_actors} == linked(row["id"], "actor", "about")
    assert {p.id for p in found.about_places} == linked(row["id"], "place", "about")
    assert {a.id for a in found.addressees} == linked(row["id"], "actor", "addressee")
    assert {a.id for a in found.relayed} == linked(row["id"], "actor", "relayed")
    assert found.spoken == (row["kind"] in ("direct", "mixed"))
    assert found.words.replace(" … ", " ") == spoken(row["id"])
    assert found.word_count == len(spoken(row["id"]).split())


@pytest.mark.parametrize("row", ROWS["events"], ids=lambda row: row["id"])
def test_an_event_has_what_its_rows_say(row: dict[str, str]) -> None:
    found = next(e for e in events(STORY) if e.id == row["id"])
    assert found.start.isoformat() == row["start"]
    assert found.end.isoformat() == (row["end"] or row["start"])
    assert (found.place.id if found.place else "") == row["place"]
    assert {a.id for a in found.participants} == linked(row["id"], "actor", "participant")
    assert {p.id for p in (found.origin,) if p} == linked(row["id"], "place", "origin")
    assert {p.id for p in (found.destination,) if p} == linked(row["id"], "place", "destination")
    for column in ("title", "precision", "status", "basis", "note"):
        assert getattr(found, column) == row[column]


def test_events_stand_by_day_then_as_in_the_table() -> None:
    order = [e.id for e in events(STORY)]
    assert order == sorted(ids("events"), key=lambda i: (BY_ID[i]["start"], ids("events").index(i)))


def test_an_event_without_a_place_is_where_its_venue_is(story_folder: Path) -> None:
    path = story_folder / "events.csv"
    path.write_text(path.read_text().replace("past,quayside", "past,"))
    first, _ = events(read_story(story_folder))
    assert first.place is not None
    assert first.place.id == "quayside"


def test_everything_else_stands_as_in_its_table() -> None:
    assert [s.id for s in statements(STORY)] == ids("quotes")
    assert [p.id for p in positions(STORY)] == ids("positions")
    assert [f.id for f in figures(STORY)] == ids("figures")
    assert [m.id for m in mentions(STORY)] == ids("mentions")
    assert [a.id for a in articles(STORY)] == ids("articles")
    for table, made in (("actors", actors), ("places", places), ("topics", topics)):
        assert list(made(STORY)) == ids(table)


def test_positions_and_figures_have_what_their_rows_say() -> None:
    for position in positions(STORY):
        row = BY_ID[position.id]
        assert position.actor.id == row["actor"]
        assert (position.topic, position.stance, position.note) == (
            row["topic"], row["stance"], row["note"]
        )  # fmt: skip
    for figure in figures(STORY):
        row = BY_ID[figure.id]
        assert figure.value == float(row["value"])
        assert (figure.label, figure.unit, figure.qualifier) == (
            row["label"], row["unit"], row["qualifier"]
        )  # fmt: skip


def test_passages_stand_in_the_order_of_their_numbers() -> None:
    for record, found in passages(STORY).items():
        rows = [r for r in ROWS["passages"] if r["record"] == record]
        wanted = [int(r["start"]) for r in sorted(rows, key=lambda r: int(r["n"]))]
        assert [p.start for p in found] == wanted
    assert sum(map(len, passages(STORY).values())) == len(ROWS["passages"])


def test_what_the_article_does_not_say_is_empty() -> None:
    article = articles(TINY)[0]
    assert (article.republisher, article.published) == ("", date(2024, 5, 6))
    assert places(TINY)["farland"].latitude is None
    sail, paper, resume = statements(TINY)
    assert (sail.words, sail.word_count) == (
        "The boats must sail again … We have waited long enough.", 10
    )  # fmt: skip
    assert (paper.said_at, paper.said_on, paper.said_basis) == (None, None, "")
    assert (resume.topic, resume.words, resume.word_count) == ("", "", 0)
    assert actors(TINY)["council"].aliases == ()


def test_an_object_is_made_of_plain_values() -> None:
    """Nothing of pandas (NaN, NaT, Timestamp) leaves the tables."""
    plain = (str, int, float, bool, date, tuple, type(None))
    for story in (STORY, TINY, DRAFT):
        lists = (articles, statements, events, positions, figures, mentions)
        made = [record for found in lists for record in found(story)]
        for record in (*made, *reviews(story).values()):
            for name, value in vars(record).items():
                nested = type(value).__module__ == "dashboard.model"
                assert nested or type(value) in plain, (record, name, value)
                assert value == value, (record, name)


def test_what_was_decided_of_a_record() -> None:
    assert reviews(STORY) == {}
    found = reviews(PARTLY)
    draft, accepted, rejected = (found[i] for i in ("aleppo", "moscow", REJECTED))
    assert (draft.status, draft.decided_by, draft.article) == ("draft", PROGRAM, "")
    assert (accepted.status, accepted.decided_by, accepted.start) == ("accepted", EDITOR, None)
    assert (rejected.status, rejected.confidence) == ("rejected", 0.3)
    assert (rejected.article, rejected.start, rejected.end) == (ids("articles")[0], 5, 9)
    assert [is_draft(PARTLY, i) for i in ("aleppo", "moscow", REJECTED, "f-killed")] == [
        True, False, False, False
    ]  # fmt: skip


def test_a_draft_may_lack_what_only_people_write() -> None:
    assert articles(DRAFT)[0].url == ""
    assert {s.paraphrase for s in statements(DRAFT)} == {""}
    assert [s.paraphrase != "" for s in statements(PARTLY)].count(True) == 1


@settings(max_examples=50)
@given(selection=selections())
def test_a_part_of_a_story_makes_the_same_records(selection: Selection) -> None:
    part = select(STORY, selection)
    assert [s.id for s in statements(part)] == expected(selection)
    alone = replace(part, part_of=None)  # as if its tables were all there is
    for records in (statements, events, positions, mentions):
        assert records(part) == records(alone)


def test_a_part_of_a_story_has_its_storys_own_records() -> None:
    story = read_story(Path(__file__).parent / "stories" / "tiny")
    part = select(story, Selection(kinds=("direct",)))
    assert 0 < len(statements(part)) < len(statements(story))
    assert {id(s) for s in statements(part)} <= {id(s) for s in statements(story)}
    assert actors(part) is actors(story)
