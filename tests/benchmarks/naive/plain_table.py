"""A library as a quick program makes it of DuckDB: one table of texts, one query a facet."""

# ruff: noqa: S608 — the names of columns are our own

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
from naive.asked import CARDS, FACETS, MOST, Asked

CARD = "id, words, kind, date, who, other, topic, outlet, url, place"


class PlainTable:
    """The table, opened once."""

    def __init__(self, database: Path) -> None:
        self._connection = duckdb.connect(str(database), read_only=True)

    def facets(self, asked: Asked) -> dict[str, list[tuple[str, int]]]:
        """How many each value of each facet would show, ignoring what is chosen in that facet."""
        return {facet: self._counted(facet, asked) for facet in FACETS}

    def cards(self, asked: Asked) -> list[tuple[Any, ...]]:
        """The newest, with all that a card shows."""
        where, values = _where(asked, "")
        return self._rows(
            f"SELECT {CARD} FROM quotes WHERE {where} ORDER BY date DESC LIMIT {CARDS}", values
        )

    def count(self, asked: Asked) -> int:
        """How many there are."""
        where, values = _where(asked, "")
        n: int = self._rows(f"SELECT count(*) FROM quotes WHERE {where}", values)[0][0]
        return n

    def _counted(self, facet: str, asked: Asked) -> list[tuple[str, int]]:
        where, values = _where(asked, facet)
        source, column = "quotes", facet
        if facet == "actor":
            source, column = "(SELECT *, unnest([who, other]) AS actor FROM quotes)", "actor"
        limit = "" if facet == "month" else f"LIMIT {MOST}"
        return self._rows(
            f"SELECT {column}, count(*) AS n FROM {source} WHERE {where} AND {column} <> '' "
            f"GROUP BY 1 ORDER BY 2 DESC {limit}",
            values,
        )

    def _rows(self, query: str, values: list[str]) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values).fetchall()


def _where(asked: Asked, ignoring: str) -> tuple[str, list[str]]:
    conditions, values = ["true"], []
    if asked.actors and ignoring not in ("actor", "who"):
        marks = ", ".join("?" * len(asked.actors))
        conditions.append(f"(who IN ({marks}) OR other IN ({marks}))")
        values += [*asked.actors, *asked.actors]
    if asked.place and ignoring != "place":
        conditions.append("place = ?")
        values.append(asked.place)
    if asked.text:
        conditions.append("words ILIKE ?")
        values.append(f"%{asked.text}%")
    return " AND ".join(conditions), values
