"""A served story and a real Chromium. Without Chromium these tests fail and say what to install."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP news.example.org 127.0.0.1",  # the site of the hosting tests
]
expect.set_options(timeout=20_000)  # a promise is kept late on a busy machine, and still kept
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@contextmanager
def serving(story: Path | None = None, **settings: str) -> Iterator[str]:
    """The app on a free port, as the README starts it; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = os.environ | {"DATELINE_STORY": str(story)} if story else dict(os.environ)
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard/app.py",
         f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"],
        cwd=ROOT, env=env | settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/healthz", process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the server ended: {process.communicate()[0]}")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 — our own address
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer within a minute")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    with serving() as address:
        yield address


def _chromium() -> str:
    """The browser's program; without one the test fails and says what to install."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        pytest.fail(
            "The browser tests need Chromium, and there is none. Install it "
            "(Debian, Ubuntu: `apt-get install chromium`) or name it in the setting CHROMIUM."
        )
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        yield browser
        browser.close()


Opener = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, server: str) -> Iterator[Opener]:
    """Open a path of the served story in a browser that has never seen it.

    Whatever the page asks of another host is refused and fails the test, as do a violation of the
    content security policy and an error in a script.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opener(
        path: str = "/",
        *,
        at: str = server,
        width: int = 1440,
        height: int = 900,
        **options: object,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        contexts.append(context)
        page = context.new_page()
        host = urlsplit(at).netloc

        def judge(route: object) -> None:
            address = urlsplit(route.request.url)
            if address.netloc in (host, "") or address.scheme in ("blob", "data"):
                route.continue_()
            else:
                wrong.append(f"asked {route.request.url}")
                route.abort()

        context.route("**/*", judge)
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"),
                                          dialog.dismiss()))  # fmt: skip
        page.on(
            "console",
            lambda message: (
                wrong.append(message.text) if "Content Security Policy" in message.text else None
            ),
        )
        page.goto(at + path)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert not wrong
