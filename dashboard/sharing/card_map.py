"""The map on a card: the chosen places, or all of the story's, and how much is said there."""

from __future__ import annotations

from math import pi, radians
from typing import TYPE_CHECKING, Any

from dashboard.charts.labels import Mark, Type, arrange
from dashboard.plain import cut, line
from dashboard.projection import frame, mercator
from dashboard.records import places, statements
from dashboard.selection import select
from dashboard.sharing.land import land_svg

if TYPE_CHECKING:
    from dashboard.model import Place
    from dashboard.palette import Ink
    from dashboard.selection import Selection
    from dashboard.story import Story

SIZE = (600, 630)  # pixels
ACROSS, DOWN = 0.62, 0.55  # shares that the places fill; the rest is for their labels
AREA = 110.0  # square pixels a statement
NAMES = Type(letter=11.5, line=27.0)  # 22 px, bold
CREDIT = "Boundaries: Natural Earth, simplified"


def card_map(story: Story, selection: Selection, ink: Ink) -> dict[str, Any]:
    """`svg` of the land, and `marks`: pixels from the map's upper left corner."""
    visible = select(story, selection)
    found = statements(visible)
    said = [s.said_at.id for s in found if s.said_at]
    about = [p.id for s in found for p in s.about_places]
    everywhere = places(story)
    wanted = [everywhere[i] for i in selection.places] or [
        p for p in everywhere.values() if p.kind in ("city", "site")
    ]
    pinned = [p for p in wanted if p.kind != "country" and p.latitude is not None]
    shown = frame([p for p in (pinned or wanted) if p.latitude is not None])
    scale = min(SIZE[0] * ACROSS / shown[2], SIZE[1] * DOWN / shown[3])
    marks = [_mark(p, said.count(p.id), about.count(p.id), shown, scale) for p in pinned]
    spots = arrange(
        [Mark(m["id"], m["x"], m["y"], m["reach"], (m["name"],)) for m in marks], *SIZE, NAMES
    )
    for mark in marks:
        spot = spots[mark["id"]]
        mark |= {"align": spot.align, "dx": spot.dx, "dy": spot.dy}
    shaded = {p.country for p in everywhere.values() if p.kind == "country" and p.id in about}
    shaded |= {p.country for p in wanted if p.kind == "country"}
    return {
        "svg": land_svg(shown, SIZE, scale, shaded, ink),
        "marks": marks,
        "credit": CREDIT,
    }


def _mark(place: Place, said: int, about: int, shown: Any, scale: float) -> dict[str, Any]:
    longitude, latitude = shown[:2]
    radii = {"said": (AREA * said / pi) ** 0.5, "about": (AREA * about / pi) ** 0.5}
    return {
        "id": place.id,
        "name": cut(line(place.name), 28),
        "x": SIZE[0] / 2 + scale * radians((place.longitude or 0.0) - longitude),
        "y": SIZE[1] / 2 - scale * (mercator(place.latitude or 0.0) - mercator(latitude)),
        "reach": max(*radii.values(), 6.0),
        **radii,
    }
