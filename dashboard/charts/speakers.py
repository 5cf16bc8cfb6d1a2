"""Speakers: who is in how many statements; any facet's most frequent values, in fact."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from dashboard.charts.chart import CONFIG, Chart, picked, rows
from dashboard.plain import cut

if TYPE_CHECKING:
    from dashboard.library.answers import Value
    from dashboard.palette import Ink

STEP = 35  # pixels a row: its name above its bar, for names are long and phones narrow
LONGEST = 60  # letters of a name
COLUMNS = {
    "key": pa.string(),
    "name": pa.string(),
    "full": pa.string(),
    "rank": pa.int32(),
    "n": pa.int64(),
    "label": pa.string(),
    "on": pa.bool_(),
}


@lru_cache(maxsize=128)
def speakers_chart(
    values: tuple[Value, ...], chosen: tuple[str, ...], most: int, alt: str, ink: Ink
) -> Chart:
    """The `most` most frequent values, most frequent first, and those that are chosen.

    When some are chosen the others are pale.
    """
    first = tuple(value for value in values if value.n)[:most]
    shown = (*first, *(v for v in values if v.key in chosen and v not in first))[: most + 8]
    records = [
        {
            "key": value.key,
            "name": cut(value.name, LONGEST),
            "full": value.name,
            "rank": rank,
            "n": value.n,
            "label": f"{value.n:,}",
            "on": not chosen or value.key in chosen,
        }
        for rank, value in enumerate(shown)
    ]
    return Chart(
        spec=_spec(ink),
        rows=rows(records, COLUMNS),
        alt=alt,
        caption=f"Most: {first[0].name} ({first[0].n:,})." if first else "",
        table=pd.DataFrame(
            [(value.name, f"{value.n:,}") for value in values], columns=["Name", "Statements"]
        ),
        fields=("key",),
    )


@lru_cache(maxsize=8)
def _spec(ink: Ink) -> dict[str, Any]:
    row = {"field": "rank", "type": "ordinal", "axis": None}
    across = {"field": "n", "type": "quantitative", "axis": None}
    on = {"condition": {"test": "datum.on", "value": 1}, "value": 0.55}

    def text(field: str, align: str, x: Any, **more: Any) -> dict[str, Any]:
        return {
            "mark": {"type": "text", "align": align, "dy": -6, "fontSize": 13, **more},
            "encoding": {"y": row, "x": x, "text": {"field": field}, "opacity": on},
        }

    return {
        "height": {"step": STEP},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "layer": [
            text("name", "left", {"value": 0}, color=ink.text, limit={"expr": "width - 70"}),
            text("label", "right", {"value": "width"}, color=ink.soft),
            {
                "mark": {
                    "type": "bar",
                    "height": 6,
                    "yOffset": 9,
                    "cornerRadius": 2,
                    "color": ink.accent,
                },
                "encoding": {
                    "y": row,
                    "x": across,
                    "opacity": {"condition": {"test": "datum.on", "value": 1}, "value": 0.3},
                },
            },
            {
                "params": [picked("key")],
                "mark": {"type": "rect", "opacity": 0, "cursor": "pointer"},
                "encoding": {
                    "y": row,
                    "tooltip": [
                        {"field": "full", "type": "nominal", "title": "Name"},
                        {
                            "field": "n",
                            "type": "quantitative",
                            "title": "Statements",
                            "format": ",",
                        },
                    ],
                },
            },
        ],
        "view": {"stroke": None},
        "config": CONFIG,
    }
