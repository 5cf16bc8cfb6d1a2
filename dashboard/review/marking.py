"""Owns how a paragraph shows what was found in it: which words are marked for which record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from dashboard.markdown import escape, link
from dashboard.review.decisions import status
from dashboard.review.draft import DRAFT, REJECTED, WALKED, Draft, Span

# Streamlit's names for the theme's colours.
COLORS = {"quotes": "blue", "actors": "green", "places": "orange", "events": "violet"}
CHOSEN = "yellow"


@dataclass(frozen=True)
class Find:
    """Words of a record that are marked in the text."""

    record: str
    table: str
    start: int
    end: int
    decided: bool


def finds(
    draft: Draft, tables: Iterable[str] = WALKED, chosen: str = ""
) -> Mapping[int, tuple[Find, ...]]:
    """Return what is marked in each paragraph, by its number; rejected ones only if chosen."""
    found: dict[int, list[Find]] = {}
    for table in tables:
        for row in draft.rows(table):
            record, decision = row["id"], status(draft, row["id"])
            if decision == REJECTED and record != chosen:
                continue
            for anchor in draft.anchors.get(record, ()):
                span = int(anchor["start"]), int(anchor["end"])
                find = Find(record, table, *span, decision != DRAFT)
                found.setdefault(int(anchor["paragraph"]), []).append(find)
    return {number: tuple(those) for number, those in found.items()}


def marked(text: str, span: Span, found: tuple[Find, ...], chosen: str) -> str:
    """Return a paragraph as Markdown: each find is a link to its record, coloured by its table.

    Where finds overlap, words belong to the chosen record, else to the shortest. What is to be
    decided has a background.
    """
    parts = []
    for start, end, find in _runs(span, found, chosen):
        words = text[start:end]
        shown = escape(words)
        if find and shown:
            shown = link(_coloured(shown, find, chosen), f"?record={find.record}")
        before = " " if words[:1].isspace() else ""
        after = " " if words[-1:].isspace() and words.strip() else ""
        parts.append(f"{before}{shown}{after}")
    return "".join(parts)


def _coloured(shown: str, find: Find, chosen: str) -> str:
    if find.record == chosen:
        return f"**:{CHOSEN}-background[{shown}]**"
    color = COLORS[find.table]
    ground = "" if find.decided else "-background"
    return f":{color}{ground}[{shown}]"


def _runs(
    span: Span, found: tuple[Find, ...], chosen: str
) -> Iterator[tuple[int, int, Find | None]]:
    """Yield the runs of a paragraph's words that belong to the same find, or to none."""
    edges = sorted({*span, *(f.start for f in found), *(f.end for f in found)})
    edges = [edge for edge in edges if span[0] <= edge <= span[1]]
    begun, owner = edges[0], _owner(found, edges[0], chosen)
    for edge in edges[1:]:
        following = _owner(found, edge, chosen) if edge < span[1] else None
        if edge == span[1] or following != owner:
            yield begun, edge, owner
            begun, owner = edge, following


def _owner(found: tuple[Find, ...], at: int, chosen: str) -> Find | None:
    there = [find for find in found if find.start <= at < find.end]
    return min(
        there,
        key=lambda f: (f.record != chosen, f.end - f.start),
        default=None,
    )
