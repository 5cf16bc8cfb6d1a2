"""Owns what is read off a parse, as runs of tokens (first, last + 1): subjects, cues, edges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dashboard.extract.finds import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
INHERITING = frozenset({"conj", "xcomp", "advcl", "ccomp"})  # they share their governor's subject
JOINING = frozenset(",;:.-–—")
LIGHT = frozenset({"aux", "auxpass", "neg", "prt"})  # part of the cue


def tokens_of(doc: Doc, span: Span) -> Span | None:
    """The run of tokens that a span of characters covers; None when there is none."""
    found = doc.char_span(*span, alignment_mode="contract")
    if found is None or not len(found):
        return None
    return found.start, found.end


def speaker_of(cue: Token) -> Span | None:
    """Who says it: the cue's subject, or the one it inherits; the agent of a passive."""
    agent = next((c for c in cue.children if c.dep_ == "agent"), None)
    if agent is not None:
        by = next((c for c in agent.children if c.dep_ == "pobj"), None)
        return contiguous(by) if by is not None else None
    token: Token = cue
    for _ in range(5):
        subject = next((c for c in token.children if c.dep_ in SUBJECTS), None)
        if subject is not None:
            if subject.lower_ in ("who", "which", "that") and token.dep_ == "relcl":
                return contiguous(token.head, without=token)
            return contiguous(subject)
        if token.pos_ == "NOUN":
            owner = next((c for c in token.children if c.dep_ == "poss"), None)
            return contiguous(owner) if owner is not None else None
        if token.dep_ in ("relcl", "acl") and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return contiguous(token.head, without=token)
        if token.dep_ not in INHERITING:
            return None
        token = token.head
    return None


def contiguous(head: Token, without: Token | None = None) -> Span:
    """The run of a phrase: its subtree, cut at a clause or an apposition that follows."""
    first, last = head.left_edge.i, head.right_edge.i + 1
    for child in head.children:
        cut = child == without or child.dep_ in ("relcl", "acl", "appos", "advcl", "punct")
        if child.i > head.i and (cut or child.lower_ in ("who", "which", ",")):
            last = min(last, child.left_edge.i)
    while last - 1 > head.i and head.doc[last - 1].is_punct:
        last -= 1
    return first, max(last, head.i + 1)


def cue_run(cue: Token) -> Span:
    """The cue with its auxiliaries and particle, as far as they adjoin."""
    first, last = cue.i, cue.i + 1
    parts = {c.i for c in cue.children if c.dep_ in LIGHT}
    while first - 1 in parts:
        first -= 1
    while last in parts:
        last += 1
    return first, last


def grow(run: Span, runs: tuple[Span, ...]) -> Span:
    """The run, grown to the quotation marks that it cuts."""
    for a, b in runs:
        if a < run[1] and run[0] < b:
            run = min(run[0], a), max(run[1], b)
    return run


def without(run: Span, *others: Span | None) -> Iterator[Span]:
    """What is left of a run when others are cut out of it."""
    pieces = [run]
    for other in others:
        if other is None:
            continue
        pieces = [
            piece
            for a, b in pieces
            for piece in ((a, min(b, other[0])), (max(a, other[1]), b))
            if piece[0] < piece[1]
        ]
    return iter(pieces)


def trim(doc: Doc, run: Span) -> Span | None:
    """The run without white space and joining punctuation at its ends; marks of quotation stay."""
    first, last = run
    while first < last and (doc[first].is_space or doc[first].text in JOINING):
        first += 1
    while first < last and (doc[last - 1].is_space or doc[last - 1].text in JOINING):
        last -= 1
    return (first, last) if first < last else None


def meet(run: Span, other: Span) -> bool:
    """Whether two runs have a token in common."""
    return run[0] < other[1] and other[0] < run[1]
