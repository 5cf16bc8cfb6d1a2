"""Owns which words a date belongs to: the noun or verb that names an event in its clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.extract.cues import LIKELY, cue_rate
from dashboard.extract.happenings import event_noun, happening
from dashboard.extract.syntax import SUBJECTS
from dashboard.extract.tenses import FUTURE, PAST, direction, verb_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dashboard.extract.finds import Article, When

OBJECTS = frozenset({"dobj", "attr", "nsubjpass", "oprd"})
UNCERTAIN = frozenset({"could", "might", "may", "can"})
CONDITIONS = frozenset({"if", "unless", "whether"})
# "since Friday" and "as of May" tell when something began, not what happened.
NO_DAY = frozenset({"since", "from", "of", "between", "than", "until", "till", "through", "for"})


@dataclass(frozen=True)
class Occurrence:
    """The word that names an event, the verb of its clause, how sure that is, from 0 to 1.

    `phase`: the verb tells what becomes of it ("the talks resume"). `deadline`: the event is due.
    """

    event: Token
    verb: Token | None
    confidence: float
    phase: bool = False
    deadline: bool = False


def occurrence(date: Token, when: When, article: Article) -> Occurrence | None:
    """The event that a date belongs to; None when its clause names none, or only supposes it."""
    above, preposition = date.head, ""
    while above.pos_ == "ADP" and above.head.i != above.i:
        preposition, above = above.lower_, above.head
    if above.i == date.i:
        return None
    verb = verb_of(above)
    to_come = article.published is None or when.start > article.published
    if above.lemma_.lower() == "deadline":
        return Occurrence(above, verb, 0.85, deadline=True)
    if preposition == "by" and to_come and (due := _due(above, verb)) is not None:
        return due
    planned = verb is not None and direction(verb) == FUTURE
    if (preposition in NO_DAY and not (preposition == "for" and planned)) or preposition == "by":
        return None
    if verb is not None and unreal(verb):
        return None
    noun = event_noun(above)
    if noun is not None:
        return Occurrence(noun, verb, 0.8)
    return _of_verb(above) if above.pos_ == "VERB" else None


def unreal(verb: Token) -> bool:
    """Whether a clause denies what it tells, or holds it for possible only."""
    words = {c.lower_ for c in verb.children if c.dep_ in ("aux", "mark")}
    denied = any(c.dep_ == "neg" for c in verb.children)
    return denied or bool(words & (UNCERTAIN | CONDITIONS))


def _due(above: Token, verb: Token | None) -> Occurrence | None:
    """What is due "by" a day to come: what is to be done, or the thing itself."""
    if above.pos_ == "NOUN":
        return Occurrence(above, verb, 0.6, deadline=True)
    if above.pos_ != "VERB" or direction(above) == PAST or unreal(above):
        return None
    for kinds in ({"nsubjpass"}, {"dobj"}, SUBJECTS):
        due = next((c for c in above.children if c.dep_ in kinds and c.pos_ == "NOUN"), None)
        if due is not None:
            return Occurrence(due, above, 0.6, deadline=True)
    return None


def _of_verb(verb: Token) -> Occurrence | None:
    """What happens by a verb: itself, the event that it carries, or where something is said."""
    known = happening(verb)
    reports = cue_rate(verb) >= LIKELY and (known is None or known.kind != "light")
    carried = next(_carried(verb, at_which=reports or known is not None), None)
    if known is not None and known.kind == "phase":
        carried = carried or _stood_for(verb)
        return Occurrence(carried, verb, 0.75, phase=True) if carried is not None else None
    if known is not None and known.kind in ("happening", "journey") and not reports:
        return Occurrence(verb, verb, 0.7)
    if carried is not None and (reports or known is not None or direction(verb) == FUTURE):
        return Occurrence(carried, verb, 0.6 if reports else 0.75)
    return None


def _carried(verb: Token, *, at_which: bool) -> Iterator[Token]:
    """Event nouns that are a verb's object or subject, or the occasion of what is said."""
    for child in verb.children:
        if child.dep_ in OBJECTS | SUBJECTS:
            if (noun := event_noun(child)) is not None:
                yield noun
        elif at_which and child.dep_ == "prep" and child.lower_ in ("at", "during", "in", "to"):
            for within in child.children:
                if within.dep_ == "pobj" and (noun := event_noun(within)) is not None:
                    yield noun
    if verb.dep_ in ("acl", "relcl") and (noun := event_noun(verb.head)) is not None:
        yield noun


def _stood_for(verb: Token) -> Token | None:
    """The event that a verb's subject stands for: "talks on the border, which are to resume".

    A parser hangs "which" on the nearest noun; the event may be above it.
    """
    at = verb
    while at.dep_ in ("xcomp", "conj", "acomp") and at.head.i != at.i:
        at = at.head
    if at.dep_ not in ("relcl", "acl"):
        subject = next((c for c in at.children if c.dep_ in SUBJECTS), None)
        return event_noun(subject) if subject is not None else None
    at = at.head
    for _ in range(5):
        if (noun := event_noun(at)) is not None:
            return noun
        if at.dep_ not in ("pobj", "prep") or at.head.i == at.i:
            return None
        at = at.head
    return None
