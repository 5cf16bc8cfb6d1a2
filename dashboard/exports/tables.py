"""Owns how a story's table becomes CSV: as the package has it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    Cell = Callable[[str], str]


def table_csv(rows: pd.DataFrame, text: Cell = str) -> bytes:
    """A table in the format of data/README.md: UTF-8, a header row, lists separated by `|`.

    `text` is what becomes of each filled text cell. Reading it back gives an equal table.
    """
    made = {name: _cells(rows[name], text) for name in rows.columns}
    return pd.DataFrame(made, index=rows.index).to_csv(index=False, lineterminator="\n").encode()


def _cells(column: pd.Series[Any], text: Cell) -> pd.Series[Any]:
    if pd.api.types.is_float_dtype(column.dtype):
        return column.map(_number, na_action="ignore")
    if column.dtype == object:
        column = column.map("|".join)
    elif not isinstance(column.dtype, pd.StringDtype):
        return column
    return column.map(text, na_action="ignore")


def _number(value: float) -> str:
    # No exponent: the format's numbers are digits and a point.
    return f"{Decimal(repr(value)):f}".removesuffix(".0")
