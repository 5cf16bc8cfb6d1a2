"""One statement in print: where it was printed, and which others may have its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

from dashboard.library.answers import Named
from dashboard.library.keys import key_hash
from dashboard.library.matching import fetched
from dashboard.library.narrowing import names, one_of

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine


def numbers(engine: Engine, key: str) -> list[int]:
    """The id of the statement with this key, if there is one."""
    if not key or "\0" in key:
        return []
    hashed = engine.table("keys").filter(nw.col("hash") == key_hash(key)).select("quote")
    found = [number for (number,) in engine.run(hashed)]
    return [number for number, its in fetched(engine, found, ("id", "key")) if its == key]


def printings(engine: Engine, key: str) -> tuple[tuple[Named, str, str], ...]:
    """Where it was printed: outlet, address, title; by the outlet's name."""
    found = numbers(engine, key)
    table = engine.table("printings").filter(one_of("quote", found))
    rows = engine.run(table.select("outlet", "url", "title")) if found else []
    named = names(engine, "outlets", (row[0] for row in rows))
    known = [(Named(*named.get(outlet, ("", ""))), url, title) for outlet, url, title in rows]
    return tuple(sorted(known, key=lambda row: (row[0].name, row[1])))


def twins(engine: Engine, key: str, most: int) -> list[int]:
    """Ids of other statements that share bands of the MinHash: by how many, then the newest."""
    found = numbers(engine, key)
    if not found:
        return []
    own = engine.table("bands").filter(one_of("quote", found)).select("band")
    bands = [band for (band,) in engine.run(own)]
    if not bands:
        return []
    shared = engine.table("twins").filter(one_of("band", bands), nw.col("quote") != found[0])
    by = shared.group_by("quote").agg(n=nw.len())
    by = by.sort("n", "quote", descending=[True, True]).head(most)
    return [quote for (quote,) in engine.run(by.select("quote"))]
