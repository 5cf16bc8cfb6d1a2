"""How many statements each choice would show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import narwhals as nw

from dashboard.library.answers import Counts, Value
from dashboard.library.layout import KINDS
from dashboard.library.matching import matching
from dashboard.library.narrowing import MONTHS, SPEAKERS, TABLE_OF, Chosen, names, one_of, resolve
from dashboard.library.selection import FACETS, LibrarySelection

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine

COUNTED = (*FACETS, SPEAKERS)
FACETED = 200_000  # of the statements with a text, that facets count when nothing else narrows
# A value's count over the whole library, beside its name, by facet and role.
_SUMS = {
    ("actors", "by"): "said",
    ("actors", "about"): "told",
    ("actors", "any"): "either",
    ("about", "any"): "told",
    (SPEAKERS, "any"): "said",
    ("places", "in"): "said",
    ("places", "about"): "told",
    ("places", "any"): "either",
    ("outlets", "any"): "either",
    ("topics", "any"): "either",
}

Numbered = dict[int, int]  # value → how many statements


def counts(engine: Engine, selection: LibrarySelection, total: int, most: int) -> Counts:
    """Counts of the whole library where nothing is chosen, else of what answers the selection."""
    if not selection.narrows:
        return _everything(engine, selection, total, most)
    chosen = resolve(engine, selection)
    shown, at_most = _shown(engine, chosen)
    found: dict[str, Numbered] = {}
    for ignoring, facets in _views(chosen).items():
        if facets:
            found |= _counted(engine, chosen, ignoring, facets, most)
    months = found.pop(MONTHS)
    return Counts(
        total=total,
        shown=shown,
        values=_named(engine, found),
        months=tuple(sorted(months.items())),
        at_most=at_most,
    )


def most_frequent(engine: Engine, facet: str, role: str, most: int) -> tuple[Value, ...]:
    """A facet's most frequent values over the whole library."""
    n = _SUMS[facet, role]
    table = engine.table(TABLE_OF[facet]).sort(n, "id", descending=[True, False])
    best = [Value(*row) for row in engine.run(table.head(most).select("key", "name", n))]
    return ranked(value for value in best if value.n)


def ranked(values: Iterable[Value]) -> tuple[Value, ...]:
    """Values by falling count, then name."""
    return tuple(sorted(values, key=lambda value: (-value.n, value.name, value.key)))


def _views(chosen: Chosen) -> dict[str, list[str]]:
    """What must be ignored → the facets that are counted then; "" is nothing."""
    views: dict[str, list[str]] = {"": []}
    for facet in (*COUNTED, MONTHS):
        own = _chosen_in(facet)
        views.setdefault(own if own in chosen.facets else "", []).append(facet)
    return views


def _chosen_in(facet: str) -> str:
    return "actors" if facet == SPEAKERS else facet


def _counted(
    engine: Engine, chosen: Chosen, ignoring: str, facets: Sequence[str], most: int
) -> dict[str, Numbered]:
    column = {facet: chosen.column(facet) for facet in facets}
    own = {facet: chosen.values.get(_chosen_in(facet), ()) for facet in facets}
    also: dict[str, Sequence[int] | None] = {
        column[facet]: None if facet == MONTHS else own[facet] for facet in facets
    }
    matches = matching(engine, chosen.conditions(ignoring, FACETED))
    tallied = matches.tally([*column.values()], most, also)
    return {
        facet: dict.fromkeys(filter(lambda value: value > 0, own[facet]), 0)
        | dict(tallied[column[facet]])
        for facet in facets
    }


def _shown(engine: Engine, chosen: Chosen) -> tuple[int, int]:
    n, at_most = 0, 0
    if any(chosen.text_alone(ignoring) for ignoring in _views(chosen)):
        _, n, at_most = engine.found(chosen.words, FACETED)
    if not chosen.text_alone():
        n = matching(engine, chosen.conditions()).count()
    return n, at_most


def _named(engine: Engine, found: dict[str, Numbered]) -> dict[str, tuple[Value, ...]]:
    wanted: dict[str, set[int]] = {}
    for facet, table in TABLE_OF.items():
        wanted.setdefault(table, set()).update(found[facet])
    named = {table: names(engine, table, values) for table, values in wanted.items()}
    kinds = {number: (kind, kind) for number, kind in enumerate(KINDS)}
    values = {}
    for facet in COUNTED:
        known = kinds if facet == "kinds" else named[TABLE_OF[facet]]
        values[facet] = ranked(
            Value(*known[value], n) for value, n in found[facet].items() if value in known
        )
    return values


def _everything(engine: Engine, selection: LibrarySelection, total: int, most: int) -> Counts:
    totals = engine.table("totals").filter(one_of("facet", ("kinds", MONTHS)), nw.col("value") > 0)
    rows = engine.run(totals.select("facet", "value", "n"))
    kinds = [Value(KINDS[value], KINDS[value], n) for facet, value, n in rows if facet == "kinds"]
    return Counts(
        total=total,
        shown=total,
        values={
            facet: ranked(kinds)
            if facet == "kinds"
            else most_frequent(engine, facet, selection.role(facet), most)
            for facet in COUNTED
        },
        months=tuple(sorted((value, n) for facet, value, n in rows if facet == MONTHS)),
    )
