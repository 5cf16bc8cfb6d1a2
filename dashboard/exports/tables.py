"""Owns how a story's table becomes CSV: as the package has it, and nothing that would run."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard.spreadsheet import escape


def table_csv(rows: pd.DataFrame) -> bytes:
    """A table in the format of data/README.md: UTF-8, a header row, lists separated by `|`.

    No spreadsheet runs a text in it. Reading it back as a story's gives an equal table.
    """
    made = {name: _cells(rows[name]) for name in rows.columns}
    return pd.DataFrame(made, index=rows.index).to_csv(index=False, lineterminator="\n").encode()


def _cells(column: pd.Series[Any]) -> pd.Series[Any]:
    if pd.api.types.is_float_dtype(column.dtype):
        return column.map(_number, na_action="ignore")
    if column.dtype == object:
        column = column.map("|".join)
    elif not isinstance(column.dtype, pd.StringDtype):
        return column
    return column.map(escape, na_action="ignore")


def _number(value: float) -> str:
    # No exponent: the format's numbers are digits and a point.
    return f"{Decimal(repr(value)):f}".removesuffix(".0")
