"""Owns the basemap as SVG paths, for pictures that are drawn without a browser.

TopoJSON: https://github.com/topojson/topojson-specification (arcs are quantized and delta-encoded;
a negative index is an arc in reverse).
"""

from __future__ import annotations

import json
from functools import lru_cache
from math import radians
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.basemap import SHAPES
from dashboard.projection import Frame, mercator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.palette import Ink

Line = np.ndarray[tuple[int, int], np.dtype[np.float64]]  # points × (x, y), in Mercator radians
HIGHEST = 85.0  # degrees; Mercator has no poles


def land_svg(frame: Frame, size: tuple[int, int], scale: float, shaded: set[str], ink: Ink) -> str:
    """The land within a picture of that size, `scale` pixels a radian, around the frame's middle.

    Countries whose ISO code is in `shaded` are darker; contested borders are dashed.
    """
    wide, high = size
    longitude, latitude = frame[:2]
    middle = np.array([radians(longitude), mercator(latitude)])

    def path(lines: tuple[Line, ...], *, closed: bool) -> str:
        parts = []
        for points in lines:
            spots = (points - middle) * (scale, -scale) + (wide / 2, high / 2)
            low, top = spots.min(axis=0), spots.max(axis=0)
            if top[0] < 0 or top[1] < 0 or low[0] > wide or low[1] > high:
                continue
            parts.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in spots))
        return ("Z".join([*parts, ""]) if closed else "".join(parts)) or "M0 0"

    fills = "".join(
        f'<path d="{path(rings, closed=True)}" fill="{ink.shade if code in shaded else ink.land}"'
        ' fill-rule="evenodd"/>'
        for code, rings in _countries()
    )
    lines = "".join(
        f'<path d="{path(_lines(name), closed=False)}" fill="none" stroke="{ink.line}" {dash}/>'
        for name, dash in (("borders", ""), ("contested", 'stroke-dasharray="3 3"'))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}">{fills}{lines}</svg>'
    )


@lru_cache(maxsize=1)
def _topology() -> dict[str, Any]:
    shapes: dict[str, Any] = json.loads(SHAPES.read_text(encoding="utf-8"))
    return shapes


@lru_cache(maxsize=1)
def _arcs() -> tuple[Line, ...]:
    shapes = _topology()
    scale, shift = shapes["transform"]["scale"], shapes["transform"]["translate"]
    return tuple(_projected(np.cumsum(arc, axis=0) * scale + shift) for arc in shapes["arcs"])


def _projected(degrees: Line) -> Line:
    across, up = np.radians(degrees[:, 0]), np.radians(np.clip(degrees[:, 1], -HIGHEST, HIGHEST))
    return np.column_stack([across, np.log(np.tan(np.pi / 4 + up / 2))])


def _joined(indices: list[int]) -> Line:
    arcs = _arcs()
    return np.concatenate([arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices])


@lru_cache(maxsize=1)
def _countries() -> tuple[tuple[str, tuple[Line, ...]], ...]:
    return tuple(
        (shape.get("id", ""), tuple(_joined(ring) for ring in _rings(shape)))
        for shape in _topology()["objects"]["countries"]["geometries"]
    )


def _rings(shape: dict[str, Any]) -> Iterator[list[int]]:
    if shape["type"] == "Polygon":
        yield from shape["arcs"]
    else:
        for polygon in shape["arcs"]:
            yield from polygon


@lru_cache(maxsize=2)
def _lines(name: str) -> tuple[Line, ...]:
    return tuple(_joined(part) for part in _topology()["objects"][name]["arcs"])
