"""Owns what the model sees of a word: itself, its neighbours, its place in the parse, what the
rules say of it, quotation marks, and the reporting cues around it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.extract.cues import cue_rate
from dashboard.extract.labelling.labels import Run, write
from dashboard.extract.syntax import SUBJECTS, tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dashboard.extract.finds import Span
    from dashboard.extract.marks import Quoted
    from dashboard.extract.rules import Reported

STEPS = (0.05, 0.15, 0.3, 0.5, 0.7, 0.85)  # of cue rates
LENGTHS = (0, 1, 2, 3, 5, 8, 13, 21, 40)  # of runs and distances, in words
NEAR_CUE = 0.2


@dataclass(frozen=True)
class Line:
    """A paragraph's words: indices of tokens that are no white space, and the features of each."""

    tokens: list[int]
    features: list[list[str]]


def lines(
    doc: Doc, paragraphs: tuple[Span, ...], marks: tuple[Quoted, ...], found: tuple[Reported, ...]
) -> list[Line]:
    """Each paragraph as a sequence for the model; those without a word are left out."""
    seen = _Seen(doc, marks, found)
    runs = (tokens_of(doc, paragraph) for paragraph in paragraphs)
    words = ([i for i in range(*run) if not doc[i].is_space] for run in runs if run)
    return [seen.line(found) for found in words if found]


def step(value: float, steps: tuple[float, ...]) -> str:
    """The number of the step that a value stands on."""
    return str(bisect_right(steps, value))


class _Seen:
    """What is computed once a text: per token, short strings that the features are built from."""

    def __init__(self, doc: Doc, marks: tuple[Quoted, ...], found: tuple[Reported, ...]) -> None:
        self.doc = doc
        self.rates = [cue_rate(token) for token in doc]
        runs = [
            Run(element, *run)
            for one in found
            for element, spans in (
                ("cue", (one.cue,)),
                ("speaker", (one.speaker,) if one.speaker else ()),
                ("content", one.content),
            )
            for run in spans
        ]
        self.ruled = write(len(doc), runs)
        self.rule = [""] * len(doc)
        for one in found:
            for first, last in one.content:
                self.rule[first:last] = [one.rule] * (last - first)
        self._marks(marks)
        self.tree = [self._path(token) for token in doc]

    def _marks(self, marks: tuple[Quoted, ...]) -> None:
        """`o` outside; inside quotation marks whether at the first word, last word, or between."""
        doc = self.doc
        self.marked = ["o"] * len(doc)
        self.region = [""] * len(doc)
        for mark in marks:
            if (run := tokens_of(doc, mark.span)) is None:
                continue
            first, last = run
            size = step(last - first, LENGTHS)
            kind = "s" if mark.single else "d"
            ends = "p" if doc[max(first, last - 2)].is_punct or not mark.closed else "w"
            upper = "U" if doc[min(first + 1, last - 1)].is_title else "l"
            before = doc[first - 1] if first else None
            lead = before.lower_ if before is not None and not before.is_space else "^"
            after = doc[last] if last < len(doc) else None
            tail = "$" if after is None or after.is_space else after.pos_
            said = "c" if any(r > 0.5 for r in self.rates[last : last + 4]) else ""
            lead_cue = "c" if any(r > 0.5 for r in self.rates[max(0, first - 4) : first]) else ""
            about = f"{kind}{size}{ends}{upper}"
            self.marked[first:last] = ["i"] * (last - first)
            self.marked[first], self.marked[last - 1] = "b", "e"
            self.region[first:last] = [
                f"{about}|{lead if len(lead) < 3 else ''}|{tail}|{lead_cue}{said}"
            ] * (last - first)

    def _path(self, token: Token) -> tuple[str, ...]:
        """The way up to the nearest likely cue: relations, side, length, and where in its part."""
        deps: list[str] = []
        found: list[str] = []
        at = under = branch = token
        for _ in range(14):
            if at.head.i == at.i:
                break
            deps.append(at.dep_)
            under, branch, at = branch, at, at.head
            if self.rates[at.i] >= NEAR_CUE and at.pos_ in ("VERB", "NOUN"):
                side = "L" if branch.i < at.i else "R"
                edge = "".join(
                    letter
                    for letter, edge in (("l", branch.left_edge.i), ("r", branch.right_edge.i))
                    if edge == token.i
                )
                rate = step(self.rates[at.i], STEPS)
                last = "/".join(deps[-2:])
                if found:  # the cue above the nearest one
                    return (*found, f"above={branch.dep_}{side}{rate}", f"abovecue={at.lemma_}")
                found = [
                    f"path={last}{side}{min(len(deps), 6)}",
                    f"branch={branch.dep_}{side}{rate}{edge}",
                    f"cue={at.lemma_.lower()}|{branch.dep_}{side}",
                    f"cueedge={at.lemma_.lower()}|{branch.dep_}{edge}",
                    f"branchhead={branch.dep_}{branch.pos_}{rate}",
                    f"branchword={branch.dep_}{branch.lemma_.lower()}{side}",
                    f"under={branch.dep_}/{under.dep_}{'<>'[under.i > branch.i]}{under.lemma_}",
                    f"underedge={branch.dep_}/{under.dep_}"
                    f"{under.left_edge.i == token.i}{under.right_edge.i == token.i}",
                ]
        if found:
            return tuple(found)
        return ("path=none", f"rootdep={deps[-1] if deps else ''}")

    def line(self, words: list[int]) -> Line:
        """The features of a paragraph's words."""
        doc = self.doc
        tokens = [doc[i] for i in words]
        base = [
            {
                "w": t.lower_,
                "l": t.lemma_.lower(),
                "p": t.pos_,
                "t": t.tag_,
                "d": t.dep_,
                "e": f"{t.ent_iob_}{t.ent_type_}",
                "r": self.ruled[t.i],
                "m": self.marked[t.i],
                "c": step(self.rates[t.i], STEPS),
            }
            for t in tokens
        ]
        stops = doc[words[-1]].is_punct
        kind = f"{'h' if words[0] < 3 else ''}{'' if stops else 'n'}{step(len(words), LENGTHS)}"
        cues = [n for n, t in enumerate(tokens) if self.rates[t.i] >= NEAR_CUE]
        made = []
        whole = "W" if self.marked[words[0]] == "b" and self.marked[words[-1]] != "o" else ""
        for n, token in enumerate(tokens):
            sentence = token.sent
            at = bisect_right(cues, n)
            own = base[n]
            out = [f"0{key}={value}" for key, value in own.items()]
            for offset, keys in WINDOW:
                if 0 <= n + offset < len(base):
                    other = base[n + offset]
                    out += [f"{offset}{key}={other[key]}" for key in keys]
                else:
                    out.append(f"{offset}=edge")
            head = token.head
            head_rate = step(self.rates[head.i], STEPS)
            out += self.tree[token.i]
            out += [
                f"shape={token.shape_[:6]}",
                f"h={head.lemma_.lower()}|{token.dep_}",
                f"hp={head.pos_}|{token.dep_}|{head_rate}",
                f"rule={self.rule[token.i]}|{own['r'][:1]}{own['m']}",
                f"region={self.region[token.i]}|{own['m']}",
                f"whole={whole}{own['m']}",
                f"cd={own['c']}|{token.dep_}",
                f"cm={own['c']}|{own['m']}",
                f"s0={token.i - sentence.start < 2}|{own['m']}",
                f"line={kind}",
                f"suffix={own['w'][-3:]}",
                f"count={min(3, at - bisect_left(cues, n - (token.i - sentence.start)))}",
                f"root={sentence.root.lemma_.lower()}",
                f"rootrate={step(self.rates[sentence.root.i], STEPS)}|{own['m']}",
            ]
            if n:
                before = base[n - 1]
                out += [
                    f"ll={before['l']}|{own['l']}",
                    f"dd={before['d']}|{own['d']}",
                    f"rr={before['r']}|{own['r']}",
                    f"mp={before['m']}{own['m']}{before['p']}",
                    f"cp={before['c']}{own['p']}{own['d']}",
                ]
            if n + 1 < len(base):
                after = base[n + 1]
                out += [
                    f"l+={own['l']}|{after['l']}",
                    f"d+={own['d']}|{after['d']}",
                    f"m+={own['m']}{after['m']}{after['p']}",
                ]
            out += self._subject(token)
            out += self._around(n, cues, tokens, sentence.start, sentence.end)
            made.append(out)
        return Line(words, made)

    def _subject(self, token: Token) -> list[str]:
        """Whether the word is in a subject's phrase, and how likely that verb is a cue."""
        at = token
        for _ in range(6):
            if at.dep_ in SUBJECTS or at.dep_ == "poss":
                rate = step(self.rates[at.head.i], STEPS)
                edge = "lr"[at.left_edge.i != token.i] if token.i in (
                    at.left_edge.i, at.right_edge.i) else "-"  # fmt: skip
                return [
                    f"subj={at.dep_}{rate}{edge}",
                    f"subjof={at.head.lemma_.lower()}{edge}",
                    f"subjtype={at.ent_type_}{at.pos_}{rate}",
                ]
            if at.head.i == at.i:
                break
            at = at.head
        return []

    def _around(
        self, n: int, cues: list[int], tokens: list[Token], start: int, end: int
    ) -> list[str]:
        """The nearest likely cues left and right in the sentence: how far, and how likely."""
        at = bisect_right(cues, n)
        out = []
        for side, which in (("L", at - 1), ("R", at)):
            cue = tokens[cues[which]] if 0 <= which < len(cues) else None
            if cue is not None and start <= cue.i < end:
                rate = step(self.rates[cue.i], STEPS)
                far = step(abs(cues[which] - n), LENGTHS)
                out += [f"{side}={far}|{rate}", f"{side}cue={cue.lemma_.lower()}|{far}"]
            else:
                out.append(f"{side}=none")
        return out


WINDOW = (
    (-3, "lpr"),
    (-2, "wlpdrmc"),
    (-1, "wlptdermc"),
    (1, "wlptdermc"),
    (2, "wlpdrmc"),
    (3, "lpr"),
)
