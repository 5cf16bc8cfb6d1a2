"""The kept corpus in a real Chromium: a story and a library whose every text is hostile.

That nothing rang, ran or was asked of another host, and that no policy was violated, is seen to by
`open_page`; here it is what stands in the page.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from dashboard.edition.edition import edition
from dashboard.story import Story
from tests.browser.conftest import Opener, serving
from tests.browser.reader import cards, drawn, mark, settled
from tests.drafted import unpacked
from tests.hardening.corpus import EXPRESSIONS, MARKDOWN, MARKUP
from tests.hardening.hostile import build_library, hostile

# What on the page only a text that became markup can have brought in.
ODD = """() => {
    const known = ["syriahr.com", "www.wikidata.org", "news.example", "creativecommons.org"]
    const ours = [location.hostname, ...known]
    const tags = "iframe, object, embed, base, marquee, form[action], .katex, "
        + "meta[http-equiv=refresh i]"
    const leads = (to) => {
        const { protocol, hostname } = new URL(to, location.href)
        return ["http:", "https:"].includes(protocol) && ours.includes(hostname)
    }
    const odd = (element) => {
        if (element.matches(tags)) return element.tagName.toLowerCase()
        for (const { name } of element.attributes) if (/^on/i.test(name)) return name
        if (element.matches("[src]") && !/^(blob|data):/.test(element.src) && !leads(element.src))
            return element.src
        const to = element.getAttribute("href") ?? element.getAttribute("xlink:href")
        return element.matches("link") || !to || to.startsWith("#") || leads(to) ? null : to
    }
    return [...document.querySelectorAll("*")].map(odd).filter((found) => found !== null)
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("hostile")
    library = build_library(folder)
    with serving(unpacked(hostile(), folder), DATELINE_LIBRARY=str(library)) as address:
        yield address


def unharmed(page: Page) -> None:
    """Nothing on the page is there because a text said so."""
    settled(page)
    assert page.evaluate(ODD) == []


def test_the_check_tells_what_a_text_would_bring_in(open_page: Opener, served: str) -> None:
    page = drawn(open_page(at=served))
    unharmed(page)
    page.evaluate(
        """() => { for (const html of ["<a href='javascript:void 0'>x</a>", "<b onquiet=''>x</b>",
            "<a href='//evil.example'>x</a>", "<base>", "<iframe></iframe>"])
            document.body.append(document.createRange().createContextualFragment(html)) }"""
    )
    assert page.evaluate(ODD) == [
        "javascript:void 0", "onquiet", "//evil.example", "base", "iframe",
    ]  # fmt: skip


def test_the_story(open_page: Opener, served: str) -> None:
    page = drawn(open_page(at=served))
    expect(page.get_by_role("heading", level=1)).to_have_text(MARKUP[0])
    expect(cards(page)).to_have_count(24)
    for box in page.get_by_text("As a table").all():
        box.click()
    for chart in ("map", "voices", "matrix", "timeline", "ribbon"):
        expect(page.locator(f".st-key-{chart} svg.marks").first).to_be_visible()
    unharmed(page)
    page.mouse.move(*mark(page, "voices", actor="john-kerry"))
    expect(page.locator("#vg-tooltip-element")).to_be_visible()
    unharmed(page)


def test_a_view_of_it_shared_and_downloaded(open_page: Opener, served: str) -> None:
    page = settled(open_page(f"/?actor=john-kerry&q={quote(MARKDOWN[0])}&share=true", at=served))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    for tab in ("Cite", "Embed"):
        dialog.get_by_role("tab", name=tab).click()
        unharmed(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Download", exact=True).first.click()
    expect(dialog).to_contain_text(MARKDOWN[0][:34])
    unharmed(page)


@pytest.mark.parametrize("view", ["map", "quotes", "timeline", "voices", "positions"])
def test_a_panel_of_it_in_a_frame(open_page: Opener, served: str, view: str) -> None:
    page = open_page(f"/?embed=true&view={view}&topic=moscow-talks", at=served)
    expect(page.get_by_role("link", name="Dateline")).to_be_visible()
    unharmed(page)


def test_how_it_was_made(open_page: Opener, served: str) -> None:
    page = open_page("/method", at=served)
    expect(page.get_by_role("heading", name="What is inferred")).to_be_visible()
    unharmed(page)


def test_the_library_and_what_is_typed_there(open_page: Opener, served: str) -> None:
    page = open_page("/library", at=served)
    expect(cards(page)).to_have_count(30)
    unharmed(page)
    for label, word in (("Actors", "script"), ("Printed by", "<img src=x onerror=alert(1)>")):
        box = page.get_by_role("combobox", name=label)
        box.click()
        box.press_sequentially(word)
        unharmed(page)
        page.keyboard.press("Enter")
        expect(page.get_by_text(f"“{word}”").first).to_be_visible()
        unharmed(page)


@pytest.mark.parametrize("path", ["library", "actor", "place", "words"])
def test_what_an_address_asks_of_the_library(open_page: Opener, served: str, path: str) -> None:
    asked = {"library": "q", "words": "quote"}.get(path, path)
    for text in (MARKUP[0], MARKDOWN[0], EXPRESSIONS[2]):
        page = open_page(f"/{path}?{asked}={quote(text)}&outlet={quote(text)}", at=served)
        expect(page.get_by_text(text[:24]).first).to_be_visible()
        unharmed(page)


def test_from_a_card_to_its_actor_place_and_other_printings(open_page: Opener, served: str) -> None:
    page = open_page("/library?q=ferry+harbour+today+script", at=served)
    card = cards(page).first
    expect(card).to_contain_text("would ever say about the ferry")
    ways = [link.get_attribute("href") or "" for link in card.get_by_role("link").all()]
    assert {way.split("?")[0] for way in ways} >= {"actor", "place", "words"}
    for way in dict.fromkeys(ways):
        other = open_page(f"/{way}", at=served)
        expect(other.get_by_role("heading", level=1)).to_be_visible()
        expect(other.get_by_text(re.compile("ferry|statements")).first).to_be_visible()
        unharmed(other)


def several(story: Story, times: int) -> Story:
    """The story with its statements so many times, under ids of their own."""
    tables = {
        name: pd.concat(
            [rows, *(rows.assign(**{key: rows[key] + f"-{n}"}) for n in range(2, times + 1))],
            ignore_index=True,
        )
        for name, key in (("quotes", "id"), ("passages", "record"), ("links", "record"))
        for rows in [story.tables[name]]
    }
    return replace(story, **tables)


def test_the_edition_with_statements_that_a_script_brings_in(
    open_page: Opener, tmp_path: Path
) -> None:
    file = tmp_path / "edition.html"
    file.write_bytes(edition(several(hostile(), 3)))
    page = open_page("", at=file.as_uri())
    expect(page.locator("html.drawn")).to_be_attached()
    expect(page.locator("article.card:visible")).to_have_count(48)
    page.get_by_role("button", name=re.compile("^Show 24 more")).click()
    expect(page.locator("article.card:visible")).to_have_count(72)
    page.evaluate("document.querySelectorAll('details').forEach(box => { box.open = true })")
    page.locator("article.card:visible a.chip").last.click()
    expect(page.locator("#sentence")).to_contain_text(" of 72 statements")
    assert page.evaluate(ODD) == []


def test_no_answer_of_the_server_repeats_an_address_as_markup(served: str) -> None:
    for text in MARKUP:
        for path in ("", "static/", "component/", "media/", "_stcore/", "~/+/"):
            asked = f"{served}/{path}{quote(text, safe='')}"
            try:
                answer = urllib.request.urlopen(asked, timeout=20)  # noqa: S310 — our own
            except urllib.error.HTTPError as error:
                answer = error
            assert text not in answer.read().decode("utf-8", "replace"), path
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_tables_hand_out_nothing_that_a_spreadsheet_would_run(
    open_page: Opener, served: str
) -> None:
    """Neither by their own menu nor by the clipboard; nor does a chart by its table of numbers."""
    page = drawn(open_page(at=served, permissions=["clipboard-read", "clipboard-write"]))
    numbers = page.locator(".st-key-voices").get_by_role("button", name="Show data")
    numbers.focus()
    numbers.press("Enter")
    page.get_by_text("Data: the tables behind this page").click()
    tables = page.get_by_test_id("stDataFrame")
    expect(tables).to_have_count(2)
    menus = page.get_by_test_id("stElementToolbar")
    expect(menus.get_by_role("button", name=re.compile("^Search"))).to_have_count(2)
    expect(menus.get_by_role("button", name=re.compile("CSV"))).to_have_count(0)
    for table in tables.all():
        page.evaluate("navigator.clipboard.writeText('before')")
        table.evaluate("table => table.scrollIntoView({ block: 'center' })")
        table.click(position={"x": 60, "y": 60})
        page.keyboard.press("Control+c")
        settled(page)
        assert page.evaluate("navigator.clipboard.readText()") == "before"
