"""Owns how events become rows: when, where, who takes part; a journey has a destination."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.review.draft import ReviewError, row
from dashboard.review.passages import bare_span
from dashboard.slug import slug

if TYPE_CHECKING:
    from dashboard.extract.rows import Rows

JOURNEY = re.compile("(?:Trip|Visit|Journey) to ")


def add_events(rows: Rows) -> None:
    """Rows of what happened, is planned or due."""
    for event in rows.found.events:
        record = rows.id(f"e-{slug(' '.join(event.title.split()[:4]), 'event')}")
        when = event.when
        journey = JOURNEY.match(event.title) is not None
        rows.tables["events"].append(
            row(
                "events",
                id=record,
                article=rows.article,
                title=event.title,
                start=when.start.isoformat(),
                end=when.end.isoformat() if when.end else "",
                precision=when.precision,
                status=event.status,
                place="" if journey else rows.place_at(event.place),
                basis=when.basis,
                note=when.note,
            )
        )
        try:
            spans = (bare_span(rows.found.article.text, *event.passage, spoken=False),)
        except ReviewError:
            rows.tables["events"].pop()
            continue
        rows.passages(record, spans, "")
        if journey and (there := rows.place_at(event.place)):
            rows.link(record, "destination", place=there)
        taking = dict.fromkeys(map(rows.actor_at, event.participants))
        for actor in filter(None, taking):
            rows.link(record, "participant", actor=actor)
        rows.review(record, event.confidence, "rules")
