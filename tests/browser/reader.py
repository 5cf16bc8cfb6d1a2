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


Point = tuple[float, float]


def mark(page: Page, chart: str, **datum: str | int) -> Point:
    """Middle, in the window, of the topmost mark of a chart, brought into view and standing still.

    The mark is the one whose datum has these values.
    """
    drawing = settled(page).locator(f".st-key-{chart} svg.marks").first
    drawing.evaluate("drawing => drawing.scrollIntoView({ block: 'center' })")  # clear of the foot
    last = None
    while (now := where(page, chart, datum)[0]) != last:
        last = now
        page.wait_for_timeout(100)
    return now


def where(page: Page, chart: str, *data: dict[str, str | int]) -> list[Point]:
    """Middles of such marks, all at once, as soon as all are drawn."""
    for _ in range(200):
        found = _middles(page, chart, data)
        if all(found):
            return [(x, y) for x, y in found]
        page.wait_for_timeout(100)
    raise AssertionError(f"{chart} has not all of {data}")


def _middles(page: Page, chart: str, data: tuple[dict[str, str | int], ...]) -> list[list[float]]:
    return page.evaluate(
        """([chart, data]) => {
            const marks = [...document.querySelectorAll(`.st-key-${chart} svg.marks path`)]
            return data.map(datum => {
                const box = marks.filter(mark => Object.entries(datum).every(
                    ([key, value]) => mark.__data__?.datum?.[key] === value))
                    .at(-1)?.getBoundingClientRect()
                return box && [box.x + box.width / 2, box.y + box.height / 2]
            })
        }""",
        [chart, list(data)],
    )


def click_mark(page: Page, chart: str, **datum: str | int) -> None:
    """Click the topmost mark of a chart whose datum has these values."""
    page.mouse.click(*mark(page, chart, **datum))


def spread(page: Page) -> float:
    """How far apart Geneva and Moscow lie on the map, in pixels: how far it is zoomed in."""
    (x1, y1), (x2, y2) = where(page, "map", {"place": "geneva"}, {"place": "moscow"})
    return ((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5
