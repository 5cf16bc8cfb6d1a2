"""Owns the small map on which the candidates for a place stand, numbered as in their list."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import TYPE_CHECKING, Any

from dashboard.charts.chart import CONFIG

if TYPE_CHECKING:
    from dashboard.palette import Ink

HEIGHT = 260  # pixels
WIDTH = 420  # pixels that the columns have at least
NARROWEST = 6.0  # degrees, for one candidate or several close together

Point = tuple[float, float, str]


def candidate_map(points: Sequence[Point], chosen: int, ink: Ink, shapes: str) -> dict[str, Any]:
    """Return a Vega-Lite spec of points (latitude, longitude, name); `chosen` counts from 0.

    `shapes` is the basemap's address.
    """
    rows = [
        {"n": str(n), "name": name, "latitude": y, "longitude": x, "on": n == chosen + 1}
        for n, (y, x, name) in enumerate(points, start=1)
    ]
    south, north = _around([y for y, _, _ in points])
    west, east = _around([x for _, x, _ in points])
    middle = (south + north) / 2
    tall = HEIGHT * 57.3 / ((north - south) / max(cos(radians(middle)), 0.2))
    scale = max(min(WIDTH * 57.3 / (east - west), tall), 60.0)
    at = {
        "longitude": {"field": "longitude", "type": "quantitative"},
        "latitude": {"field": "latitude", "type": "quantitative"},
    }
    on = {"condition": {"test": "datum.on", "value": ink.accent}, "value": ink.soft}
    return {
        "height": HEIGHT,
        "projection": {
            "type": "mercator",
            "scale": scale,
            "center": [(west + east) / 2, max(min(middle, 75), -60)],
        },
        "layer": [
            _land(ink, shapes),
            {
                "data": {"values": rows},
                "mark": {"type": "circle", "size": 380, "opacity": 1, "stroke": ink.paper},
                "encoding": {
                    **at,
                    "color": on,
                    "tooltip": {"field": "name", "type": "nominal"},
                },
            },
            {
                "data": {"values": rows},
                "mark": {"type": "text", "color": ink.paper, "fontWeight": 700, "fontSize": 12},
                "encoding": {**at, "text": {"field": "n"}},
            },
        ],
        "view": {"fill": None, "stroke": ink.line, "strokeWidth": 0.6},
        "config": {**CONFIG, "view": {"cornerRadius": 3}},
    }


def _land(ink: Ink, shapes: str) -> dict[str, Any]:
    return {
        "data": {"url": shapes, "format": {"type": "topojson", "feature": "countries"}},
        "mark": {
            "type": "geoshape",
            "fill": ink.land,
            "stroke": ink.line,
            "strokeWidth": 0.5,
            "tooltip": False,
        },
    }


def _around(values: Sequence[float]) -> tuple[float, float]:
    """Degrees from and to which a map of these runs, with room for their marks."""
    low, high = min(values), max(values)
    room = max((high - low) * 0.25, NARROWEST - (high - low), 1.0)
    return low - room, high + room
