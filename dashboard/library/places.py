"""Where statements were made and what places they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from dashboard.library.answers import Entry, Located
from dashboard.library.counting import FACETED
from dashboard.library.matching import matching
from dashboard.library.narrowing import numbers, one_of, resolve
from dashboard.library.selection import LibrarySelection

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine

_LOCATED = ("key", "name", "kind", "country", "latitude", "longitude")
_ENTRY = (*_LOCATED, "said", "told")
_COLUMNS = ("said_at", "about_places")


def located(engine: Engine, selection: LibrarySelection, most: int) -> tuple[Located, ...]:
    """Places by the statements that answer the whole selection, as on a story's map.

    The `most` counted of each kind; most counts first, then by name.
    """
    if selection.narrows:
        chosen = resolve(engine, selection)
        tallied = matching(engine, chosen.conditions(most=FACETED)).tally(_COLUMNS, most)
        said, told = (dict(tallied[column]) for column in _COLUMNS)
        counts = {n: (said.get(n, 0), told.get(n, 0)) for n in said | told}
        table = engine.table("places").filter(one_of("id", counts))
        rows = engine.run(table.select("id", *_LOCATED)) if counts else []
        placed = [(*row[1:], *counts[row[0]]) for row in rows]
    else:
        counted = (nw.col("said") > 0) | (nw.col("told") > 0)
        table = engine.table("places").filter(counted)
        table = table.sort("either", "id", descending=[True, False]).head(most)
        placed = engine.run(table.select(*_ENTRY))
    found = [Located(**dict(zip(_ENTRY, row, strict=True))) for row in placed]
    return tuple(sorted(found, key=lambda place: (-place.said - place.told, place.name, place.key)))


def place(engine: Engine, key: str) -> Entry | None:
    """A place as its page begins."""
    found = numbers(engine, "places", (key,))
    rows = engine.run(engine.table("places").filter(one_of("id", found.values())).select(*_ENTRY))
    return Entry(**dict(zip(_ENTRY, rows[0], strict=True))) if rows else None
