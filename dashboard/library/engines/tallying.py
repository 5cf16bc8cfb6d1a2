"""Counting a frame's values column by column, for engines that know nothing faster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import narwhals as nw

from dashboard.library.engines.engine import NOTHING

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine


def tally(
    engine: Engine,
    frame: nw.LazyFrame[Any],
    columns: Mapping[str, bool],
    most: int,
    also: Mapping[str, Sequence[int] | None] = NOTHING,
) -> dict[str, list[tuple[int, int]]]:
    """See `Engine.tally`."""
    return {
        name: _column(engine, frame, name, holds_lists, most, also.get(name, ()))
        for name, holds_lists in columns.items()
    }


def _column(
    engine: Engine,
    frame: nw.LazyFrame[Any],
    name: str,
    holds_lists: bool,
    most: int,
    also: Sequence[int] | None,
) -> list[tuple[int, int]]:
    values = frame.select(value=nw.col(name))
    if holds_lists:
        values = values.explode("value")
    counted = values.filter(~nw.col("value").is_null()).group_by("value").agg(n=nw.len())
    ranked = counted.sort("n", "value", descending=[True, False])
    if also is None:
        return _pairs(engine, ranked)
    found = _pairs(engine, ranked.head(most))
    if left := [value for value in also if value not in dict(found)]:
        found += _pairs(engine, ranked.filter(nw.col("value").is_in(left)))
    return found


def _pairs(engine: Engine, frame: nw.LazyFrame[Any]) -> list[tuple[int, int]]:
    return [(int(value), int(n)) for value, n in engine.run(frame.select("value", "n"))]
