"""Hostile data is text: it never becomes markup, script, a link, or a broken page."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT, Opener, serving
from tests.browser.reader import cards, drawn, says

STORY = ROOT / "data" / "stories" / "moscow-talks"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
MARKDOWN = "**bold** [link](javascript:alert(3)) :red[red] $x^2$ `code` # h | a | :dog: <- --"
RIGHT_TO_LEFT = "وليد المعلم"
LONG = "x" * 5000


def change(folder: Path, table: str, key: str, **cells: str) -> None:
    """Put cells into the row of a table whose id is `key`."""
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["id"] == key:
            row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = Path(shutil.copytree(STORY, tmp_path_factory.mktemp("s") / STORY.name))
    change(folder, "actors", "john-kerry", name=SCRIPT, role=MARKDOWN)
    change(folder, "actors", "sergey-lavrov", name=RIGHT_TO_LEFT)
    change(folder, "actors", "emile-hokayem", name=LONG)
    change(folder, "places", "moscow", name=MARKDOWN)
    change(folder, "quotes", "q-kerry-helpful", context=SCRIPT + MARKDOWN)
    change(folder, "quotes", "q-kerry-goal", paraphrase=MARKDOWN)
    change(folder, "topics", "moscow-talks", name=SCRIPT, question=MARKDOWN)
    change(folder, "events", "e-moscow-talks", title=SCRIPT)
    change(folder, "positions", "p-kerry-moscow-talks", note=MARKDOWN)
    change(folder, "figures", "f-killed", label=MARKDOWN)
    article = "kerry-supports-syrian-peace-talks"
    change(folder, "articles", article, headline=SCRIPT, standfirst=MARKDOWN)
    with serving(folder) as address:
        yield address


def test_script_and_markdown_in_data_are_shown_as_text(open_page: Opener, hostile: str) -> None:
    page = drawn(open_page(at=hostile))
    expect(page.get_by_role("heading", level=1)).to_have_text(SCRIPT)
    expect(
        cards(page).filter(has_text="**bold** [link](javascript:alert(3))").first
    ).to_be_visible()
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator(".katex").count() == 0
    assert page.get_by_text("🐶").count() == 0
    for handler in ("onerror", "onload", "onclick"):
        assert page.locator(f"[{handler}]").count() == 0


def test_names_of_any_script_and_length_stay_in_their_cards(
    open_page: Opener, hostile: str
) -> None:
    for width in (1440, 390):
        page = drawn(open_page(at=hostile, width=width))
        expect(cards(page).filter(has_text=RIGHT_TO_LEFT).first).to_be_visible()
        wide = page.evaluate(
            """() => [...document.querySelectorAll("[class*='st-key-quote-']")]
                .map(card => card.scrollWidth - card.clientWidth)"""
        )
        assert max(wide) <= 0
        main = page.evaluate(
            "(e => e.scrollWidth - e.clientWidth)(document.querySelector('[data-testid=stMain]'))"
        )
        assert main <= 0


def test_hostile_text_in_the_address_is_shown_as_text(open_page: Opener) -> None:
    page = open_page("/?q=" + "%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20**b**")
    says(page, "0 of 24 statements: with “<img src=x onerror=alert(1)> **b**”")
    assert page.locator("img[src='x']").count() == 0


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (
            lambda folder: change(folder, "quotes", "q-lavrov-lose", speaker="nobody"),
            "quotes:20:speaker",
        ),
        (lambda folder: (folder / "links.csv").unlink(), "links:-:-"),
        (
            lambda folder: (folder / "datapackage.json").write_text(json.dumps([])),
            "datapackage.json:-:-",
        ),
    ],
)
def test_a_broken_story_lists_its_faults_and_no_traceback(
    open_page: Opener, tmp_path: Path, spoil: Callable[[Path], None], told: str
) -> None:
    folder = Path(shutil.copytree(STORY, tmp_path / STORY.name))
    spoil(folder)
    with serving(folder) as address:
        page = open_page(at=address)
        expect(page.get_by_role("alert")).to_contain_text("cannot be shown")
        expect(page.get_by_test_id("stMain")).to_contain_text(told)
        assert "Traceback" not in page.content()


def test_a_story_mended_while_it_is_served_is_shown(open_page: Opener, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(STORY, tmp_path / STORY.name))
    change(folder, "quotes", "q-lavrov-lose", speaker="nobody")
    with serving(folder) as address:
        page = open_page(at=address)
        expect(page.get_by_role("alert")).to_contain_text("cannot be shown")
        change(folder, "quotes", "q-lavrov-lose", speaker="sergey-lavrov")
        page.reload()
        drawn(page)
