"""Readable by everyone: keyboard, screen reader, phone, finger, print."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener
from tests.browser.reader import cards, drawn, mark, pill, says, settled, spread, where

MOSCOW = "10 of 24 statements: in or about Moscow"
PATHS = [
    "/",
    "/?place=aleppo&quote=q-kerry-effect",
    "/?q=zeppelin",
    "/method",
    "/?quote=q-lavrov-lose&share=true",
    "/?embed=true&view=quotes&place=geneva",
    "/?embed=true&view=map",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious(open_page: Opener, path: str, scheme: str, width: int) -> None:
    page = open_page(path, width=width, color_scheme=scheme)
    expect(page.get_by_role("heading").first).to_be_visible()
    if "share=true" in path:
        expect(page.get_by_role("dialog")).to_be_visible()
    if path.startswith("/?place") or path == "/":
        drawn(page)
    found = Axe().run(settled(page)).response["violations"]
    grave = [
        (v["id"], v["impact"], [n["html"][:300] for n in v["nodes"][:3]])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]
    assert not grave


def test_the_keyboard_alone_filters_and_resets(open_page: Opener) -> None:
    page = drawn(open_page())
    _tab_to(page, "Geneva\u20029")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    says(page, MOSCOW)
    _tab_to(page, "Reset")
    page.keyboard.press("Enter")
    says(page, "All 24 statements")


def test_the_keyboard_reaches_actors_words_map_and_cards(open_page: Opener) -> None:
    page = drawn(open_page())
    page.get_by_role("combobox", name="Actors").focus()
    page.keyboard.type("lavrov")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    says(page, "2 of 24 statements: by or about Sergey V. Lavrov")
    for label in ("Search", "Zoom in", "in the original", "Link to this"):
        _tab_to(page, label)


@pytest.mark.parametrize("path", ["/", "/?place=moscow", "/method"])
def test_a_phone_never_scrolls_sideways(open_page: Opener, path: str) -> None:
    page = open_page(path, width=390, height=844)
    if path != "/method":
        drawn(page)
    wide = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("[data-testid=stMain]")]
            .map(e => e.scrollWidth - e.clientWidth)"""
    )
    assert max(wide) <= 0


def test_one_finger_scrolls_the_page_and_two_move_the_map(open_page: Opener) -> None:
    page = drawn(open_page(width=390, height=844, has_touch=True, is_mobile=True))
    start = mark(page, "map", place="geneva")
    wide = spread(page)
    fingers = page.context.new_cdp_session(page)
    top = _top(page)
    _swipe(fingers, [start], (0, -150))
    page.wait_for_function(
        "top => document.querySelector('[data-testid=stMain]').scrollTop > top + 60", arg=top
    )
    assert abs(spread(page) - wide) < 1

    x, y = mark(page, "map", place="geneva")
    _swipe(fingers, [(x, y + 40), (x + 80, y + 40)], (30, 20))
    (moved,) = where(page, "map", {"place": "geneva"})
    assert moved[0] - x == pytest.approx(30, abs=8)
    assert moved[1] - y == pytest.approx(20, abs=8)


def test_a_tap_on_a_city_filters(open_page: Opener) -> None:
    page = drawn(open_page(width=390, height=844, has_touch=True, is_mobile=True))
    page.touchscreen.tap(*mark(page, "map", place="moscow"))
    says(page, MOSCOW)


def test_an_embedded_page_has_no_toolbar_and_filters(open_page: Opener) -> None:
    page = drawn(open_page("/?embed=true"))
    expect(page.get_by_test_id("stMainMenu")).to_have_count(0)
    pill(page, "Moscow").click()
    says(page, MOSCOW)
    assert "embed=true" in page.url


def test_the_page_prints_all_its_cards(open_page: Opener) -> None:
    page = drawn(open_page())
    page.emulate_media(media="print")
    expect(cards(page).last).to_be_visible()
    assert page.pdf(format="A4").count(b"/Type /Page\n") >= 4


def _top(page: Page) -> float:
    return page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")


def _tab_to(page: Page, label: str) -> None:
    """Press Tab until the focus is on something so labelled; a reader would give up at 150."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if label in page.evaluate(
            """() => { const e = document.activeElement
                return `${e.matches("a, button, input") ? e.innerText : ""}
                    ${e.getAttribute("aria-label")} ${e.placeholder}` }"""
        ):
            return
    pytest.fail(f"Tab never reaches {label!r}")


def _swipe(fingers: object, starts: list[tuple[float, float]], by: tuple[float, float]) -> None:
    """Put fingers down, move them in ten steps, lift them."""

    def points(share: float) -> list[dict[str, float]]:
        return [
            {"x": x + by[0] * share, "y": y + by[1] * share, "id": n}
            for n, (x, y) in enumerate(starts)
        ]

    send = fingers.send
    send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points(0)})
    for step in range(1, 11):
        send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": points(step / 10)})
    send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
