"""Owns events: what happened, is planned or due on a day that the text gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.extract.cues import LIKELY, cue_rate
from dashboard.extract.dates import head
from dashboard.extract.finds import Article, Event, Span, When
from dashboard.extract.happenings import happening, is_journey
from dashboard.extract.occurrences import Occurrence, occurrence
from dashboard.extract.syntax import SUBJECTS
from dashboard.extract.tenses import FUTURE, PRESENT, direction
from dashboard.extract.titles import bare_words, titles_of, within_limits

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WHERE = frozenset({"in", "at", "near", "outside"})
WHITHER = WHERE | {"to", "from"}
WITH = frozenset({"with", "between", "among", "of", "against", "by"})
APART = frozenset({"before", "after", "about", "ahead", "since", "until"})
ELSEWHERE = frozenset(
    {"relcl", "advcl", "ccomp", "parataxis", "punct", "conj", "cc", "acl", "appos", "mark"}
)
# Two of these on one day are two, if other people take part in them.
OFTEN = frozenset({"Meeting", "Arrest", "Death", "Killing", "Attack"})
# These tell something without a place or people: there is one of them at a time.
ALONE = frozenset(
    {
        "Ceasefire", "Coup", "Deadline", "Debate", "Earthquake", "Election", "Inauguration",
        "Launch", "Primary", "Referendum", "Runoff", "Summit", "Trial", "Truce", "Verdict",
        "Vote",
    }
)  # fmt: skip


@dataclass(frozen=True)
class _Told:
    """An event as one clause tells it, with what its title is made of."""

    event: Event
    of: Occurrence
    kind: str


def find_events(
    doc: Doc,
    article: Article,
    dates: tuple[When, ...],
    place_spans: tuple[Span, ...],
    actor_spans: tuple[Span, ...],
) -> tuple[Event, ...]:
    """What a timeline of the article would have: happenings that one clause joins with a date.

    In the order of the text, the same one once. Words that report are no events, nor is what is
    denied or only possible. Titles are ours: no more than three of the article's words in a row.
    """
    starts = [token.idx for token in doc]
    words = bare_words(article.text)
    told: list[_Told] = []
    for when in dates:
        date = head(doc, starts, when.span)
        of = occurrence(date, when, article)
        if of is None:
            continue
        clause = [date, *_clause(of)]
        first, last = min(t.i for t in clause), max(t.i for t in clause)
        start, end = doc[first].idx, doc[last].idx + len(doc[last])
        known = happening(of.event)
        place = _place(of, date, place_spans, article.dateline)
        new = _Told(
            Event(
                title="",
                when=when,
                status=_status(of, when, article),
                passage=(min(start, when.span[0]), max(end, when.span[1])),
                place=place,
                participants=tuple(p for p in _participants(of, actor_spans) if p != place),
                confidence=of.confidence * (0.8 if when.precision == "year" else 1),
            ),
            of,
            known.title if known and not of.deadline else of.event.lemma_.lower(),
        )
        told = _joined(told, new, article.text)
    titled = (_titled(one, article.text, words) for one in told)
    return tuple(sorted((event for event in titled if event), key=lambda event: event.passage))


def _titled(one: _Told, text: str, words: str) -> Event | None:
    """The event with its title; None when there is no telling one, as "Trip" alone."""
    event = one.event
    title = within_limits(titles_of(one.of, event.place, event.participants, text), words)
    if not title or (" " not in title and not (one.of.deadline or one.kind in ALONE)):
        return None
    sure = event.confidence * (1 if " " in title else 0.7)
    return replace(event, title=title, confidence=round(sure, 2))


def _clause(of: Occurrence) -> Iterator[Token]:
    """The words that tell an event: its verb's clause; where that verb reports, only its own."""
    yield from _near(of.event)
    verb = of.verb
    if verb is not None and cue_rate(verb) < LIKELY and verb.sent == of.event.sent:
        yield from _near(verb)
        for subject in _subjects(verb):
            yield from _near(subject)


def _near(token: Token) -> Iterator[Token]:
    """A word and what hangs on it, without further clauses."""
    yield token
    for child in token.children:
        if child.dep_ not in ELSEWHERE:
            yield from _near(child)


def _subjects(verb: Token) -> list[Token]:
    """Who does it: a verb's own subject, that of a verb that it continues, or its antecedent."""
    at = verb
    for _ in range(4):
        own = [c for c in at.children if c.dep_ in SUBJECTS and c.tag_ not in ("WDT", "WP")]
        if own:
            return own
        if at.dep_ == "relcl":
            return [at.head]
        if at.dep_ not in ("xcomp", "conj", "advcl", "acomp") or at.head.i == at.i:
            return []
        at = at.head
    return []


def _place(
    of: Occurrence, date: Token, place_spans: tuple[Span, ...], here: Span | None
) -> Span | None:
    """The place that hangs on an event or its verb; "here" is the dateline's."""
    if of.deadline:
        return None
    words = [of.event]
    if of.verb is not None:
        words.append(of.verb)
        if of.verb.dep_ == "xcomp" and of.verb.head.pos_ == "VERB":
            words.append(of.verb.head)
    words.append(date)  # "on Friday in Lund"
    leading = WHITHER if is_journey(of.event) else WHERE
    for word in words:
        for child in word.children:
            if child.lower_ == "here" and child.dep_ == "advmod" and here is not None:
                return here
            named = (
                [child] if child.dep_ in ("compound", "poss", "nmod") or _goes(word, child) else []
            )
            if child.dep_ == "prep" and child.lower_ in leading:
                named = [t for t in child.children if t.dep_ == "pobj"]
            for token in named:
                for span in place_spans:
                    if span[0] <= token.idx < span[1]:
                        return span
    return None


def _goes(verb: Token, child: Token) -> bool:
    """Whether a verb goes to its object: "visit Oslo"."""
    return child.dep_ == "dobj" and is_journey(verb)


def _participants(of: Occurrence, actor_spans: tuple[Span, ...]) -> Iterator[Span]:
    """Those who do it, have it or are in it: subject, possessor, "with" and "between" whom."""
    if of.deadline:
        return
    heads: list[Token] = []
    event, verb = of.event, of.verb
    if verb is not None and (event.i == verb.i or _carries(verb, event)) and not of.phase:
        heads += _subjects(verb)
    for word in {event.i: event, **({verb.i: verb} if verb is not None else {})}.values():
        for child in word.children:
            if child.dep_ == "poss" or (word.i == event.i and child.dep_ in ("dobj", "nsubjpass")):
                heads.append(child)
            elif child.dep_ in ("prep", "agent") and child.lower_ in WITH:
                heads += [t for t in child.children if t.dep_ == "pobj"]
    yield from _named(heads, event, actor_spans)


def _carries(verb: Token, event: Token) -> bool:
    """Whether an event is a verb's own object or occasion, not something farther down."""
    at = event
    for _ in range(5):
        if at.i == verb.i:
            return True
        at = at.head
        if at.lower_ in APART or (at.lower_ == "of" and at.head.pos_ == "VERB"):
            return False
        if at.pos_ in ("NOUN", "PROPN") and at.lemma_.lower() not in (
            "start",
            "end",
            "round",
            "day",
        ):
            return False
    return False


def _named(heads: Iterable[Token], event: Token, actor_spans: tuple[Span, ...]) -> Iterator[Span]:
    seen: list[Span] = []
    for token in heads:
        names = [token, *token.conjuncts, *(c for c in token.children if c.dep_ == "appos")]
        for name in (n for n in names if n.i != event.i):
            for span in actor_spans:
                inside = span[0] <= name.idx < span[1]
                if inside and not any(a < span[1] and span[0] < b for a, b in seen):
                    seen.append(span)
                    yield span


def _status(of: Occurrence, when: When, article: Article) -> str:
    """The story format's: from the calendar, and for a time around publication from the tense."""
    today, end = article.published, when.end or when.start
    if of.deadline:
        return "deadline"
    if today is not None and end < today:
        return "past"
    if today is not None and when.start > today:
        return "planned"
    tense = direction(of.verb)
    if tense == FUTURE:
        return "planned"
    return "ongoing" if tense == PRESENT and when.end is not None else "past"


def _joined(told: list[_Told], new: _Told, text: str) -> list[_Told]:
    """The events with one more; of one that is told twice, the surer telling, with all people."""
    for n, old in enumerate(told):
        if _same(old, new, text):
            kept, left = (new, old) if new.event.confidence > old.event.confidence else (old, new)
            known = {_name(text, p) for p in kept.event.participants}
            more = [p for p in left.event.participants if _name(text, p) not in known]
            event = replace(
                kept.event,
                place=kept.event.place or left.event.place,
                participants=(*kept.event.participants, *more),
            )
            return [*told[:n], replace(kept, event=event), *told[n + 1 :]]
    return [*told, new]


def _same(old: _Told, new: _Told, text: str) -> bool:
    """Whether two tellings are of the same event: kind and time, and no other place or people."""
    one, other = old.event, new.event
    if (old.kind, one.when.start, one.when.end) != (new.kind, other.when.start, other.when.end):
        return False
    if one.place and other.place and _name(text, one.place) != _name(text, other.place):
        return False
    people = [{_name(text, p) for p in event.participants} for event in (one, other)]
    return old.kind not in OFTEN or not all(people) or bool(people[0] & people[1])


def _name(text: str, span: Span) -> str:
    return text[slice(*span)].split()[-1].casefold()
