"""The same words in other outlets: near-duplicates of a statement, verified, compared, grouped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

from dashboard.library.answers import Entry, Named, Quotation
from dashboard.library.attributing import Attribution, attributions, conflicting, outlets_of
from dashboard.library.differing import (
    LEAST_ALIKE,
    LEAST_CONTAINED,
    Parted,
    Run,
    contained,
    is_same,
    likeness,
    parted,
    places,
    runs,
)

MOST_CANDIDATES = 200
MOST_PRINTINGS = 20  # that are compared word by word; the others are counted


class Asked(Protocol):
    """What is asked: a `Library`."""

    def quotation(self, key: str) -> Quotation | None:
        """A statement by its permanent key."""

    def twins(self, key: str, most: int = MOST_CANDIDATES) -> tuple[Quotation, ...]:
        """Statements that may have the same words."""

    def entry(self, facet: str, key: str) -> Entry | None:
        """An actor (`actors`)."""


@dataclass(frozen=True)
class Printing:
    """One wording, and the statements that have it, the oldest first.

    `runs` compare it with the wording that was asked, which has no runs itself. `likeness`: the
    share of words that both have, from 0 to 1; `part` says that one is a part of the other.
    """

    words: str
    statements: tuple[Quotation, ...]
    runs: tuple[Run, ...] = ()
    likeness: float = 1.0
    part: bool = False

    @property
    def outlets(self) -> tuple[Named, ...]:
        """Who printed it, each once, the first first."""
        return outlets_of(self.statements)

    @property
    def attributions(self) -> tuple[Attribution, ...]:
        """Whom the statements name as its speaker."""
        return attributions(self.statements)

    @property
    def places(self) -> tuple[Run, ...]:
        """Where it differs from what was asked."""
        return places(self.runs)


@dataclass(frozen=True)
class Comparison:
    """A statement and all printings of its words, the most like first.

    `own` is the printing with just its words, `others` are at most MOST_PRINTINGS, `left_out` is
    how many more there are. `outlets` counts all of them. `conflicts` is empty or has the several
    people to whom the words are attributed, in whichever printing.
    """

    asked: Quotation
    own: Printing
    others: tuple[Printing, ...]
    left_out: int
    outlets: int
    conflicts: tuple[Attribution, ...]

    @property
    def printings(self) -> int:
        """How many wordings there are."""
        return 1 + len(self.others) + self.left_out


def compare(library: Asked, key: str) -> Comparison | None:
    """The printings of a statement's words; None when the library has no such statement.

    What was reported in others' words has no printings but itself. Raises TooSlow.
    """
    asked = library.quotation(key)
    if asked is None:
        return None
    ours = parted(asked.words)
    together = {ours.words: [asked]}
    texts = {ours.words: ours}
    for said in library.twins(key, MOST_CANDIDATES)[:MOST_CANDIDATES] if ours.words else ():
        theirs = parted(said.words)
        if theirs.words in together:
            together[theirs.words].append(said)
        elif theirs.words and is_same(ours.words, theirs.words):
            together[theirs.words], texts[theirs.words] = [said], theirs
    every = [said for statements in together.values() for said in statements]
    own = Printing(asked.words, (asked, *_by_date(together.pop(ours.words)[1:])))
    found = sorted(
        (_printing(ours, texts[words], group) for words, group in together.items()),
        key=lambda printing: (-printing.likeness, -len(printing.outlets), printing.words),
    )
    return Comparison(
        asked,
        own,
        tuple(_compared(ours, printing) for printing in found[:MOST_PRINTINGS]),
        max(0, len(found) - MOST_PRINTINGS),
        len(outlets_of(every)),
        conflicting(every, library),
    )


def _printing(ours: Parted, theirs: Parted, statements: Sequence[Quotation]) -> Printing:
    ordered = _by_date(statements)
    alike = likeness(ours.words, theirs.words)
    part = alike < LEAST_ALIKE and contained(ours.words, theirs.words) >= LEAST_CONTAINED
    return Printing(ordered[0].words, ordered, likeness=alike, part=part)


def _compared(ours: Parted, printing: Printing) -> Printing:
    return replace(printing, runs=runs(ours, parted(printing.words)))


def _by_date(statements: Sequence[Quotation]) -> tuple[Quotation, ...]:
    return tuple(sorted(statements, key=lambda said: (said.date or date.max, said.key)))
