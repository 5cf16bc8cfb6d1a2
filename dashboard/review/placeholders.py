"""Owns what a draft says where a person has not written yet, and finding it before publication."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.checking.fault import Fault
from dashboard.review.draft import DRAFT, Draft

HEADLINE = "Untitled article"
PUBLISHER = "Publisher not given"
STANDFIRST = "A draft: "  # how it begins
REMEDIES = {
    "headline": "write it as printed",
    "publisher": "write who published the article",
    "standfirst": "write one or two sentences of your own",
}


def standfirst(statements: int, speakers: int) -> str:
    """The sentence under the headline of a draft."""
    return f"{STANDFIRST}{statements} statements of {speakers} speakers, found by a program."


def placeholder_faults(draft: Draft) -> Iterator[Fault]:
    """What still is the program's in a story of which all else has been decided."""
    if any(review["status"] == DRAFT for review in draft.rows("reviews")):
        return  # the page says that it is a draft
    for number, article in enumerate(draft.rows("articles"), start=2):
        for column, remedy in REMEDIES.items():
            text = article[column]
            if text in (HEADLINE, PUBLISHER) or text.startswith(STANDFIRST):
                yield Fault("articles", number, column, f"is what the program put there; {remedy}")
