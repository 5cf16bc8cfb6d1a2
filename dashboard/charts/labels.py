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
LETTER, LINE, GAP = 6.6, 15.0, 6.0  # width of a letter, height of a line, in pixels


def arrange(marks: Sequence[Mark], width: float, height: float) -> dict[str, Spot]:
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
        options = [(_cost(_box(mark, spot), others, width, height), n, spot)
                   for n, spot in enumerate(_options(mark))]  # fmt: skip
        best = min(options)[2]
        spots[mark.id] = best
        taken.append(_box(mark, best))
    return spots


def _options(mark: Mark) -> list[Spot]:
    tall = LINE * len(mark.lines)
    beside, reach = -tall / 2 + LINE / 2, mark.radius + GAP
    return [
        Spot("left", reach, beside),
        Spot("right", -reach, beside),
        Spot("center", 0, -reach - tall + LINE / 2),
        Spot("center", 0, reach + LINE / 2),
        Spot("left", reach * 0.7, -reach * 0.7 - tall + LINE),
        Spot("left", reach * 0.7, reach * 0.7),
        Spot("right", -reach * 0.7, -reach * 0.7 - tall + LINE),
        Spot("right", -reach * 0.7, reach * 0.7),
    ]


def _box(mark: Mark, spot: Spot) -> Box:
    wide = LETTER * max((len(line) for line in mark.lines), default=0)
    left = {"left": 0.0, "right": -wide, "center": -wide / 2}[spot.align] + mark.x + spot.dx
    top = mark.y + spot.dy - LINE / 2
    return (left, top, left + wide, top + LINE * len(mark.lines))


def _cost(box: Box, others: Sequence[Box], width: float, height: float) -> float:
    covered = sum(
        max(0.0, min(box[2], o[2]) - max(box[0], o[0]))
        * max(0.0, min(box[3], o[3]) - max(box[1], o[1]))
        for o in others
    )
    outside = max(0, -box[0]) + max(0, box[2] - width) + max(0, -box[1]) + max(0, box[3] - height)
    return round(covered + 40 * outside, 3)
