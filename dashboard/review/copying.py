"""Owns whether a sentence of ours is ours: it copies no run of the article's words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile
from typing import NamedTuple

from dashboard.checking.check import LONGEST_CELL
from dashboard.checking.fault import Fault, shown
from dashboard.review.draft import Draft

LONGEST_RUN = 8  # words in a row that are no accident any more
# What we write. Headlines, names of publishers and addresses are printed as they are.
OURS = {
    "articles": ("standfirst", "published_note"),
    "places": ("name",),
    "actors": ("name", "role", "member_note", "aliases"),
    "topics": ("name", "question"),
    "quotes": ("paraphrase", "cue", "said_note", "context"),
    "events": ("title", "note"),
    "positions": ("note",),
    "figures": ("label", "unit", "qualifier"),
    "alternatives": ("name",),
}
MARKS = (("“", "”"), ("«", "»"), ('"', '"'))  # what begins a quotation, and what ends it
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def is_short(ours: str) -> bool:
    """Whether it has too few words to be a run of the article's: a name, a role, a fact."""
    return len(_WORD.findall(ours)) < LONGEST_RUN


def copied_run(ours: str, text: str) -> str:
    """Return the first run of at least eight words that stands in the text too; "" without one.

    Case, punctuation and what stands in quotation marks do not count.
    """
    return _copied(ours, _printed(text))


def copied_faults(draft: Draft) -> Iterator[Fault]:
    """Yield where a sentence of ours copies the article."""
    printed = _printed(draft.text)
    for table, names in OURS.items():
        for line, row in enumerate(draft.rows(table), start=2):
            for column in names:
                if len(row[column]) > LONGEST_CELL:  # `check` tells it
                    continue
                for part in row[column].split("|") if column == "aliases" else (row[column],):
                    if run := _copied(part, printed):
                        what = f"copies {len(run.split())} words of the article ({shown(run)})"
                        yield Fault(table, line, column, f"{what}; say it in your own words")


class _Printed(NamedTuple):
    """An article's words, and where each run of eight stands first."""

    words: list[str]
    runs: dict[tuple[str, ...], int]


def _printed(text: str) -> _Printed:
    words = _folded(text)
    # From the end on, so that the first place is what stays.
    starts = range(len(words) - LONGEST_RUN, -1, -1)
    return _Printed(words, {tuple(words[n : n + LONGEST_RUN]): n for n in starts})


def _copied(ours: str, printed: _Printed) -> str:
    # What is quoted parts a sentence: words on either side of it are not in a row.
    for part in _unquoted(ours):
        words = _WORD.findall(part)
        folded = list(map(_fold, words))
        for first in range(len(words) - LONGEST_RUN + 1):
            run = tuple(folded[first : first + LONGEST_RUN])
            if (place := printed.runs.get(run)) is not None:
                pairs = zip(folded[first:], printed.words[place:], strict=False)
                same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
                return " ".join(words[first : first + same])
    return ""


def _unquoted(ours: str) -> Iterator[str]:
    """Yield what stands outside quotations, and so outside those that stand within another."""
    ends = _ends(ours)
    outside = 0
    for start in sorted(ends):
        if start >= outside:
            yield ours[outside:start]
            outside = ends[start]
    yield ours[outside:]


def _ends(ours: str) -> dict[int, int]:
    """Return where each quotation ends, by where it begins, in one pass for each kind of marks.

    One that has no end of its own, as a paragraph that goes on in the next, ends where the next
    one does. A mark that nothing ends begins none.
    """
    ends: dict[int, int] = {}
    for opening, closing in MARKS:
        free: list[int] = []
        following = 0
        for at in reversed([mark.start() for mark in re.finditer(f"[{opening}{closing}]", ours)]):
            if ours[at] == opening and following:
                ends[at] = free.pop() if free else following
            if ours[at] == closing:
                following = at + 1
                free.append(following)
    return ends


def _folded(text: str) -> list[str]:
    return [_fold(word) for word in _WORD.findall(text)]


def _fold(word: str) -> str:
    return word.casefold().replace("’", "'")
