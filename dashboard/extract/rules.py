"""Owns the rules that find statements on a sentence's parse: cue, speaker, content, each a span.

A rule looks at one construction and is testable by itself. They find most quotations; what they say
of each word is also what the labelling model starts from.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.extract.adjoining import adjoining
from dashboard.extract.cues import LIKELY, SPEAKING, cue_rate
from dashboard.extract.syntax import (
    contiguous,
    cue_run,
    grow,
    meet,
    speaker_of,
    tokens_of,
    trim,
    without,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dashboard.extract.finds import Span
    from dashboard.extract.marks import Quoted

FEW = 6  # tokens, marks included: fewer are scare quotes, unless somebody says them
STOPS = frozenset(",.?!…")


@dataclass(frozen=True)
class Reported:
    """What a rule found, in tokens of the Doc; a run is (first, last + 1). `rule` is its name."""

    rule: str
    cue: Span
    speaker: Span | None
    content: tuple[Span, ...]


def reported(
    doc: Doc, paragraphs: tuple[Span, ...], marks: tuple[Quoted, ...]
) -> tuple[Reported, ...]:
    """All that the rules find, in the order of the text; no word is content twice."""
    runs = [run for mark in marks if (run := tokens_of(doc, mark.span))]
    starts = [run[0] for run in runs]
    found: list[Reported] = []
    for paragraph in paragraphs:
        if (words := tokens_of(doc, paragraph)) is None:
            continue
        here = tuple(runs[bisect_left(starts, words[0]) : bisect_left(starts, words[1])])
        made = [_named(doc, one, here) for one in governed(doc, words, here)]
        found += floating(doc, words, here, beside(doc, here, made))
    return tuple(found)


def governed(doc: Doc, words: Span, runs: tuple[Span, ...]) -> list[Reported]:
    """What cues govern in the parse of a paragraph."""
    found: list[Reported] = []
    taken: set[int] = set()
    for token in doc[slice(*words)]:
        made = according(token) or speech(token, runs)
        if made is None:
            continue
        content = tuple(run for run in made.content if not taken & set(range(*run)))
        if content:
            taken.update(*(range(*run) for run in content))
            found.append(replace(made, content=content))
    return found


def _named(doc: Doc, one: Reported, runs: tuple[Span, ...]) -> Reported:
    """A statement; its speaker is next to the quotation, if the parse names nobody."""
    run = next((run for run in one.content if run in runs), None)
    if one.speaker or not run or not (near := adjoining(doc, run, runs)):
        return one
    cue, speaker = near
    return replace(one, cue=cue if cue[0] < cue[1] else one.cue, speaker=speaker)


def beside(doc: Doc, runs: tuple[Span, ...], found: list[Reported]) -> list[Reported]:
    """What was found, with the quotations that have a cue next to them, whatever the parse says."""
    made = list(found)
    for run in runs:
        if any(meet(run, other) for one in made for other in one.content):
            continue
        broken = doc[run[1] - 2].text == ","  # "The dam," she said, "will hold."
        if not (_sentence(doc, run) or broken) or not (near := adjoining(doc, run, runs)):
            continue
        same = next((one for one in made if broken and meet(one.cue, near[0])), None)
        if same is not None:
            made[made.index(same)] = replace(same, content=tuple(sorted((*same.content, run))))
        elif _sentence(doc, run):
            made.append(Reported("adjoining", *near, (run,)))
    return sorted(made, key=lambda one: one.content)


def floating(
    doc: Doc, words: Span, runs: tuple[Span, ...], found: list[Reported]
) -> list[Reported]:
    """What was found, with the quotations that no cue governs, as the second in "…," he said. "…".

    A whole quoted sentence joins the statement before it in its paragraph, else the one after it;
    alone in its paragraph it is a statement of its own, without a cue. Fewer words, or a title, or
    scare quotes, are no statement.
    """
    made = list(found)
    for run in runs:
        used = any(meet(run, other) for one in made for other in one.content)
        if used or not _sentence(doc, run):
            continue
        near = [one for one in made if one.rule != "floating" and one.cue[0] >= words[0]]
        before = [one for one in near if one.content[0] < run]
        after = [one for one in near if one.content[0] > run]
        host = before[-1] if before else next(iter(after), None)
        if host is None:
            made.append(Reported("floating", (run[0], run[0]), None, (run,)))
        else:
            made[made.index(host)] = replace(host, content=tuple(sorted((*host.content, run))))
    return sorted(made, key=lambda one: one.content)


def _sentence(doc: Doc, run: Span) -> bool:
    words = [t for t in doc[run[0] : run[1]] if t.is_alpha]
    ends = any(t.text in (".", "!", "?", ",", "…", "--", "—") for t in doc[run[1] - 3 : run[1] + 1])
    return len(words) >= 4 and ends


def according(token: Token) -> Reported | None:
    """The rest of a sentence that says "according to X"."""
    if token.lower_ != "according":
        return None
    to = next((t for t in token.children if t.lower_ == "to"), None)
    source = next((t for t in to.children if t.dep_ == "pobj"), None) if to else None
    if to is None or source is None:
        return None
    speaker = contiguous(source)
    sentence = token.sent
    before = (sentence.start, token.i)
    after = (max(speaker[1], to.i + 1), sentence.end)
    content = tuple(run for part in (before, after) if (run := trim(token.doc, part)))
    return Reported("according", (token.i, to.i + 1), speaker, content)


def speech(token: Token, runs: tuple[Span, ...]) -> Reported | None:
    """A reporting word with the clause it governs, or with the quotation marks around it."""
    rate = cue_rate(token)
    if not rate or token.pos_ not in ("VERB", "NOUN") or _inside(token.i, runs):
        return None
    clause = complement(token)
    if clause is None and rate >= SPEAKING and token.pos_ == "VERB":
        clause = floated(token)
    if rate < (LIKELY if clause else SPEAKING):
        return None
    words = [run for run in runs if run[0] >= token.sent.start and run[1] <= token.sent.end + 1]
    hung = [run for run in words if _hangs(token, run)] if token.pos_ == "VERB" else []
    content = list(hung)
    if clause and (whole := next((r for r in words if _opens(token.doc, r, clause)), None)):
        clause, content = None, sorted({*hung, whole})
    if clause:
        content = [run for run in hung if not meet(run, clause)]
        content.insert(0, grow(clause, runs))
    if not content:
        return None
    cue = cue_run(token)
    speaker = speaker_of(token) or _after(token, content)
    if speaker is None and not clause and all(b - a < FEW for a, b in content):
        return None  # a "so-called" thing
    if speaker and any(meet(speaker, run) for run in content if run in words):
        speaker = _after(token, content)
    pieces = [piece for run in content for piece in without(run, cue, speaker)]
    kept = tuple(sorted(run for piece in pieces if (run := trim(token.doc, piece))))
    return Reported("quoted" if hung else "clause", cue, speaker, kept) if kept else None


def complement(cue: Token) -> Span | None:
    """The clause that a cue governs, as a contiguous run; None when it governs none."""
    kinds = ("ccomp",) if cue.pos_ == "VERB" else ("acl", "ccomp")
    clause = next((child for child in cue.children if child.dep_ in kinds), None)
    return (clause.left_edge.i, clause.right_edge.i + 1) if clause is not None else None


def floated(cue: Token) -> Span | None:
    """The clause around or before "…, officials said": the cue hangs on it, not it on the cue."""
    governor = cue.head
    if cue.dep_ not in ("parataxis", "ccomp") or governor.pos_ not in ("VERB", "AUX"):
        return None
    if governor.i < cue.i:
        return governor.left_edge.i, min(cue.left_edge.i, cue.i)
    if governor.left_edge.i < cue.left_edge.i and cue.left_edge.text == ",":
        return governor.left_edge.i, governor.right_edge.i + 1
    return None


def _opens(doc: Doc, run: Span, clause: Span) -> bool:
    """Whether a clause begins with a whole quotation, and the parse ran on beyond its end."""
    ends = doc[run[1] - 1].text in STOPS or doc[max(run[0], run[1] - 2)].text in STOPS
    return ends and abs(run[0] - clause[0]) <= 1 and run[1] < clause[1] - 1


def _after(cue: Token, content: list[Span]) -> Span | None:
    """The noun phrase between a quotation and its cue: "…," X, who left in May, said."""
    end = max((run[1] for run in content if run[1] <= cue.i), default=None)
    if end is None or not 0 < cue.i - end < 50:
        return None
    start = next((t.i for t in cue.doc[end : cue.i] if not t.is_punct and not t.is_space), None)
    chunk = next((c for c in cue.sent.noun_chunks if c.start == start and c.end <= cue.i), None)
    return (chunk.start, chunk.end) if chunk is not None else None


def _inside(i: int, runs: tuple[Span, ...]) -> bool:
    return any(a <= i < b for a, b in runs)


def _hangs(cue: Token, run: Span) -> bool:
    """Whether quoted words belong to a cue: one hangs on the other, or they adjoin."""
    if run[0] <= cue.i < run[1]:
        return False
    doc = cue.doc
    root = doc[run[0] : run[1]].root
    if cue in root.ancestors or root in cue.ancestors:
        between = doc[min(cue.i, run[1]) : max(cue.i, run[0])]
        return not any(cue_rate(t) >= SPEAKING and t.pos_ == "VERB" for t in between if t != cue)
    return False
