"""The location map: where it was said, and where it points.

Plain Vega-Lite: Altair has no words for parameters that events drive, which zoom and pan need.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import atan, degrees, log, pi, radians, sinh, tan
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from dashboard.charts.chart import CONFIG, PICK, Chart, count, rows
from dashboard.charts.labels import Mark, Spot, arrange
from dashboard.dates import period
from dashboard.distance import kilometres, rounded
from dashboard.records import Event, Place, events, places, statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.palette import Ink
    from dashboard.story import Story

ALT = "Map: where statements were made, and the places that they are about"
HEIGHT, NARROWEST, WIDEST = 430, 330, 1600
COLUMNS = {
    "kind": pa.string(),
    "place": pa.string(),
    "name": pa.string(),
    "longitude": pa.float64(),
    "latitude": pa.float64(),
    "said": pa.int32(),
    "about": pa.int32(),
    "detail": pa.string(),
    "plan": pa.string(),
    "distances": pa.string(),
    "align": pa.string(),
    "dx": pa.float64(),
    "dy": pa.float64(),
    "on": pa.bool_(),
    "route": pa.string(),
    "n": pa.int32(),
    "move": pa.string(),
    "shaded": pa.string(),
}


@dataclass(frozen=True)
class Move:
    """The last press of a map button: `n` counts presses, `way` is `in`, `out` or `fit`."""

    n: int = 0
    way: str = ""


STILL = Move()


@lru_cache(maxsize=64)
def location_chart(
    story: Story, visible: Story, ink: Ink, shapes: str, move: Move = STILL
) -> Chart:
    """Places by what was said there and about them; `shapes` is the basemap's address.

    A press of a button travels in the rows: the map moves on from wherever the reader has zoomed
    or dragged it, which only the browser knows.
    """
    said, about = _counts(visible)
    command = {"kind": "command", "n": move.n, "move": move.way, "shaded": _shaded(story, visible)}
    cities = _cities(story)
    records = [
        command,
        *_points(story, visible, cities, said, about),
        *_route(visible),
    ]
    most = said.most_common(1)
    where = places(story)
    caption = (
        f"{count(sum(said.values()), 'statement')} with a stated or inferred place of speaking"
        + (f", most in {where[most[0][0]].name} ({most[0][1]})" if most else "")
        + f". {_itinerary(visible)}"
    )
    table = pd.DataFrame(
        [
            (p.name, p.kind, said[p.id], about[p.id], _plan(visible, p), _distances(p, cities))
            for p in where.values()
        ],
        columns=["Place", "Kind", "Said there", "Talked about", "Events", "Distances"],
    )
    return Chart(
        spec=_spec(story, ink, shapes),
        rows=rows(records, COLUMNS),
        alt=ALT,
        caption=caption.strip(),
        table=table,
        fields=("place",),
    )


def _counts(story: Story) -> tuple[Counter[str], Counter[str]]:
    found = statements(story)
    return (
        Counter(s.said_at.id for s in found if s.said_at),
        Counter(p.id for s in found for p in s.about_places),
    )


def _cities(story: Story) -> tuple[Place, ...]:
    return tuple(
        p for p in places(story).values() if p.kind in ("city", "site") and p.latitude is not None
    )


def _shaded(story: Story, visible: Story) -> str:
    _, about = _counts(visible)
    codes = {p.country for p in places(story).values() if p.kind == "country" and about[p.id]}
    return f"|{'|'.join(sorted(codes))}|"


def _points(
    story: Story,
    visible: Story,
    cities: tuple[Place, ...],
    said: Mapping[str, int],
    about: Mapping[str, int],
) -> list[dict[str, Any]]:
    spots = _spots(story, visible, cities, said, about)
    shown = {p.id for p in cities if said[p.id] or about[p.id] or _plan(visible, p)}
    return [
        {
            "kind": "place",
            "place": p.id,
            "name": p.name,
            "longitude": p.longitude,
            "latitude": p.latitude,
            "said": said[p.id],
            "about": about[p.id],
            "detail": _detail(said[p.id], about[p.id]),
            "plan": _next(visible, p),
            "distances": _distances(p, cities),
            "align": spots[p.id].align,
            "dx": spots[p.id].dx,
            "dy": spots[p.id].dy,
            "on": p.id in shown,
        }
        for p in cities
    ]


def _detail(said: int, about: int) -> str:
    parts = [f"{said} said"] if said else []
    parts += [f"{about} about"] if about else []
    return " · ".join(parts) or "no statements"


def _plan(visible: Story, place: Place) -> str:
    found = [e for e in events(visible) if place in (e.place, e.destination)]
    return "; ".join(f"{period(e)}: {e.title}" for e in found)


def _next(visible: Story, place: Place) -> str:
    """The label's third line: what is planned there."""
    for event in events(visible):
        if event.status == "planned" and place in (event.place, event.destination):
            kind = "visit" if event.destination == place else "talks"
            return f"◆ {kind} planned, {_short(event)}"
    return ""


def _short(event: Event) -> str:
    words = f"{event.start.day} {event.start:%b}"
    return f"week of {words}" if event.precision == "week" else words


def _distances(place: Place, cities: tuple[Place, ...]) -> str:
    lengths = [(kilometres(place, other), other) for other in cities if other != place]
    return " · ".join(
        f"{other.name} {rounded(length)}" for length, other in lengths if length is not None
    )


def _itinerary(visible: Story) -> str:
    legs = []
    for event in events(visible):
        if event.origin and event.destination:
            length = kilometres(event.origin, event.destination)
            far = f", {rounded(length)}" if length is not None else ""
            legs.append(
                f"Planned: {event.origin.name} → {event.destination.name}{far} ({period(event)})."
            )
    return " ".join(legs)


def _route(visible: Story) -> list[dict[str, Any]]:
    return [
        {
            "kind": "route",
            "route": event.id,
            "longitude": end.longitude,
            "latitude": end.latitude,
            "n": n,
        }
        for event in events(visible)
        for n, end in enumerate((event.origin, event.destination))
        if event.origin and event.destination and end and end.latitude is not None
    ]


def _mercator(latitude: float) -> float:
    return log(tan(pi / 4 + radians(latitude) / 2))


@lru_cache(maxsize=8)
def _frame(story: Story) -> tuple[float, float, float, float]:
    """Middle (longitude, latitude in degrees) and extent (radians, both ways) of the cities."""
    cities = _cities(story)
    if not cities:
        return 0.0, 20.0, 2 * pi, 2.6
    longitudes = [p.longitude or 0.0 for p in cities]
    heights = [_mercator(p.latitude or 0.0) for p in cities]
    middle = (max(heights) + min(heights)) / 2
    return (
        (max(longitudes) + min(longitudes)) / 2,
        degrees(atan(sinh(middle))),
        max(radians(max(longitudes) - min(longitudes)), 0.15),
        max(max(heights) - min(heights), 0.1),
    )


# The cities fill these shares of the map's width and height; the rest is for their labels.
ACROSS, DOWN = 0.62, 0.66


def _scale(story: Story, width: float) -> float:
    *_, wide, high = _frame(story)
    return min(width * ACROSS / wide, HEIGHT * DOWN / high)


def _spots(
    story: Story,
    visible: Story,
    cities: tuple[Place, ...],
    said: Mapping[str, int],
    about: Mapping[str, int],
) -> Mapping[str, Spot]:
    longitude, latitude, *_ = _frame(story)
    scale = _scale(story, NARROWEST)
    marks = [
        Mark(
            id=p.id,
            x=NARROWEST / 2 + scale * radians((p.longitude or 0.0) - longitude),
            y=HEIGHT / 2 - scale * (_mercator(p.latitude or 0.0) - _mercator(latitude)),
            radius=(max(_area(said[p.id]), _area(about[p.id]), 30) / pi) ** 0.5,
            lines=tuple(
                line
                for line in (p.name, _detail(said[p.id], about[p.id]), _next(visible, p))
                if line
            ),
        )
        for p in sorted(cities, key=lambda p: -(said[p.id] + about[p.id]))
    ]
    return arrange(marks, NARROWEST, HEIGHT)


AREA = 55.0  # square pixels a statement


def _area(n: int) -> float:
    return AREA * n


@lru_cache(maxsize=8)
def _spec(story: Story, ink: Ink, shapes: str) -> dict[str, Any]:
    longitude, latitude, wide, high = _frame(story)
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
                    "update": "clamp(zoom * pow(1.0015, -event.deltaY), 0.6, 12)",
                },
                {
                    "events": {"type": "touchmove", "filter": two, "consume": True},
                    "update": "clamp(pinched[5] * pinchDistance(event) / pinched[4], 0.6, 12)",
                },
                {
                    "events": {"signal": "command"},
                    "update": f"{command}.move == 'in' ? min(zoom * 1.5, 12) : "
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
        "layer": [*_land(ink, shapes), *_marks(ink)],
        "view": {"fill": None, "stroke": ink.line, "strokeWidth": 0.6, "clip": True},
        "config": {**CONFIG, "view": {"cornerRadius": 3}},
    }


def _land(ink: Ink, shapes: str) -> list[dict[str, Any]]:
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
                "fill": {
                    "expr": "datum.id && indexof(shaded, '|' + datum.id + '|') >= 0 "
                    f"? '{ink.shade}' : '{ink.land}'"
                },
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
            "params": [
                {
                    "name": PICK,
                    "select": {
                        "type": "point",
                        "fields": ["place"],
                        "toggle": "true",
                        "clear": False,
                    },
                }
            ],
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
