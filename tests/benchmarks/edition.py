"""Measures the edition against its budgets, in Chromium, from a file, with the network off.

`python tests/benchmarks/edition.py [--quick]`: the shipped story, and an invented one of 5,000
statements.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from browser import CHROMIUM, chromium
from invented import invented

from dashboard.edition.edition import edition
from dashboard.story import read_story

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from dashboard.story import Story

ROOT = Path(__file__).parents[2]
MANY = 5000

# Notes when all is drawn, and when the frame with it has been painted.
PROBE = """new MutationObserver(() => {
  if (window.drawn || !document.documentElement?.classList.contains("drawn")) return
  document.body.offsetHeight
  requestAnimationFrame(() => setTimeout(() => { window.drawn = performance.now() }))
}).observe(document, { subtree: true, attributes: true, attributeFilter: ["class"] })"""

# From the press to filters, sentence, statements, positions and charts done, and laid out.
PRESS = """async press => {
  await new Promise(done => requestAnimationFrame(() => setTimeout(done, 30)))
  const start = performance.now()
  if (press.words !== undefined) {
    const field = document.getElementById("words")
    field.value = press.words
    field.dispatchEvent(new Event("input", { bubbles: true }))
  } else document.querySelector(press.button).click()
  await edition.settled
  document.body.getBoundingClientRect()
  return performance.now() - start
}"""


def opened(browser: Browser, file: Path) -> Page:
    """The file in a new context, offline, once it is drawn."""
    context = browser.new_context(viewport={"width": 1366, "height": 900}, offline=True)
    context.add_init_script(PROBE)
    page = context.new_page()
    page.goto(file.as_uri(), wait_until="commit")
    for _ in range(600):
        if page.evaluate("Boolean(window.drawn)"):
            return page
        page.wait_for_timeout(25)
    raise TimeoutError("not drawn within 15 s")


def opens(file: Path, times: int) -> list[float]:
    """Milliseconds from the opening to everything drawn; a new browser each time."""
    took = []
    for _ in range(times):
        with chromium() as browser:
            took.append(opened(browser, file).evaluate("window.drawn"))
    return took


def presses(story: Story, file: Path, times: int) -> dict[str, list[float]]:
    """Milliseconds from a press to everything answered: pills in turn on and off, then words."""
    pills = [
        f".pill[data-facet={facet}][data-value={value}]"
        for facet, values in (
            ("actors", list(dict.fromkeys(story.quotes["speaker"]))[:5]),
            ("places", [i for i in dict.fromkeys(story.quotes["said_at"]) if isinstance(i, str)]),
            ("topics", list(story.topics["id"][:4])),
            ("kinds", ["direct", "indirect"]),
        )
        for value in values[:5]
    ]
    words = [word for text in story.quotes["context"][:times] for word in text.split()[1:2]]
    with chromium() as browser:
        page = opened(browser, file)
        for pill in pills[:3] * 2:  # the first of all warm the script up
            page.evaluate(PRESS, {"button": pill})
        clicked = []
        while len(clicked) < times:
            for pill in pills:
                clicked += [page.evaluate(PRESS, {"button": pill}) for _ in range(2)]
        page.evaluate(PRESS, {"button": "#order button[value=speaker]"})
        by_speaker = [page.evaluate(PRESS, {"button": pill}) for pill in pills for _ in range(2)]
        page.evaluate(PRESS, {"button": "#order button[value=article]"})
        typed = [page.evaluate(PRESS, {"words": word}) for word in words]
    return {"a pill": clicked, "a pill, by speaker": by_speaker, "words": typed}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer opens and presses")
    quick = parser.parse_args().quick
    browser = subprocess.run(
        [CHROMIUM, "--version"], capture_output=True, text=True, check=False
    ).stdout.strip()
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} CPUs", end=" · ")
    print(f"load {os.getloadavg()[0]:.1f} · Python {platform.python_version()}", end=" · ")
    print(f"vl-convert {version('vl-convert-python')} · {browser}", flush=True)

    lines: list[tuple[str, float, float | None, str]] = []
    shipped = read_story(ROOT / "data" / "stories" / "moscow-talks")
    for story, limit in ((shipped, 30), (invented(MANY), 50)):
        told = f"{len(story.quotes):,} statements"
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"{story.slug}.html"
            start = time.perf_counter()
            file.write_bytes(edition(story))
            lines.append((f"{told}: made", time.perf_counter() - start, None, "s"))
            size = file.stat().st_size / 1e6
            lines.append((f"{told}: size", size, 1.6 if story is shipped else None, "MB"))
            took = opens(file, 3 if quick else 7)
            lines.append((f"{told}: opened → drawn, median", median(took) / 1000, 1.0, "s"))
            lines.append((f"{told}: opened → drawn, worst", max(took) / 1000, None, "s"))
            for press, took in presses(story, file, 20 if quick else 60).items():
                lines.append((f"{told}: {press} → all, median", median(took), limit, "ms"))
                lines.append((f"{told}: {press} → all, worst", max(took), None, "ms"))
    wide = max(len(line[0]) for line in lines)
    print(f"{'measure':<{wide}}  {'figure':>9}  {'budget':>9}  met")
    for name, figure, budget, unit in lines:
        allowed = "–" if budget is None else f"≤ {budget:g} {unit}"
        met = "–" if budget is None else "yes" if figure <= budget else "NO"
        print(f"{name:<{wide}}  {figure:>6.3g} {unit:<2}  {allowed:>9}  {met}")


if __name__ == "__main__":
    main()
