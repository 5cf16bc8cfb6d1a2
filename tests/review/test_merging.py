"""Two that are the same become one: everything that named the one names the other."""

from __future__ import annotations

import pytest

from dashboard.review.decisions import reject, status
from dashboard.review.draft import ReviewError
from dashboard.review.editing import current_faults
from dashboard.review.merging import merge
from dashboard.review.reassign import place, speaker
from dashboard.schema import TABLES
from tests.review.drafts import DRAFT, ME


def test_nothing_names_whom_was_merged() -> None:
    draft = merge(DRAFT, "ada-bell", "pilots", ME)
    for table in TABLES:
        for row in draft.rows(table):
            assert "pilots" not in row.values(), (table, row)
    assert draft.by_id["q-pilots-paper"][1]["speaker"] == "ada-bell"
    assert [m["start"] for m in draft.anchors["ada-bell"]] == ["91", "158", "273"]
    assert draft.by_id["ada-bell"][1]["aliases"] == "Mayor Ada Bell|Ms. Bell|Pilots"
    assert draft.by_id["ada-bell"][1]["wikidata"] == "Q42"


def test_one_position_on_a_topic_stays() -> None:
    draft = merge(DRAFT, "ada-bell", "pilots", ME)
    assert [r["id"] for r in draft.rows("positions")] == ["p-bell-ferries"]
    assert "p-pilots-ferries" not in {r["record"] for r in draft.rows("passages")}


@pytest.mark.parametrize(("kept", "gone"), [("ada-bell", "council"), ("council", "ada-bell")])
def test_nobody_becomes_a_member_of_itself(kept: str, gone: str) -> None:
    draft = merge(DRAFT, kept, gone, ME)
    assert draft.by_id[kept][1]["member_of"] == ""
    assert current_faults(draft) == []


def test_a_merge_into_a_rejected_one_restores_it() -> None:
    draft = reject(DRAFT, "council", ME)
    assert status(merge(draft, "council", "pilots", ME), "council") == "draft"


def test_a_place_has_one_name() -> None:
    draft = merge(DRAFT, "quayside", "marsh", ME)
    assert {m["start"] for m in draft.anchors["quayside"]} == {"51"}  # “Marsh” is no Quayside
    assert {r["place"] for r in draft.rows("links") if r["place"]} == {"quayside"}
    assert current_faults(draft) == []


@pytest.mark.parametrize(
    ("kept", "gone"), [("ada-bell", "ada-bell"), ("ada-bell", "marsh"), ("e-talks", "e-pay")]
)
def test_what_cannot_be_the_same(kept: str, gone: str) -> None:
    with pytest.raises(ReviewError, match="cannot be the same"):
        merge(DRAFT, kept, gone, ME)


def test_the_speaker_before_stays_an_alternative() -> None:
    draft = speaker(DRAFT, "q-pilots-paper", "council", ME)
    assert draft.by_id["q-pilots-paper"][1]["speaker"] == "council"
    (other,) = draft.others["q-pilots-paper"]
    assert (other["n"], other["actor"], other["confidence"]) == ("1", "pilots", "0.8")
    again = speaker(draft, "q-pilots-paper", "pilots", ME)
    assert [o["actor"] for o in again.others["q-pilots-paper"]] == ["council"]


def test_a_candidate_takes_the_places_rank_and_it_the_candidates() -> None:
    draft = place(DRAFT, "quayside", 1, ME)
    _, row = draft.by_id["quayside"]
    assert (row["country"], row["latitude"], row["geonames"]) == ("US", "40.5", "7")
    assert row["wikidata"] == ""  # it was of the other Quayside
    assert [o["country"] for o in draft.others["quayside"]] == ["GB", "CA"]
    assert place(draft, "quayside", 1, ME).by_id["quayside"][1]["country"] == "GB"


def test_a_place_keeps_the_name_that_the_article_has() -> None:
    draft = place(DRAFT, "quayside", 2, ME)
    _, row = draft.by_id["quayside"]
    assert (row["name"], row["country"]) == ("Quayside", "CA")
    with pytest.raises(ReviewError, match="not among the candidates"):
        place(DRAFT, "quayside", 3, ME)
