r"""Owns how a value stands in a cell of CSV: lists too, and nothing that a spreadsheet would run.

A list is its values joined by `|`, so that splitting there is always right. Within a value `\p` is
a bar and `\\` a backslash; a value `\N` is a missing one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dashboard.spreadsheet import escape, unescape

_PARSE: dict[str, Callable[[str], Any]] = {"text": str, "number": float, "integer": int}
_MISSING = "\\N"


def cell(kind: str, value: Any) -> str:
    """A value as its cell; `kind` is text, number or integer, or the plural: a list of such."""
    if kind in ("number", "integer"):
        return "" if value is None else repr(value)  # ours, not somebody's text: it stays a number
    if kind.endswith("s"):
        value = "|".join(map(_packed, value))
    return escape(value or "")


def read_cell(kind: str, text: str) -> Any:
    """The value that `cell` was given; a missing one is None."""
    if kind.endswith("s"):
        values = unescape(text).split("|") if text else []
        return [_unpacked(_PARSE[kind[:-1]], value) for value in values]
    return _PARSE[kind](unescape(text)) if text else None


def _packed(value: Any) -> str:
    if value is None:
        return _MISSING
    return str(value).replace("\\", "\\\\").replace("|", "\\p")


def _unpacked(kind: Callable[[str], Any], value: str) -> Any:
    if value == _MISSING:
        return None
    whole = (part.replace("\\p", "|") for part in value.split("\\\\"))
    return kind("\\".join(whole))
