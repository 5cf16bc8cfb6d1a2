"""Owns what a paragraph is: where the blocks of a text begin and end."""

from __future__ import annotations

from itertools import pairwise

WIDEST = 100  # characters; nobody wraps lines beyond that
PART = tuple[int, int]


def blocks(text: str) -> list[PART]:
    """Return start and end of each block of a text: mastheads, paragraphs, credit lines.

    Blocks stand between blank lines. A block of several lines is one paragraph when its lines are
    wrapped: no line but the last had room for the word that follows it. Otherwise each of its lines
    is a block, as in text pasted from a word processor; a line that begins with a small letter goes
    on with the one before it.
    """
    found: list[PART] = []
    lines: list[PART] = []
    width = _width(text)
    offset = 0
    for line in (*text.split("\n"), ""):
        if line.strip():
            lines.append((offset, offset + len(line)))
        elif lines:
            found += _parts(text, lines, width)
            lines = []
        offset += len(line) + 1
    return found


def unwrapped(text: str) -> str:
    """The text with line ends and tabs inside its paragraphs made blanks: offsets stay."""
    pieces = list(text)
    for start, end in blocks(text):
        for at in range(start, end):
            if pieces[at] in "\r\n\t":
                pieces[at] = " "
    return "".join(pieces)


def _parts(text: str, lines: list[PART], width: int) -> list[PART]:
    if len(lines) == 1 or (width <= WIDEST and _full(text, lines, width)):
        return [(lines[0][0], lines[-1][1])]
    found: list[PART] = []
    for start, end in lines:
        goes_on = bool(found) and text[start:end].lstrip()[:1].islower()
        found.append((found.pop()[0] if goes_on else start, end))
    return found


def _width(text: str) -> int:
    """The longest line of the text, in characters; a long address is no line."""
    return max((len(line.strip()) for line in text.split("\n") if " " in line.strip()), default=0)


def _full(text: str, lines: list[PART], width: int) -> bool:
    stripped = [text[start:end].strip() for start, end in lines]
    return all(
        len(line) + 1 + len(following.split()[0]) > width for line, following in pairwise(stripped)
    )
