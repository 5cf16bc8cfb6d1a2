"""The charts of an edition: the page's own specs, in the edition's colours and type.

They are compiled here, from Vega-Lite to Vega: in the browser that is half of the time to draw.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import vl_convert

from dashboard.charts.locations import location_chart
from dashboard.charts.timeline import timeline_chart
from dashboard.charts.voices import voices_chart
from dashboard.edition.theme import INK, SIDES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.charts.chart import Chart
    from dashboard.story import Story

BASEMAP = "basemap"  # the script's loader answers this address with the shapes in the file
FONT = '"Source Serif 4", Charter, "Iowan Old Style", Georgia, "Noto Serif", serif'

# What Streamlit's theme adds to a chart, as far as these charts show it.
_THEME: dict[str, Any] = {
    "background": None,
    "padding": 0,
    "font": FONT,
    "axis": {"ticks": False, "domain": False, "grid": False, "labelFontSize": 12},
    "text": {"fontSize": 12},
    "range": {"category": SIDES},
    "view": {"stroke": None},
}


@lru_cache(maxsize=8)
def charts(story: Story) -> Mapping[str, Chart]:
    """Map, voices and timeline of the whole story, by the id of their place on the page."""
    return {
        "map": location_chart(story, story, INK, BASEMAP),
        "voices": voices_chart(story, story, INK),
        "timeline": timeline_chart(story, story, INK),
    }


@lru_cache(maxsize=8)
def specs(story: Story) -> Mapping[str, Any]:
    """The specs in Vega: as wide as their place, rows in the dataset `source`."""
    return {
        name: vl_convert.vegalite_to_vega(_ready(chart.spec), show_warnings=False)
        for name, chart in charts(story).items()
    }


def _ready(spec: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **spec,
        "width": "container",
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"name": "source"},
        "config": _merged(_THEME, spec["config"]),
    }


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    both = {
        key: _merged(under[key], over[key])
        for key in under.keys() & over.keys()
        if isinstance(under[key], dict) and isinstance(over[key], dict)
    }
    return dict(sorted({**under, **over, **both}.items()))
