"""Owns the words for what happens: which nouns and verbs are events, and what to call them."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

# Nouns that hold an event's: "the end of a hearing", "the next round of talks".
HOLDING = frozenset(
    {
        "start", "end", "round", "opening", "day", "series", "session", "eve", "beginning",
    }
)  # fmt: skip
JOURNEYS = frozenset({"Trip", "Visit", "Flight"})


@dataclass(frozen=True)
class Happening:
    """An event word: what we call it, and its kind.

    `happening` by itself; `journey` is titled with its place ("Trip to"); `phase` speaks of another
    happening, its subject or object ("the talks resume"); `light` only carries one ("hold a vote").
    """

    title: str
    kind: str


@lru_cache(maxsize=1)
def _words() -> dict[tuple[str, str], Happening]:
    path = Path(__file__).with_name("event_words.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (row["pos"], row["lemma"]): Happening(row["title"], row["kind"])
            for row in csv.DictReader(file)
        }


def happening(token: Token) -> Happening | None:
    """What a word's happening is, None for other words. One talk is a lecture, talks are not."""
    if token.pos_ == "VERB":
        return _words().get(("verb", token.lemma_.lower()))
    if token.pos_ in ("NOUN", "PROPN") and not (
        token.lemma_.lower() == "talk" and token.tag_ == "NN"
    ):
        return _words().get(("noun", token.lemma_.lower()))
    return None


def is_journey(token: Token) -> bool:
    """Whether a word means going somewhere: a verb of that kind, a trip, a visit."""
    known = happening(token)
    return known is not None and (known.kind == "journey" or known.title in JOURNEYS)


def event_noun(token: Token) -> Token | None:
    """The event that a noun names, or that it is a part of ("the end of a hearing")."""
    if token.pos_ == "VERB":
        return None
    if token.lemma_.lower() in HOLDING:
        for of in token.children:
            if of.lower_ == "of":
                for within in of.children:
                    if within.dep_ == "pobj" and happening(within):
                        return within
    return token if happening(token) else None
