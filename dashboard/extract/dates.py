"""Owns expressions of time: where they stand in an article, and in which clause."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import TYPE_CHECKING

from dashboard.extract.expressions import RULES
from dashboard.extract.finds import Article, When
from dashboard.extract.readings import Expression
from dashboard.extract.tenses import FUTURE, PLANNING, UNKNOWN, direction, verb_of

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def find_dates(doc: Doc, article: Article) -> tuple[When, ...]:
    """Every expression of time in the paragraphs that means a day, week, month or year, in order.

    "Wednesday" is the latest one up to publication, or the next one where the clause speaks of what
    is to come. Without a day of publication only full dates are read: a day, month or year with its
    year. What means no such period ("the 1990s", "in the next 48 hours") is left out.
    """
    found: dict[int, When] = {}
    taken: list[tuple[int, int]] = []
    starts = [token.idx for token in doc]
    for rule in RULES if article.published else RULES[:FULL]:
        for within in article.paragraphs:
            for match in rule.pattern.finditer(article.text, *within):
                span = match.span()
                if any(a < span[1] and span[0] < b for a, b in taken):
                    continue
                taken.append(span)  # what one rule leaves out is left out
                token = head(doc, starts, span)
                words = _words_before(doc, starts, span[0])
                expression = Expression(
                    match, article.published or date.max, _speaks_of(token, words), words, token
                )
                if reading := rule.read(expression):
                    start, end, precision = reading.period
                    basis = "inferred" if reading.note else "stated"
                    found[span[0]] = When(span, start, end, precision, basis, reading.note)
    return tuple(found[start] for start in sorted(found))


FULL = sum(not rule.counted for rule in RULES)


def head(doc: Doc, starts: list[int], span: tuple[int, int]) -> Token:
    """The token of a span of characters on which the others hang."""
    first = max(bisect_right(starts, span[0]) - 1, 0)
    last = max(bisect_left(starts, span[1]), first + 1)
    inside = range(first, last)
    return next(
        (t for t in doc[first:last] if t.head.i not in inside or t.head.i == t.i), doc[first]
    )


def _words_before(doc: Doc, starts: list[int], start: int) -> tuple[str, str]:
    """The two words before a span, nearest first, in small letters; "" where a sentence begins."""
    first = max(bisect_right(starts, start) - 1, 0)
    words = [doc[i].lower_ for i in (first - 1, first - 2) if i >= 0]
    return (words[0] if words else ""), (words[1] if len(words) > 1 else "")


def _speaks_of(token: Token, words: tuple[str, str]) -> str:
    """What the clause of an expression speaks of: PAST, FUTURE, PRESENT or UNKNOWN."""
    verb = verb_of(token.head if token.head.i != token.i else token)
    if verb is None:
        return UNKNOWN
    planned = verb.lemma_.lower() in PLANNING or any(
        a.lemma_.lower() in PLANNING for a in token.ancestors if a.i > verb.i
    )
    if planned and words[0] in ("for", "until", "till", "to", "by"):
        return FUTURE  # "scheduled a vote for Friday"
    return direction(verb)
