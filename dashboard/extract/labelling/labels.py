"""Owns the labels of words: `B-` begins a run, `I-` goes on with it, `O` is none of them.

Content that stands before its cue has a label of its own: it tells the model, which remembers one
label only, that a cue is still to come.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

OUTSIDE = "O"
FRONTED = "fronted"
LETTERS = {"content": "C", FRONTED: "F", "cue": "Q", "speaker": "S"}
NAMES = {letter: element for element, letter in LETTERS.items()} | {"F": "content"}


class Run(NamedTuple):
    """A labelled run of tokens, `last` exclusive."""

    element: str
    first: int
    last: int


def write(length: int, runs: Iterable[Run]) -> list[str]:
    """A label for each of so many tokens; where runs overlap the first given one stays."""
    labels = [OUTSIDE] * length
    for element, first, last in runs:
        if first < last and all(label == OUTSIDE for label in labels[first:last]):
            letter = LETTERS[element]
            labels[first] = f"B-{letter}"
            labels[first + 1 : last] = [f"I-{letter}"] * (last - first - 1)
    return labels


def read(labels: Sequence[str]) -> list[Run]:
    """The runs that labels spell, in order; an `I-` without its `B-` begins a run."""
    runs: list[Run] = []
    for i, label in enumerate(labels):
        if label == OUTSIDE:
            continue
        element = NAMES[label[2]]
        if label[0] == "I" and runs and runs[-1].last == i and runs[-1].element == element:
            runs[-1] = runs[-1]._replace(last=i + 1)
        else:
            runs.append(Run(element, i, i + 1))
    return runs
