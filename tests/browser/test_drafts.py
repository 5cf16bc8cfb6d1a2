"""A page made of drafts says so to every reader, wherever they meet it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from dashboard.sharing.embed import VIEWS
from dashboard.telling.drafts import notice
from tests.browser.conftest import Opener, serving
from tests.browser.reader import cards, drawn, settled
from tests.drafted import DRAFT, unpacked


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(unpacked(DRAFT, tmp_path_factory.mktemp("s"))) as address:
        yield address


def test_at_the_head_and_on_each_card(open_page: Opener, draft: str) -> None:
    page = drawn(open_page(at=draft))
    expect(page.get_by_role("alert").filter(has_text=notice(DRAFT))).to_be_visible()
    expect(cards(page).filter(has_text="Draft ·")).to_have_count(24)
    expect(cards(page).filter(has_text="Reported speech, not yet paraphrased")).to_have_count(15)
    expect(page.get_by_role("link", name="original")).to_have_count(0)


@pytest.mark.parametrize("view", VIEWS)
def test_in_each_panel_that_stands_alone(open_page: Opener, draft: str, view: str) -> None:
    page = open_page(f"/?embed=true&view={view}", at=draft)
    expect(page.get_by_text(notice(DRAFT))).to_be_visible()


def test_in_how_it_was_made(open_page: Opener, draft: str) -> None:
    page = open_page("/method", at=draft)
    expect(page.get_by_text("A program found 65 records: 64 not yet reviewed")).to_be_visible()
    expect(page.get_by_text("Rejected by Ada *Bell* (1).")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/?embed=true&view=map"])
@pytest.mark.parametrize("width", [1440, 390])
def test_readable_by_everyone(
    open_page: Opener, draft: str, path: str, scheme: str, width: int
) -> None:
    page = settled(open_page(path, at=draft, width=width, color_scheme=scheme))
    expect(page.get_by_text(notice(DRAFT))).to_be_visible()
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
