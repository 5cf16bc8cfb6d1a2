"""Owns the circumstances of a statement: the day it was made, where, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dashboard.extract.syntax import contiguous

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dashboard.extract.finds import Attribution, Span, When

ON = frozenset({"on", "late", "early", "earlier"})
AT = frozenset({"in", "at", "from", "outside", "near", "inside"})
# "said in a speech in Oslo": its place and day are the statement's.
OCCASIONS = frozenset(
    {
        "address", "appearance", "briefing", "broadcast", "call", "ceremony", "conference",
        "debate", "event", "forum", "hearing", "interview", "lecture", "letter", "meeting",
        "message", "panel", "podcast", "post", "program", "rally", "remark", "report", "session",
        "speech", "start", "statement", "stop", "summit", "talk", "testimony", "tweet", "visit",
        "campaign", "gathering", "end", "opening", "reporter", "journalist", "crowd", "audience",
        "supporter", "lawmaker",
    }
)  # fmt: skip
# Verbs whose object is whoever listens.
TELLING = frozenset(
    {
        "tell", "advise", "alert", "ask", "assure", "brief", "inform", "notify", "promise",
        "remind", "thank", "urge", "warn", "email", "text", "reassure", "caution",
    }
)  # fmt: skip
OBJECTS = frozenset({"dobj", "dative", "iobj"})
# An occasion is no listener ("told a news conference"), nor is what follows "according to".
NO_LISTENER = frozenset(
    {
        "conference", "briefing", "hearing", "interview", "story", "truth", "lie", "according",
        "accord", "attribute", "take", "turn", "point", "respond", "reply", "refer", "listen",
    }
)  # fmt: skip


def said_on(doc: Doc, attribution: Attribution, dates: tuple[When, ...]) -> When | None:
    """The date that hangs on the word that reports a statement; None without one.

    "said on Wednesday", "told reporters Tuesday", "said in an interview on Friday": not a date
    within what was said.
    """
    for cue in _cues(doc, attribution):
        for token in _around(cue, ON | AT | {"during"}):
            for when in dates:
                if when.span[0] <= token.idx < when.span[1] and _outside(token, attribution):
                    return when
    return None


def said_at(
    doc: Doc, attribution: Attribution, place_spans: tuple[Span, ...], *, here: Span | None = None
) -> Span | None:
    """The place that hangs on the word that reports a statement; None without one.

    "said in Lund", "told a crowd in Oslo": not "said the talks in Lund …". `here`
    is what "here" stands for: the dateline.
    """
    for cue in _cues(doc, attribution):
        for token in _around(cue, AT):
            if not _outside(token, attribution):
                continue
            if token.lower_ == "here" and here is not None:
                return here
            for span in place_spans:
                if (
                    span[0] <= token.idx < span[1]
                    and token.dep_ == "pobj"
                    and token.head.lower_ in AT
                ):
                    return span
    return None


def addressee(doc: Doc, attribution: Attribution) -> Span | None:
    """Who is told a statement ("told reporters", "said to the council"); None without one."""
    for cue in _cues(doc, attribution):
        for child in cue.children:
            listener = None
            if child.dep_ in OBJECTS and child.pos_ != "ADP" and cue.lemma_.lower() in TELLING:
                listener = child
            elif (
                child.lower_ == "to"
                and child.dep_ in ("prep", "dative")
                and cue.lemma_.lower() not in NO_LISTENER
            ):
                listener = next((t for t in child.children if t.dep_ == "pobj"), None)
            if listener is None or listener.lemma_.lower() in NO_LISTENER:
                continue
            if listener.ent_type_ in ("DATE", "TIME") or not _outside(listener, attribution):
                continue
            first, last = contiguous(listener)
            return doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return None


def _cues(doc: Doc, attribution: Attribution) -> Iterator[Token]:
    """The words that report: of each cue its head."""
    for span in attribution.cue:
        if (found := doc.char_span(*span, alignment_mode="expand")) is not None and len(found):
            yield found.root


def _around(cue: Token, joining: frozenset[str]) -> Iterator[Token]:
    """The words that hang on a cue, directly or by way of a preposition and an occasion.

    In the order of the text: what stands nearest after "said" is usually meant. A parser hangs a
    date or place after "said" now and then on the clause before, hence the words next to it.
    """
    found = []
    steps = [(cue, 0)]
    while steps:
        above, depth = steps.pop()
        for token in above.children:
            if token.dep_ in ("npadvmod", "nmod", "pobj", "advmod", "tmod"):
                found.append(token)
            occasion = token.lemma_.lower() in OCCASIONS
            objects = token.dep_ in OBJECTS and occasion
            through = token.dep_ == "pobj" and occasion
            if depth < 6 and (
                objects
                or through
                or (token.dep_ == "prep" and token.lower_ in (*joining, "of", "with"))
            ):
                steps.append((token, depth + 1))
    after = cue.i + 1
    if after < len(cue.doc) and cue.doc[after].lower_ in joining:
        after += 1
    if after < len(cue.doc) and cue.doc[after] not in found:
        found.append(cue.doc[after])
    return iter(sorted(found, key=lambda token: (token.i < cue.i, token.i)))


def _outside(token: Token, attribution: Attribution) -> bool:
    return not any(a <= token.idx < b for a, b in attribution.content)
