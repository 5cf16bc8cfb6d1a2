"""What a program found says so: how many, which, how sure, and who decided."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.records import statements
from dashboard.story import Story
from dashboard.telling.drafts import badge, decisions, mark, notice
from tests.drafted import ACCEPTED, DRAFT, PARTLY, drafted
from tests.shipped import STORY, ids

FOUND = sum(len(ids(table)) for table in ("quotes", "events", "actors", "places"))
ALL = FOUND + len(ids("positions")) + len(ids("figures"))
BY = {s.id: s for s in statements(STORY)}


def alone(story: Story) -> Story:
    """The story with its first record alone decided on."""
    return replace(story, reviews=story.reviews.iloc[:1])


def added(story: Story) -> Story:
    """The story whose accepted records the program had no idea of."""
    theirs = story.reviews["status"] == "accepted"
    return replace(
        story,
        reviews=story.reviews.assign(confidence=story.reviews["confidence"].mask(theirs)),
    )


@pytest.mark.parametrize(
    ("story", "sentence"),
    [
        (STORY, ""),
        (DRAFT, f"Draft: {FOUND} of {ALL} records were found by a program and not yet reviewed."),
        (
            PARTLY,
            f"Draft: {FOUND - len(ACCEPTED)} of {ALL} records were found by a program"
            " and not yet reviewed.",
        ),
        (
            alone(DRAFT),
            f"Draft: 1 of {ALL} records was found by a program and not yet reviewed.",
        ),
        (drafted(accepted=tuple(DRAFT.reviews["record"])), ""),
    ],
    ids=["made by hand", "all drafts", "some drafts", "one draft", "all accepted"],
)
def test_the_notice_counts_what_nobody_reviewed(story: Story, sentence: str) -> None:
    assert notice(story) == sentence


@pytest.mark.parametrize(
    ("story", "quote", "words"),
    [
        (STORY, "", ""),
        (STORY, "q-lavrov-lose", ""),
        (DRAFT, "", "Draft, not reviewed"),
        (DRAFT, "q-lavrov-lose", "Draft, not reviewed"),
        (PARTLY, "", "Draft, partly reviewed"),
        (PARTLY, "q-lavrov-lose", "Draft, partly reviewed"),
        (PARTLY, "q-kerry-helpful", "Draft, not reviewed"),
    ],
)
def test_a_link_says_it_in_a_few_words(story: Story, quote: str, words: str) -> None:
    assert mark(story, BY.get(quote)) == words


@pytest.mark.parametrize(
    ("story", "record", "words"),
    [
        (STORY, "q-lavrov-lose", ""),
        (PARTLY, "q-lavrov-lose", ""),
        (PARTLY, "p-lavrov-moscow-talks", ""),  # no program found it
        (DRAFT, ids("quotes")[0], "Draft · unsure"),
        (DRAFT, ids("quotes")[1], "Draft · likely"),
        (replace(DRAFT, reviews=DRAFT.reviews.assign(confidence=0.5)), "moscow", "Draft · likely"),
        (replace(DRAFT, reviews=DRAFT.reviews.assign(confidence=None)), "moscow", "Draft"),
    ],
)
def test_a_draft_wears_a_badge(story: Story, record: str, words: str) -> None:
    assert badge(story, record) == words


@pytest.mark.parametrize(
    ("story", "lines"),
    [
        (STORY, []),
        (
            DRAFT,
            [
                f"A program found {FOUND + 1} records: {FOUND} not yet reviewed, 1 rejected.",
                f"Found by dateline 0.1 rules ({FOUND}).",
                "Rejected by Ada *Bell* (1).",
            ],
        ),
        (
            PARTLY,
            [
                f"A program found {FOUND + 1} records: {FOUND - 4} not yet reviewed, 4 accepted,"
                " 1 rejected.",
                f"Found by dateline 0.1 rules ({FOUND - 4}).",
                "Accepted by Ada *Bell* (4).",
                "Rejected by Ada *Bell* (1).",
            ],
        ),
        (
            added(PARTLY),
            [
                f"A program found {FOUND - 3} records: {FOUND - 4} not yet reviewed, 1 rejected.",
                f"Found by dateline 0.1 rules ({FOUND - 4}).",
                "Rejected by Ada *Bell* (1).",
                "Added by Ada *Bell* (4).",
            ],
        ),
        (alone(DRAFT), ["A program found 1 record: 1 not yet reviewed.",
                        "Found by dateline 0.1 rules (1)."]),
    ],
    ids=["made by hand", "all drafts", "some drafts", "some added", "one draft"],
)  # fmt: skip
def test_who_decided_what(story: Story, lines: list[str]) -> None:
    assert decisions(story) == lines
