"""Owns the Mercator projection of the maps, and the part of the world that a map shows.

Formula: Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395), eq. 7-2, sphere.
"""

from __future__ import annotations

from math import atan, degrees, log, pi, radians, sinh, tan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.model import Place

# Middle (longitude, latitude in degrees) and extent (radians, both ways, in Mercator).
Frame = tuple[float, float, float, float]
WORLD: Frame = (0.0, 20.0, 2 * pi, 2.6)
SMALLEST = (0.15, 0.1)  # radians: about 860 km across; one city alone is shown with its country


def mercator(latitude: float) -> float:
    """Height above the equator in Mercator, in radians; latitude in degrees, within ±85."""
    return log(tan(pi / 4 + radians(latitude) / 2))


def frame(places: Sequence[Place]) -> Frame:
    """What a map of these places shows; the world if there are none with coordinates."""
    found = [(p.longitude, p.latitude) for p in places]
    return within([(x, y) for x, y in found if x is not None and y is not None])


def within(found: Sequence[tuple[float, float]]) -> Frame:
    """What a map of these points (longitude, latitude) shows; the world if there are none."""
    points = [(x, mercator(y)) for x, y in found]
    if not points:
        return WORLD
    longitudes, heights = zip(*points, strict=True)
    middle = (max(heights) + min(heights)) / 2
    return (
        (max(longitudes) + min(longitudes)) / 2,
        degrees(atan(sinh(middle))),
        max(radians(max(longitudes) - min(longitudes)), SMALLEST[0]),
        max(max(heights) - min(heights), SMALLEST[1]),
    )
