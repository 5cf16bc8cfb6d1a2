"""How the location map is drawn, zoomed and dragged, whatever its rows.

Plain Vega-Lite: Altair has no words for parameters that events drive, which zoom and pan need.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from dashboard.charts.chart import CONFIG, picked

if TYPE_CHECKING:
    from dashboard.palette import Ink
    from dashboard.projection import Frame

HEIGHT, NARROWEST, WIDEST = 430, 330, 1600  # pixels
# The cities fill these shares of the map's width and height; the rest is for their labels.
ACROSS, DOWN = 0.62, 0.66
AREA = 55.0  # square pixels a statement


@lru_cache(maxsize=8)
def location_spec(frame: Frame, ink: Ink, shapes: str) -> dict[str, Any]:
    """The map for cities within `frame`, over the shapes at that address."""
    shade = f"datum.id && indexof(shaded, '|' + datum.id + '|') >= 0 ? '{ink.shade}' : '{ink.land}'"
    return map_spec(frame, ink, shapes, shade, _marks(ink), closest=12)


def map_spec(
    frame: Frame, ink: Ink, shapes: str, shade: str, marks: list[dict[str, Any]], *, closest: int
) -> dict[str, Any]:
    """A map that zooms, `closest` times at most, and can be dragged; `marks` are its layers.

    The first row has the last press of a button (`n`, `move`) and what is `shaded`; `shade` is an
    expression for a country's colour. Marks may use the signals `scale` (pixels a radian) and
    `zoom`.
    """
    longitude, latitude, wide, high = frame
    command = "(length(data('source')) ? data('source')[0] : {n: 0, move: '', shaded: ''})"
    fit = f"min(width * {ACROSS / wide:.6f}, {HEIGHT * DOWN / high:.6f})"
    # A pixel is 1 / scale radians: the same across the map for longitude, and for latitude
    # times its cosine (Mercator).
    dragged = (
        "[clamp({0}[2] - ({1} - {0}[0]) / scale * 57.29578, -180, 180), "
        "clamp({0}[3] + ({2} - {0}[1]) / scale * 57.29578 * cos({0}[3] / 57.29578), -75, 80)]"
    )
    two = "event.touches && event.touches.length == 2"
    middle = [f"(event.touches[0].client{a} + event.touches[1].client{a}) / 2" for a in "XY"]
    params = [
        {"name": "command", "expr": f"{command}.n"},
        {"name": "shaded", "expr": f"{command}.shaded"},
        {
            "name": "held",
            "value": None,
            "on": [
                {
                    "events": {"type": "pointerdown", "filter": "event.pointerType != 'touch'"},
                    "update": "[x(), y(), centre[0], centre[1]]",
                }
            ],
        },
        {
            "name": "pinched",
            "value": None,
            "on": [
                {
                    "events": {"type": "touchstart", "filter": two},
                    "update": f"[{middle[0]}, {middle[1]}, centre[0], centre[1], "
                    "pinchDistance(event), zoom]",
                }
            ],
        },
        {
            "name": "zoom",
            "value": 1,
            "on": [
                {
                    "events": {
                        "type": "wheel",
                        "filter": "event.ctrlKey || event.metaKey",
                        "consume": True,
                    },
                    "update": f"clamp(zoom * pow(1.0015, -event.deltaY), 0.6, {closest})",
                },
                {
                    "events": {"type": "touchmove", "filter": two, "consume": True},
                    "update": "clamp(pinched[5] * pinchDistance(event) / pinched[4], "
                    f"0.6, {closest})",
                },
                {
                    "events": {"signal": "command"},
                    "update": f"{command}.move == 'in' ? min(zoom * 1.5, {closest}) : "
                    f"{command}.move == 'out' ? max(zoom / 1.5, 0.6) : "
                    f"{command}.move == 'fit' ? 1 : zoom",
                },
            ],
        },
        {"name": "scale", "expr": f"zoom * {fit}"},
        {
            "name": "centre",
            "value": [longitude, latitude],
            "on": [
                {
                    "events": {
                        "type": "pointermove",
                        "source": "window",
                        "between": [
                            {"type": "pointerdown", "filter": "event.pointerType != 'touch'"},
                            {"source": "window", "type": "pointerup"},
                        ],
                    },
                    "update": dragged.format("held", "x()", "y()"),
                },
                {
                    "events": {"type": "touchmove", "filter": two},
                    "update": dragged.format("pinched", *middle),
                },
                {
                    "events": {"signal": "command"},
                    "update": f"{command}.move == 'fit' ? [{longitude}, {latitude}] : centre",
                },
            ],
        },
    ]
    return {
        "height": HEIGHT,
        "params": params,
        "projection": {
            "type": "mercator",
            "scale": {"expr": "scale"},
            "center": {"expr": "centre"},
            # The shapes are fine as they are: no points between points, none far outside.
            "precision": 0,
            "clipExtent": [[-40, -40], [WIDEST, HEIGHT + 40]],
        },
        "layer": [*_land(ink, shapes, shade), *marks],
        "view": {"fill": None, "stroke": ink.line, "strokeWidth": 0.6, "clip": True},
        "config": {**CONFIG, "view": {"cornerRadius": 3}},
    }


def _land(ink: Ink, shapes: str, shade: str) -> list[dict[str, Any]]:
    def lines(name: str, dash: list[int]) -> dict[str, Any]:
        return {
            "data": {"url": shapes, "format": {"type": "topojson", "feature": name}},
            "mark": {
                "type": "geoshape",
                "filled": False,
                "stroke": ink.line,
                "strokeWidth": 0.8,
                "strokeDash": dash,
                "tooltip": False,
            },
        }

    return [
        {
            "data": {"url": shapes, "format": {"type": "topojson", "feature": "countries"}},
            "mark": {
                "type": "geoshape",
                "fill": {"expr": shade},
                "stroke": None,
                "tooltip": False,
            },
        },
        lines("borders", [1, 0]),
        lines("contested", [3, 3]),
    ]


def _marks(ink: Ink) -> list[dict[str, Any]]:
    at = {
        "longitude": {"field": "longitude", "type": "quantitative"},
        "latitude": {"field": "latitude", "type": "quantitative"},
    }
    dimmed = {"condition": {"test": "datum.on", "value": 1}, "value": 0.45}
    only = [{"filter": "datum.kind == 'place'"}]

    def circle(field: str, mark: dict[str, Any]) -> dict[str, Any]:
        return {
            "transform": only,
            "mark": {"type": "point", "shape": "circle", **mark},
            "encoding": {
                **at,
                "size": {
                    "field": field,
                    "type": "quantitative",
                    "scale": {"domain": [0, 40], "range": [0, 40 * AREA]},
                    "legend": None,
                },
            },
        }

    def text(field: str, line: str, mark: dict[str, Any]) -> dict[str, Any]:
        return {
            "transform": only,
            "mark": {
                "type": "text",
                "align": {"expr": "datum.align"},
                "baseline": "middle",
                "dx": {"expr": "datum.dx"},
                "dy": {"expr": f"datum.dy + {line}"},
                "color": ink.text,
                **mark,
            },
            "encoding": {
                **at,
                "text": {"field": field},
                "opacity": {"condition": {"test": "datum.on", "value": 1}, "value": 0.75},
            },
        }

    def haloed(field: str, line: str, mark: dict[str, Any]) -> list[dict[str, Any]]:
        halo = {**mark, "stroke": ink.land, "strokeWidth": 3, "strokeJoin": "round"}
        return [text(field, line, halo), text(field, line, mark)]

    return [
        {
            "transform": [{"filter": "datum.kind == 'route'"}],
            "mark": {
                "type": "line",
                "color": ink.accent,
                "strokeWidth": 1.4,
                "strokeDash": [2, 4],
            },
            "encoding": {**at, "detail": {"field": "route"}, "order": {"field": "n"}},
        },
        circle("about", {"filled": True, "color": ink.accent, "opacity": 0.3}),
        circle("said", {"filled": False, "stroke": ink.accent, "strokeWidth": 2.2}),
        {
            "transform": only,
            "mark": {"type": "circle", "size": 22, "color": ink.text},
            "encoding": {**at, "opacity": dimmed},
        },
        *haloed("name", "0", {"fontSize": 14, "fontWeight": 600}),
        *haloed("detail", "15", {"fontSize": 12}),
        *haloed("plan", "30", {"fontSize": 12, "fontStyle": "italic"}),
        {
            "params": [picked("place")],
            "transform": [
                *only,
                # A finger needs some 44 pixels (WCAG 2.5.5), however few the statements.
                {"calculate": f"max(1500, {AREA} * max(datum.said, datum.about))", "as": "hit"},
            ],
            "mark": {"type": "circle", "opacity": 0, "cursor": "pointer"},
            "encoding": {
                **at,
                "size": {
                    "field": "hit",
                    "type": "quantitative",
                    "scale": None,
                    "legend": None,
                },
                "tooltip": [
                    {"field": "name", "type": "nominal", "title": "Place"},
                    {"field": "said", "type": "quantitative", "title": "Statements made here"},
                    {"field": "about", "type": "quantitative", "title": "Statements about it"},
                    {"field": "plan", "type": "nominal", "title": "Planned"},
                    {"field": "distances", "type": "nominal", "title": "As the crow flies"},
                ],
            },
        },
    ]
