"""Owns the phrases that speakers are printed as: where one ends, its head, and its wording."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.extract.appositions import RELATIVE, STOPS, around
from dashboard.extract.lexicon import countries, nations, noun, plural, word_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.tokens import Doc

    from dashboard.extract.finds import Span

DEFINITE = frozenset({"the", "that", "this", "these", "those"})


@dataclass(frozen=True)
class Phrase:
    """A phrase in tokens: its head, the words that describe it, and what its determiner tells.

    `owned` tells a possessor ("her lawyer", "Ms. Lind's lawyer"): then it is definite, too.
    """

    span: Span
    head: int
    words: frozenset[str]
    definite: bool
    owned: bool
    another: bool
    several: bool


def trimmed(doc: Doc, first: int, last: int) -> Span:
    """The run without marks, a dateline or "that" before it, and a possessive's ending after it."""
    dash = next((t.i for t in doc[first:last] if t.text in ("–", "—", "--")), None)
    if dash is not None and doc[first:dash].text.isupper():
        first = dash + 1
    while first < last and (doc[first].is_punct or doc[first].is_space or _joins(doc, first)):
        first += 1
    while last > first and (doc[last - 1].is_punct or doc[last - 1].tag_ == "POS"):
        last -= 1
    return first, last


def proper_end(doc: Doc, first: int, last: int) -> int:
    """Where the phrase proper ends: before what a comma, preposition or relative clause adds."""
    for at in range(first + 1, last):
        token, before = doc[at], doc[at - 1]
        named = bool(token.ent_type_) and before.ent_type_ == token.ent_type_
        if token.text in STOPS or token.lower_ in RELATIVE:
            return at
        if token.lower_ in word_class("preposition") | {"and", "or"} and not named:
            return at
        if token.dep_ in ("acl", "relcl") and before.text != "-":
            return at
    return last


def phrase_of(doc: Doc, first: int, last: int) -> Phrase:
    """What a run of tokens describes; its head is the last noun of the phrase proper."""
    end = proper_end(doc, first, last)
    nouns = [t.i for t in doc[first:end] if t.pos_ in ("NOUN", "PROPN", "NUM") or noun(t.text)]
    possessors = {i for i in nouns if i + 1 < end and doc[i + 1].tag_ == "POS"}
    head = max((i for i in nouns if i not in possessors), default=end - 1)
    if doc[end - 1].lower_ == "old" and head < end - 1:  # "the 34-year-old"
        head = end - 1
    stretch = min(max(around(doc, head)[1], head + 1), max(last, head + 1))
    words = frozenset(
        t.lower_
        for t in doc[first:stretch]
        if (t.is_alpha or t.like_num) and t.pos_ not in ("DET", "ADP", "PART", "PRON")
    )
    owned = doc[first].tag_ == "PRP$" or any(t.tag_ == "POS" for t in doc[first:head])
    return Phrase(
        span=(first, stretch),
        head=head,
        words=words,
        definite=owned or doc[first].lower_ in DEFINITE,
        owned=owned,
        another=doc[first].lower_ == "another" or "other" in words,
        several=plural(doc[head].text) or doc[head].tag_ in ("NNS", "NNPS"),
    )


def wording(doc: Doc, phrase: Phrase) -> tuple[str, ...]:
    """The words that name somebody who has no name: without determiner or quantity."""
    first, last = phrase.span
    while first < phrase.head and (
        doc[first].lower_ in word_class("determiner") or doc[first].tag_ in ("PRP$", "DT")
    ):
        first += 1
    return tuple(doc[first:last].text.replace("’", "'").split())


def plain_words(words: Iterable[str]) -> frozenset[str]:
    """Words as they are compared: "Icelandic" as "Iceland"."""
    return frozenset(nations().get(word, word).lower() for word in words)


def nations_in(words: Iterable[str]) -> frozenset[str]:
    """The countries among plain words."""
    return frozenset(word for word in words if word in countries())


def _joins(doc: Doc, at: int) -> bool:
    return doc[at].pos_ in ("SCONJ", "CCONJ", "ADP") and doc[at].is_lower
