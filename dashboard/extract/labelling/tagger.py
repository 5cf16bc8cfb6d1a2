"""Owns applying the trained model to a text: labels, runs, statements, each with its confidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.extract.labelling.features import Line, lines
from dashboard.extract.labelling.labels import Run, read
from dashboard.extract.labelling.linking import Linked, link
from dashboard.extract.labelling.settle import attributed, spoken_for, unseen, whole
from dashboard.extract.syntax import tokens_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dashboard.extract.finds import Span
    from dashboard.extract.marks import Quoted
    from dashboard.extract.rules import Reported

FOLDER = Path(__file__).with_name("model")
WORDS, LINKS = "words.crfsuite", "links.crfsuite"


def labelled(
    doc: Doc, paragraphs: tuple[Span, ...], marks: tuple[Quoted, ...], found: tuple[Reported, ...]
) -> Iterator[Linked]:
    """The statements that the model finds, by paragraph; `found` is what the rules say."""
    regions = [run for mark in marks if (run := tokens_of(doc, mark.span))]
    for line in lines(doc, paragraphs, marks, found):
        first, last = line.tokens[0], line.tokens[-1] + 1
        here = [run for run in regions if first <= run[0] < last]
        runs, sure = _runs(line)
        linked = link(doc, whole(doc, runs, here), _link_score)
        ruled = [one for one in found if first <= one.content[0][0] < last]
        settled = spoken_for(doc, attributed(linked, ruled, here))
        settled += unseen(doc, settled, ruled)
        for one in sorted(settled, key=lambda one: one.content[0].first):
            # Squared, it is the share that is right: so measured on articles not learned from.
            yield replace(one, confidence=(one.confidence * _mean(one, sure)) ** 2)


def _runs(line: Line) -> tuple[list[Run], dict[int, float]]:
    """The runs of a paragraph in tokens of the text, and how sure the label of each token is."""
    tagger = _open(WORDS)
    tagger.set(line.features)
    labels = tagger.tag()
    sure = {line.tokens[n]: float(tagger.marginal(label, n)) for n, label in enumerate(labels)}
    runs = [
        Run(run.element, line.tokens[run.first], line.tokens[run.last - 1] + 1)
        for run in read(labels)
    ]
    return runs, sure


def _mean(one: Linked, sure: dict[int, float]) -> float:
    """How sure the edges of a statement's parts are, on average: inside a run it is always sure."""
    parts: Sequence[Run | None] = (*one.content, one.cue, one.speaker)
    edges = [sure.get(at, 0.5) for run in parts if run for at in (run.first, run.last - 1)]
    return sum(edges) / len(edges)


def _link_score(features: list[str]) -> float:
    tagger = _open(LINKS)
    tagger.set([features])
    return float(tagger.marginal("1", 0))


@lru_cache(maxsize=2)
def _open(name: str) -> Any:
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(FOLDER / name))
    return tagger
