"""Colours: one for each side, named and placed alike, apart from each other for every eye."""

from __future__ import annotations

import tomllib
from itertools import combinations
from pathlib import Path

import pytest
from coloraide import Color
from hypothesis import given, settings

from dashboard.palette import COLORS, INKS, NO_SIDE, SLOTS, STANCES, sides, slot
from dashboard.records import actors, positions, statements
from dashboard.selection import Selection, select
from tests.shipped import STORY, ids, selections

ROOT = Path(__file__).parent.parent
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
VISIONS = ("normal", "protan", "deutan", "tritan")
FLOOR = 0.07  # ΔE OK; 0.02 is just to be seen side by side


def categories(theme: str) -> list[str]:
    return THEMES[theme]["chartCategoricalColors"]


def nearest(colors: list[str], vision: str, *, method: str = "ok") -> tuple[float, int, int]:
    """The least distance between two colours, and their positions."""
    seen = [Color(c) if vision == "normal" else Color(c).filter(vision) for c in colors]
    pairs = combinations(enumerate(seen), 2)
    return min((a.delta_e(b, method=method), i, j) for (i, a), (j, b) in pairs)


def test_sides_stand_in_the_order_in_which_they_speak() -> None:
    assert dict(sides(STORY)) == {
        "us-government": 0,
        "syrian-opposition": 1,
        "russian-government": 2,
        "united-nations": 3,
        "iranian-government": 4,
        "syrian-government": 5,
    }


@pytest.mark.parametrize(
    ("actor", "color"),
    [
        ("john-kerry", "blue"),
        ("us-government", "blue"),
        ("moaz-al-khatib", "orange"),
        ("sergey-lavrov", "green"),
        ("emile-hokayem", "gray"),  # no side
        ("syrian-people", "gray"),  # a side that neither speaks nor takes a position
    ],
)
def test_an_actor_has_the_colour_of_its_side(actor: str, color: str) -> None:
    assert COLORS[slot(STORY, actor)] == color


def test_no_two_sides_share_a_colour() -> None:
    assert len(set(sides(STORY).values())) == len(sides(STORY))
    assert NO_SIDE not in sides(STORY).values()
    assert tuple(range(len(COLORS))) == SLOTS


def test_every_actor_has_a_colour() -> None:
    assert {slot(STORY, actor) for actor in ids("actors")} <= set(SLOTS)


@settings(max_examples=30)
@given(selection=selections())
def test_a_selection_moves_no_colour(selection: Selection) -> None:
    part = select(STORY, selection)
    speaking = [s.speaker for s in statements(part)] + [p.actor for p in positions(part)]
    for actor in speaking:
        if side := actors(STORY)[actor.id].side:
            assert slot(STORY, actor.id) == sides(STORY).get(side, NO_SIDE)
    assert list(sides(STORY).values()) == list(range(len(sides(STORY))))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_names_and_places_the_colours_alike(theme: str) -> None:
    assert [THEMES[theme][f"{name}Color"] for name in COLORS] == categories(theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_marks_stand_out_from_the_page(theme: str) -> None:
    paper = THEMES[theme]["backgroundColor"]
    assert [c for c in categories(theme) if Color(c).contrast(paper) < 3.0] == []  # WCAG 1.4.11


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("paper", ["backgroundColor", "secondaryBackgroundColor"])
@pytest.mark.parametrize("ink", ["textColor", "linkColor", "primaryColor", "grayColor"])
def test_words_can_be_read(theme: str, paper: str, ink: str) -> None:
    assert Color(THEMES[theme][ink]).contrast(THEMES[theme][paper]) >= 4.5  # WCAG 1.4.3


@pytest.mark.parametrize("stance", STANCES)
def test_a_stance_can_be_read(stance: str) -> None:
    look = STANCES[stance]
    assert Color(look.text).contrast(look.background) >= 4.5
    assert look.label
    assert look.icon


def test_stances_differ_in_word_and_shape_too() -> None:
    for name in ("label", "icon", "background"):
        assert len({getattr(look, name) for look in STANCES.values()}) == len(STANCES)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "land", "shade"])
@pytest.mark.parametrize("ink", ["text", "accent"])
def test_a_chart_can_be_read(theme: str, ground: str, ink: str) -> None:
    held = INKS[theme]
    assert Color(getattr(held, ink)).contrast(getattr(held, ground)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_charts_stand_on_the_page(theme: str) -> None:
    assert INKS[theme].paper == THEMES[theme]["backgroundColor"]
    assert INKS[theme].text == THEMES[theme]["textColor"]


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_two_colours_differ_for_every_eye(theme: str, vision: str) -> None:
    assert nearest(categories(theme), vision)[0] >= FLOOR


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_any_two_sides_differ_for_every_eye(theme: str, vision: str) -> None:
    assert nearest(categories(theme)[:NO_SIDE], vision)[0] >= FLOOR


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_floor_catches_a_colour_too_near_its_neighbour(theme: str) -> None:
    good = categories(theme)[:NO_SIDE]
    for spoilt in range(len(good)):
        neighbour = good[spoilt - 1]
        almost = Color(neighbour).mix("gray", 0.15, space="oklab").to_string(hex=True)
        bad = [*good[:spoilt], almost, *good[spoilt + 1 :]]
        assert nearest(bad, "normal")[0] < FLOOR


@pytest.mark.parametrize(
    ("bad", "vision"),
    [
        (["#cc0000", "#008000"], "deutan"),
        (["#b15300", "#6b7000"], "protan"),
        (["#3c8bef", "#00998f"], "tritan"),
    ],
)
def test_the_floor_catches_what_only_some_eyes_confuse(bad: list[str], vision: str) -> None:
    assert nearest(bad, "normal")[0] >= FLOOR
    assert nearest(bad, vision)[0] < FLOOR
