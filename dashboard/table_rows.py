"""A table's rows as named tuples, and their cells as plain values."""

from __future__ import annotations

from collections import namedtuple
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date


def rows_of(frame: pd.DataFrame) -> Iterator[Any]:
    """Rows in order, a named tuple each."""
    # itertuples makes a new class at each call, which for a story's few rows is most of its cost.
    row = _row(tuple(frame.columns))
    return map(row._make, zip(*(frame[name].tolist() for name in frame.columns), strict=True))


@lru_cache(maxsize=64)
def _row(columns: tuple[str, ...]) -> Any:
    return namedtuple("row", columns)


def text(value: Any) -> str:
    """A cell of text; "" when it is missing."""
    return value if isinstance(value, str) else ""


def number(value: Any) -> float | None:
    """A cell of a number; None when it is missing."""
    return None if value != value or value is None else float(value)


def whole(value: Any) -> int | None:
    """A cell of an optional integer; None when it is missing."""
    return None if value is pd.NA else int(value)


def day(value: Any) -> date | None:
    """A cell of a date; None when it is missing."""
    return None if value != value or value is None else value.date()
