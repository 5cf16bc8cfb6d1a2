"""Which values there are: what begins as typed, and what the keys of an address name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import narwhals as nw

from dashboard.library.answers import Value
from dashboard.library.counting import most_frequent, ranked
from dashboard.library.layout import KINDS
from dashboard.library.narrowing import TABLE_OF, names, one_of
from dashboard.plain import fold

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine

LONGEST = 80  # characters of what is typed that are looked up


def suggested(engine: Engine, facet: str, typed: str, most: int) -> tuple[Value, ...]:
    """Values with a word that begins as typed, the most frequent first; of "" simply those."""
    prefix = fold(typed.replace("\0", " "))[:LONGEST]
    if not prefix:
        return most_frequent(engine, facet, "any", most)
    table = TABLE_OF[facet]
    begun = engine.table("names").filter(
        nw.col("facet") == table, nw.col("folded").str.starts_with(prefix)
    )
    best = begun.group_by("value").agg(n=nw.col("n").max())
    best = best.sort("n", "value", descending=[True, False]).head(most)
    found = engine.run(best.select("value", "n"))
    named = names(engine, table, [value for value, _ in found])
    return ranked(Value(*named[value], n) for value, n in found if value in named)


def known(engine: Engine, facet: str, keys: Sequence[str]) -> dict[str, str]:
    """The names of those of the keys that there are, by key."""
    if facet == "kinds":
        return {key: key for key in keys if key and key in KINDS}
    asked = [key for key in keys if key and "\0" not in key]
    if not asked:
        return {}
    table = engine.table(TABLE_OF[facet]).filter(one_of("key", asked))
    return dict(engine.run(table.select("key", "name")))
