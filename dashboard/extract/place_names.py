"""Which words may name a place: what the gazetteer knows, and what the language model says.

Names are whole: the longest one that is known is taken at each word, so that "New South Wales" is
not Wales. Whether it is a place here is not decided yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dashboard.extract.finds import Span
from dashboard.extract.gazetteer.records import Record, abbreviations, demonyms, key_of, words
from dashboard.extract.geocode import lookup, named

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Tokens

PLACES = frozenset({"GPE", "LOC", "FAC"})
LONGEST = 6  # words in a name

# "IN", "OR", "ME": postal codes are words too, so they count after a comma only ("Dayton, OH").
ALWAYS_CODES = frozenset(("US", "UK", "EU", "UAE", "DRC", "NSW", "USSR", "DC", "PRC", "PNG"))
POSTAL = re.compile(r"[A-Z]{2}|[A-Z][a-z]{0,4}\.|[A-Z]\. ?[A-Z]\.|W\. ?Va\.")
SPECIFIC = re.compile(r"[^\W\d_]{2}")


def candidates(doc: Doc, within: Span) -> Iterator[Tokens]:
    """The gazetteer's names, the longest first at each word, and the model's other places."""
    region = doc.char_span(*within, alignment_mode="expand")
    if region is None:
        return
    taken: dict[int, Tokens] = {}  # by each of their words
    at, end = region.start, region.end
    while at < end:
        found = _longest(doc, at, end) if _may_begin(doc[at]) else None
        if found is not None:
            taken |= dict.fromkeys(range(found.start, found.end), found)
            at = found.end
        else:
            at += 1
    for entity in doc.ents:
        if entity.label_ in PLACES and region.start <= entity.start and entity.end <= region.end:
            name = _trimmed(entity)
            if name is not None:
                words_of_name = range(name.start, name.end)
                parts = [taken[i] for i in words_of_name if i in taken]
                if all(_mere_part(part, name) for part in parts):
                    taken |= dict.fromkeys(words_of_name, name)
    starts = sorted({tokens.start: tokens for tokens in taken.values()}.items())
    yield from (tokens for _, tokens in starts)


def records_of(name: str) -> tuple[Record, ...]:
    """Where a name may be; what is short or a code must be written as one."""
    if len(name) <= 3 and not name.isupper() and "." not in name:
        return tuple(r for r in lookup(name) if r.own and not r.curated)
    return lookup(name)


def _longest(doc: Doc, at: int, end: int) -> Tokens | None:
    stop = at + 1
    inner = words("inner")
    while stop < min(end, at + LONGEST) and not doc[stop].is_sent_start:
        if not capital(doc[stop]) and doc[stop].lower_ not in inner:
            break
        stop += 1
    for last in range(stop, at, -1):
        tokens = doc[at:last]
        if capital(doc[last - 1]) and named(tokens.text) and _usable(tokens, tokens.text):
            more = last < end and doc[last - 1].whitespace_
            with_kind = more and doc[last].text in words("part of a name")
            return doc[at : last + 1] if with_kind else tokens
    return None


def _usable(tokens: Tokens, text: str) -> bool:
    key = key_of(text)
    if key in words("seat") or (key in abbreviations() and "." not in text and not text.isupper()):
        return False
    after = token_at(tokens, len(tokens))
    if after is not None and after.text in words("newspaper"):
        return False
    if text in ALWAYS_CODES:
        return True
    if POSTAL.fullmatch(text) and text.replace(".", "") not in ALWAYS_CODES:
        return word_at(tokens, -1) == "," and capital_at(tokens.doc, tokens.start - 2)
    if len(text) <= 3 and (text.isupper() or not records_of(text)):
        return any(r.curated and r.kind != "site" for r in lookup(text)) and text.isupper()
    return text.casefold() not in demonyms() or any(r.kind == "country" for r in lookup(text))


def _may_begin(token: Token) -> bool:
    return capital(token) and not (
        token.is_stop and token.text not in ALWAYS_CODES and len(token) < 4
    )


def _mere_part(part: Tokens, name: Tokens) -> bool:
    """Whether a known name is only a word of another one ("Abu" of "Abu Shok")."""
    return (
        len(part) < len(name) <= 3
        and part.start >= name.start
        and part.end <= name.end
        and all(t.text[0].isalpha() for t in name)
        and not any(r.curated or r.population > 100_000 for r in lookup(part.text))
    )


def _trimmed(entity: Tokens) -> Tokens | None:
    """A place of the model without its article, possessive and small words at the ends."""
    start, end = entity.start, entity.end
    doc = entity.doc
    while start < end and not capital(doc[start]):
        start += 1
    while end > start and not (capital(doc[end - 1])):
        end -= 1
    if start < end and doc[start].text in ("The", "A"):
        start += 1
    return doc[start:end] if start < end and SPECIFIC.search(doc[start:end].text) else None


def capital(token: Token) -> bool:
    """Whether a word is written as a name is: "Ivory", but "d'Ivoire" too."""
    return token.text[0].isupper() or token.text[:2].casefold() in ("d'", "d’", "l'", "l’")


def capital_at(doc: Doc, i: int) -> bool:
    """Whether there is such a word at that number."""
    return 0 <= i < len(doc) and capital(doc[i])


def token_at(tokens: Tokens, offset: int) -> Token | None:
    """The word so far from the name's first one (-1 is before it), None beyond its sentence."""
    i, doc = tokens.start + offset, tokens.doc
    if not 0 <= i < len(doc) or (offset < 0 and doc[tokens.start].is_sent_start):
        return None
    if offset >= len(tokens) and doc[i].is_sent_start:
        return None
    return doc[i]


def word_at(tokens: Tokens, offset: int) -> str:
    """That word in lower case, "" where there is none."""
    token = token_at(tokens, offset)
    return token.lower_ if token is not None else ""
