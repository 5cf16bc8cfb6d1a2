"""What every chart is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
import pyarrow as pa


@dataclass(frozen=True, eq=False)
class Chart:
    """A chart for one selection.

    `spec` is the same for every selection of a story and theme: if it changed, the browser would
    embed the chart anew, and lose the zoom. What follows the selection is in `rows`; the `table`
    twin says the same in words, `caption` sums it up. `fields` are the columns that a click
    reports, through the spec's selection `pick`.
    """

    spec: dict[str, Any]
    rows: pa.Table
    alt: str
    caption: str
    table: pd.DataFrame
    fields: tuple[str, ...]


PICK = "pick"
# The chart's container carries its alt text, and the table twin its numbers; Vega's own labels of
# marks and axes would read out pixels.
CONFIG = {
    "mark": {"aria": False},
    "axis": {"aria": False, "labelLimit": 260},
    # Else Vega keeps every touch to itself: no tap, no scrolling past a chart.
    "events": {"defaults": {"prevent": False}},
}


def pick(*fields: str) -> alt.Parameter:
    """The selection by click: toggles, and a click beside the marks does not clear it."""
    return alt.selection_point(name=PICK, fields=list(fields), toggle="true", clear=False)


def picked(*fields: str) -> dict[str, Any]:
    """The same as a parameter of a spec that is written by hand."""
    select = {"type": "point", "fields": list(fields), "toggle": "true", "clear": False}
    return {"name": PICK, "select": select}


def rows(records: list[dict[str, Any]], columns: Mapping[str, pa.DataType]) -> pa.Table:
    """Rows in Arrow, as Streamlit sends them: typed, so that an empty chart has columns too."""
    return pa.Table.from_pylist(records, schema=pa.schema(list(columns.items())))


def inline(records: list[dict[str, Any]]) -> alt.InlineData:
    """Rows that are the same for every selection, and so may stand in the spec."""
    return alt.InlineData(values=records)


def spec(chart: alt.LayerChart | alt.FacetChart) -> dict[str, Any]:
    """The Vega-Lite spec without data, which is handed to Streamlit beside it."""
    made = chart.to_dict(validate=True)
    del made["$schema"]
    # Altair moves inline rows to the top, where Streamlit puts its own: back to their layers.
    held = made.pop("datasets", {})
    for part in (made, *made["layer"]):
        if part.get("data") == {"name": "empty"}:  # Altair's word for "as the chart around it"
            del part["data"]
        elif "data" in part:
            part["data"] = {"values": held[part["data"]["name"]]}
    made["autosize"] = {"type": "fit-x", "contains": "padding"}
    made["config"] = CONFIG
    return made


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 statement", "3 statements"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
