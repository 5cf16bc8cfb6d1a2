"""A comparison of printings in sentences: for everybody, and for those who do not see the marks.

All of it is plain text with words of the data in it: to be escaped where it becomes Markdown.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from dashboard.library.attributing import Attribution
from dashboard.library.comparing import Comparison, Printing
from dashboard.library.differing import ADDED, CHANGED, Run
from dashboard.plain import cut, line

LONGEST = 60  # letters of words that a sentence names
MOST_PLACES = 5  # that are told one by one
_TO_THE_RIGHT = "\u200e"  # LEFT-TO-RIGHT MARK: what is beside it runs to the right
_EDGES = " .,;:!?–—-“”„«»\"'‘’()[]"


def summed_up(found: Comparison) -> str:
    """How many printings there are, in how many outlets, and where they differ."""
    outlets = f" in {_many(found.outlets, 'outlet')}" if found.outlets else ""
    if not found.others:
        if len(found.own.statements) > 1 or found.outlets > 1:
            return f"1 printing{outlets}: all have just the same words."
        return f"1 printing{outlets}."
    told = f"{_many(found.printings, 'printing')}{outlets}; "
    if len(found.others) == 1:
        return told + _two(found.others[0])
    numbers = sorted(len(other.places) for other in found.others)
    low, high = numbers[0], numbers[-1]
    spread = _many(low, "place") if low == high else f"{low:,} to {_many(high, 'place')}"
    return f"{told}the others differ from the one asked for in {spread}."


def told(printing: Printing) -> str:
    """Where a printing differs from the one that was asked for, place by place."""
    found = printing.places
    if not found:
        return "The same words."
    parts = [_place(run) for run in found[:MOST_PLACES]]
    if rest := len(found) - len(parts):
        parts.append(f"and {_many(rest, 'more place')}")
    begin = f"Differs in {_many(len(found), 'place')}"
    if printing.part:
        longer = sum(len(run.theirs) for run in found) > sum(len(run.ours) for run in found)
        begin = "These words and more" if longer else "A part of these words"
    return f"{begin}: {'; '.join(parts)}."


def quarrel(conflicts: Sequence[Attribution]) -> str:
    """Who is said to have spoken, when that is not one person; "" when it is."""
    if not conflicts:
        return ""
    return "; ".join(_named(each) for each in conflicts) + "."


def sure(confidence: float | None) -> str:
    """How sure an attribution is, where a source tells it; else ""."""
    return "" if confidence is None else f"{confidence:.0%} sure"


def _two(other: Printing) -> str:
    found = other.places
    told = f"they differ in {_many(len(found), 'place')}"
    if len(found) != 1:
        return f"{told}."
    run = found[0]
    if run.kind == CHANGED:
        return f"{told}: {_words(run.ours)} stands in one, {_words(run.theirs)} in the other."
    return f"{told}: {_words(run.theirs if run.kind == ADDED else run.ours)} stands in one."


def _place(run: Run) -> str:
    if run.kind == ADDED:
        return f"{_words(run.theirs)} is added"
    if run.kind == CHANGED:
        return f"{_words(run.theirs)} instead of {_words(run.ours)}"
    return f"{_words(run.ours)} is missing"


def _named(each: Attribution) -> str:
    where = (
        _many(len(each.outlets), "outlet") if each.outlets else _many(each.statements, "statement")
    )
    certain = sure(each.confidence)
    name = cut(line(each.speaker.name), LONGEST) if each.speaker else "nobody"
    return f"{name} in {where}" + (f", by a program that is {certain}" if certain else "")


def _words(text: str) -> str:
    bare = line(text)
    quoted = f"“{cut(bare.strip(_EDGES) or bare, LONGEST)}”"
    # Else several of them, with only marks between, would change places.
    return f"{_TO_THE_RIGHT}{quoted}{_TO_THE_RIGHT}" if _runs_left(bare) else quoted


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
