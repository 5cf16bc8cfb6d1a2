"""Where a map's labels go, so that none covers a mark or another label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """A place on the map: position and radius in pixels, and its label's lines."""

    id: str
    x: float
    y: float
    radius: float
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """Where a label stands: alignment, and offsets in pixels of its first line from the place."""

    align: str
    dx: float
    dy: float


Box = tuple[float, float, float, float]
GAP = 6.0  # pixels between a mark and its label


@dataclass(frozen=True)
class Type:
    """How large letters are: width of one and height of a line, in pixels."""

    letter: float
    line: float


CHART = Type(letter=6.6, line=15.0)


def arrange(
    marks: Sequence[Mark], width: float, height: float, size: Type = CHART
) -> dict[str, Spot]:
    """A spot for each mark's label: right, left, above or below, whichever collides least.

    Greedy, in the order given (most important first). Positions are those of the narrowest map:
    labels keep their size while places move apart on a wider or closer one, so what does not
    collide here does not collide there.
    """
    taken: list[Box] = [(m.x - m.radius, m.y - m.radius, m.x + m.radius, m.y + m.radius)
                        for m in marks]  # fmt: skip
    spots: dict[str, Spot] = {}
    for number, mark in enumerate(marks):
        others = taken[:number] + taken[number + 1 :]
        options = [(_cost(_box(mark, spot, size), others, width, height), n, spot)
                   for n, spot in enumerate(_options(mark, size))]  # fmt: skip
        best = min(options)[2]
        spots[mark.id] = best
        taken.append(_box(mark, best, size))
    return spots


def _options(mark: Mark, size: Type) -> list[Spot]:
    tall = size.line * len(mark.lines)
    beside, reach = -tall / 2 + size.line / 2, mark.radius + GAP
    return [
        Spot("left", reach, beside),
        Spot("right", -reach, beside),
        Spot("center", 0, -reach - tall + size.line / 2),
        Spot("center", 0, reach + size.line / 2),
        Spot("left", reach * 0.7, -reach * 0.7 - tall + size.line),
        Spot("left", reach * 0.7, reach * 0.7),
        Spot("right", -reach * 0.7, -reach * 0.7 - tall + size.line),
        Spot("right", -reach * 0.7, reach * 0.7),
    ]


def _box(mark: Mark, spot: Spot, size: Type) -> Box:
    wide = size.letter * max((len(line) for line in mark.lines), default=0)
    left = {"left": 0.0, "right": -wide, "center": -wide / 2}[spot.align] + mark.x + spot.dx
    top = mark.y + spot.dy - size.line / 2
    return (left, top, left + wide, top + size.line * len(mark.lines))


def _cost(box: Box, others: Sequence[Box], width: float, height: float) -> float:
    covered = sum(
        max(0.0, min(box[2], o[2]) - max(box[0], o[0]))
        * max(0.0, min(box[3], o[3]) - max(box[1], o[1]))
        for o in others
    )
    outside = max(0, -box[0]) + max(0, box[2] - width) + max(0, -box[1]) + max(0, box[3] - height)
    return round(covered + 40 * outside, 3)
