"""Free text: how it is folded, and what of a statement is searched."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from dashboard.story import Story


def fold(text: str) -> str:
    """Text as it is searched: no accents, no case, straight quotation marks, single spaces."""
    plain = unicodedata.normalize("NFKD", text).translate(_MARKS)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(plain.casefold().split())


_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-"})


@lru_cache(maxsize=16)
def index(story: Story) -> pd.DataFrame:
    """What free text is searched in: words, paraphrase, context and names of each statement."""
    names = {
        row.id: " ".join((row.name, *getattr(row, "aliases", ())))
        for table in (story.actors, story.places)
        for row in table.itertuples(index=False)
    }
    parts: dict[str, list[str]] = {
        row.id: [
            *(part for part in (row.paraphrase, row.context) if isinstance(part, str)),
            names[row.speaker],
            names.get(row.said_at, ""),
        ]
        for row in story.quotes.itertuples(index=False)
    }
    for row in story.passages.itertuples(index=False):
        if row.record in parts and isinstance(row.exact, str):
            parts[row.record].append(row.exact)
    for row in story.links.itertuples(index=False):
        if row.record in parts:
            parts[row.record].append(names[row.actor if isinstance(row.actor, str) else row.place])
    return pd.DataFrame(
        {"quote": list(parts), "folded": [fold(" ".join(p)) for p in parts.values()]}, dtype="str"
    )
