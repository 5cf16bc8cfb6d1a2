"""Owns whether a sentence of ours is ours: it copies no run of the article's words."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_QUOTED = re.compile('“[^”]*”|«[^»]*»|"[^"]*"')
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def is_short(ours: str) -> bool:
    """Whether it has too few words to be a run of the article's: a name, a role, a fact."""
    return len(_WORD.findall(ours)) < LONGEST_RUN


def copied_run(ours: str, text: str) -> str:
    """Return the first run of at least eight words that stands in the text too; "" without one.

    Case, punctuation and what stands in quotation marks do not count.
    """
    # What is quoted parts a sentence: words on either side of it are not in a row.
    for part in _QUOTED.split(ours):
        words = _WORD.findall(part)
        if len(words) >= LONGEST_RUN:
            there = f" {' '.join(_folded(text))} "
            for first in range(len(words) - LONGEST_RUN + 1):
                run = words[first : first + LONGEST_RUN]
                if f" {' '.join(map(_fold, run))} " in there:
                    return _grown(words, first, there)
    return ""


def copied_faults(draft: Draft) -> Iterator[Fault]:
    """Yield where a sentence of ours copies the article."""
    for table, names in OURS.items():
        for line, row in enumerate(draft.rows(table), start=2):
            for column in names:
                for part in row[column].split("|") if column == "aliases" else (row[column],):
                    if run := copied_run(part, draft.text):
                        what = f"copies {len(run.split())} words of the article ({shown(run)})"
                        yield Fault(table, line, column, f"{what}; say it in your own words")


def _grown(words: list[str], first: int, there: str) -> str:
    last = first + LONGEST_RUN
    while last < len(words) and f" {' '.join(map(_fold, words[first : last + 1]))} " in there:
        last += 1
    return " ".join(words[first:last])


def _folded(text: str) -> list[str]:
    return [_fold(word) for word in _WORD.findall(text)]


def _fold(word: str) -> str:
    return word.casefold().replace("’", "'")
