"""The names of places in a text, in order, with what the text itself says of each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dashboard.extract.finds import Span
from dashboard.extract.gazetteer.records import Record
from dashboard.extract.place_mentions import chance_of, kind_beside, mention_factors, surroundings
from dashboard.extract.place_names import candidates, records_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

LIKELY = 0.5

# What stands between a place and what holds it, after it or before.
HOLDER_AFTER = re.compile(
    r",? ?\(|, |(?:,| \w+,?)? in (?:the )?(?:\w+ (?:of )?){0,3}"
    r"|, an? [\w -]{1,40} (?:in|of) (?:the )?"
)
HOLDER_BEFORE = re.compile(r"(?:'s|’s) (?:\w+ ){0,3}(?:of )?")
IN_A_LIST = re.compile(r",? (?:and|or|&) (?:in )?|, ")


@dataclass(frozen=True)
class Toponym:
    """A name of a place in the text. `chance` is that it is one, `records` where it may be.

    `holder` is the name that is said to contain it ("Aleppo, Syria"), by its span; `kind` the word
    that says what it is ("the province of Aleppo"), in lower case, "" without one; `beside` are the
    names before and after it in a list.
    """

    span: Span
    name: str
    records: tuple[Record, ...]
    chance: float = 0.0
    holder: Span | None = None
    kind: str = ""
    beside: tuple[Span, ...] = ()
    factors: dict[str, float] = field(default_factory=dict, compare=False)


def toponyms(doc: Doc, within: Iterable[Span], least: float = LIKELY) -> list[Toponym]:
    """The names of places in those spans of the text, in order, that are likelier than `least`."""
    return [name for name in weighed(doc, within) if name.chance >= least]


def weighed(doc: Doc, within: Iterable[Span]) -> list[Toponym]:
    """Every candidate with its factors and its chance, in order; no two overlap."""
    spans = [name for span in within for name in candidates(doc, span)]
    about = surroundings(doc, spans)
    text = doc.text  # spaCy joins its words anew at each call
    found: list[Toponym] = []
    for tokens in spans:
        factors = mention_factors(tokens, about)
        found.append(
            Toponym(
                span=(tokens.start_char, tokens.end_char),
                name=tokens.text,
                records=records_of(tokens.text),
                chance=chance_of(factors),
                kind=kind_beside(tokens),
                factors=factors,
            )
        )
    return [
        replace(name, holder=_holder(text, found, i), beside=_beside(text, found, i))
        for i, name in enumerate(found)
    ]


def _holder(text: str, found: list[Toponym], i: int) -> Span | None:
    """The name that the text puts around this one: "Aleppo, Syria", "Syria's Aleppo"."""
    here = found[i].span
    if i + 1 < len(found) and HOLDER_AFTER.fullmatch(text, here[1], found[i + 1].span[0]):
        return found[i + 1].span
    if i and HOLDER_BEFORE.fullmatch(text, found[i - 1].span[1], here[0]):
        return found[i - 1].span
    return None


def _beside(text: str, found: list[Toponym], i: int) -> tuple[Span, ...]:
    spans = [t.span for t in found[max(0, i - 1) : i + 2]]
    pairs = pairwise(spans)
    listed = [p for p in pairs if IN_A_LIST.fullmatch(text, p[0][1], p[1][0])]
    return tuple(span for pair in listed for span in pair if span != found[i].span)
