"""Owns pairing quotation marks: curly, straight, doubled, guillemets, and British single ones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.extract.finds import Span

CLOSING = {"“": "”", "‟": "”", "„": "“”", "«": "»", "”": "”", '"': '"', "''": "''", "``": "''"}
DOUBLE = re.compile("''|``|[“”‟„«»\"]")
# A single mark that opens, and no apostrophe: nothing, space or a bracket before it, a word after.
SINGLE = re.compile(r"(?<![^\s(\[—–-])(?:‘|'(?!')|’)(?=\w|[“\"$£€…])")
SINGLE_END = re.compile(r"(?<=[^\s‘'])(?:’|'(?!'))(?![\w'])")
ELIDED = re.compile(r"['’‘](?:em|til|till|tis|twas|cause|bout|n|round|\d\ds?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Quoted:
    """What stands between quotation marks; the span holds the marks.

    `closed` is false when the mark was still open at the end of its paragraph; `single` tells
    single marks; `continued` that the next paragraph goes on with the same quotation.
    """

    span: Span
    inside: Span
    closed: bool
    single: bool
    continued: bool = False


def quoted(text: str, paragraphs: tuple[Span, ...]) -> tuple[Quoted, ...]:
    """What is between quotation marks, in order: only the outermost of nested ones.

    An open mark ends with its paragraph; the quotation is continued when the next paragraph
    begins with an opening mark, as newspapers set a quotation of several paragraphs.
    """
    found: list[Quoted] = []
    for n, (start, end) in enumerate(paragraphs):
        doubles = list(_doubles(text, start, end))
        within = [mark.span for mark in doubles]
        singles = [s for s in _singles(text, start, end) if not _crosses(s.span, within)]
        following = text[slice(*paragraphs[n + 1])].lstrip() if n + 1 < len(paragraphs) else ""
        for mark in sorted((*doubles, *singles), key=lambda m: m.span):
            goes_on = not mark.closed and following[:1] in ("“", '"', "'", "‘", "«")
            found.append(Quoted(mark.span, mark.inside, mark.closed, mark.single, goes_on))
    return tuple(found)


def _doubles(text: str, start: int, end: int) -> Iterator[Quoted]:
    opened: re.Match[str] | None = None
    for mark in DOUBLE.finditer(text, start, end):
        sign = mark.group()
        if opened is None:
            if sign not in ("”", "»"):
                opened = mark
        elif sign in CLOSING.get(opened.group(), ""):
            if mark.start() > opened.end():
                yield _between(opened.start(), opened.end(), mark.start(), mark.end())
            opened = None
    if opened is not None and opened.end() < end:
        yield Quoted((opened.start(), end), (opened.end(), end), closed=False, single=False)


def _singles(text: str, start: int, end: int) -> Iterator[Quoted]:
    """Single marks: they close after punctuation if there is such a place, else after a word.

    The other ’ are apostrophes, of which there is one every few words: a plural's possessive
    ("players’") looks just like the end of a quotation, hence the order.
    """
    at = start
    while opened := SINGLE.search(text, at, end):
        at = opened.end()
        if ELIDED.match(text, opened.start(), end):
            continue
        later = SINGLE.search(text, at, end)
        limit = later.start() if later else end
        ends = list(SINGLE_END.finditer(text, at, limit))
        if not ends:
            continue
        close = next((m for m in ends if text[m.start() - 1] in ",.!?;…"), None)
        close = close or next((m for m in ends if text[m.start() - 1] != "s"), ends[0])
        yield _between(opened.start(), opened.end(), close.start(), close.end(), single=True)
        at = close.end()


def _between(a: int, b: int, c: int, d: int, *, single: bool = False) -> Quoted:
    return Quoted((a, d), (b, c), closed=True, single=single)


def _crosses(span: Span, others: list[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in others)
