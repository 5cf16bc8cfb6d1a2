"""How far apart places are: the geodesic on the WGS 84 ellipsoid, by geopy."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geopy.distance import geodesic

if TYPE_CHECKING:
    from dashboard.model import Place


@lru_cache(maxsize=1024)
def kilometres(here: Place, there: Place) -> float | None:
    """Length of the geodesic (Karney 2013) in kilometres; None where a coordinate is missing."""
    ends = [(p.latitude, p.longitude) for p in (here, there)]
    if any(None in end for end in ends):
        return None
    return float(geodesic(*ends).kilometers)


def rounded(length: float) -> str:
    """A distance as a reader needs it, two or three figures: "2,806 km" becomes "2,810 km"."""
    step = 10 if length >= 1000 else 5 if length >= 100 else 1
    return f"{round(length / step) * step:,} km"
