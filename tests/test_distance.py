"""How far apart places are: lengths known from elsewhere, and what holds for any two places."""

from __future__ import annotations

from math import asin, cos, pi, radians, sin, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.distance import kilometres, rounded
from dashboard.model import Place

GENEVA = (46.20222, 6.14569)
MOSCOW = (55.75222, 37.61556)
DAMASCUS = (33.5102, 36.29128)
# The worked example of Australia's GDA94 Technical Manual, Vincenty's formulae: 54,972.271 m on
# GRS 80, which differs from WGS 84 by a tenth of a millimetre in the polar radius.
FLINDERS_PEAK = (-(37 + 57 / 60 + 3.72030 / 3600), 144 + 25 / 60 + 29.52440 / 3600)
BUNINYONG = (-(37 + 39 / 60 + 10.15610 / 3600), 143 + 55 / 60 + 35.38390 / 3600)
EQUATOR = 6378.137  # km, WGS 84: along it the geodesic is an arc of a circle
QUADRANT = 10_001.965729  # km, WGS 84: from the equator to a pole
MEAN = 6371.0088  # km: the sphere's great circle is within 0.6 % of the ellipsoid's geodesic

degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def at(latitude: float | None, longitude: float | None) -> Place:
    return Place("p", "P", "site", "", latitude, longitude)


def apart(here: tuple[float, float], there: tuple[float, float]) -> float:
    length = kilometres(at(*here), at(*there))
    assert length is not None
    return length


def great_circle(here: tuple[float, float], there: tuple[float, float]) -> float:
    (a, b), (c, d) = (tuple(map(radians, end)) for end in (here, there))
    chord = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * MEAN * asin(sqrt(min(1.0, chord)))


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (FLINDERS_PEAK, BUNINYONG, 54.972271),
        ((0, 0), (0, 1), EQUATOR * pi / 180),
        ((0, 179.5), (0, -179.5), EQUATOR * pi / 180),  # over the antimeridian
        ((0, 0), (90, 0), QUADRANT),
        ((-90, 0), (90, 77), 2 * QUADRANT),
        ((0, 0), (0, 180), 2 * QUADRANT),  # the antipode: shorter over a pole
    ],
)
def test_known_lengths(
    here: tuple[float, float], there: tuple[float, float], expected: float
) -> None:
    assert apart(here, there) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("here", "there"), [(GENEVA, DAMASCUS), (GENEVA, MOSCOW), (MOSCOW, DAMASCUS)]
)
def test_cities(here: tuple[float, float], there: tuple[float, float]) -> None:
    assert apart(here, there) == pytest.approx(great_circle(here, there), rel=0.006)


@given(degrees, degrees)
def test_any_two_places(here: tuple[float, float], there: tuple[float, float]) -> None:
    length = apart(here, there)
    assert length == pytest.approx(apart(there, here), abs=1e-6)
    assert length == pytest.approx(great_circle(here, there), rel=0.006, abs=1e-6)


@given(degrees)
def test_a_place_and_itself(here: tuple[float, float]) -> None:
    assert apart(here, here) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("missing", [at(None, None), at(1, None), at(None, 1)])
def test_a_missing_coordinate(missing: Place) -> None:
    assert kilometres(missing, at(0, 0)) is None
    assert kilometres(at(0, 0), missing) is None


def test_zero_is_a_coordinate() -> None:
    assert kilometres(at(0, 0), at(0, 0)) == 0


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (0, "0 km"),
        (0.4, "0 km"),
        (7.6, "8 km"),
        (99.4, "99 km"),
        (99.6, "100 km"),
        (102, "100 km"),
        (103, "105 km"),
        (998, "1,000 km"),
        (1004, "1,000 km"),
        (2806, "2,810 km"),
        (20_003.9, "20,000 km"),
    ],
)
def test_rounded(length: float, words: str) -> None:
    assert rounded(length) == words
