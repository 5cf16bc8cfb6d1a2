"""The location map: where it was said, and where it points."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import pi, radians
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from dashboard.charts.chart import Chart, count, rows
from dashboard.charts.labels import Mark, Spot, arrange
from dashboard.charts.location_spec import (
    ACROSS,
    AREA,
    DOWN,
    HEIGHT,
    NARROWEST,
    location_spec,
)
from dashboard.dates import period, soon
from dashboard.distance import kilometres, rounded
from dashboard.model import Place
from dashboard.projection import Frame, frame, mercator
from dashboard.records import events, places, statements
from dashboard.telling.wording import journey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.palette import Ink
    from dashboard.story import Story

ALT = "Map: where statements were made, and the places that they are about"
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
        spec=location_spec(_frame(story), ink, shapes),
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
            kind = "talks" if "talks" in event.title.casefold() else "event"
            kind = "visit" if event.destination == place else kind
            return f"◆ {kind} planned, {soon(event)}"
    return ""


def _distances(place: Place, cities: tuple[Place, ...]) -> str:
    lengths = [(kilometres(place, other), other) for other in cities if other != place]
    return " · ".join(
        f"{other.name} {rounded(length)}" for length, other in lengths if length is not None
    )


def _itinerary(visible: Story) -> str:
    return " ".join(filter(None, map(journey, events(visible))))


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


@lru_cache(maxsize=8)
def _frame(story: Story) -> Frame:
    return frame(_cities(story))


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
            y=HEIGHT / 2 - scale * (mercator(p.latitude or 0.0) - mercator(latitude)),
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


def _area(n: int) -> float:
    return AREA * n
