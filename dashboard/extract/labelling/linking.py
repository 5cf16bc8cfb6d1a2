"""Owns which runs belong together: a content chooses its cue, a cue its speaker.

Each pair has a few features (how far, what lies between, whether one hangs on the other in the
parse) and a logistic model the weight of each. The best pair above one half is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.extract.cues import cue_rate
from dashboard.extract.labelling.features import LENGTHS, STEPS, step
from dashboard.extract.labelling.labels import Run

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

MOST_CUES = 8  # that a content or speaker may choose from, the nearest ones
Score = Callable[[list[str]], float]


@dataclass(frozen=True)
class Linked:
    """One statement: its contents, its cue, its speaker; the last two may be missing."""

    content: tuple[Run, ...]
    cue: Run | None
    speaker: Run | None
    confidence: float


def pairs(doc: Doc, runs: Sequence[Run]) -> Iterator[tuple[Run, Run, list[str]]]:
    """Each cue of a paragraph with the contents and speakers near it, and the pair's features."""
    cues = [run for run in runs if run.element == "cue"]
    for run in runs:
        if run.element == "cue":
            continue
        near = sorted(cues, key=lambda cue: _between(run, cue)[1] - _between(run, cue)[0])
        for cue in near[:MOST_CUES]:
            yield run, cue, _features(doc, runs, run, cue)


def link(doc: Doc, runs: Sequence[Run], score: Score) -> list[Linked]:
    """The statements that a paragraph's runs make; a cue without content is none.

    A content that no cue takes stands alone, without cue and speaker; several cues may share a
    speaker, each having chosen it.
    """
    best: dict[tuple[str, Run], tuple[float, Run]] = {}
    for run, cue, features in pairs(doc, runs):
        chooser, chosen = (run, cue) if run.element == "content" else (cue, run)
        key = (run.element, chooser)
        value = score(features)
        if value > best.get(key, (0.5, run))[0]:
            best[key] = (value, chosen)
    contents: dict[Run, list[tuple[float, Run]]] = {}
    alone: list[Run] = []
    for run in (run for run in runs if run.element == "content"):
        if found := best.get(("content", run)):
            contents.setdefault(found[1], []).append((found[0], run))
        else:
            alone.append(run)
    made = []
    for cue, parts in contents.items():
        sure, speaker = best.get(("speaker", cue), (1.0, None))
        confidence = min(sure, *(value for value, _ in parts))
        made.append(
            Linked(
                tuple(run for _, run in sorted(parts, key=lambda p: p[1].first)),
                cue,
                speaker,
                confidence,
            )
        )
    made += [Linked((run,), None, None, 0.3) for run in alone]
    return sorted(made, key=lambda one: one.content[0].first)


def _between(one: Run, other: Run) -> tuple[int, int]:
    return (one.last, other.first) if one.first < other.first else (other.last, one.first)


def _features(doc: Doc, runs: Sequence[Run], run: Run, cue: Run) -> list[str]:
    kind = "C" if run.element == "content" else "S"
    first, last = _between(run, cue)
    side = "L" if run.first < cue.first else "R"
    head = doc[run.first : run.last].root
    verb = verb_of(doc, cue)
    inner = doc[first:last]
    between = [r for r in runs if r.first >= first and r.last <= last and r not in (run, cue)]
    counts = {e: sum(r.element == e for r in between) for e in ("content", "cue", "speaker")}
    far = step(last - first, LENGTHS)
    parted = sum(t.is_sent_start is True for t in doc[first : last + 1])
    marked = "q" if any(t.is_quote for t in (doc[run.first], doc[run.last - 1])) else "-"
    hang = _hang(run, cue, head, verb)
    stops = "".join(
        sorted({t.text for t in inner if t.text in (".", ",", ";", ":", "?", "!", "—")})
    )
    nearest = "".join(str(min(counts[e], 2)) for e in counts)
    ask = [
        f"far={side}{far}",
        f"between={side}{nearest}",
        f"parted={side}{min(parted, 3)}{marked}",
        f"hang={hang}{side}",
        f"hangfar={hang}{side}{far}",
        f"hangbetween={hang}{side}{nearest}",
        f"dep={head.dep_}{side}{hang}",
        f"stops={side}{stops[:3]}{marked}",
        f"lemma={verb.lemma_.lower()}{side}",
        f"rate={step(cue_rate(verb), STEPS)}{side}{marked}",
        f"pos={head.pos_}{verb.pos_}{side}",
        f"betweenparted={side}{nearest}{min(parted, 2)}{marked}",
        f"size={step(run.last - run.first, LENGTHS)}{side}{marked}",
        f"next={doc[cue.last].lower_ if cue.last < len(doc) else '$'}{side}",
        f"before={doc[cue.first - 1].lower_ if cue.first else '^'}{side}",
        f"path={_path(head, verb)}",
    ]
    return [kind + feature for feature in ask]


def verb_of(doc: Doc, cue: Run) -> Token:
    """The word of a cue that counts: the likeliest one."""
    return max(doc[cue.first : cue.last], key=lambda t: (cue_rate(t), t.pos_ in ("VERB", "NOUN")))


def _hang(run: Run, cue: Run, head: Token, verb: Token) -> str:
    if cue.first <= head.head.i < cue.last:
        return "on"
    if run.first <= verb.head.i < run.last:
        return "under"
    if verb in head.ancestors:
        return "below"
    if head in verb.ancestors:
        return "above"
    return "same" if head.sent.start == verb.sent.start else "none"


def _path(head: Token, verb: Token) -> str:
    up: list[str] = []
    at = head
    for _ in range(4):
        if at == verb:
            return "/".join(up)
        up.append(at.dep_)
        if at.head.i == at.i:
            break
        at = at.head
    down: list[str] = []
    at = verb
    for _ in range(3):
        if at == head or at == head.head:
            return "/".join((*up[: at != head], "^", *down))
        down.append(at.dep_)
        if at.head.i == at.i:
            break
        at = at.head
    return "far"
