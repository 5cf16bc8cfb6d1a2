"""Owns what the quotation marks and the rules have to say to what the model found.

The model decides word by word; a quotation is whole, and its speaker is often next to it where the
model sees no cue. Works on runs of tokens, a paragraph at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.extract.cues import cue_rate
from dashboard.extract.labelling.labels import Run
from dashboard.extract.labelling.linking import Linked, verb_of
from dashboard.extract.rules import STOPS
from dashboard.extract.syntax import speaker_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dashboard.extract.finds import Span
    from dashboard.extract.rules import Reported

MOST = 0.5  # share of a quotation's words that make the whole of it content
CERTAIN = 0.85  # rate of a cue that the rules may bring in against the model
UNSEEN = 0.8
ENDS = frozenset(".!?")
GUESSED = 0.8  # how sure a speaker is whom only the parse names
SHORT = 4  # words; what is shorter is left as the model found it


def whole(doc: Doc, runs: Sequence[Run], regions: Sequence[Span]) -> list[Run]:
    """The runs, with each quotation that is mostly content made content from mark to mark.

    A content that begins or ends within a mark of its region's ends takes that mark in. What runs
    on beyond the mark that ends a sentence ("…," a neighbour) is cut off, and so is the sentence
    that ends where the quotation begins.
    """
    kept = list(runs)
    for first, last in regions:
        inside = [r for r in kept if r.element == "content" and r.first < last and r.last > first]
        covered = sum(min(r.last, last) - max(r.first, first) for r in inside)
        if not inside or last - first < SHORT or covered < MOST * (last - first):
            continue
        start, end = min(first, inside[0].first), max(last, inside[-1].last)
        if first and start < first and doc[first - 1].text in ENDS:
            start = first
        ended = any(token.text in STOPS for token in doc[last - 2 : last])
        if ended and start == first and end > last and not any(last <= a < end for a, _ in regions):
            end = last
        kept = [r for r in kept if r not in inside]
        kept.append(Run("content", start, end))
    return sorted(kept, key=lambda run: run.first)


def attributed(
    linked: Sequence[Linked], found: Sequence[Reported], regions: Sequence[Span]
) -> list[Linked]:
    """The statements of a paragraph, where quotations without a cue have found their speaker.

    What the rules read beside such a quotation counts first; else it goes with the statement in
    quotation marks before it in the paragraph, then with the one after it.
    """
    made = list(linked)
    for one in linked:
        first = one.content[0]
        if one.cue or one.speaker or not _marked(first, regions):
            continue
        rule = next(
            (r for r in found if r.speaker and any(_meet(first, c) for c in r.content)), None
        )
        others = [o for o in made if o.cue and any(_marked(c, regions) for c in o.content)]
        before = [o for o in others if o.content[0].first < first.first]
        host = before[-1] if before else next(iter(others), None)
        if rule is not None and rule.speaker and not (before and rule.rule == "floating"):
            cue = Run("cue", *rule.cue) if rule.cue[0] < rule.cue[1] else None
            same = next((o for o in made if cue and o.cue and _meet(o.cue, rule.cue)), None)
            if same is None:
                made[made.index(one)] = replace(one, cue=cue, speaker=Run("speaker", *rule.speaker))
                continue
            host = same
            if same.speaker is None:  # the model took a part of the speaker's phrase for content
                ruled = tuple(c for c in same.content if any(_meet(c, r) for r in rule.content))
                host = replace(same, speaker=Run("speaker", *rule.speaker), content=ruled)
                made[made.index(same)] = host
        if host is not None:
            made.remove(one)
            joined = sorted((*host.content, *one.content), key=lambda run: run.first)
            made[made.index(host)] = replace(host, content=tuple(joined))
    return made


def spoken_for(doc: Doc, linked: Sequence[Linked]) -> list[Linked]:
    """The statements, where a cue without a speaker has the one that the parse gives its verb."""
    made = []
    for one in linked:
        run = speaker_of(verb_of(doc, one.cue)) if one.cue and not one.speaker else None
        parts = [*one.content, one.cue]
        if run and not any(part and _meet(part, run) for part in parts):
            one = replace(one, speaker=Run("speaker", *run), confidence=one.confidence * GUESSED)
        made.append(one)
    return made


def unseen(doc: Doc, linked: Sequence[Linked], found: Sequence[Reported]) -> list[Linked]:
    """What the rules found by a word that nearly always reports, where the model found nothing."""
    taken = [run for one in linked for run in (*one.content, one.cue, one.speaker) if run]
    made = []
    for one in found:
        rate = max((cue_rate(token) for token in doc[slice(*one.cue)]), default=0.0)
        mine = [one.cue, *one.content, *([one.speaker] if one.speaker else [])]
        free = not any(_meet(run, other) for run in taken for other in mine)
        if one.speaker and free and (rate >= CERTAIN or one.rule == "according"):
            content = tuple(Run("content", *run) for run in one.content)
            cue, speaker = Run("cue", *one.cue), Run("speaker", *one.speaker)
            made.append(Linked(content, cue, speaker, UNSEEN))
    return made


def _marked(run: Run, regions: Sequence[Span]) -> bool:
    return any(a <= run.first and run.last <= b for a, b in regions)


def _meet(run: Run, other: Span) -> bool:
    return run.first < other[1] and other[0] < run.last
