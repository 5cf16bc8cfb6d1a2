"""Pages that nobody has opened before, and what goes wrong on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page


class Watch:
    """Makes pages, each in a context of its own, and holds what was `wrong` on them."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.contexts: list[BrowserContext] = []
        self.wrong: list[str] = []

    def page(self, *, width: int = 1440, height: int = 900, **options: object) -> Page:
        """An empty page; an error in a script and a dialog are wrong on it."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce", **options
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("dialog", lambda d: (self.wrong.append(f"dialog: {d.message}"), d.dismiss()))
        return page


@contextmanager
def watching(browser: Browser) -> Iterator[Watch]:
    """Close what was opened, and fail if anything was wrong."""
    watch = Watch(browser)
    yield watch
    for context in watch.contexts:
        context.close()
    assert not watch.wrong
