"""Owns the rows of a draft as they come together: ids, and what ties a record to the article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from dashboard.review.draft import DRAFT, Row, Span, row
from dashboard.review.passages import anchored_row
from dashboard.schema import TABLES
from dashboard.slug import slug
from dashboard.version import program

if TYPE_CHECKING:
    from dashboard.extract.finding import Found

GOVERNMENT = "government"  # Russia that speaks, beside Russia where it is


class Rows:
    """Rows by table, and the finds that they are made from; an id is taken once.

    `article` is the article's id, `actor_ids` are the actors' ids by those of the finds: a country
    that is an actor, too, is named otherwise.
    """

    def __init__(self, found: Found) -> None:
        self.found = found
        self.tables: dict[str, list[Row]] = {table: [] for table in TABLES}
        self._ids: set[str] = set()
        self.article = self.id(slug(found.article.headline, "article"))
        for place in found.places:
            self.id(place.id)
        self.actor_ids = {actor.id: self.id(actor.id, GOVERNMENT) for actor in found.actors}

    def id(self, wanted: str, second: str = "") -> str:
        """An id that nothing has: the wanted one, else with `second`, else with a number."""
        number, made = 1, wanted
        while made in self._ids:
            made = f"{wanted}-{second or number + 1}"
            number, second = number + 1, ""
        self._ids.add(made)
        return made

    def link(self, record: str, role: str, **named: str) -> None:
        """Tie a record to an actor or a place."""
        self.tables["links"].append(row("links", record=record, role=role, **named))

    def passages(self, record: str, spans: Sequence[Span], kind: str) -> None:
        """Say where the article says a record; `kind` is a quote's, "" of other records."""
        for n, span in enumerate(spans, 1):
            number = self.paragraph(span[0])
            self.tables["passages"].append(
                anchored_row(self.found.article.text, self.article, number, record, n, span, kind)
            )

    def mentions(self, column: str, record: str, spans: Iterable[Span]) -> None:
        """Say where an actor or a place is named; `column` says which of the two it is."""
        for start, end in sorted(spans):
            if not (number := self.paragraph(start)):
                continue
            self.tables["mentions"].append(
                row(
                    "mentions",
                    id=self.id(f"m-{record}"),
                    article=self.article,
                    paragraph=str(number),
                    start=str(start),
                    end=str(end),
                    **{column: record},
                )
            )

    def review(self, record: str, confidence: float, found_by: str) -> None:
        """Leave a record undecided, with how sure the program is and what of it decided."""
        self.tables["reviews"].append(
            row(
                "reviews",
                record=record,
                status=DRAFT,
                decided_by=f"{program()}, {found_by}",
                confidence=f"{min(1.0, max(0.0, confidence)):.2f}",
            )
        )

    def alternative(self, record: str, n: int, confidence: float, **cells: str) -> None:
        """Keep another answer that was considered: an actor, or a place's cells."""
        value = f"{min(1.0, max(0.0, confidence)):.2f}"
        self.tables["alternatives"].append(
            row("alternatives", record=record, n=str(n), confidence=value, **cells)
        )

    def paragraph(self, start: int) -> int:
        """The number of the paragraph in which a character stands; 0 outside of all."""
        spans = enumerate(self.found.article.paragraphs, 1)
        return next((n for n, (a, b) in spans if a <= start < b), 0)

    def cut(self, span: Span) -> str:
        """The words at a span."""
        return self.found.article.text[slice(*span)]

    def place_spans(self) -> tuple[Span, ...]:
        """Where any place is named."""
        return tuple(span for place in self.found.places for span in place.mentions)

    def place_at(self, span: Span | None) -> str:
        """The id of the place that is named at a span; "" without one."""
        return _named_at(span, ((p.id, p.mentions) for p in self.found.places))

    def actor_at(self, span: Span | None) -> str:
        """The id of the actor who is named at a span; "" without one."""
        return _named_at(span, ((self.actor_ids[a.id], a.mentions) for a in self.found.actors))


def _named_at(span: Span | None, known: Iterable[tuple[str, tuple[Span, ...]]]) -> str:
    """The id of what is named within a span, or around it; "" when nothing is."""
    if span is None:
        return ""
    for name, mentions in known:
        if any(a < span[1] and span[0] < b for a, b in mentions):
            return name
    return ""
