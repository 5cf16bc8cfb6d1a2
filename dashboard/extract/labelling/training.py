"""Owns training the model from annotated articles: one file of weights for words, one for links."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.extract.labelling.features import lines
from dashboard.extract.labelling.labels import FRONTED, Run, write
from dashboard.extract.labelling.linking import pairs
from dashboard.extract.labelling.tagger import LINKS, WORDS
from dashboard.extract.language import parse
from dashboard.extract.marks import quoted
from dashboard.extract.rules import reported

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dashboard.extract.finds import Span

# L-BFGS with L1 and L2 regularisation; what is seen fewer times than `minfreq` is no feature.
WORD_SETTINGS = {
    "c1": 0.4,
    "c2": 0.01,
    "feature.minfreq": 3,
    "feature.possible_transitions": True,
}
LINK_SETTINGS = {"c1": 0.1, "c2": 0.01, "feature.minfreq": 2, "max_iterations": 120}
Report = Callable[[str], None]


class TrainingError(ValueError):
    """Annotations that cannot be learned from; the text names file, line and remedy."""


@dataclass(frozen=True)
class Annotated:
    """An annotated article: its text, parsed, and its statements as the annotators marked them.

    Each statement has `speaker`, `cue` and `content`, lists of [start, end) in the text.
    """

    doc: Doc
    paragraphs: tuple[Span, ...]
    quotes: list[dict[str, list[list[int]]]]


def read_annotated(path: Path) -> Iterator[Annotated]:
    """The articles in a file of JSON lines with `text` and `quotes`. Raises TrainingError."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                article = json.loads(line)
                text, quotes = article["text"], article["quotes"]
            except (ValueError, KeyError, TypeError):
                raise TrainingError(
                    f"{path.name}:{number}: is no article; write an object with text and quotes"
                ) from None
            paragraphs = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
            yield Annotated(parse(text, paragraphs), paragraphs, quotes)


def train(gold: Path, out: Path, iterations: int, report: Report) -> None:
    """Learn from a file of annotated articles and write both files of weights into a folder.

    Takes about 16 bytes of memory a feature of a word: some 2 GB for 840 articles, and half a
    minute of parsing a hundred articles, then three seconds an iteration, on one core.
    """
    import pycrfsuite

    words, links = (pycrfsuite.Trainer(verbose=False) for _ in range(2))
    count = 0
    for count, article in enumerate(read_annotated(gold), 1):
        _add_words(words, article)
        _add_links(links, article)
        if count % 100 == 0:
            report(f"{count} articles read")
    if not count:
        raise TrainingError(f"{gold.name}: is empty; give annotated articles, one a line")
    out.mkdir(parents=True, exist_ok=True)
    for name, trainer, settings in (
        (LINKS, links, LINK_SETTINGS),
        (WORDS, words, WORD_SETTINGS | {"max_iterations": iterations}),
    ):
        report(f"learning {name} from {count} articles")
        trainer.set_params(settings)
        beside = out / f".{name}.part"
        trainer.train(str(beside))
        beside.replace(out / name)
        report(f"wrote {name}, {(out / name).stat().st_size / 1e6:.1f} MB")


def _add_words(trainer: Any, article: Annotated) -> None:
    import pycrfsuite

    marks = quoted(article.doc.text, article.paragraphs)
    labels = write(len(article.doc), _runs(article))
    found = reported(article.doc, article.paragraphs, marks)
    for line in lines(article.doc, article.paragraphs, marks, found):
        trainer.append(pycrfsuite.ItemSequence(line.features), [labels[i] for i in line.tokens])


def _add_links(trainer: Any, article: Annotated) -> None:
    linked: set[tuple[Run, Run]] = set()
    runs: set[Run] = set()
    for quote in article.quotes:
        cues = _spans(article, "cue", quote["cue"])
        others = [run for e in ("content", "speaker") for run in _spans(article, e, quote[e])]
        runs.update(cues, others)
        linked.update((other, cue) for other in others for cue in cues)
    for start, end in article.paragraphs:
        here = [
            run
            for run in sorted(runs, key=lambda run: run.first)
            if start <= article.doc[run.first].idx < end
        ]
        for run, cue, features in pairs(article.doc, here):
            trainer.append([features], ["1" if (run, cue) in linked else "0"])


def _runs(article: Annotated) -> Iterator[Run]:
    for element in ("content", "cue", "speaker"):
        for quote in article.quotes:
            for run in _spans(article, element, quote[element]):
                cue = _spans(article, "cue", quote["cue"][:1])
                fronted = element == "content" and cue and cue[0].first >= run.last
                yield run._replace(element=FRONTED) if fronted else run


def _spans(article: Annotated, element: str, spans: list[list[int]]) -> list[Run]:
    found = (article.doc.char_span(a, b, alignment_mode="expand") for a, b in spans)
    return [Run(element, run.start, run.end) for run in found if run is not None]
