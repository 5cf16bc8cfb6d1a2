"""Accepting, rejecting, restoring: what a decision needs, and what it takes with it."""

from __future__ import annotations

import pytest

from dashboard.review.decisions import (
    accept,
    accept_all_above,
    confidence,
    in_words,
    progress,
    reject,
    restore,
    status,
)
from dashboard.review.draft import WALKED, ReviewError
from dashboard.review.editing import edit
from dashboard.review.settled import settled
from tests.review.drafts import DRAFT, ME, made


def test_everything_found_is_a_draft_and_what_people_made_is_accepted() -> None:
    assert {status(DRAFT, r["id"]) for t in WALKED for r in DRAFT.rows(t)} == {"draft"}
    assert {status(made(), r["id"]) for t in WALKED for r in made().rows(t)} == {"accepted"}
    assert progress(DRAFT, "quotes") == (0, 3)
    assert progress(made(), "quotes") == (3, 3)


def test_a_decision_says_who_decided() -> None:
    draft = accept(DRAFT, "q-bell-sail", ME)
    assert status(draft, "q-bell-sail") == "accepted"
    assert draft.reviews["q-bell-sail"]["decided_by"] == ME
    assert confidence(draft, "q-bell-sail") == 0.95
    assert progress(draft, "quotes") == (1, 3)


def test_reported_speech_is_accepted_once_it_is_paraphrased() -> None:
    with pytest.raises(ReviewError, match="paraphrase"):
        accept(DRAFT, "q-bell-resume", ME)
    draft = edit(DRAFT, "q-bell-resume", ME, paraphrase="Another round is planned.")
    assert status(accept(draft, "q-bell-resume", ME), "q-bell-resume") == "accepted"


def test_accepting_the_surest_leaves_the_others_and_what_lacks_a_paraphrase() -> None:
    draft = accept_all_above(DRAFT, 0.7, ME)
    left = {r["record"] for r in draft.rows("reviews") if r["status"] == "draft"}
    assert left == {"q-bell-resume", "marsh"}


def test_nobody_who_speaks_is_rejected_before_the_words_are() -> None:
    with pytest.raises(ReviewError, match="speak in 1 statement; choose another"):
        reject(DRAFT, "pilots", ME)
    draft = reject(DRAFT, "q-pilots-paper", ME)
    with pytest.raises(ReviewError, match="position"):
        reject(draft, "pilots", ME)
    without = draft.having(positions=[r for r in draft.rows("positions") if r["actor"] != "pilots"])
    assert status(reject(without, "pilots", ME), "pilots") == "rejected"


def test_a_restored_statement_brings_its_speaker_back() -> None:
    draft = DRAFT.having(positions=[])
    for record in ("q-pilots-paper", "pilots"):
        draft = reject(draft, record, ME)
    draft = restore(draft, "q-pilots-paper", ME)
    assert status(draft, "pilots") == "draft"


def test_what_is_rejected_leaves_only_where_it_stood() -> None:
    draft = settled(reject(DRAFT, "q-pilots-paper", ME))
    assert "q-pilots-paper" not in draft.by_id
    for table in ("passages", "links", "alternatives"):
        assert {r["record"] for r in draft.rows(table)} & {"q-pilots-paper"} == set()
    (trace,) = (r for r in draft.rows("reviews") if r["status"] == "rejected")
    assert (trace["article"], trace["start"], trace["end"]) == ("gazette", "215", "227")


def test_a_rejected_place_is_named_nowhere() -> None:
    draft = settled(reject(DRAFT, "quayside", ME))
    assert draft.by_id["q-bell-sail"][1]["said_at"] == ""
    assert draft.by_id["q-bell-sail"][1]["said_basis"] == "stated"  # the day is still known
    assert draft.by_id["e-talks"][1]["place"] == ""
    assert "quayside" not in {r["place"] for t in ("mentions", "links") for r in draft.rows(t)}


@pytest.mark.parametrize(
    ("estimate", "words"),
    [(1.0, "Almost certain"), (0.9, "Almost certain"), (0.89, "Likely"), (0.5, "Unsure"),
     (0.1, "A guess"), (0.0, "A guess"), (None, "Added by hand")],
)  # fmt: skip
def test_confidence_in_words(estimate: float | None, words: str) -> None:
    assert in_words(estimate) == words
