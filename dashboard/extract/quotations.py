"""Who says what, as printed: direct, mixed and indirect statements with their spans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dashboard.extract.finds import Attribution
from dashboard.extract.marks import quoted
from dashboard.extract.rules import reported

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dashboard.extract.finds import Article, Span
    from dashboard.extract.labelling.linking import Linked
    from dashboard.extract.marks import Quoted
    from dashboard.extract.rules import Reported

MOSTLY = 0.95  # share of a direct statement's letters and digits that are in quotation marks
HEIRLOOM = 0.6  # how sure a speaker is who is named in an earlier paragraph only
RULED = 0.6  # confidence in what the rules find


def find_quotations(doc: Doc, article: Article, *, model: bool = True) -> tuple[Attribution, ...]:
    """The statements in an article's paragraphs, in order; `model` false leaves it to the rules."""
    marks = quoted(article.text, article.paragraphs)
    found = reported(doc, article.paragraphs, marks)
    made = list(_modelled(doc, article, marks, found) if model else _ruled(doc, article, found))
    made = [replace(one, kind=kind_of(article.text, one.content, marks)) for one in made]
    return tuple(inherited(article, continued(marks, made)))


def kind_of(text: str, content: tuple[Span, ...], marks: tuple[Quoted, ...]) -> str:
    """`direct` when nearly all letters stand in quotation marks, `mixed` some, `indirect` none."""
    letters = [i for a, b in content for i in range(a, b) if text[i].isalnum()]
    near = [m.inside for m in marks if m.span[0] < content[-1][1] and m.span[1] > content[0][0]]
    spoken = sum(any(a <= i < b for a, b in near) for i in letters)
    if not spoken:
        return "indirect"
    return "direct" if spoken >= MOSTLY * len(letters) else "mixed"


def continued(marks: tuple[Quoted, ...], found: list[Attribution]) -> list[Attribution]:
    """The statements, where a quotation that goes on in the next paragraph is one."""
    made = list(found)
    for mark, following in pairwise(marks):
        first = next((one for one in made if _touches(one, mark.span)), None)
        if first is None or not mark.continued:
            continue
        rest = next(
            (one for one in made if one is not first and _touches(one, following.span)), None
        )
        if rest is None:  # the model saw no cue near it
            joined = replace(first, content=(*first.content, following.span))
        elif not rest.speaker:
            made.remove(rest)
            joined = replace(first, content=(*first.content, *rest.content))
        else:
            continue
        made[made.index(first)] = joined
    return made


def inherited(article: Article, found: list[Attribution]) -> Iterator[Attribution]:
    """The statements; quoted words that nobody is named for get the speaker of those before.

    Those before are in the same paragraph, or in the one above it.
    """
    numbers = {id(one): _paragraph(article, one) for one in found}
    previous: Attribution | None = None
    for one in found:
        above = previous if not one.speaker and one.kind == "direct" else None
        if above and numbers[id(one)] - _paragraph(article, above, last=True) <= 1:
            one = replace(one, speaker=above.speaker, confidence=one.confidence * HEIRLOOM)
        if one.speaker and one.kind != "indirect":
            previous = one
        yield one


def _modelled(
    doc: Doc, article: Article, marks: tuple[Quoted, ...], found: tuple[Reported, ...]
) -> Iterator[Attribution]:
    from dashboard.extract.labelling.tagger import labelled

    for one in labelled(doc, article.paragraphs, marks, found):
        yield _attribution(doc, one)


def _attribution(doc: Doc, one: Linked) -> Attribution:
    content = tuple(_characters(doc, (run.first, run.last)) for run in one.content)
    cue = (_characters(doc, (one.cue.first, one.cue.last)),) if one.cue else ()
    speaker = (_characters(doc, (one.speaker.first, one.speaker.last)),) if one.speaker else ()
    return Attribution("", content, cue, speaker, one.confidence, "model")


def _ruled(doc: Doc, article: Article, found: tuple[Reported, ...]) -> Iterator[Attribution]:
    for one in found:
        content = tuple(_characters(doc, run) for run in one.content)
        cue = (_characters(doc, one.cue),) if one.cue[0] < one.cue[1] else ()
        speaker = (_characters(doc, one.speaker),) if one.speaker else ()
        if any(a <= content[0][0] < b for a, b in article.paragraphs):
            yield Attribution("", content, cue, speaker, RULED, f"rule {one.rule}")


def _touches(one: Attribution, span: Span) -> bool:
    return any(a < span[1] and span[0] < b for a, b in one.content)


def _paragraph(article: Article, one: Attribution, *, last: bool = False) -> int:
    at = one.content[-1 if last else 0][0]
    return next((n for n, (a, b) in enumerate(article.paragraphs) if a <= at < b), -1)


def _characters(doc: Doc, run: Span) -> Span:
    last = doc[run[1] - 1]
    return doc[run[0]].idx, last.idx + len(last)
