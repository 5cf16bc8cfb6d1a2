"""Owns the titles of events: our words for the facts, never a clause of the article's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dashboard.extract.happenings import JOURNEYS, happening

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dashboard.extract.finds import Span
    from dashboard.extract.occurrences import Occurrence

MOST_COPIED = 3  # words in a row
BETWEEN = frozenset({"Meeting", "Wedding", "Merger", "Debate", "Collision", "Clash"})  # of two
WORD = re.compile(r"[^\W_]+")
HONORIFICS = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Rev|Prof)\.?|President|Sir|Dame)\s+"
)


def within_limits(titles: Iterable[str], words: str) -> str:
    """The first title that copies no more than three words in a row of a text, else "".

    `words` are the text's `bare_words`.
    """
    return next((title for title in titles if copied(title, words) <= MOST_COPIED), "")


def titles_of(
    of: Occurrence, place: Span | None, people: tuple[Span, ...], text: str
) -> Iterator[str]:
    """Titles for an event, the most telling first; none when it has nothing to tell."""
    names = [*dict.fromkeys(_person(p, text) for p in people)]
    who = " and ".join(names[:2])
    surnames = " and ".join(name.split()[-1] for name in names[:2])
    where = _place_name(place, text)
    known, noun = happening(of.event), of.event.pos_ != "VERB"
    if of.deadline:
        yield from _due(of.event)
    elif known is not None and known.kind == "journey":
        if where:
            yield f"{known.title} {where}: {who}" if who else f"{known.title} {where}"
            yield f"{known.title} {where}"
    elif known is not None and of.phase:
        yield from _phased(of, where)
    elif known is not None:
        full = _phrase(of.event, 2) if noun else known.title
        both = len(names) > 1 and known.title in BETWEEN
        if where and not both:
            at = f"to {where}" if known.title in JOURNEYS else f"in {where}"
            if who and not noun:
                yield f"{known.title} {at}: {who}"
            repeats = set(full.split()) & set(where.split())  # "Lund festival in Lund"
            yield from (f"{title} {at}" for title in (full, known.title)[bool(repeats) :])
        if who:
            yield from (
                f"{title}: {who}" for title in ((known.title,) if both else (full, known.title))
            )
            yield f"{known.title}: {surnames}"
        if noun:
            yield from (full, known.title)


def _due(event: Token) -> Iterator[str]:
    """What is due, with the word that tells what kind it is."""
    if event.lemma_.lower() == "deadline":
        yield _phrase(event, 2)
        yield "Deadline"
    else:
        yield from (f"Deadline: {_lower(_phrase(event, most))}" for most in (2, 1, 0))


def _phased(of: Occurrence, where: str) -> Iterator[str]:
    """What becomes of an event: talks resume, a trial begins."""
    phase = happening(of.verb) if of.verb is not None else None
    known = happening(of.event)
    if phase is None or known is None:
        return
    becomes = phase.title if of.event.tag_ in ("NNS", "NNPS") else f"{phase.title}s"
    for noun in (_phrase(of.event, 2), known.title):
        yield f"{noun} {becomes} in {where}" if where else f"{noun} {becomes}"
    yield f"{known.title} {becomes}"


def _lower(words: str) -> str:
    return words if words.split()[0].isupper() else words[:1].lower() + words[1:]


def _phrase(noun: Token, most: int) -> str:
    """A noun with at most so many of the words before it that tell what kind it is."""
    words = [noun]
    doc = noun.doc
    while len(words) <= most and noun.i - len(words) >= noun.sent.start:
        word = doc[noun.i - len(words)]
        kind = word.dep_ == "compound" or (word.dep_ == "amod" and word.pos_ in ("ADJ", "PROPN"))
        if word.head.i != noun.i or not kind or word.ent_type_ in ("DATE", "TIME", "ORDINAL"):
            break
        words.insert(0, word)
    if words[0].lower_ in ("next", "last", "first", "such", "other", "recent", "upcoming"):
        words = words[1:]
    made = " ".join(word.text for word in words)
    return made[:1].upper() + made[1:]


def _place_name(place: Span | None, text: str) -> str:
    name = text[slice(*place)] if place else ""
    return name.title() if name.isupper() and len(name) > 3 else name


def _person(span: Span, text: str) -> str:
    return HONORIFICS.sub("", " ".join(text[slice(*span)].split())).removeprefix("the ")


def bare_words(text: str) -> str:
    """A text's words in small letters, one blank before and after each."""
    return " ".join(("", *WORD.findall(text.casefold()), ""))


def copied(title: str, words: str) -> int:
    """The most words in a row that a title shares with a text (its `bare_words`)."""
    own = bare_words(title).split()
    longest = 0
    for first in range(len(own)):
        for last in range(first + longest + 1, len(own) + 1):
            if f" {' '.join(own[first:last])} " not in words:
                break
            longest = last - first
    return longest
