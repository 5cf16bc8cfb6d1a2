"""A library as a quick program makes it of pandas: one frame, masks and value_counts."""

# ruff: noqa: S608 — the names of columns are our own

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
from naive.asked import CARDS, FACETS, MOST, Asked

CATEGORIES = ("who", "other", "place", "outlet", "topic", "kind", "month")


class Frame:
    """The frame, in memory."""

    def __init__(self, database: Path) -> None:
        with duckdb.connect(str(database), read_only=True) as connection:
            columns = {}
            for name in ("id", "words", "url", "date", *CATEGORIES):
                column = connection.sql(f"SELECT {name} FROM quotes").to_arrow_table()[name]
                if name in CATEGORIES:
                    column = column.combine_chunks().dictionary_encode()
                columns[name] = column.to_pandas()
        columns["date"] = pd.to_datetime(columns["date"])
        self._quotes = pd.DataFrame(columns, copy=False)

    def facets(self, asked: Asked) -> dict[str, pd.Series]:
        """How many each value of each facet would show, ignoring what is chosen in that facet."""
        quotes, found = self._quotes, {}
        for facet in FACETS:
            mask = self._mask(asked, facet)
            shown = quotes if mask is None else quotes[mask]
            if facet == "actor":
                who, other = shown["who"].value_counts(), shown["other"].value_counts()
                counted = who.add(other, fill_value=0).sort_values(ascending=False)
            else:
                counted = shown[facet].value_counts()
            found[facet] = counted if facet == "month" else counted.head(MOST)
        return found

    def cards(self, asked: Asked) -> pd.DataFrame:
        """The newest, with all that a card shows."""
        mask = self._mask(asked, "")
        shown = self._quotes if mask is None else self._quotes[mask]
        return shown.nlargest(CARDS, "date")

    def count(self, asked: Asked) -> int:
        """How many there are."""
        mask = self._mask(asked, "")
        return len(self._quotes) if mask is None else int(mask.sum())

    def _mask(self, asked: Asked, ignoring: str) -> pd.Series | None:
        quotes, masks = self._quotes, []
        if asked.actors and ignoring not in ("actor", "who"):
            masks.append(quotes["who"].isin(asked.actors) | quotes["other"].isin(asked.actors))
        if asked.place and ignoring != "place":
            masks.append(quotes["place"] == asked.place)
        if asked.text:
            masks.append(quotes["words"].str.contains(asked.text, case=False, regex=False))
        if not masks:
            return None
        mask = masks[0]
        for other in masks[1:]:
            mask &= other
        return mask
