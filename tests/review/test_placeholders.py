"""What the program put where a person has to write is found before it is published."""

from __future__ import annotations

import pytest

from dashboard.review.draft import Draft, change
from dashboard.review.placeholders import HEADLINE, PUBLISHER, placeholder_faults, standfirst
from dashboard.review.publish import faults
from tests.review.drafts import DRAFT


def decided(draft: Draft) -> Draft:
    rows = [{**review, "status": "accepted"} for review in draft.rows("reviews")]
    return draft.having(reviews=rows)


@pytest.mark.parametrize(
    ("column", "text"),
    [("headline", HEADLINE), ("publisher", PUBLISHER), ("standfirst", standfirst(3, 2))],
)
def test_it_is_a_fault_once_all_else_is_decided(column: str, text: str) -> None:
    draft = change(DRAFT, DRAFT.article["id"], **{column: text})
    assert list(placeholder_faults(draft)) == []
    (fault,) = placeholder_faults(decided(draft))
    assert (fault.table, fault.row, fault.column) == ("articles", 2, column)
    assert fault in faults(decided(draft))


def test_what_a_person_wrote_is_none() -> None:
    assert list(placeholder_faults(decided(DRAFT))) == []
