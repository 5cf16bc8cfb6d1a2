"""Owns the rules for quotations by what stands next to them, where the parse is of no help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.extract.cues import SPEAKING, cue_rate
from dashboard.extract.syntax import contiguous, cue_run, speaker_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dashboard.extract.finds import Span

REACH = 30  # words between a quotation and its cue
DASHES = frozenset("―—–-")


def adjoining(doc: Doc, run: Span, runs: tuple[Span, ...]) -> tuple[Span, Span | None] | None:
    """Cue and speaker of a quotation, from what adjoins it; None when nothing does.

    After it ("…," X said; "…," said X), before it (X said: "…"), in the paragraph before, if that
    ends with a colon, or after a dash ("…" — X), which leaves the cue empty.
    """
    return _after(doc, run, runs) or _before(doc, run, runs) or _signed(doc, run)


def _after(doc: Doc, run: Span, runs: tuple[Span, ...]) -> tuple[Span, Span | None] | None:
    words = _until(doc, range(run[1], min(len(doc), run[1] + REACH)), runs, ".;:?!")
    cue = next((t for t in words if _speaks(t)), None)
    if cue is None or not words:
        return None
    subject = next(
        (t for t in cue.children if t.dep_ == "nsubj" and t.i in range(run[1], words[-1].i + 1)),
        None,
    )
    if subject is not None and (subject.i > cue.i or subject.left_edge.i >= run[1]):
        return cue_run(cue), (max(subject.left_edge.i, run[1]), contiguous(subject)[1])
    phrases = [c for c in cue.sent.noun_chunks if run[1] <= c.start and c.end <= words[-1].i + 1]
    inverted = next((c for c in phrases if c.start == cue.i + 1), None)
    leading = next((c for c in phrases if c.start <= run[1] + 1 and c.end <= cue.i), None)
    phrase = inverted or leading
    if phrase is None:
        return None
    return cue_run(cue), (phrase.start, phrase.end)


def _before(doc: Doc, run: Span, runs: tuple[Span, ...]) -> tuple[Span, Span | None] | None:
    at = run[0] - 1
    while at >= 0 and doc[at].is_space:
        at -= 1
    above = any("\n" in t.text for t in doc[at + 1 : run[0]])
    if at < 0 or (doc[at].text not in ((":",) if above else (":", ",")) and not _speaks(doc[at])):
        return None
    words = _until(
        doc, range(at if _speaks(doc[at]) else at - 1, max(-1, at - REACH), -1), runs, ".;?!"
    )
    cue = next((t for t in words if _speaks(t)), None)
    if cue is None:
        return None
    speaker = speaker_of(cue)
    if speaker is None:  # "Said Ellis: …"
        inverted = next((c for c in cue.sent.noun_chunks if c.start == cue.i + 1), None)
        speaker = (inverted.start, inverted.end) if inverted is not None else None
    return (cue_run(cue), speaker) if speaker else None


def _signed(doc: Doc, run: Span) -> tuple[Span, Span | None] | None:
    if run[1] + 1 >= len(doc) or doc[run[1]].text not in DASHES:
        return None
    last = run[1] + 1
    for token in doc[last : last + 4]:
        if token.pos_ != "PROPN" or token.is_space:
            break
        last = token.i + 1
    return ((run[1], run[1]), (run[1] + 1, last)) if last > run[1] + 1 else None


def _until(doc: Doc, order: range, runs: tuple[Span, ...], stops: str) -> list[Token]:
    words = []
    for i in order:
        if doc[i].text in stops or "\n" in doc[i].text or any(a <= i < b for a, b in runs):
            break
        words.append(doc[i])
    return words


def _speaks(token: Token) -> bool:
    return token.pos_ == "VERB" and cue_rate(token) >= SPEAKING
