"""A library in memory, as pandas frames: for small ones and for the tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import narwhals as nw
import pandas as pd

from dashboard.library.engines.engine import NOTHING
from dashboard.library.engines.tallying import tally

if TYPE_CHECKING:
    import pyarrow as pa


class InPandas:
    """Tables of a library as frames with Arrow's types; see `Engine`. Nothing is too slow."""

    def __init__(self, tables: Mapping[str, pa.Table]) -> None:
        self._tables = {
            name: table.to_pandas(types_mapper=pd.ArrowDtype) for name, table in tables.items()
        }

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Nothing is held."""
        yield

    def table(self, name: str) -> nw.LazyFrame[Any]:
        """A table of the layout."""
        frame: nw.LazyFrame[Any] = nw.from_native(self._tables[name]).lazy()
        return frame

    def run(self, frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
        """A frame's rows."""
        native: pd.DataFrame = frame.collect().to_native()
        columns = [_plain(native[name]) for name in native.columns]
        return list(zip(*columns, strict=True))

    def tally(
        self,
        frame: nw.LazyFrame[Any],
        columns: Mapping[str, bool],
        most: int,
        also: Mapping[str, Sequence[int] | None] = NOTHING,
    ) -> dict[str, list[tuple[int, int]]]:
        """Each column's most frequent values."""
        return tally(self, frame.collect().lazy(), columns, most, also)

    def found(self, words: tuple[str, ...], most: int = 0) -> tuple[nw.LazyFrame[Any], int, int]:
        """Statements with all these words, all of them looked through."""
        every = [nw.col("folded").str.contains(f" {word} ", literal=True) for word in words]
        quotes = self.table("quotes")
        ids = (quotes.filter(*every) if every else quotes).select(quote=nw.col("id")).collect()
        newest = ids.sort("quote", descending=True)
        cut = most if 0 < most < len(newest) else 0
        return (newest.head(cut) if cut else newest).lazy(), len(newest), cut


def _plain(values: pd.Series[Any]) -> list[Any]:
    """Python's values of a column, whichever types it has; missing ones are None."""
    import pyarrow as pa

    found: list[Any] = pa.array(values, from_pandas=True).to_pylist()
    return found
