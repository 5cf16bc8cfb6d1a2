"""Every control of every view is clicked: nothing breaks the policy, no other host is asked.

`open_page` fails on a violation, on a request to another host, on a script's error and on a dialog.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.message import Message

import pytest
from playwright.sync_api import Error, Page, Response, expect

from dashboard.exports.formats import FORMATS
from dashboard.sharing.embed import VIEWS
from tests.browser.conftest import Opener, serving
from tests.browser.reader import drawn, settled
from tests.hardening.test_headers import faults
from tests.library.small import write_duckdb

CONTROLS = "button:not([aria-label=Close]), summary, [role=radio], [role=tab], [role=switch]"
MAIN, DIALOG = "[data-testid=stMain]", "[role=dialog]"
# The name of a control is its label's last line; a filter's pill has its count after it.
PRESS = """([controls, wanted, pressed]) => {
    const name = control => (control.getAttribute("aria-label") ?? control.innerText)
        .split("\u2002")[0].trim().split("\\n").at(-1)
    const next = [...document.querySelectorAll(controls)].find(
        c => wanted ? name(c) === wanted : !pressed.includes(name(c)))
    next?.click()
    return next ? name(next) : ""
}"""


def press_all(page: Page, within: str, wanted: Iterable[str]) -> list[str]:
    """Press those that are wanted, in their order, as a screen reader does; then all others.

    One of each name, and of each that appears. Those that are wanted are waited for: a busy machine
    draws some before the others. Returns those of them that never came. A dialog that opens is
    closed again.
    """
    pressed: list[str] = []
    missing: list[str] = []

    def done(name: str) -> None:
        pressed.append(name)
        settled(page)
        if within == MAIN and page.get_by_role("dialog").count():
            page.keyboard.press("Escape")

    for name in wanted:
        asked = [f"{within} :is({CONTROLS})", name, []]
        try:
            page.wait_for_function(PRESS, arg=asked, timeout=20_000)
        except Error:  # in time there was none
            missing.append(name)
        else:
            done(name)
    while name := page.evaluate(PRESS, [f"{within} :is({CONTROLS})", "", pressed]):
        done(name)
    return missing


@pytest.fixture
def open_judged(open_page: Opener) -> Iterator[Opener]:
    """Open a page all of whose answers, whatever they are of, carry the headers."""
    wrong: list[tuple[str, list[str]]] = []
    answered: list[str] = []

    def judge(response: Response) -> None:
        answered.append(response.url)
        headers = Message()
        for name, value in response.headers.items():
            headers[name] = value
        if response.url.startswith("http") and (found := faults(headers)):
            wrong.append((response.url, found))

    def opener(path: str, **options: object) -> Page:
        page = open_page(path, **options)
        page.on("response", judge)
        page.reload()
        return page

    yield opener
    assert answered
    assert wrong == []


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    library = write_duckdb(tmp_path_factory.mktemp("library") / "small.duckdb")
    with serving(DATELINE_LIBRARY=str(library)) as address:
        yield address


# Some that must have been there to press; those last that may take others away. Boxes and marks of
# charts: `tests/browser`, by the same fixture.
STORY = (
    "Share", "Download", "Reset", "Zoom in", "Fit the map", "By", "Quoted", "Moscow", "Geneva",
)  # fmt: skip
LIBRARY = ("Share", "Download", "Reset", "Zoom in", "By", "Quoted")
CITED = ("Cite", "APA", "Chicago", "BibTeX", "CSL-JSON", "Copy to clipboard", "Embed")


def test_the_story_page(open_judged: Opener, served: str) -> None:
    page = drawn(open_judged("/", at=served))
    assert press_all(page, MAIN, STORY) == []


@pytest.mark.parametrize(
    ("name", "pressed"), [("Share", CITED), ("Download", [made.title for made in FORMATS.values()])]
)
def test_the_dialogs(open_judged: Opener, served: str, name: str, pressed: Iterable[str]) -> None:
    page = drawn(open_judged("/?place=moscow", at=served))
    page.get_by_role("button", name=name, exact=True).click()
    assert press_all(page, DIALOG, pressed) == []


@pytest.mark.parametrize(
    ("path", "pressed"),
    [
        ("/library", ("Page 2", *LIBRARY)), ("/library?q=ferry", LIBRARY),
        ("/actor?actor=ada-hale", ("Zoom in",)),
        ("/add", ("A new article", "Go on with a story")),
        ("/place?place=nowhere", ()), ("/words?quote=x", ()), ("/method", ()),
    ],
)  # fmt: skip
def test_the_other_pages(
    open_judged: Opener, served: str, path: str, pressed: Iterable[str]
) -> None:
    page = settled(open_judged(path, at=served))
    expect(page.get_by_role("heading").first).to_be_visible()
    assert press_all(page, MAIN, pressed) == []


@pytest.mark.parametrize("view", VIEWS)
def test_panels_that_stand_alone(open_page: Opener, served: str, view: str) -> None:
    """These may be framed by anybody, so their headers differ: `test_unfurl`."""
    page = settled(open_page(f"/?embed=true&view={view}", at=served))
    expect(page.locator(MAIN).locator(CONTROLS).first).to_be_attached()
    assert press_all(page, MAIN, ()) == []
