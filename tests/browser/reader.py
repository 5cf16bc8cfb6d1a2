"""What a reader sees and does, in terms of the page."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

CHARTS = ("map", "voices", "timeline", "matrix", "ribbon")
SUMMARY = re.compile(r"\d+ of \d+ statements|All \d+ statements")


def drawn(page: Page) -> Page:
    """The page, once all its charts and cards are there."""
    for chart in CHARTS:
        page.locator(f".st-key-{chart} svg.marks").wait_for(state="attached")
    expect(cards(page).first).to_be_visible()
    return page


def settled(page: Page) -> Page:
    """The page, once the script has run and nothing on it is about to be replaced."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible()
    return page


def cards(page: Page) -> Locator:
    """The cards of the statements."""
    return page.locator("[class*='st-key-quote-']")


def shown(page: Page) -> list[str]:
    """Ids of the statements shown, in order."""
    return page.evaluate(
        """() => [...document.querySelectorAll("[class*='st-key-quote-']")].map(
            card => [...card.classList].find(c => c.startsWith("st-key-quote-")).slice(13))"""
    )


def summary(page: Page) -> Locator:
    """The sentence that says what is shown."""
    return page.locator(".st-key-summary").get_by_text(SUMMARY)


def says(page: Page, sentence: str) -> None:
    """Wait until the summary says it."""
    expect(summary(page)).to_have_text(sentence)


def pill(page: Page, label: str) -> Locator:
    """A pill of the filters, by the beginning of its label."""
    return page.locator(".st-key-filters").get_by_role(
        "button", name=re.compile(rf"^{re.escape(label)}\s\d+$")
    )


def mark(page: Page, chart: str, **datum: str | int) -> tuple[float, float]:
    """Middle, in the window, of the topmost mark of a chart, once it stands still."""
    drawing = settled(page).locator(f".st-key-{chart} svg.marks").first
    drawing.evaluate("drawing => drawing.scrollIntoView({ block: 'center' })")  # clear of the foot
    last = None
    while (now := _box(page, chart, datum)) != last:
        last = now
        page.wait_for_timeout(100)
    return now


def _box(page: Page, chart: str, datum: dict[str, str | int]) -> tuple[float, float]:
    box = page.evaluate(
        """([chart, datum]) => {
            const marks = [...document.querySelectorAll(`.st-key-${chart} svg.marks path`)]
            const found = marks.filter(mark => Object.entries(datum).every(
                ([key, value]) => mark.__data__?.datum?.[key] === value))
            const box = found.at(-1)?.getBoundingClientRect()
            return box && [box.x + box.width / 2, box.y + box.height / 2]
        }""",
        [chart, datum],
    )
    assert box, f"{chart} has no mark with {datum}"
    return box[0], box[1]


def click_mark(page: Page, chart: str, **datum: str | int) -> None:
    """Click the topmost mark of a chart whose datum has these values."""
    page.mouse.click(*mark(page, chart, **datum))


def spread(page: Page) -> float:
    """How far apart Geneva and Moscow lie on the map, in pixels: how far it is zoomed in."""
    (x1, y1), (x2, y2) = mark(page, "map", place="geneva"), mark(page, "map", place="moscow")
    return ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5
