"""How words are searched: folded, whole, in any order; the same in every engine."""

from __future__ import annotations

import re

from dashboard.plain import fold

_WORDS = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are searched: folded, letters and digits alone, each once."""
    return tuple(dict.fromkeys(_tokens(text)))


def searchable(text: str) -> str:
    """A text as it is searched: " every word folded, parted and enclosed by single spaces "."""
    found = _tokens(text)
    return f" {' '.join(found)} " if found else ""


def _tokens(text: str) -> list[str]:
    plain = text.lower() if text.isascii() else fold(text)
    return _WORDS.findall(plain)
