"""Owns who is in a reader's mind: who was named and has spoken, and is meant without a name."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import exp
from typing import TYPE_CHECKING

from dashboard.extract.referents import SUBORDINATE, Cast, Referent, weight_of

if TYPE_CHECKING:
    from dashboard.extract.finds import Span

FAR = 3  # paragraphs that a pronoun looks back over

Ranked = list[tuple[Referent, float]]  # likeliest first, with how sure that is


@dataclass(eq=False)
class Attention:
    """Who was named so far in an article and who has spoken, as far as it has been read.

    `spoken` are the tokens at which somebody speaks, `meant` whom the subjects of its sentences
    mean. `paragraphs` are in tokens; tokens inside quotation marks are `quoted`.
    """

    cast: Cast
    paragraphs: tuple[Span, ...]
    quoted: frozenset[int]
    spoken: list[tuple[int, Referent]] = field(default_factory=list)
    meant: dict[int, Ranked] = field(default_factory=dict)

    def __post_init__(self) -> None:
        doc = self.cast.doc
        self.starts = [start for start, _ in self.paragraphs]
        self.sentences: list[int] = []
        n = 0
        for token in doc:
            n += bool(token.is_sent_start)
            self.sentences.append(n)
        self.topic = self._topic()
        self.order = {referent: n for n, referent in enumerate(self.cast.named)}
        self.seen: list[tuple[int, int, float]] = sorted(
            (token, self.order[r], weight) for r in self.cast.named for token, weight in r.places
        )

    def paragraph(self, at: int) -> int:
        """The number of the paragraph of a token, from 0."""
        return max(bisect_left(self.starts, at + 1) - 1, 0)

    def speaks(self, referent: Referent, at: int) -> None:
        """Notes that somebody speaks at a token."""
        self.spoken.append((at, referent))
        self.see(referent, at)

    def see(self, referent: Referent, at: int) -> None:
        """Notes that somebody is meant at a token."""
        if referent not in self.order:
            self.order[referent] = len(self.order)
        if all(token != at for token, _ in referent.places):
            weight = weight_of(self.cast.doc[at])
            referent.places.append((at, weight))
            insort(self.seen, (at, self.order[referent], weight))

    def silent(self, at: int) -> Ranked:
        """Who says words that nobody is said to say: who speaks beside them, or above."""
        here = self.paragraph(at)
        ranked = self.leading(at)
        beside = [(token, r) for token, r in self.spoken if self.paragraph(token) == here]
        before = [r for token, r in reversed(beside) if token < at]
        after = [r for token, r in beside if token > at]
        ranked += [(r, 0.75) for r in (*before, *after)]
        for token, referent in sorted(self.spoken, key=lambda each: -each[0]):
            apart = here - self.paragraph(token)
            if 0 < apart <= FAR:
                ranked.append((referent, 0.6 / apart))
        best = dict.fromkeys(referent for referent, _ in ranked)
        return [next(each for each in ranked if each[0] is r) for r in best][:5]

    def leading(self, at: int) -> Ranked:
        """The subject of the sentence before words in its paragraph: "She laughed. '…'"."""
        start = self.paragraphs[self.paragraph(at)][0]
        for token in reversed(self.cast.doc[start:at]):
            if self.sentences[token.i] < self.sentences[at] - 1 or token.i in self.quoted:
                break
            if token.i in self.meant and token.head.dep_ in ("ROOT", "conj", "ccomp"):
                return [e for e in self.meant[token.i] if e[0].kind == "person"]
        return []

    def salient(
        self,
        at: int,
        kinds: Iterable[str],
        *,
        gender: str = "",
        several: bool = False,
        far: int = FAR,
    ) -> Ranked:
        """Who may be meant without a name here, by where they were named and whether they spoke.

        Who spoke last counts most, then subjects, then others; names in quotation marks hardly.
        Each sentence and paragraph in between takes something away, each mention adds a little.
        """
        here, wanted = self.paragraph(at), set(kinds)
        everybody = list(self.order)
        weights: dict[Referent, float] = {}
        counts: dict[Referent, int] = {}
        voices = {token: n for n, (token, _) in enumerate(reversed(self.spoken))}
        for i in range(bisect_left(self.seen, (at, -1, 0.0)) - 1, -1, -1):
            token, n, weight = self.seen[i]
            apart = here - self.paragraph(token)
            if apart > far:
                break
            referent = everybody[n]
            if not _may_be(referent, wanted, gender=gender, several=several):
                continue
            counts[referent] = counts.get(referent, 0) + 1
            if token in voices:
                weight = 2.0 if weight == SUBORDINATE else 2.7 if voices[token] == 0 else 2.4
            weight -= 2.0 * (token in self.quoted)
            weight -= 0.4 * min(self.sentences[at] - self.sentences[token], 4)
            weight -= (0.5 + 0.4 * (apart - 1)) if apart else 0
            weights[referent] = max(weights.get(referent, -9.0), weight)
        topic = self.topic
        known = topic and topic.places[0][0] < at
        if topic and known and _may_be(topic, wanted, gender=gender, several=several):
            weights[topic] = max(weights.get(topic, -9.0), 0.5)
            counts.setdefault(topic, 1)
        for referent in weights:
            weights[referent] += (0.3 if far > FAR else 0.1) * min(counts[referent], 5)
            if gender and not referent.gender:
                weights[referent] += {gender: 0.0, "": -0.3}.get(referent.guess, -1.5)
            if gender and referent.belongs_to(gender):
                weights[referent] -= 1.2  # "her mother": "she" is rather who has the mother
        return shares(weights)

    def _topic(self) -> Referent | None:
        """The person whom an article is about: named at its head, and oftener than anybody."""
        persons = [r for r in self.cast.named if r.kind == "person"]
        if not persons:
            return None
        first, *others = sorted(persons, key=lambda r: -len(r.names))[:2]
        if others and len(others[0].names) == len(first.names):
            return None
        return first if self.paragraph(first.places[0][0]) == 0 and len(first.names) > 2 else None


def _may_be(referent: Referent, kinds: set[str], *, gender: str, several: bool) -> bool:
    if several:
        return referent.kind in kinds or referent.plural
    if referent.kind not in kinds or (referent.plural and "group" not in kinds):
        return False
    return not (gender and referent.gender and referent.gender != gender)


def shares(weights: dict[Referent, float]) -> Ranked:
    """The referents by weight, with shares of certainty that fall with how close the next is."""
    ranked = sorted(weights.items(), key=lambda each: -each[1])[:5]
    total = sum(exp(1.5 * weight) for _, weight in ranked)
    return [(referent, 0.9 * exp(1.5 * weight) / total) for referent, weight in ranked]
