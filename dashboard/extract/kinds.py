"""Owns what referents are: persons, bodies, governments or places, and their gender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.extract.lexicon import countries, given_names, nations, word_class
from dashboard.extract.names import significant

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dashboard.extract.referents import Cast, Referent

HE, SHE = ("he", "him", "his", "himself"), ("she", "her", "hers", "herself")
GENDERED = dict.fromkeys(HE, "m") | dict.fromkeys(SHE, "f")
MARKS = frozenset({"“", "”", "``", "''", "«", "»"})
OBJECTS = frozenset({"dobj", "pobj", "dative"})  # never the subject of their clause
GOVERNING = frozenset({"government", "ministry", "kremlin"})
GOVERNMENTS = frozenset({"white house", "state department", "foreign office", "downing street"})


def settle(doc: Doc, referent: Referent) -> None:
    """Decides the fullest name, the kind and, from the given name, the gender."""
    longest = max(referent.names, key=lambda name: len(significant(name.words)))
    fuller = len(significant(longest.words)) >= len(significant(referent.words))
    if fuller and len(longest.words) >= len(referent.words):
        referent.words = longest.words
    referent.kind = _kind(doc, referent)
    if referent.kind == "person" and not referent.gender:
        first = referent.words[0].lower()
        referent.gender = given_names().get(first) or given_names().get(first.split("-")[0], "")


def by_pronouns(cast: Cast) -> None:
    """Where no honorific, role or given name tells a gender: what "he" and "she" tell of it.

    The first such pronoun after a name, in its paragraph, outside quotation marks and before
    anybody else is named, counts for the name.
    """
    doc = cast.doc
    votes: dict[Referent, int] = {}
    current: Referent | None = None
    quoted = False
    for token in doc:
        if token.is_space:
            current, quoted = (None, False) if "\n" in token.text else (current, quoted)
        elif token.text in MARKS or (token.text == '"'):
            quoted = not quoted if token.text == '"' else token.text in ("“", "``", "«")
        elif token.i in cast.by_token:
            referent = cast.by_token[token.i]
            if referent.kind == "person":
                current = None if quoted else referent
        elif current and not quoted and token.lower_ in GENDERED and token.dep_ not in OBJECTS:
            if current.belongs_to(GENDERED[token.lower_]):
                continue
            vote = 1 if GENDERED[token.lower_] == "m" else -1
            votes[current] = votes.get(current, 0) + vote
            current = None
        elif current and token.i in cast.by_role and cast.by_role[token.i] is not current:
            current = None
    for referent, vote in votes.items():
        if vote:
            referent.guess = "m" if vote > 0 else "f"


def _kind(doc: Doc, referent: Referent) -> str:
    """`person`, `organization`, `government` or, of what is no actor by itself, `place`."""
    text = referent.name.lower()
    if text in nations() or text in countries():
        return "government"
    person = body = place = 0.0
    for name in referent.names:
        person += 3 * (name.honorific or bool(name.titles)) + (name.label == "PERSON")
        body += 2 * name.organized + (name.label == "ORG") + name.acronym
        body += 1.0 * name.article
        place += 1.5 * (name.label in ("GPE", "LOC", "FAC"))
        before = doc[name.run[0] - 1].lower_ if name.run[0] else ""
        place += 1.5 * (before in word_class("placing"))
        place += 2 * bool(word_class("landscape") & {word.lower() for word in name.words})
    kinds = [role.noun.kind for role in referent.roles]
    person += 2 * kinds.count("person")
    body += 3 * (kinds.count("organization") + kinds.count("government"))
    person += 1.0 * (referent.words[0].lower() in given_names()) + bool(referent.ages) * 2
    person += 0.5 * (len(significant(referent.words)) > 1)
    best = max(person, body, place)
    if best == person:
        return "person"
    if best == body:
        governs = bool(GOVERNING & set(text.split())) or text in GOVERNMENTS
        return "government" if governs else "organization"
    return "place"
