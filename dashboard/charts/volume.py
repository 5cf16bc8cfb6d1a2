"""Volume: how many statements there are by month, quarter or year, whichever the span allows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from dashboard.charts.chart import CONFIG, Chart, count, picked, rows

if TYPE_CHECKING:
    from dashboard.palette import Ink

ALT = "Bar chart: how many statements there are over time"
HEIGHT = 150  # pixels
COLUMNS = {
    "kind": pa.string(),
    "from": pa.float64(),
    "to": pa.float64(),
    "n": pa.int64(),
    "below": pa.int64(),
    "label": pa.string(),
    "told": pa.string(),
    "since": pa.string(),
    "until": pa.string(),
    "on": pa.bool_(),
}
# Months in a bar, and up to how many months in all it is taken.
UNITS = ((1, 42), (3, 144))
YEAR = 12
PADDING = 6  # months that are shown, at least, before and after a period that is chosen
MOST_BARS = 400

Months = tuple[tuple[int, int], ...]  # month as in the library's layout, count


@dataclass(frozen=True)
class Window:
    """The months that are drawn, both inclusive, and how many of them are in one bar."""

    first: int
    last: int
    unit: int


@lru_cache(maxsize=64)
def volume_chart(
    said: Months,
    ink: Ink,
    *,
    below: Months | None = None,
    words: tuple[str, str] = ("", ""),
    period: tuple[str, str] = ("", ""),
    undated: int = 0,
) -> Chart:
    """Statements by date; with `below`, a second series drawn downwards, `words` naming the two.

    `period` is the first and last day that are chosen, "" for no bound: what lies outside is pale,
    and the axis closes in on it. `undated` statements are none of `said` and `below`.
    """
    window = _window([month for month, _ in (*said, *(below or ()))], period)
    above, under = _binned(said, window), _binned(below or (), window)
    bars = [
        _bar(start, window, above[start], under[start], period, words if below is not None else ())
        for start in sorted({*above, *under})
    ]
    top = max((bar["n"] for bar in bars), default=0)
    table = pd.DataFrame(
        [(bar["label"], bar["n"], *([-bar["below"]] if below is not None else [])) for bar in bars],
        columns=["When", *(words if below is not None else ["Statements"])],
    )
    return Chart(
        spec=_spec(ink, below is not None),
        rows=rows([*bars, *_ticks(window)], COLUMNS),
        alt=ALT,
        caption=_caption(bars, top, window, undated),
        table=table,
        fields=("since", "until"),
    )


def month_of(day: str) -> int:
    """A day's month as the library's layout counts them."""
    when = date.fromisoformat(day)
    return 12 * when.year + when.month - 1


def _window(months: Sequence[int], period: tuple[str, str]) -> Window:
    if not months:
        return Window(0, 0, 1)
    first, last = min(months), max(months)
    if any(period):
        start = max(first, month_of(period[0])) if period[0] else first
        stop = min(last, month_of(period[1])) if period[1] else last
        wide = max(PADDING, (stop - start + 1) // 2)
        first, last = max(first, start - wide), min(last, stop + wide)
    if last < first:  # the period is beyond all statements
        first, last = min(months), max(months)
    # A year at least: one month alone would be a wall, and say nothing.
    first -= max(0, YEAR - (last - first + 1)) // 2
    last = max(last, first + YEAR - 1)
    span = last - first + 1
    unit = next((unit for unit, most in UNITS if span <= most), YEAR)
    first -= first % unit
    if span // unit > MOST_BARS:  # a statement of the year 1 would make bars too thin to see
        first = last - last % unit - (MOST_BARS - 1) * unit
    return Window(first, last - last % unit + unit - 1, unit)


def _binned(months: Months, window: Window) -> Counter[int]:
    found: Counter[int] = Counter()
    for month, n in months:
        if window.first <= month <= window.last:
            found[month - month % window.unit] += n
    return found


def _bar(
    start: int, window: Window, n: int, under: int, period: tuple[str, str], words: tuple[str, ...]
) -> dict[str, Any]:
    since, until = _first_day(start), _first_day(start + window.unit) - timedelta(days=1)
    inside = not any(period) or (
        since.isoformat() <= (period[1] or "9999") and until.isoformat() >= period[0]
    )
    across = window.last + 1 - window.first
    told = f"{n:,}" if not words else f"{words[0]} {n:,} · {words[1]} {under:,}"
    return {
        "kind": "bar",
        "from": (start - window.first) / across,
        "to": (start + window.unit - window.first) / across,
        "n": n,
        "below": -under,
        "label": _name(start, window.unit),
        "told": told,
        "since": since.isoformat(),
        "until": until.isoformat(),
        "on": inside,
    }


def _ticks(window: Window) -> list[dict[str, Any]]:
    """Years, or quarters of a short span, at most a dozen of them."""
    across = window.last + 1 - window.first
    step = 3 if across <= 30 else YEAR
    while across / step > 12:
        step *= 2 if step < 24 else 5 if step == 24 else 2
    first = window.first + -window.first % step
    return [
        {
            "kind": "tick",
            "from": (month - window.first) / across,
            "label": f"{month // 12}" if month % 12 == 0 else f"{_first_day(month):%b}",
        }
        for month in range(first, window.last + 1, step)
        if window.first
    ]


def _first_day(month: int) -> date:
    return date(max(1, min(month // 12, 9999)), month % 12 + 1, 1)


def _name(start: int, unit: int) -> str:
    if unit == YEAR:
        return str(start // 12)
    if unit == 1:
        return f"{_first_day(start):%B %Y}"
    return f"{_first_day(start):%b}–{_first_day(start + unit - 1):%b %Y}"


def _caption(bars: Sequence[dict[str, Any]], top: int, window: Window, undated: int) -> str:
    noun = {1: "month", 3: "quarter"}.get(window.unit, "year")
    most = next((bar["label"] for bar in bars if bar["n"] == top and top), "")
    parts = [f"By {noun}" + (f"; most in {most} ({top:,})" if most else "")]
    if undated:
        parts.append(f"{count(undated, 'statement')} without a date not drawn")
    return ". ".join(parts) + "." if bars else "No statement has a date."


@lru_cache(maxsize=8)
def _spec(ink: Ink, mirrored: bool) -> dict[str, Any]:
    x = {"field": "from", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": None}
    bars = [{"filter": "datum.kind == 'bar'"}]
    ticks = [{"filter": "datum.kind == 'tick'"}]
    on = {"condition": {"test": "datum.on", "value": 1}, "value": 0.3}
    axis = {
        "title": None,
        "tickCount": 4,
        "grid": True,
        "gridColor": ink.line,
        "gridOpacity": 0.3,
        "domain": False,
        "ticks": False,
        "labelColor": ink.soft,
        # Downwards is no less than nothing: it is the other series.
        "labelExpr": "format(abs(datum.value), ',~s')",
    }

    def bar(field: str, color: str) -> dict[str, Any]:
        return {
            "transform": bars,
            "mark": {"type": "bar", "color": color, "binSpacing": 1, "minBandSize": 2},
            "encoding": {
                "x": {**x, "bin": "binned"},
                "x2": {"field": "to"},
                "y": {"field": field, "type": "quantitative", "axis": axis, "stack": None},
                "opacity": on,
            },
        }

    return {
        "height": HEIGHT,
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            bar("n", ink.accent),
            *([bar("below", ink.soft)] if mirrored else []),
            {
                "transform": ticks,
                "mark": {"type": "rule", "color": ink.line, "opacity": 0.5},
                "encoding": {"x": x},
            },
            {
                "transform": ticks,
                "mark": {
                    "type": "text",
                    "align": "left",
                    "baseline": "top",
                    "dx": 3,
                    "fontSize": 12,
                    "color": ink.soft,
                },
                "encoding": {
                    "x": x,
                    "y": {"value": HEIGHT + 5},
                    "text": {"field": "label", "type": "nominal"},
                },
            },
            {
                "params": [picked("since", "until")],
                "transform": bars,
                "mark": {"type": "rect", "opacity": 0, "cursor": "pointer"},
                "encoding": {
                    "x": x,
                    "x2": {"field": "to"},
                    "y": {"value": 0},
                    "y2": {"value": HEIGHT},
                    "tooltip": [
                        {"field": "label", "type": "nominal", "title": "When"},
                        {"field": "told", "type": "nominal", "title": "Statements"},
                    ],
                },
            },
        ],
        "padding": {"bottom": 24, "left": 0, "right": 4, "top": 4},
        "view": {"stroke": None},
        "config": CONFIG,
    }
