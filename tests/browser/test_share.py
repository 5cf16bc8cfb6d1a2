"""What a reader shares: the link, citations, embedded panels, files."""

from __future__ import annotations

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.exports.formats import FORMATS
from dashboard.selection import Selection, select
from dashboard.sharing.embed import VIEWS
from tests.browser.conftest import Opener, serving
from tests.browser.reader import cards, drawn, pill, says, shown
from tests.shipped import STORY

PANELS = {
    "map": ".st-key-map svg.marks",
    "quotes": ".st-key-quote-q-lavrov-lose",
    "timeline": ".st-key-timeline svg.marks",
    "voices": ".st-key-voices svg.marks",
    "positions": "text=Where each side stands",
}


def asked(page: Page, title: str) -> object:
    """The open dialog of that title."""
    dialog = page.get_by_role("dialog", name=title)
    expect(dialog).to_be_visible()
    return dialog


def code(dialog: object) -> object:
    return dialog.get_by_test_id("stCode").filter(visible=True)


def test_share_gives_the_link_of_the_view(open_page: Opener, server: str) -> None:
    page = drawn(open_page("/?place=moscow"))
    pill(page, "Quoted").click()
    says(page, "3 of 24 statements: in or about Moscow, quoted")
    page.get_by_role("button", name="Share", exact=True).click()
    dialog = asked(page, "Share this view")
    expect(code(dialog)).to_have_text(f"{server}/?place=moscow&kind=direct")
    picture = dialog.get_by_role("img", name=re.compile("3 of 24 statements"))
    expect(picture).to_have_js_property("naturalWidth", 1200)


def test_share_on_a_statement_cites_and_embeds_just_that(open_page: Opener, server: str) -> None:
    page = drawn(open_page("/?place=moscow"))
    page.locator(".st-key-quote-q-lavrov-lose").get_by_role("link", name="Share").click()
    dialog = asked(page, "Share this statement")
    link = f"{server}/?quote=q-lavrov-lose"
    expect(code(dialog)).to_have_text(link)
    dialog.get_by_role("tab", name="Cite").click()
    for style, begins in {
        "APA": "The New York Times. (2015, January 14).",
        "Chicago": "The New York Times. “Kerry Supports",
        "BibTeX": "@misc{moscow-talks-q-lavrov-lose,",
        "CSL-JSON": "[",
    }.items():
        dialog.get_by_role("radio", name=style).click()
        expect(code(dialog)).to_contain_text(begins)
        expect(code(dialog)).to_contain_text("q-lavrov-lose")
        expect(code(dialog)).to_contain_text("syriahr.com")
    dialog.get_by_role("tab", name="Embed").click()
    expect(code(dialog)).to_contain_text(f"{server}/?embed=true&amp;view=quotes&amp;quote=")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    says(page, "10 of 24 statements: in or about Moscow")  # sharing changes no view


def test_an_address_can_ask_to_share_and_does_so_once(open_page: Opener) -> None:
    page = open_page("/?quote=q-lavrov-lose&share=true")
    dialog = asked(page, "Share this statement")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    pill(page, "Quoted").click()
    says(page, "8 of 24 statements: quoted")
    assert page.url.endswith("/?kind=direct&quote=q-lavrov-lose")
    expect(dialog).to_be_hidden()


def test_every_file_is_downloaded_as_the_api_gives_it(open_page: Opener, server: str) -> None:
    page = drawn(open_page("/?actor=sergey-lavrov"))
    page.get_by_role("button", name="Download", exact=True).click()
    dialog = asked(page, "Download this view")
    part = select(STORY, Selection(actors=("sergey-lavrov",)))
    for made in FORMATS.values():
        with page.expect_download() as caught:
            dialog.get_by_role("button", name=made.title, exact=True).click()
        assert caught.value.suggested_filename == made.file_name("moscow-talks")
        assert Path(caught.value.path()).read_bytes() == made.make(part, f"{server}/")


def test_the_edition_is_downloaded(open_page: Opener) -> None:
    page = drawn(open_page())
    page.get_by_role("button", name="Download", exact=True).click()
    with page.expect_download(timeout=60_000) as caught:
        asked(page, "Download this view").get_by_role("button", name="The whole page").click()
    assert caught.value.suggested_filename == "moscow-talks.html"
    assert Path(caught.value.path()).read_bytes().count(b"connect-src &#39;none&#39;") == 1


@pytest.mark.parametrize("view", VIEWS)
def test_an_embed_view_is_one_panel_that_filters(open_page: Opener, view: str) -> None:
    page = open_page(f"/?embed=true&view={view}&place=moscow", width=390)
    expect(page.locator(PANELS[view]).first).to_be_visible()
    says(page, "10 of 24 statements: in or about Moscow")
    for other in PANELS.keys() - {view}:
        expect(page.locator(PANELS[other])).to_have_count(0)
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("button", name=re.compile(r"^Quoted\s\d+$")).click()
    says(page, "3 of 24 statements: in or about Moscow, quoted")
    expect(page).to_have_url(re.compile(rf"embed=true.*view={view}|view={view}.*embed=true"))
    expect(page.get_by_role("link", name="Dateline")).to_have_attribute(
        "href", re.compile(r"/\?place=moscow&kind=direct$")
    )


def test_an_embedded_statement_stands_alone(open_page: Opener) -> None:
    page = open_page("/?embed=true&view=quotes&quote=q-lavrov-lose&place=geneva")
    expect(cards(page)).to_have_count(1)
    assert shown(page) == ["q-lavrov-lose"]
    expect(page.get_by_role("button", name="Filter")).to_have_count(0)
    expect(page.get_by_text("24 statements")).to_have_count(0)


def test_a_shared_view_keeps_its_order(open_page: Opener, server: str) -> None:
    page = drawn(open_page("/?place=moscow&order=speaker"))
    page.get_by_role("button", name="Share", exact=True).click()
    dialog = asked(page, "Share this view")
    expect(code(dialog)).to_have_text(f"{server}/?place=moscow&order=speaker")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Tests say enough."""


@contextmanager
def other_site(folder: Path) -> Iterator[str]:
    """A site of somebody else's, on a port of its own."""
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{site.server_port}"
        site.shutdown()


def framed(browser: Browser, tmp_path: Path, address: str) -> Page:
    (tmp_path / "index.html").write_text(f'<iframe src="{address}" width="700" height="700">')
    with other_site(tmp_path) as site:
        page = browser.new_page()
        page.goto(site)
    return page


def test_anybody_may_frame_an_embed_view(browser: Browser, server: str, tmp_path: Path) -> None:
    page = framed(browser, tmp_path, f"{server}/?embed=true&view=voices&place=moscow")
    inside = page.frame_locator("iframe")
    expect(inside.locator(PANELS["voices"])).to_be_visible()
    expect(inside.get_by_text("10 of 24 statements: in or about Moscow")).to_be_visible()
    page.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/?embed=true", "/?view=map", "/method", "/method?embed=true&view=map",
     "/?embed=true&view=map&view="],
)  # fmt: skip
def test_nobody_may_frame_the_full_page(
    browser: Browser, server: str, tmp_path: Path, path: str
) -> None:
    page = framed(browser, tmp_path, server + path)
    page.wait_for_function("frames[0] && window.length == 1")
    frame = page.frames[1]
    frame.wait_for_load_state()
    assert frame.url.startswith("chrome-error://")
    page.close()


def test_who_may_frame_is_a_setting(browser: Browser, tmp_path: Path) -> None:
    with serving(DATELINE_FRAME_PAGE="any", DATELINE_FRAME_EMBEDS="none") as address:
        page = framed(browser, tmp_path, f"{address}/")
        expect(page.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
        page.close()
        page = framed(browser, tmp_path, f"{address}/?embed=true&view=map")
        page.frames[1].wait_for_load_state()
        assert page.frames[1].url.startswith("chrome-error://")
        page.close()
