"""How two texts differ, word by word, and whether they are the same words nevertheless.

Words are compared as they are read: case, accents and the punctuation around them do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.plain import fold

SAME, CHANGED, MISSING, ADDED = "same", "changed", "missing", "added"

# Chosen on made-up pairs (`tests/library/test_differing.py`): a word in five may differ. Two
# sentences of one pattern share up to 78 in 100; whoever rewords a sentence may share no more, and
# is not found: taking two sentences for one is worse, for it puts words into somebody's mouth.
LEAST_ALIKE = 0.8
# A shorter printing is part of a longer one when nine of ten of its words stand there together;
# of fewer than six words many sentences have some.
LEAST_CONTAINED = 0.9
FEWEST_CONTAINED = 6
MOST_WORDS = 2_000  # of a text that are compared

# What parts words: spaces, dashes, slashes. `finditer` gives a word with all that follows it.
_PIECE = re.compile(r"[^\s\-‐-―/…]+[\s\-‐-―/…]*")
_MEANT = frozenset("%‰&#@§")  # punctuation to Unicode, and yet part of what is said
_AROUND = "".join(
    letter for letter in map(chr, range(128)) if unicodedata.category(letter)[0] in "PZC"
).translate(dict.fromkeys(map(ord, _MEANT)))


@dataclass(frozen=True)
class Parted:
    """A text in pieces, one a word: `"".join(pieces)` is the text, `words` is how they compare."""

    pieces: tuple[str, ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """Neighbouring words that two texts share, or where they differ.

    `kind`: SAME; CHANGED, other words at this place; MISSING, only in the first text, or ADDED,
    only in the second. All `ours` in a row are the first text as it is spelt, all `theirs` the
    second.
    """

    kind: str
    ours: str
    theirs: str


def parted(text: str) -> Parted:
    """A text in its words; of a longer one the first MOST_WORDS.

    Punctuation that stands alone belongs to the word before it, at the beginning to the first.
    """
    pieces: list[str] = []
    words: list[str] = []
    first = _PIECE.search(text)
    before = text[: first.start()] if first else text
    for found in _PIECE.finditer(text):
        piece = before + found.group()
        before = ""
        if word := _word(piece):
            if len(words) == MOST_WORDS:
                break
            pieces.append(piece)
            words.append(word)
        elif pieces:
            pieces[-1] += piece
        else:
            before = piece
    return Parted(tuple(pieces), tuple(words))


def likeness(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """The share of words that two texts have in common, in this order: from 0 to 1.

    Twice the longest common subsequence by the lengths together, which is the normalized Indel
    similarity: https://rapidfuzz.github.io/RapidFuzz/Usage/distance/Indel.html
    """
    from rapidfuzz.distance import Indel

    return float(Indel.normalized_similarity(ours, theirs)) if ours and theirs else 0.0


def is_same(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two texts are printings of the same words, or one of a part of the other."""
    if likeness(ours, theirs) >= LEAST_ALIKE:
        return True
    return contained(ours, theirs) >= LEAST_CONTAINED


def contained(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """How much of the shorter text stands in the longer one, at one place: from 0 to 1."""
    from rapidfuzz.fuzz import partial_ratio

    if min(len(ours), len(theirs)) < FEWEST_CONTAINED:
        return 0.0
    return float(partial_ratio(ours, theirs)) / 100


def runs(ours: Parted, theirs: Parted) -> tuple[Run, ...]:
    """Two texts side by side, in as few runs as their common words leave."""
    from rapidfuzz.distance import Indel

    found: list[Run] = []
    for step in Indel.opcodes(ours.words, theirs.words):
        left = "".join(ours.pieces[step.src_start : step.src_end])
        right = "".join(theirs.pieces[step.dest_start : step.dest_end])
        if step.tag == "equal":
            found.append(Run(SAME, left, right))
            continue
        if found and found[-1].kind != SAME:  # deleted and inserted at one place: changed
            last = found.pop()
            left, right = last.ours + left, last.theirs + right
        found.append(Run(CHANGED if left and right else MISSING if left else ADDED, left, right))
    return tuple(found)


def places(found: Sequence[Run]) -> tuple[Run, ...]:
    """Where two texts differ."""
    return tuple(run for run in found if run.kind != SAME)


def _word(piece: str) -> str:
    """A piece as it compares: folded, without the punctuation around it; "" if that is all."""
    if piece.isascii():  # the same, in a tenth of the time
        return piece.lower().strip(_AROUND)
    letters = fold(piece)
    start, end = 0, len(letters)
    while start < end and not _counts(letters[start]):
        start += 1
    while end > start and not _counts(letters[end - 1]):
        end -= 1
    return letters[start:end]


def _counts(letter: str) -> bool:
    return letter.isalnum() or letter in _MEANT or unicodedata.category(letter)[0] not in "PZC"
