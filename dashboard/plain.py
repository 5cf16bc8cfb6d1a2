"""Owns plain text made of data: one line, nothing invisible, cut at a word, folded."""

from __future__ import annotations

import re
import unicodedata

# Control characters, line separators, direction overrides, halves of characters. Joiners stay: some
# scripts are written with them.
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")

_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


def line(text: str) -> str:
    """Text as one line: control characters and line breaks become single spaces."""
    return " ".join(CONTROL.sub(" ", text).split())


def cut(text: str, most: int) -> str:
    """Text of at most so many characters; a longer one ends at a word, with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    at = head.rfind(" ")
    return (head[:at] if at > most // 3 else head).rstrip(" ,;:–—-") + "…"


def fold(text: str) -> str:
    """Text as it is searched: no accents, no case, straight quotation marks, single spaces."""
    plain = unicodedata.normalize("NFKD", text).translate(_MARKS)
    if not plain.isascii():
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())
