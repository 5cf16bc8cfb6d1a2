"""Owns ids: how a name becomes a readable slug."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 60  # letters; words beyond are left out


def slug(name: str, fallback: str = "") -> str:
    """The name in lower-case ASCII letters, digits and single hyphens; `fallback` if none is left.

    A long name ends with a whole word.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    words = re.findall("[a-z0-9]+", plain.replace("'", ""))
    made = "-".join(words)[: LONGEST + 1]
    if len(made) > LONGEST:
        made = made.rpartition("-")[0] or made[:LONGEST]
    return made.strip("-") or fallback
