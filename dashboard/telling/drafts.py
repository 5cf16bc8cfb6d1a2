"""What a program found and what people have decided of it, in a reader's words."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.records import is_draft, reviews
from dashboard.schema import REVIEWED

if TYPE_CHECKING:
    from dashboard.model import Statement
    from dashboard.story import Story

NOT_PARAPHRASED = "Reported speech, not yet paraphrased"
NOT_REVIEWED = "Draft, not reviewed"
PARTLY_REVIEWED = "Draft, partly reviewed"
MEANING = (
    "A draft stands as the program left it: words, speaker, place and date may be wrong. “Likely” "
    "and “unsure” are its own estimate: rather right than wrong, or not."
)
LIKELY = 0.5  # from here on the program itself thinks that it is rather right than wrong


def notice(story: Story) -> str:
    """How many records are drafts, as a sentence; "" of a story without any."""
    waiting = _waiting(story)
    if not waiting:
        return ""
    were = "was" if waiting == 1 else "were"
    of = f"{waiting:,} of {_records(_total(story))}"
    return f"Draft: {of} {were} found by a program and not yet reviewed."


def mark(story: Story, statement: Statement | None = None) -> str:
    """The same in a few words, of a statement or of the story; "" of a story without drafts."""
    if not _waiting(story):
        return ""
    begun = any(review.status == "accepted" for review in reviews(story).values())
    if begun and not (statement and is_draft(story, statement.id)):
        return PARTLY_REVIEWED
    return NOT_REVIEWED


def badge(story: Story, record: str) -> str:
    """What a draft wears, with what the program thinks of it; "" of a record that is none."""
    if not is_draft(story, record):
        return ""
    confidence = reviews(story)[record].confidence
    if confidence is None:
        return "Draft"
    return "Draft · likely" if confidence >= LIKELY else "Draft · unsure"


def decisions(story: Story) -> list[str]:
    """How many records a program found, what became of them, and who decided; one sentence each."""
    groups: tuple[list[str], ...] = ([], [], [], [])
    drafts, accepted, rejected, added = groups
    for review in reviews(story).values():
        if review.status == "draft":
            drafts.append(review.decided_by)
        elif review.status == "rejected":
            rejected.append(review.decided_by)
        else:  # what no program has an estimate of, no program found
            (added if review.confidence is None else accepted).append(review.decided_by)
    found = len(drafts) + len(accepted) + len(rejected)
    told = [
        f"{len(those)} {became}"
        for became, those in (
            ("not yet reviewed", drafts),
            ("accepted", accepted),
            ("rejected", rejected),
        )
        if those
    ]
    lines = [f"A program found {_records(found)}: {', '.join(told)}."] if told else []
    for did, those in zip(("Found", "Accepted", "Rejected", "Added"), groups, strict=True):
        if those:
            lines.append(f"{did} by {_names(those)}.")
    return lines


def _names(those: list[str]) -> str:
    return ", ".join(f"{who} ({number})" for who, number in Counter(those).most_common())


def _records(number: int) -> str:
    return "1 record" if number == 1 else f"{number:,} records"


@lru_cache(maxsize=16)
def _waiting(story: Story) -> int:
    return sum(review.status == "draft" for review in reviews(story).values())


@lru_cache(maxsize=16)
def _total(story: Story) -> int:
    return sum(len(story.tables[table]) for table in REVIEWED)
