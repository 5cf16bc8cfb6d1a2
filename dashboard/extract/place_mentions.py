"""How surely a name in a text is a place's: a logistic sum of factors that a reader can check.

The language model's label, how well known the name is, and what stands around it. The weights are
few and named; `python tests/benchmarks/extraction_places.py --fit GOLD` fits them to annotated
articles.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.extract.gazetteer.records import Record, demonyms, key_of, words
from dashboard.extract.place_names import (
    PLACES,
    capital,
    capital_at,
    records_of,
    token_at,
    word_at,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.tokens import Span as Tokens

LABELS = (*sorted(PLACES), "ORG", "PERSON", "NORP", "DATE")
# These weigh otherwise for a name that hardly means anything but a place ("U.S. Army").
CROSSED = frozenset(("capital after", "label ORG", "label none"))

WEIGHTS: dict[str, float] = {
    "a person elsewhere": -1.36,
    "a place elsewhere": 0.27,
    "after a kind of place": 1.46,
    "after a locative": 0.89,
    "after a title": -0.27,
    "always": -1.25,
    "begins the sentence": -0.41,
    "capital after": -1.06,
    "capital before": -0.93,
    "comma after": 0.47,
    "comma before": 0.51,
    "country": 3.0,
    "division": 0.82,
    "in a country that is named": 1.37,
    "in a person's name": -1.59,
    "joined by a hyphen": -0.63,
    "known, capital after": 1.1,
    "known, label ORG": 0.54,
    "known, label none": 0.44,
    "label DATE": -1.84,
    "label FAC": 0.04,
    "label GPE": 1.57,
    "label LOC": 0.41,
    "label NORP": 0.01,
    "label ORG": -0.14,
    "label PERSON": -0.02,
    "label none": -1.06,
    "label other": -0.23,
    "names something else": -1.35,
    "not a proper noun": -1.43,
    "only by another name": 0.41,
    "part of a longer name": -2.27,
    "part of a person": -0.39,
    "part of an organisation": -0.23,
    "possessive": -0.13,
    "several words": 0.93,
    "size of city": 0.73,
    "unknown": -1.58,
    "well-known region": 2.6,
}


@dataclass(frozen=True)
class Surroundings:
    """What the whole article says of its names, by their keys.

    `places` and `persons` count the names that the language model labels so, `people` the words of
    persons' full names, `countries` the countries that are named, by their codes.
    """

    places: Counter[str]
    persons: Counter[str]
    people: Counter[str]
    countries: Counter[str]


def surroundings(doc: Doc, names: Sequence[Tokens]) -> Surroundings:
    """What an article says of the names that were found in it."""
    return Surroundings(
        places=Counter(key_of(name.text) for name in names if label_of(name) in PLACES),
        persons=Counter(key_of(name.text) for name in names if label_of(name) == "PERSON"),
        people=_people(doc),
        countries=_countries_named(doc, names),
    )


def chance_of(factors: dict[str, float]) -> float:
    """The probability that a name with those factors is a place's."""
    total = sum(WEIGHTS.get(name, 0.0) * value for name, value in factors.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def mention_factors(tokens: Tokens, about: Surroundings) -> dict[str, float]:
    """What speaks for and against a name being a place's, each between 0 and about 1."""
    records = records_of(tokens.text)
    factors = {
        "always": 1.0,
        **_label_factors(tokens),
        **_name_factors(tokens.text, records, about.countries),
        **_word_factors(tokens),
        **_elsewhere_factors(key_of(tokens.text), label_of(tokens), about),
    }
    if any(r.curated for r in records):
        factors |= {f"known, {name}": factors[name] for name in CROSSED & factors.keys()}
    return {name: float(value) for name, value in factors.items() if value}


def _label_factors(tokens: Tokens) -> dict[str, float]:
    """What the language model takes the name for, or the longer name that it is part of."""
    label, entity = label_of(tokens), _entity(tokens)
    alone = entity is None or _same(entity, tokens)
    return {
        f"label {label or 'none'}": 1,
        "part of a longer name": not alone,
        "part of an organisation": not alone and label == "ORG",
        "part of a person": not alone and label == "PERSON",
        "not a proper noun": all(t.pos_ not in ("PROPN", "X") for t in tokens),
    }


def _name_factors(
    name: str, records: Sequence[Record], countries: Counter[str]
) -> dict[str, float]:
    """How well known the name is as a place's."""
    biggest = max((r.population for r in records if r.kind == "city" and r.own), default=0)
    country = any(r.kind == "country" for r in records)
    curated = any(r.curated for r in records)
    return {
        "country": country,
        "well-known region": curated and not country,
        "division": any(r.kind == "region" and not r.curated and r.own for r in records),
        "size of city": math.log10(1 + biggest) / 7,
        "only by another name": bool(records) and not any(r.own or r.curated for r in records),
        "unknown": not records,
        "in a country that is named": not curated
        and any(r.own and r.country in countries for r in records),
        "several words": " " in key_of(name),
    }


def _word_factors(tokens: Tokens) -> dict[str, float]:
    """What stands before and after the name."""
    doc, length = tokens.doc, len(tokens)
    token_before, token_after = token_at(tokens, -1), token_at(tokens, length)
    before, after = word_at(tokens, -1), word_at(tokens, length)
    spaced_before = token_before is not None and token_before.whitespace_ != ""
    spaced_after = doc[tokens.end - 1].whitespace_ != ""
    locative, title = words("locative"), words("title")
    return {
        "after a locative": before in locative
        or (before == "the" and word_at(tokens, -2) in locative),
        "after a title": before.rstrip(".") in title,
        "after a kind of place": kind_beside(tokens) != "",
        "capital before": token_before is not None and spaced_before and capital(token_before),
        "capital after": token_after is not None and spaced_after and capital(token_after),
        "joined by a hyphen": (before in ("-", "–") and not spaced_before) or after == "-",
        "names something else": after in words("other thing")
        or word_at(tokens, length + 1) == "virus",
        "comma after": after == "," and capital_at(doc, tokens.end + 1),
        "comma before": before == "," and capital_at(doc, tokens.start - 2),
        "begins the sentence": bool(doc[tokens.start].is_sent_start),
        "possessive": after in ("'s", "’s", "'", "’"),
    }


def _elsewhere_factors(key: str, label: str, about: Surroundings) -> dict[str, float]:
    """What the same words are in the rest of the article."""
    return {
        "in a person's name": min(1.0, about.people[key] / 2),
        "a person elsewhere": min(1.0, max(0, about.persons[key] - (label == "PERSON")) / 2),
        "a place elsewhere": min(1.0, max(0, about.places[key] - (label in PLACES)) / 2),
    }


def peoples(doc: Doc) -> Counter[str]:
    """How often an article names the people or things of a country ("Syrian", "Kenyans")."""
    known = demonyms()
    named_so = (token.lower_ for token in doc if token.text[0].isupper())
    return Counter(known[word] for word in named_so if word in known)


def kind_beside(tokens: Tokens) -> str:
    """The word beside a name that says what it is: "city of X", "X province"; "" without one."""
    kinds = words("kind before")
    before, after = word_at(tokens, -1), word_at(tokens, len(tokens))
    if after in kinds or after in words("kind after"):
        return after
    if before == "of" and word_at(tokens, -2) in kinds:
        return word_at(tokens, -2)
    return before if before in kinds else ""


def _countries_named(doc: Doc, names: Sequence[Tokens]) -> Counter[str]:
    """How often an article speaks of a country: by name, demonym, or well-known region."""
    counted = peoples(doc)
    for tokens in names:
        known = [r for r in records_of(tokens.text) if r.curated and r.country]
        if len({r.country for r in known}) == 1:
            counted[known[0].country] += 1
    return counted


def _people(doc: Doc) -> Counter[str]:
    """How often a word is part of a person's full name, or follows a title ("Mr. Lincoln")."""
    counted: Counter[str] = Counter()
    for entity in doc.ents:
        if entity.label_ == "PERSON":
            titled = entity.start > 0 and doc[entity.start - 1].lower_.rstrip(".") in words("title")
            if len(entity) > 1 or titled:
                counted.update(key_of(token.text) for token in entity)
    return counted


def _entity(tokens: Tokens) -> Tokens | None:
    """What the model has named here: the entity that the name's first word is in."""
    doc = tokens.doc
    for token in tokens:
        if token.ent_type_:
            start, end = token.i, token.i + 1
            while start > 0 and doc[start].ent_iob_ == "I":
                start -= 1
            while end < len(doc) and doc[end].ent_iob_ == "I":
                end += 1
            return doc[start:end]
    return None


def label_of(tokens: Tokens) -> str:
    """What the language model takes a name for: one of `LABELS`, `other` or ""."""
    label = next((t.ent_type_ for t in tokens if t.ent_type_), "")
    return label if label in LABELS or not label else "other"


def _same(entity: Tokens, tokens: Tokens) -> bool:
    """Whether an entity is the name, its article, possessive and kind ("province") aside."""
    rest = [t for t in entity if not tokens.start <= t.i < tokens.end]
    return all(not capital(t) or t.lower_ == "the" for t in rest)
