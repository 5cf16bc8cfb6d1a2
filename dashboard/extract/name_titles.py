"""Owns the title before a name: honorifics, and roles such as "Secretary of State"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.extract.lexicon import (
    HONORIFICS,
    SHORTENED,
    given_names,
    kind_of,
    noun,
    of_body,
    singular,
    word_class,
)
from dashboard.extract.name_runs import HYPHENS

if TYPE_CHECKING:
    from spacy.tokens import Doc


def title(doc: Doc, first: int, last: int) -> tuple[int, tuple[str, ...], str, bool]:
    """Where the title before a name ends, its role, and the gender and honorific that it tells."""
    end, gender, honorific = first, "", False
    while end < last - 1 and (word := doc[end].lower_.rstrip(".")) in HONORIFICS:
        gender, honorific = gender or HONORIFICS[word], True
        end += 1 + (doc[end + 1].text == "." and end + 2 < last)
    begun = end  # of the role
    roles = [at for at in range(end, last - 1) if _role(doc, at, last)]
    if roles:
        found = noun(SHORTENED.get(doc[roles[-1]].lower_.rstrip("."), doc[roles[-1]].text))
        end = _after_role(doc, roles[-1], last)
        gender = gender or (found.gender if found else "")
    known = any(t.ent_type_ == "PERSON" for t in doc[end:last])
    if end > begun and not known and any(of_body(t.lower_) for t in doc[end:last]):
        return first, (), "", False  # "President Hotel Group"
    text = doc[begun:end].text.lower().replace(".", "")
    return end, (SHORTENED.get(text, text),) if text else (), gender, honorific


def _after_role(doc: Doc, at: int, last: int) -> int:
    """Where a name begins after a role: beyond "of State", and where a person is recognized."""
    if doc[at + 1].text == "." and at + 2 < last:
        return at + 2
    if doc[at + 1].lower_ not in ("of", "for"):
        return at + 1
    person = (t.i for t in doc[at + 2 : last] if t.ent_type_ == "PERSON" and t.ent_iob_ == "B")
    begun = next(person, at + 3 if doc[at + 2].lower_ in word_class("portfolio") else at + 1)
    return begun if begun < last else at + 1


def _role(doc: Doc, at: int, last: int) -> bool:
    """Whether the word is a role before a name: a person's noun that the name does not end with."""
    word = SHORTENED.get(doc[at].lower_.rstrip("."), doc[at].text)
    if doc[at].text in HYPHENS or singular(word) != word.lower():
        return False
    if doc[at].lower_ in given_names():
        return False
    joined = doc[at + 1].text in HYPHENS and not doc[at].whitespace_
    return kind_of(word) == "person" and at + 1 < last and not joined
