"""Owns joining names: each actor that an article names becomes one referent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dashboard.extract.appositions import Beside, Role, beside
from dashboard.extract.kinds import by_pronouns, settle
from dashboard.extract.lexicon import Noun, countries, kind_of, nations, word_class
from dashboard.extract.names import Name, names, significant
from dashboard.extract.referents import Cast, Referent, weight_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dashboard.extract.finds import Article, Span

RELATED = frozenset({"wife", "husband", "widow", "widower", "brother", "sister", "son", "daughter"})


def cast_of(doc: Doc, article: Article) -> Cast:
    """Joins the names in an article's paragraphs, with what is said of each beside it.

    Full names come first, in the order of the text, then short ones: to the bearer that was named
    last and whom the honorific fits.
    """
    cast = Cast(doc)
    found = [
        (name, beside(doc, name))
        for name in names(doc, article.paragraphs)
        if not _within(doc, name, article.dateline)
    ]
    full = [each for each in found if len(significant(each[0].words)) > 1]
    short = [each for each in found if len(significant(each[0].words)) <= 1]
    for each in sorted(full, key=lambda each: -len(significant(each[0].words))):
        _place(cast, *each)
    for referent in cast.named:
        settle(doc, referent)
    by_pronouns(cast)
    short = [each for each in short if not _mere_role(cast, each[0])]
    for name, said in short:
        if not _couple(cast, name):
            _place(cast, name, said)
    by_pronouns(cast)
    for referent in cast.named:
        referent.names.sort(key=lambda name: name.run)
        referent.places.sort()
        settle(doc, referent)
    cast.named.sort(key=lambda referent: referent.places[0])
    return cast


def _mere_role(cast: Cast, name: Name) -> bool:
    """ "Mr. Chairman", "Democrat": no name, unless somebody is called so ("Pete King")."""
    if len(name.words) > 1 or kind_of(name.words[0]) not in ("person", "group"):
        return False
    return not any(known_by(name.words, r.words) for r in cast.named if r.kind == "person")


def known_by(name: tuple[str, ...], full: tuple[str, ...], *, body: bool = False) -> bool:
    """Whether a name may be short for a full one; of an organization (`body`) only its beginning.

    "Kerry" and "John Kerry" are short for "John Forbes Kerry".
    """
    one, other = significant(name), significant(full)
    if not one or len(one) > len(other):
        return False
    if one == other:
        return True
    if body:
        return other[: len(one)] == one
    starts = range(len(other) - len(one) + 1)
    if any(other[i : i + len(one)] == one for i in starts):
        return True
    return len(one) > 1 and one[-1] == other[-1] and one[0] == other[0]


def _place(cast: Cast, name: Name, said: Beside) -> None:
    """Adds a name to the referent that it is another name of, else as a new one."""
    at = name.run[0]
    before = cast.doc[at - 1].lower_ if at else ""
    candidates = [r for r in cast.named if _fits(name, r, before)]
    related = any(role.lemma in RELATED for role in said.roles)
    if related and name.gender:  # "Mrs. NAME, the farmer's wife"
        candidates = [r for r in candidates if r.guess in ("", name.gender)]

    def closeness(referent: Referent) -> tuple[bool, bool, int]:
        exact = significant(referent.words) == significant(name.words)
        earlier = [token for token, _ in referent.places if token < at]
        near = at - max(earlier) if earlier else referent.places[0][0] - at + len(cast.doc)
        return (not exact, not earlier, near)

    referent = min(candidates, key=closeness, default=None)
    if referent is None:
        referent = Referent(name.words)
        cast.named.append(referent)
    _add(cast, referent, name, said)


def _add(cast: Cast, referent: Referent, name: Name, said: Beside) -> None:
    doc = cast.doc
    referent.names.append(name)
    referent.spans.append(name.run)
    head = doc[slice(*name.core)].root
    while head.dep_ in ("appos", "compound") and head.head.i != head.i:
        head = head.head  # "his deputy, NAME, said"
    referent.places.append((name.core[0], weight_of(head)))
    referent.gender = referent.gender or name.gender
    for role in said.roles:
        if (role.noun.kind == "person") != name.organized or role.noun.kind != "person":
            referent.add_role(role)
            cast.by_role[role.head] = referent
    if said.age:
        referent.ages.add(said.age)
    if said.acronym:
        referent.acronyms.add(said.acronym)
    for i in range(*name.run):
        cast.by_token[i] = referent


def _fits(name: Name, referent: Referent, before: str) -> bool:
    personal = name.honorific or any(name.titles)
    body = _is_body(referent)
    if personal and body:
        return False
    if name.gender and referent.gender and name.gender != referent.gender:
        return False
    if name.acronym:
        letters = name.words[0].replace(".", "")
        return (
            name.words[0] in referent.acronyms
            or (_initials(referent.words) == letters and len(letters) > 1)
            or significant(name.words) == significant(referent.words)
        )
    text = name.words[0].lower() if len(name.words) == 1 else ""
    if text in nations() and significant(name.words) != significant(referent.words):
        return not body and not personal and referent.kind == "person" and text not in countries()
    if body and name.label in ("GPE", "LOC") and before in word_class("placing"):
        return False  # "in Haverly" is not "Haverly Civic Society"
    if body != name.organized and len(significant(name.words)) > 1:
        return False
    return known_by(name.words, referent.words, body=body)


def _is_body(referent: Referent) -> bool:
    return referent.kind in ("organization", "government") or any(
        name.organized and not name.honorific for name in referent.names
    )


def _initials(words: Iterable[str]) -> str:
    parts = [part for word in words for part in word.split("-")]
    return "".join(p[0] for p in parts if p[:1].isupper())


def _couple(cast: Cast, name: Name) -> bool:
    """ "Tom and Ellen Brandt": the first one has the surname of the second."""
    doc, after = cast.doc, name.run[1]
    if name.honorific or after + 1 >= len(doc) or doc[after].lower_ != "and":
        return False
    other = cast.by_token.get(after + 1)
    if other is None or len(other.words) < 2 or other.kind != "person":
        return False
    if not any(n.run[0] == after + 1 and len(n.words) > 1 for n in other.names):
        return False
    if any(known_by(name.words, r.words) for r in cast.named):
        return False
    surname = other.words[1:]  # of a couple; what one is to the other is told by gender alone
    while len(surname) > 1 and surname[0].lower() not in word_class("particle"):
        surname = surname[1:]
    referent = Referent((*name.words, *surname))
    cast.named.append(referent)
    _add(cast, referent, name, Beside())
    settle(doc, referent)
    for one in (referent, other):
        spouse = {"m": "husband", "f": "wife"}.get(one.gender)
        if spouse and referent.gender != other.gender:
            one.roles.append(Role(-1, spouse, "", frozenset({spouse}), Noun("person", one.gender)))
    return True


def _within(doc: Doc, name: Name, span: Span | None) -> bool:
    if span is None:
        return False
    return span[0] <= doc[name.run[0]].idx < span[1]
