"""What a reader sees in Chromium: a first visit, and a click on a filter until all is redrawn."""

from __future__ import annotations

import base64
import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
CHARTS = 5

# Charts are SVG up to some size and canvas beyond, and a canvas draws without changing the page.
# What fades or turns while the script runs is style, and not counted.
PROBE = """(() => {
  const probe = window.probe = {click: 0, last: 0, chart: 0, right: 0, expected: 0};
  probe.cards = () => new Set([...document.querySelectorAll('[class*="st-key-quote-"]')]
    .flatMap(e => [...e.classList].filter(c => c.startsWith('st-key-quote-')))).size;
  probe.charts = () => [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')]
    .filter(e => e.querySelector('canvas, .role-mark path, .role-mark text')).length;
  probe.still = ms => performance.now() - probe.last > ms
    && document.querySelector('[data-test-script-state="notRunning"]') !== null;
  const note = node => {
    const element = node.nodeType === 1 ? node : node.parentElement;
    if (!element || !element.closest('[data-testid="stMain"]')) return;
    probe.last = performance.now();
    if (element.closest('[data-testid="stVegaLiteChart"]')) probe.chart = probe.last;
  };
  new MutationObserver(list => {
    list.forEach(m => note(m.target));
    if (probe.expected && probe.cards() === probe.expected) probe.right ||= performance.now();
    else probe.right = 0;
  }).observe(document, {subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ['d', 'transform', 'x', 'y', 'width', 'height', 'opacity', 'fill', 'stroke',
      'stroke-opacity', 'fill-opacity', 'stroke-width', 'aria-label']});
  for (const name of ['fill', 'stroke', 'fillText', 'fillRect', 'clearRect']) {
    const draw = CanvasRenderingContext2D.prototype[name];
    CanvasRenderingContext2D.prototype[name] = function (...args) {
      note(this.canvas);
      return draw.apply(this, args);
    };
  }
  addEventListener('click', event => { probe.click = event.timeStamp; }, true);
})()"""


@dataclass(frozen=True)
class Visit:
    """A first visit with an empty cache. `drawn`: ms to the last change of the page."""

    drawn: float
    received: int
    requests: int
    foreign: tuple[str, ...]


@dataclass(frozen=True)
class Click:
    """ms from the click to the right cards, and to the last change of any view."""

    cards: float
    all_views: float


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def visit(browser: Browser, address: str, cards: int) -> Visit:
    """Open the page in a new context; done when all cards and charts stand and nothing moves."""
    with _open(browser) as page:
        received = 0
        requested: list[str] = []

        def loaded(event: dict[str, Any]) -> None:
            nonlocal received
            received += int(event["encodedDataLength"])

        def framed(event: dict[str, Any]) -> None:
            nonlocal received
            frame = event["response"]
            data = frame["payloadData"]
            received += len(base64.b64decode(data) if frame["opcode"] == 2 else data.encode())

        tools = page.context.new_cdp_session(page)
        tools.send("Network.enable")
        tools.on("Network.loadingFinished", loaded)
        tools.on("Network.webSocketFrameReceived", framed)
        page.context.on("request", lambda request: requested.append(request.url))
        page.goto(address, wait_until="commit")
        _until_drawn(page, cards)
        drawn = page.evaluate("probe.last")
        web = [url for url in requested if urlsplit(url).scheme in ("http", "https")]
        host = urlsplit(address).netloc
        foreign = tuple(url for url in web if urlsplit(url).netloc != host)
        return Visit(drawn, received, len(web), foreign)


def clicks(browser: Browser, address: str, cards: int, label: str, times: int) -> list[Click]:
    """Choose and release a pill (`Moscow · 10`) in turn; three clicks to warm up come first."""
    with _open(browser) as page:
        page.goto(address, wait_until="commit")
        _until_drawn(page, cards)
        pill = page.locator("button", has_text=re.compile(rf"^{label}[\s·]+\d+$"))
        fewer = int(pill.inner_text().split()[-1])
        made = []
        for n in range(times + 3):
            expected = cards if n % 2 else fewer
            made.append(_click(page, pill, expected, cards))
        return made[3:]


def _click(page: Page, pill: Any, expected: int, total: int) -> Click:
    page.evaluate(
        "n => Object.assign(probe, {click: 0, last: 0, chart: 0, right: 0, expected: n})", expected
    )
    pill.click()
    _until(page, "probe.click && probe.chart > probe.click && probe.right && probe.still(250)", 20)
    found = page.evaluate("({...probe, shown: probe.cards(), text: document.body.innerText})")
    told = f"{expected} of {total} statements", f"All {total} statements"
    if found["shown"] != expected or not any(words in found["text"] for words in told):
        raise RuntimeError(f"{found['shown']} cards after a click, not {expected}; or no caption")
    cards, last = found["right"] - found["click"], found["last"] - found["click"]
    return Click(cards, max(cards, last))


@contextmanager
def _open(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    try:
        context.add_init_script(PROBE)
        yield context.new_page()
    finally:
        context.close()


def _until_drawn(page: Page, cards: int) -> None:
    _until(
        page, f"probe.cards() === {cards} && probe.charts() >= {CHARTS} && probe.still(1000)", 60
    )


def _until(page: Page, condition: str, seconds: float) -> None:
    # Playwright's wait_for_function evaluates a string in the page, which our policy forbids.
    end = time.monotonic() + seconds
    while not page.evaluate(f"Boolean({condition})"):
        if time.monotonic() > end:
            state = page.evaluate("({...probe, shown: probe.cards(), drawn: probe.charts()})")
            raise TimeoutError(f"{condition}: not within {seconds} s: {state}")
        page.wait_for_timeout(50)
