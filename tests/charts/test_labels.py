"""Labels on the map stand beside their marks and not on each other."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts import labels, locations
from dashboard.charts.labels import Mark, Spot, arrange
from dashboard.palette import INKS
from dashboard.selection import Selection, select
from tests.shipped import STORY, TYPICAL, label, selections

Box = tuple[float, float, float, float]


def box(mark: Mark, spot: Spot) -> Box:
    """Left, top, right, bottom of a label in pixels: `dy` is the middle of its first line."""
    wide = labels.CHART.letter * max(map(len, mark.lines), default=0)
    left = mark.x + spot.dx - {"left": 0, "center": wide / 2, "right": wide}[spot.align]
    top = mark.y + spot.dy - labels.CHART.line / 2
    return left, top, left + wide, top + labels.CHART.line * len(mark.lines)


def overlap(one: Box, other: Box) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, wide) * max(0.0, high)


def arranged(selection: Selection, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Mark, Spot]]:
    """The marks that the map asks spots for, and what it is given."""
    seen: list[tuple[Mark, Spot]] = []

    def listen(marks: list[Mark], width: float, height: float) -> dict[str, Spot]:
        spots = arrange(marks, width, height)
        seen.extend((mark, spots[mark.id]) for mark in marks)
        return spots

    monkeypatch.setattr(locations, "arrange", listen)
    locations.location_chart.__wrapped__(STORY, select(STORY, selection), INKS["light"], "s.json")
    monkeypatch.undo()
    return seen


@pytest.mark.parametrize("selection", TYPICAL, ids=label)
def test_no_label_covers_another_nor_a_mark(
    selection: Selection, monkeypatch: pytest.MonkeyPatch
) -> None:
    clear(arranged(selection, monkeypatch))


@given(selection=selections())
def test_nor_for_any_selection(selection: Selection) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        clear(arranged(selection, monkeypatch))


def clear(found: list[tuple[Mark, Spot]]) -> None:
    assert found
    for one, other in combinations(found, 2):
        assert overlap(box(*one), box(*other)) == 0
    for mark, spot in found:
        left, top, right, bottom = box(mark, spot)
        assert left >= 0
        assert right <= locations.NARROWEST
        assert top >= 0
        assert bottom <= locations.HEIGHT
        for other, _ in found:
            if other != mark:
                dot = (other.x - 2, other.y - 2, other.x + 2, other.y + 2)
                assert overlap((left, top, right, bottom), dot) == 0


MARKS = st.lists(
    st.builds(
        Mark,
        id=st.text(min_size=1),
        x=st.floats(-50, 400),
        y=st.floats(-50, 500),
        radius=st.floats(0, 60),
        lines=st.lists(st.text(max_size=30), max_size=3).map(tuple),
    ),
    max_size=12,
    unique_by=lambda mark: mark.id,
)


@given(marks=MARKS)
def test_each_mark_has_a_spot_and_always_the_same(marks: list[Mark]) -> None:
    spots = arrange(marks, 330, 430)
    assert list(spots) == [mark.id for mark in marks]
    assert arrange(marks, 330, 430) == spots
    assert {spot.align for spot in spots.values()} <= {"left", "center", "right"}


@given(marks=MARKS, data=st.data())
def test_the_first_mark_does_not_mind_later_labels(marks: list[Mark], data: st.DataObject) -> None:
    """The most important is placed first: what others are called cannot move it."""
    if marks:
        renamed = [marks[0], *(Mark(m.id, m.x, m.y, m.radius, ("other",)) for m in marks[1:])]
        first = marks[0].id
        assert arrange(renamed, 330, 430)[first] == arrange(marks, 330, 430)[first]


@settings(max_examples=30)
@given(x=st.floats(120, 200), y=st.floats(60, 370), radius=st.floats(1, 20))
def test_a_lone_label_does_not_cover_its_own_mark(x: float, y: float, radius: float) -> None:
    mark = Mark("a", x, y, radius, ("Geneva", "12 said"))
    left, top, right, bottom = box(mark, arrange([mark], 330, 430)["a"])
    assert not (left < x < right and top < y < bottom)


@pytest.mark.parametrize(
    ("marks", "aligns"),
    [
        ([], []),
        ([("a", 50, 100)], ["left"]),
        ([("a", 320, 100)], ["right"]),  # no room to the right of it
        ([("a", 100, 100), ("b", 130, 100)], ["right", "left"]),  # they part
    ],
)
def test_where_a_label_goes(marks: list[tuple[str, float, float]], aligns: list[str]) -> None:
    made = [Mark(i, x, y, 5, ("Geneva",)) for i, x, y in marks]
    assert [spot.align for spot in arrange(made, 330, 430).values()] == aligns
