"""Owns the reporting cues: how often a word introduces speech.

`cues.csv` has a lemma, its part of speech and its rate: of the word's occurrences in 840 annotated
English news articles, the share that introduced what somebody said, wrote or thought.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

LIKELY = 0.35  # from here on a verb with a clause is taken for a cue
SPEAKING = 0.55  # from here on it may report words in quotation marks by itself


@lru_cache(maxsize=1)
def cue_rates() -> dict[tuple[str, str], float]:
    """The rate of each (lemma, coarse part of speech), between 0 and 1."""
    path = Path(__file__).with_name("cues.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {(row["lemma"], row["pos"]): float(row["rate"]) for row in csv.DictReader(file)}


def cue_rate(token: Token) -> float:
    """How often a word like this introduces speech; 0.0 for a word that is not in the lexicon."""
    return cue_rates().get((token.lemma_.lower(), token.pos_), 0.0)
