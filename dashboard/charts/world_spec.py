"""How the library's map is drawn: its spec, whose rows are `world`'s."""

from __future__ import annotations

from functools import lru_cache
from math import ceil
from typing import TYPE_CHECKING, Any

from dashboard.charts.chart import picked
from dashboard.charts.location_spec import map_spec

if TYPE_CHECKING:
    from dashboard.palette import Ink
    from dashboard.projection import Frame

CLOSEST = 48  # times that a reader may zoom in


@lru_cache(maxsize=8)
def world_spec(around: Frame, ink: Ink, shapes: str) -> dict[str, Any]:
    """The Vega-Lite spec, without its rows; `around` is what it shows at first."""
    shade = "".join(
        f"datum.id && indexof(shaded, '|' + datum.id + '{step}|') >= 0 ? '{color}' : "
        for step, color in zip((3, 2, 1), _tones(ink), strict=True)
    )
    return map_spec(around, ink, shapes, f"{shade}'{ink.land}'", _marks(ink), closest=CLOSEST)


def _tones(ink: Ink) -> tuple[str, ...]:
    """Three tones of a shaded country, the strongest first."""
    strong = [int(ink.shade[i : i + 2], 16) for i in (1, 3, 5)]
    weak = [int(ink.land[i : i + 2], 16) for i in (1, 3, 5)]
    return tuple(
        "#" + "".join(f"{ceil(w + (s - w) * share):02x}" for s, w in zip(strong, weak, strict=True))
        for share in (1.0, 0.66, 0.33)
    )


def _marks(ink: Ink) -> list[dict[str, Any]]:
    at = {
        "longitude": {"field": "longitude", "type": "quantitative"},
        "latitude": {"field": "latitude", "type": "quantitative"},
    }
    points = [{"filter": "datum.kind == 'point'"}]
    places = [{"filter": "datum.kind == 'point' || datum.kind == 'area'"}]
    dimmed = {"condition": {"test": "datum.on", "value": 1}, "value": 0.35}

    def circle(field: str, mark: dict[str, Any]) -> dict[str, Any]:
        return {
            "transform": [*points, {"filter": f"datum.{field} > 0"}],
            "mark": {"type": "point", "shape": "circle", **mark},
            "encoding": {
                **at,
                "size": {"field": field, "type": "quantitative", "scale": None, "legend": None},
                "opacity": dimmed,
            },
        }

    def text(kind: str, mark: dict[str, Any]) -> dict[str, Any]:
        return {
            "transform": [{"filter": f"datum.kind == '{kind}'"}],
            "mark": {
                "type": "text",
                "align": {"expr": "datum.align"},
                "baseline": "middle",
                "dx": {"expr": "datum.dx"},
                "fontSize": 13,
                "color": ink.text,
                # Streamlit's test of a spec knows no opacity that follows a signal but here.
                "opacity": {"expr": "scale >= datum.room ? (datum.on ? 1 : 0.6) : 0"},
                **mark,
            },
            "encoding": {**at, "text": {"field": "name"}},
        }

    def haloed(kind: str, mark: dict[str, Any]) -> list[dict[str, Any]]:
        halo = {**mark, "stroke": ink.land, "strokeWidth": 3, "strokeJoin": "round"}
        return [text(kind, halo), text(kind, mark)]

    return [
        circle("disc", {"filled": True, "color": ink.accent, "fillOpacity": 0.3}),
        circle("ring", {"filled": False, "stroke": ink.accent, "strokeWidth": 1.8}),
        {
            "transform": points,
            "mark": {"type": "circle", "size": 9, "color": ink.accent},
            "encoding": {**at, "opacity": dimmed},
        },
        *haloed("area", {"fontStyle": "italic"}),
        *haloed("point", {"fontWeight": 600}),
        {
            "params": [picked("key")],
            "transform": [
                *places,
                {"calculate": "max(400, max(datum.ring, datum.disc))", "as": "hit"},
            ],
            "mark": {"type": "circle", "opacity": 0, "cursor": "pointer"},
            "encoding": {
                **at,
                "size": {"field": "hit", "type": "quantitative", "scale": None, "legend": None},
                "tooltip": [
                    {"field": "name", "type": "nominal", "title": "Place"},
                    {"field": "said", "type": "quantitative", "title": "Statements made here",
                     "format": ","},
                    {"field": "told", "type": "quantitative", "title": "Statements about it",
                     "format": ","},
                ],
            },
        },
    ]  # fmt: skip
