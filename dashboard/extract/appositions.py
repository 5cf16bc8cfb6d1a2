"""Owns what stands beside a name: "the mayor, X", "X, a lawyer for Y", "X, 61", "X (XYZ)"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.extract.lexicon import Noun, noun, singular, word_class

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dashboard.extract.finds import Span
    from dashboard.extract.names import Name

LONGEST = 9  # words of a role
BREADTH = 22  # words that an apposition reaches over
RELATIVE = frozenset({"who", "which", "that", "where", "when", "whose", "whom"})
LEADING = frozenset({"lead", "run", "head", "chair", "direct", "own", "found", "edit", "represent"})
STOPS = frozenset(',.;:()[]—–"“”‘!?') | {"``", "''"}
KINDS = frozenset({"person", "organization", "group", "government"})


@dataclass(frozen=True)
class Role:
    """What somebody is called beside the name: `head` is the noun's token, `lemma` its singular.

    `text` has the article's few words; `words` are those in lower case, possessors among them.
    """

    head: int
    lemma: str
    text: str
    words: frozenset[str]
    noun: Noun


@dataclass(frozen=True)
class Beside:
    """All that stands beside one name: its roles, an age, and the name's short form."""

    roles: tuple[Role, ...] = ()
    age: str = ""
    acronym: str = ""


def beside(doc: Doc, name: Name) -> Beside:
    """What is said of a name right where it stands."""
    roles = [role for text in name.titles if (role := _title(doc, name, text))]
    age = ""
    before, after = name.run[0] - 1, name.run[1]
    if before >= 0:
        comma = before - 1 if doc[before].lower_ == "the" else before
        if comma > 0 and doc[comma].text == "," and not name.possessive:
            roles += _led_up_to(doc, name, comma)
        elif doc[before].is_lower and (found := _person_or_body(doc[before])):
            if singular(doc[before].text) == doc[before].lower_:
                roles.append(role_at(doc, before, found, end=before + 1))
                start = phrase_start(doc, before)
                if start and doc[start - 1].text == ",":  # "Her son, the cellist NAME, …"
                    roles += _led_up_to(doc, name, start - 1)
        elif before > 3 and doc[before].lower_ == "old" and doc[before - 2].lower_ == "year":
            age = doc[before - 4].text
    acronym = _acronym(doc, after)
    if after + 2 < len(doc) and doc[after].text == "," and not doc[after].is_sent_end:
        at = after + 1
        if doc[at].like_num and doc[at + 1].text in (",", "."):
            age, at = doc[at].text, at + 2
        placed = name.label in ("GPE", "LOC", "FAC") or doc[max(before, 0)].lower_ in word_class(
            "placing"
        )
        if at < len(doc) and not placed and doc[at].sent == doc[after].sent:
            roles += _following(doc, at)
    return Beside(tuple(roles), age, acronym)


def role_at(doc: Doc, head: int, found: Noun, *, end: int | None = None) -> Role:
    """The role of which that noun is the head, with the words around it that belong to it."""
    first, last = around(doc, head) if end is None else (phrase_start(doc, head), end)
    while first < head and doc[first].pos_ in ("DET", "PRON", "CCONJ", "ADP", "PUNCT", "SPACE"):
        first += 1
    last = max(head + 1, min(last, first + LONGEST))
    while last - 1 > head and doc[last - 1].pos_ in ("ADP", "DET", "CCONJ", "PUNCT", "PART"):
        last -= 1
    words = frozenset(
        token.lower_
        for token in doc[phrase_start(doc, head) : last]
        if token.is_alpha or token.like_num
    )
    text = " ".join(doc[first:last].text.split())
    return Role(head, singular(doc[head].text), text, words, found)


def phrase_start(doc: Doc, head: int) -> int:
    """Where the phrase of a noun begins: back over what stands before it, possessors included."""
    at = head
    while at - 1 >= 0 and head - at < LONGEST and not doc[at].is_sent_start:
        before = doc[at - 1]
        fits = (
            before.pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "DET")
            or before.tag_ in ("POS", "PRP$", "VBN", "HYPH", "WP$")
            or before.text in ("-", "'", "’")
            or (before.pos_ == "ADV" and before.lower_ in ("then", "longtime", "most", "newly"))
        )
        if not fits or before.text in STOPS:
            break
        at -= 1
        if before.pos_ == "DET" or before.tag_ in ("PRP$", "WP$"):
            break
    return at


def around(doc: Doc, head: int) -> Span:
    """The phrase of a noun: with what stands before it, and what prepositions add after it."""
    last = head + 1
    while last < len(doc) and last - head < LONGEST:
        token = doc[last]
        if token.text in STOPS or token.is_space or token.is_sent_start:
            break
        if token.lower_ in RELATIVE or token.pos_ in ("VERB", "AUX", "SCONJ", "PRON", "ADV"):
            break
        if (
            last == head + 1
            and token.lower_ not in word_class("preposition")
            and token.tag_ != "POS"
        ):
            break
        last += 1
    while last - 1 > head and doc[last - 1].pos_ in ("ADP", "DET", "CCONJ", "PUNCT", "PART", "NUM"):
        last -= 1
    return phrase_start(doc, head), last


def _acronym(doc: Doc, at: int) -> str:
    """The short form after a name: "(XYZ)", or ", or XYZ,"."""
    words = [t.text for t in doc[at : at + 3]]
    if len(words) < 3 or not (words[1] if words[0] == "(" else words[2]).isupper():
        return ""
    if words[0] == "(" and words[2] == ")":
        return words[1]
    return words[2] if words[:2] == [",", "or"] and len(words[2]) > 1 else ""


def _title(doc: Doc, name: Name, text: str) -> Role | None:
    heads = [i for i in range(name.run[0], name.core[0]) if noun(doc[i].text)]
    word = text.split(" of ")[0].split()[-1]
    found = noun(word)
    if found is None:
        return None
    words = doc[name.run[0] : name.core[0]].text.split()
    while words and words[0].rstrip(".").lower() in ("mr", "mrs", "ms", "dr", "miss"):
        words = words[1:]
    head = heads[-1] if heads else name.core[0] - 1
    return Role(head, singular(word), " ".join(words), frozenset(text.split()), found)


def _person_or_body(token: Token) -> Noun | None:
    found = noun(token.text) if token.pos_ in ("NOUN", "PROPN", "ADJ") else None
    return found if found and found.kind in KINDS else None


def _led_up_to(doc: Doc, name: Name, comma: int) -> list[Role]:
    """ "The mayor of X, NAME, …": the role before the comma before a name."""
    first = max(doc[comma].sent.start, comma - BREADTH)
    while any(t.text in STOPS for t in doc[first:comma]):
        first = next(t.i for t in doc[first:comma] if t.text in STOPS) + 1
    for at in range(first, comma):
        found = _person_or_body(doc[at])
        if found is None or found.kind == "group" or _modifies(doc, at):
            continue
        start = phrase_start(doc, at)
        after = doc[name.run[1]].text if name.run[1] < len(doc) else "."
        opens = start == first or doc[start - 1].lower_ in ("and", "but", "earlier", "said")
        plain = not name.honorific
        if not plain and singular(doc[at].text) != doc[at].lower_:
            return []
        if after in STOPS or (opens and plain and not name.article):
            last = around(doc, at)[1]
            return [role_at(doc, at, found, end=max(last, at + 1))]
        return []
    return []


def _following(doc: Doc, at: int) -> list[Role]:
    """ "NAME, a lawyer for Y": the role after the comma after a name."""
    if doc[at].lower_ == "who" and at + 2 < len(doc):
        verb = next((t for t in doc[at + 1 : at + 4] if t.pos_ == "VERB"), None)
        if verb is None or verb.lemma_ not in LEADING:
            return []
        end = verb.i + 1
        while end < len(doc) and end - verb.i < LONGEST and doc[end].text not in STOPS:
            end += 1
        words = frozenset(t.lower_ for t in doc[verb.i : end] if t.is_alpha)
        return [Role(verb.i, verb.lemma_, doc[verb.i : end].text, words, Noun("person", ""))]
    for token in doc[at : at + LONGEST]:
        clause = token.pos_ in ("VERB", "AUX", "SCONJ") and token.tag_ not in ("VBN", "VBG")
        if clause or token.text in STOPS or token.is_space:
            return []
        if token.lower_ in word_class("preposition") or token.lower_ in RELATIVE:
            return []
        found = _person_or_body(token)
        if found and found.kind != "group" and not _modifies(doc, token.i):
            if phrase_start(doc, token.i) > at and doc[at].lower_ not in ("now", "then", "once"):
                return []
            last = around(doc, token.i)[1]
            ends = doc[last] if last < len(doc) else None
            if ends is not None and (ends.pos_ == "AUX" or ends.tag_ in ("VBD", "VBZ", "VBP")):
                return []  # "questioned by NAME, the captain said"
            return [role_at(doc, token.i, found)]
    return []


def _modifies(doc: Doc, at: int) -> bool:
    """Whether a noun stands before another one that it only describes ("police station")."""
    following = doc[at + 1] if at + 1 < len(doc) else None
    if following is None:
        return False
    if following.tag_ == "POS" or following.text in ("'", "’"):
        return True
    if following.pos_ == "ADJ" and at + 2 < len(doc) and _person_or_body(doc[at + 2]):
        return True  # "deputy prime minister"
    return following.pos_ in ("NOUN", "PROPN") or following.text == "-"
