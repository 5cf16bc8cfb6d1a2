"""Owns what is decided of a record: accepted, rejected, or still a draft; by whom."""

from __future__ import annotations

from dashboard.plain import line
from dashboard.review.draft import (
    ACCEPTED,
    DRAFT,
    REJECTED,
    WALKED,
    Draft,
    ReviewError,
    Row,
    find,
    row,
)
from dashboard.schema import REVIEWED

# (from which confidence, what it is called)
IN_WORDS = ((0.9, "Almost certain"), (0.75, "Likely"), (0.5, "Unsure"), (0.0, "A guess"))

# A record of these tables cannot be without the actor in that column.
RESTS_ON = {"quotes": "speaker", "positions": "actor"}


def status(draft: Draft, record: str) -> str:
    """Return `draft`, `accepted` or `rejected`; what has no review was made by a person."""
    review = draft.reviews.get(record)
    return review["status"] if review else ACCEPTED


def confidence(draft: Draft, record: str) -> float | None:
    """Return the program's own estimate between 0 and 1; None for what a person added."""
    review = draft.reviews.get(record)
    return float(review["confidence"]) if review and review["confidence"] else None


def in_words(estimate: float | None) -> str:
    """Return a confidence in words."""
    if estimate is None:
        return "Added by hand"
    return next(words for least, words in IN_WORDS if estimate >= least)


def progress(draft: Draft, table: str) -> tuple[int, int]:
    """Return how many records of a table are decided, and how many there are."""
    rows = draft.rows(table)
    return sum(status(draft, row["id"]) != DRAFT for row in rows), len(rows)


def accept(draft: Draft, record: str, by: str) -> Draft:
    """Accept a record. Raises ReviewError when something is missing that a reader needs."""
    table, found = find(draft, record)
    if table == "quotes" and found["kind"] == "indirect" and not found["paraphrase"]:
        raise ReviewError("no paraphrase yet; say in your own words what was said, then accept it")
    return decide(draft, record, ACCEPTED, by)


def reject(draft: Draft, record: str, by: str) -> Draft:
    """Reject a record. Raises ReviewError when others that are not rejected rest on it."""
    table, _ = find(draft, record)
    if table == "actors":
        _refuse_if_needed(draft, record)
    return decide(draft, record, REJECTED, by)


def restore(draft: Draft, record: str, by: str) -> Draft:
    """Make a draft of a record again, decided on or not."""
    return decide(draft, record, DRAFT, by)


def accept_all_above(draft: Draft, least: float, by: str) -> Draft:
    """Accept all drafts whose confidence is at least so much and in which nothing is missing."""
    for table in WALKED:
        for found in draft.rows(table):
            record = found["id"]
            sure = (confidence(draft, record) or 0.0) >= least
            lacking = found.get("kind") == "indirect" and not found["paraphrase"]
            if status(draft, record) == DRAFT and sure and not lacking:
                draft = decide(draft, record, ACCEPTED, by)
    return draft


def revive(draft: Draft, record: str, by: str) -> Draft:
    """Restore a record if it is rejected: something is about to rest on it."""
    return decide(draft, record, DRAFT, by) if status(draft, record) == REJECTED else draft


def decide(draft: Draft, record: str, decided: str, by: str) -> Draft:
    """Return the draft in which a record has that status; whom it rests on is restored with it."""
    table, found = find(draft, record)
    if table not in REVIEWED:
        raise ReviewError("nobody decides on this; choose a statement, actor, place or event")
    old = draft.reviews.get(record)
    if old and old["status"] == decided:
        return draft
    review = {**(old or row("reviews", record=record)), "status": decided, "decided_by": line(by)}
    rows = draft.rows("reviews")
    made = [review if r is old else r for r in rows] if old else [*rows, review]
    draft = draft.having(reviews=made)
    if table in RESTS_ON and decided != REJECTED:
        draft = revive(draft, found[RESTS_ON[table]], by)
    return draft


def _refuse_if_needed(draft: Draft, actor: str) -> None:
    spoken = [r for r in draft.rows("quotes") if r["speaker"] == actor and _stands(draft, r)]
    if spoken:
        many = "1 statement" if len(spoken) == 1 else f"{len(spoken)} statements"
        raise ReviewError(
            f"they speak in {many}; choose another speaker there, merge them with someone, or"
            " reject the statements first"
        )
    if any(r["actor"] == actor and _stands(draft, r) for r in draft.rows("positions")):
        raise ReviewError("they have a position on a topic; merge them with someone instead")


def _stands(draft: Draft, record: Row) -> bool:
    return status(draft, record["id"]) != REJECTED
