"""What every test may use: a small valid story in real files, a served one, a real Chromium."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.browser.conftest import FLAGS, Opener, chromium, serving
from tests.browser.watch import watching

# A busy machine is no fault: no test asserts a time.
settings.register_profile("dateline", deadline=None, max_examples=40)
settings.load_profile("dateline")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--picture", action="store_true", help="make the README's picture anew")


STORIES = Path(__file__).parent / "stories"


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Streamlit's AppTest leaves its script as `__main__`, which a process started later runs."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture
def story_folder(tmp_path: Path) -> Path:
    """A copy of the story `tiny`, to be spoilt."""
    return Path(shutil.copytree(STORIES / "tiny", tmp_path / "tiny"))


@pytest.fixture(scope="session")
def article_text() -> str:
    """The text of the only article of the story `tiny`, as offsets count it."""
    return (STORIES / "tiny.txt").read_bytes().decode("utf-8")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Opener]:
    """Open a path of the served story in a browser that has never seen it.

    Whatever the page asks of another host is refused and fails the test, as do a violation of the
    content security policy and an error in a script.
    """
    with watching(browser) as watch:

        def opener(path: str = "/", *, at: str = server, **options: object) -> Page:
            page = watch.page(**options)
            host = urlsplit(at).netloc

            def judge(route: object) -> None:
                address = urlsplit(route.request.url)
                if address.netloc in (host, "") or address.scheme in ("blob", "data"):
                    route.continue_()
                else:
                    watch.wrong.append(f"asked {route.request.url}")
                    route.abort()

            def hear(message: ConsoleMessage) -> None:
                if "Content Security Policy" in message.text:
                    watch.wrong.append(message.text)

            page.context.route("**/*", judge)
            page.on("console", hear)
            page.goto(at + path)
            return page

        yield opener
