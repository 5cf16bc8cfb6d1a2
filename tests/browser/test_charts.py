"""Every view answers every other, and a chart never has a dead click."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.reader import click_mark, drawn, mark, pill, says, spread, where

ALL = "All 24 statements"
MOSCOW = "10 of 24 statements: in or about Moscow"


def test_a_city_chosen_on_the_map_and_released_on_its_pill_can_be_chosen_again(
    open_page: Opener,
) -> None:
    page = drawn(open_page())
    for _ in range(2):
        click_mark(page, "map", place="moscow")
        says(page, MOSCOW)
        pill(page, "Moscow").click()
        says(page, ALL)
    click_mark(page, "map", place="moscow")
    says(page, MOSCOW)
    click_mark(page, "map", place="moscow")
    says(page, ALL)


@pytest.mark.parametrize(
    ("chart", "datum", "sentence"),
    [
        ("voices", {"actor": "sergey-lavrov"}, "2 of 24 statements: by Sergey V. Lavrov"),
        (
            "matrix",
            {"speaker": "john-kerry", "about": "bashar-al-assad"},
            "2 of 24 statements: by John Kerry, about Bashar al-Assad",
        ),
        (
            "matrix",
            {"speaker": "staffan-de-mistura", "about": "aleppo"},
            "2 of 24 statements: by Staffan de Mistura, about Aleppo",
        ),
        ("timeline", {"event": "e-moscow-talks"}, MOSCOW),
        (
            "ribbon",
            {"who": "moaz-al-khatib", "paragraph": 10},
            "1 of 24 statements: by or about Moaz al-Khatib",
        ),
        ("ribbon", {"who": "moscow", "paragraph": 16}, MOSCOW),
    ],
)
def test_a_click_on_a_chart_filters_and_a_second_click_releases(
    open_page: Opener, chart: str, datum: dict[str, str], sentence: str
) -> None:
    page = drawn(open_page())
    click_mark(page, chart, **datum)
    says(page, sentence)
    click_mark(page, chart, **datum)
    says(page, ALL)
    assert "?" not in page.url


def test_each_number_of_the_matrix_shows_just_its_own_statements(open_page: Opener) -> None:
    page = drawn(open_page("/?place=geneva"))
    click_mark(page, "matrix", speaker="john-kerry", about="moscow")
    says(page, "2 of 24 statements: by John Kerry, about Moscow")
    page.go_back()
    says(page, "9 of 24 statements: in or about Geneva")


def test_a_click_on_land_chooses_nothing(open_page: Opener) -> None:
    page = drawn(open_page())
    x, y = mark(page, "map", place="geneva")
    page.mouse.click(x + 60, y + 80)
    pill(page, "Quoted").click()
    says(page, "8 of 24 statements: quoted")


def test_the_zoom_of_the_map_outlives_a_filter(open_page: Opener) -> None:
    page = drawn(open_page())
    before = spread(page)
    page.keyboard.down("Control")
    page.mouse.move(*mark(page, "map", place="aleppo"))
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(
        "width => document.querySelector('.st-key-map svg.marks') && width", arg=before
    )
    zoomed = _settled(page)
    assert zoomed > before * 1.3
    pill(page, "Moscow").click()
    says(page, MOSCOW)
    assert abs(_settled(page) - zoomed) < 1


def test_buttons_zoom_from_where_the_reader_is_and_fit_brings_the_map_back(
    open_page: Opener,
) -> None:
    page = drawn(open_page())
    before = spread(page)
    for label, factor in (("Zoom in", 1.5), ("Zoom in", 2.25), ("Zoom out", 1.5), ("Fit", 1.0)):
        page.get_by_role("button", name=label).focus()
        page.keyboard.press("Enter")
        _becomes(page, before * factor)


def test_a_drag_moves_the_map(open_page: Opener) -> None:
    page = drawn(open_page())
    x, y = mark(page, "map", place="geneva")
    page.mouse.move(x + 60, y + 80)
    page.mouse.down()
    page.mouse.move(x + 110, y + 110, steps=5)
    page.mouse.up()
    (after,) = where(page, "map", {"place": "geneva"})
    assert after[0] - x == pytest.approx(50, abs=4)
    assert after[1] - y == pytest.approx(30, abs=4)


def test_the_wheel_scrolls_past_the_map(open_page: Opener) -> None:
    page = drawn(open_page())
    before = spread(page)
    page.mouse.move(*mark(page, "map", place="geneva"))
    top = _top(page)
    page.mouse.wheel(0, 300)
    page.wait_for_function(
        "top => document.querySelector('[data-testid=stMain]').scrollTop > top + 250", arg=top
    )
    assert abs(spread(page) - before) < 1


def test_each_chart_has_a_twin_in_words_that_follows_the_filters(open_page: Opener) -> None:
    page = drawn(open_page("/?actor=moaz-al-khatib&actor_role=by"))
    page.get_by_text("As a table: quoted words by speaker").click()
    row = page.locator("table").get_by_role("row", name="Moaz al-Khatib")
    expect(row).to_contain_text("11")
    expect(row).to_contain_text("1 quoted, 0 reported")


def _top(page: Page) -> float:
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")


def _becomes(page: Page, expected: float) -> None:
    """Wait until the cities lie that far apart."""
    for _ in range(50):
        if abs(spread(page) - expected) < 2:
            return
        page.wait_for_timeout(100)
    assert spread(page) == pytest.approx(expected, abs=2)


def _settled(page: Page) -> float:
    """The cities' distance once it no longer changes."""
    last = -1.0
    for _ in range(50):
        now = spread(page)
        if now == last:
            return now
        last = now
        page.wait_for_timeout(100)
    return last
