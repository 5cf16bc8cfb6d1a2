"""The library's map: places by how many statements were made there and are about them.

A city or site is a point, and so is what a corpus has coordinates of without saying what it is. A
country or region is none: a country is shaded, in three steps, and its name stands where its
coordinates are; a region's name stands alone.
"""

from __future__ import annotations

from functools import lru_cache
from math import pi, radians
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from dashboard.charts.chart import Chart, count, rows
from dashboard.charts.location_spec import ACROSS, DOWN, HEIGHT, NARROWEST
from dashboard.charts.locations import STILL, Move
from dashboard.charts.world_spec import world_spec
from dashboard.plain import cut
from dashboard.projection import Frame, mercator, within

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.library.answers import Located
    from dashboard.palette import Ink

ALT = "Map: where statements were made, and the places that they are about"
COLUMNS = {
    "kind": pa.string(),
    "key": pa.string(),
    "name": pa.string(),
    "longitude": pa.float64(),
    "latitude": pa.float64(),
    "said": pa.int64(),
    "told": pa.int64(),
    "ring": pa.float64(),
    "disc": pa.float64(),
    "align": pa.string(),
    "dx": pa.float64(),
    "room": pa.float64(),
    "on": pa.bool_(),
    "n": pa.int32(),
    "move": pa.string(),
    "shaded": pa.string(),
}
POINTS = ("city", "site", "")
MOST = 300  # places that are drawn; those with more statements first
NAMED = 48  # … that are named, as far as there is room
LARGEST, EACH = 2400.0, 130.0  # square pixels of the place with most, and at most of a statement
LETTER, LINE, GAP = 6.9, 15.0, 4.0  # pixels: a label's letter, about, its line, and its distance
NOWHERE = 1e9  # a scale that no map has
LEAST = (0.6, 0.4)  # radians, across and up, that the map shows
STEPS = (0.55, 0.15)  # of the most statements about a country: from where it is shaded more


@lru_cache(maxsize=64)
def world_chart(
    found: tuple[Located, ...],
    chosen: tuple[str, ...],
    around: Frame,
    ink: Ink,
    shapes: str,
    move: Move = STILL,
) -> Chart:
    """Places of the statements that are shown; those not chosen are pale when some are.

    `around` is what the map shows at first, the same whatever is chosen (`framed`); `shapes` is
    the basemap's address.
    """
    some = sorted((p for p in found if p.said or p.told), key=lambda p: -(p.said + p.told))
    drawn = [p for p in some if _at(p)][:MOST]
    most = max((max(p.said, p.told) for p in drawn if p.kind in POINTS), default=1)
    area = min(EACH, LARGEST / most)
    rooms = _rooms([(p, _radius(p, area)) for p in drawn[:NAMED]], around)
    command = {"kind": "command", "n": move.n, "move": move.way, "shaded": _shaded(some)}
    records: list[dict[str, Any]] = [command]
    for place in drawn:
        point = place.kind in POINTS
        left = point and _is_east(place, around)
        records.append(
            {
                "kind": "point" if point else "area",
                "key": place.key,
                "name": f"{cut(place.name, 40)} {place.said + place.told:,}",
                "longitude": place.longitude,
                "latitude": place.latitude,
                "said": place.said,
                "told": place.told,
                "ring": area * place.said if point else 0.0,
                "disc": area * place.told if point else 0.0,
                "align": "center" if not point else "right" if left else "left",
                "dx": (_radius(place, area) + GAP) * (-1 if left else 1) if point else 0.0,
                "room": rooms.get(place.key, NOWHERE),
                "on": not chosen or place.key in chosen,
            }
        )
    return Chart(
        spec=world_spec(around, ink, shapes),
        rows=rows(records, COLUMNS),
        alt=ALT,
        caption=_caption(some, drawn),
        table=pd.DataFrame(
            [(p.name, p.kind, p.country, f"{p.said:,}", f"{p.told:,}") for p in some],
            columns=["Place", "Kind", "Country", "Said there", "Talked about"],
        ),
        fields=("key",),
    )


@lru_cache(maxsize=16)
def framed(found: tuple[Located, ...]) -> Frame:
    """What a map of these places shows: those that have most statements, 19 of 20 of them.

    One village overseas does not make it a map of the world, nor a country's middle.
    """
    points = [p for p in found if _at(p) and p.kind in POINTS] or [p for p in found if _at(p)]
    points.sort(key=lambda p: -(p.said + p.told))
    total, so_far = sum(p.said + p.told for p in points), 0
    kept: list[tuple[float, float]] = []
    for place in points:
        if kept and so_far >= 0.95 * total:
            break
        so_far += place.said + place.told
        kept.append((place.longitude or 0.0, place.latitude or 0.0))
    longitude, latitude, wide, high = within(kept)
    # Between a part of a continent, that it is known where it is, and the width of the world.
    wide, high = max(wide, LEAST[0]), max(high, LEAST[1])
    return longitude, latitude, min(wide, 2 * pi * ACROSS), min(high, 2.6)


def _at(place: Located) -> bool:
    return (
        place.latitude is not None
        and place.longitude is not None
        and abs(place.latitude) <= 85
        and abs(place.longitude) <= 180
    )


def _radius(place: Located, area: float) -> float:
    if place.kind not in POINTS:
        return 0.0
    return float(max(3.0, (area * max(place.said, place.told) / pi) ** 0.5))


def _is_east(place: Located, around: Frame) -> bool:
    """Whether its name would leave the map to the right, as it is at first."""
    longitude, _, wide, _ = around
    return radians((place.longitude or 0.0) - longitude) > 0.3 * wide


def _shaded(found: Iterable[Located]) -> str:
    """Country codes with a step, "|RU3|US1|": how much the statements are about it."""
    told = {p.country: p.told for p in found if p.kind == "country" and p.country and p.told}
    most = max(told.values(), default=1)
    steps = {
        code: 3 if n >= STEPS[0] * most else 2 if n >= STEPS[1] * most else 1
        for code, n in told.items()
    }
    return "|" + "".join(f"{code}{step}|" for code, step in sorted(steps.items()))


def _rooms(places: Sequence[tuple[Located, float]], around: Frame) -> dict[str, float]:
    """From which scale on (pixels a radian) each label has room, more important ones first.

    Places move apart as a map is wider or closer, and labels do not grow: what has room at a scale
    has it at every larger one. A label may cover the points of places that have fewer statements.
    """
    longitude, latitude, wide, high = around
    scale = min(NARROWEST * ACROSS / wide, HEIGHT * DOWN / high)
    marks = [
        (
            p.key,
            radians((p.longitude or 0.0) - longitude),
            mercator(latitude) - mercator(p.latitude or 0.0),
            radius,
            LETTER * len(f"{cut(p.name, 40)} {p.said + p.told:,}"),
            p.kind in POINTS and (-1 if _is_east(p, around) else 1),
        )
        for p, radius in places
    ]
    found: dict[str, float] = {}
    for _ in range(11):
        taken: list[tuple[float, ...]] = []
        for key, x, y, radius, long, side in marks:
            if side:
                taken.append((x * scale - radius, y * scale - radius,
                              x * scale + radius, y * scale + radius))  # fmt: skip
            left = x * scale - long / 2 + side * (long / 2 + radius + GAP)
            box = (left, y * scale - LINE / 2, left + long, y * scale + LINE / 2)
            if key in found or not any(_meet(box, other) for other in taken):
                found.setdefault(key, scale)
                taken.append(box)
        scale *= 1.5
    return found


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _caption(some: Sequence[Located], drawn: Sequence[Located]) -> str:
    points = [p for p in drawn if p.kind in POINTS]
    parts = [count(len(points), "place") + " drawn"]
    shaded = sum(1 for p in some if p.kind == "country" and p.country and p.told)
    if shaded:
        parts.append(f"{count(shaded, 'country', 'countries')} shaded")
    lost = [p for p in some if not _at(p) and p.kind != "country"]
    if lost:
        parts.append(
            f"{len(lost):,} without coordinates "
            f"({count(sum(p.said + p.told for p in lost), 'statement')})"
        )
    if rest := sum(1 for p in some if _at(p)) - len(drawn):
        parts.append(f"{rest:,} with fewer statements left out")
    return f"{', '.join(parts)}." if some else "No statement names a place."
