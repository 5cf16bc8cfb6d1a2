"""Statements of a library as cards show them: their rows, and what they refer to by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from dashboard.library.answers import Named, Quotation
from dashboard.library.layout import KINDS, TABLES
from dashboard.library.matching import fetched
from dashboard.library.narrowing import names

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine

_COLUMNS = tuple(name for name in TABLES["quotes"] if name not in ("month", "folded"))
_REFERENCES = {
    "actors": ("speaker", "about"),
    "places": ("said_at", "about_places"),
    "outlets": ("outlets",),
    "topics": ("topic",),
    "sources": ("source",),
}


def quotations(engine: Engine, ids: Sequence[int]) -> tuple[Quotation, ...]:
    """The statements with these ids, in this order; those that there are."""
    told = fetched(engine, ids, _COLUMNS)
    found = {row[0]: dict(zip(_COLUMNS, row, strict=True)) for row in told}
    rows = [found[number] for number in ids if number in found]
    named = {table: _named(engine, table, rows, of) for table, of in _REFERENCES.items()}
    return tuple(_quotation(row, named) for row in rows)


def _named(
    engine: Engine, table: str, rows: Iterable[dict[str, Any]], columns: Sequence[str]
) -> dict[int, Named]:
    wanted: set[int] = set()
    for row in rows:
        for column in columns:
            value = row[column]
            wanted.update((value,) if isinstance(value, int) else value or ())
    return {number: Named(*named) for number, named in names(engine, table, wanted).items()}


def _quotation(row: dict[str, Any], named: dict[str, dict[int, Named]]) -> Quotation:
    def several(table: str, column: str) -> tuple[Named, ...]:
        return tuple(named[table][n] for n in row[column] or () if n in named[table])

    source = named["sources"].get(row["source"])
    return Quotation(
        id=row["id"],
        key=row["key"],
        date=row["date"],
        kind=KINDS[row["kind"]],
        words=row["words"],
        paraphrase=row["paraphrase"],
        context=row["context"],
        speaker=named["actors"].get(row["speaker"]),
        about=several("actors", "about"),
        said_at=named["places"].get(row["said_at"]),
        about_places=several("places", "about_places"),
        topic=named["topics"].get(row["topic"]),
        outlets=several("outlets", "outlets"),
        title=row["title"],
        url=row["url"],
        story=row["story"],
        quote=row["quote"],
        source=source.name if source else "",
        printings=row["printings"],
        confidence=row["confidence"],
    )
