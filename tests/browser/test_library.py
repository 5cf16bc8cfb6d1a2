"""The library as its reader meets it: both shipped stories and an invented corpus."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.benchmarks.corpus import write
from tests.browser.conftest import ROOT, Opener, serving
from tests.browser.reader import settled

INVENTED = 2_000


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built by the README's command."""
    folder = tmp_path_factory.mktemp("library")
    corpus = write(folder / "corpus", INVENTED, "mapped")
    path = folder / "library.duckdb"
    for more in (["data/stories"], [str(corpus), "--mapping", str(corpus.parent / "mapping.toml")]):
        subprocess.run(
            [sys.executable, "-m", "dashboard", "library", "build", str(path), *more],
            cwd=ROOT,
            check=True,
        )
    return path


@pytest.fixture(scope="module")
def served(library: Path) -> Iterator[str]:
    with serving(DATELINE_LIBRARY=str(library)) as address:
        yield address


def told(page: Page, sentence: str | re.Pattern[str]) -> None:
    """Wait until the page says what it shows."""
    expect(page.locator(".st-key-summary")).to_contain_text(sentence)
    settled(page)


def at(page: Page, address: str) -> None:
    """Wait until the browser's own address is this one; Playwright's may be of before."""
    page.wait_for_function("end => location.href.endsWith(end)", arg=address)


def lead(page: Page, link: Locator, address: str) -> None:
    """Click a link to another page, once there is who follows it: sooner, it opens a new tab."""
    page.locator(".st-key-lead [data-testid=stBidiComponentIsolated]").wait_for(state="attached")
    settled(page)
    link.click()
    at(page, address)


def test_searched_filtered_and_two_printings_of_one_sentence_compared(
    open_page: Opener, served: str
) -> None:
    page = open_page("/library", at=served)
    told(page, f"All {INVENTED + 28:,} statements")
    page.get_by_role("searchbox", name="Words").fill("peace talks process")
    page.keyboard.press("Enter")
    told(page, "2 of 2,028 statements")
    at(page, "/library?q=peace+talks+process")
    box = page.get_by_role("combobox", name="Printed by")
    box.click()
    box.press_sequentially("al-man")
    page.keyboard.press("Enter")
    told(page, "1 of 2,028 statements")
    card = page.locator("[class*='st-key-quote-']")
    expect(card).to_have_count(1)
    expect(card).to_contain_text("take part in this event will lose")
    lead(page, card.get_by_role("link", name="Sergey V. Lavrov"), "/actor?actor=sergey-lavrov")
    expect(page.get_by_role("heading", name="Sergey V. Lavrov")).to_be_visible()
    printed = page.locator("[class*='st-key-quote-']").filter(has_text="event, they will lose")
    words = printed.get_by_role("link", name="Same words, other outlets")
    lead(page, words, "/words?quote=moscow-talks%2Fq-lavrov-lose")
    expect(page.get_by_role("heading", name="Same words, other outlets")).to_be_visible()
    expect(page.get_by_text("2 printings in 3 outlets")).to_be_visible()
    expect(page.get_by_text("Differs in 1 place: “they” is missing.")).to_be_visible()
    expect(page.get_by_text("Al-Manar")).to_be_visible()
    page.go_back()
    at(page, "/actor?actor=sergey-lavrov")
    expect(page.get_by_role("heading", name="Sergey V. Lavrov")).to_be_visible()


def test_a_link_brings_the_view_back(open_page: Opener, served: str) -> None:
    page = open_page("/library?actor=sergey-lavrov&actor_role=by&to=2015-01&page=9", at=served)
    told(page, "by Sergey V. Lavrov")
    page = open_page("/library?actor=nobody&kind=direct", at=served)
    told(page, "quoted")
    expect(page.get_by_text("actor=nobody")).to_be_visible()


def test_a_story_leads_to_the_library_and_back(open_page: Opener, served: str) -> None:
    page = open_page("/", at=served)
    page.get_by_role("link", name="Library").click()
    told(page, "All 2,028 statements")
    page = open_page("/library?q=positions+in+the+peace+talks", at=served)
    told(page, "2 of 2,028 statements")
    lead(page, page.get_by_role("link", name="In its story"), "/?quote=q-lavrov-lose")
    expect(page.get_by_text("The linked statement")).to_be_visible()


def test_without_the_setting_there_is_no_library(open_page: Opener) -> None:
    page = settled(open_page("/"))
    expect(page.get_by_text("How this was made")).to_be_visible()
    expect(page.get_by_role("link", name="Library")).to_have_count(0)


def test_a_build_that_replaces_the_library_serves_at_once(
    open_page: Opener, library: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.duckdb"
    build = [sys.executable, "-m", "dashboard", "library", "build", str(copy)]
    subprocess.run([*build, "data/stories/lavrov-moscow-talks"], cwd=ROOT, check=True)
    with serving(DATELINE_LIBRARY=str(copy)) as address:
        told(open_page("/library", at=address), "All 4 statements")
        subprocess.run([*build, "data/stories/moscow-talks"], cwd=ROOT, check=True)
        told(open_page("/library", at=address), "All 28 statements")


def test_what_cannot_be_opened_says_so_and_tells_no_address(
    open_page: Opener, tmp_path: Path
) -> None:
    with serving(DATELINE_LIBRARY=str(tmp_path / "secret.duckdb")) as address:
        page = open_page("/library", at=address)
        expect(page.get_by_text("The library cannot be opened just now.")).to_be_visible()
        expect(page.get_by_text("secret")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize(
    "path",
    [
        "/library?actor=sergey-lavrov",
        "/library?q=nothing+of+the+kind",
        "/actor?actor=sergey-lavrov",
        "/place?place=moscow",
        "/place?place=nowhere",
        "/words?quote=moscow-talks/q-lavrov-lose",
    ],
)
def test_readable_by_everyone(
    open_page: Opener, served: str, path: str, scheme: str, width: int
) -> None:
    page = open_page(path, at=served, width=width, color_scheme=scheme)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    settled(page)
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
