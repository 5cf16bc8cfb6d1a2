"""What the server answers: files that may be kept, health, under any path."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from email.message import Message

import pytest
from playwright.sync_api import expect

from dashboard.basemap import shapes_address
from tests.browser.conftest import Opener, serving
from tests.browser.reader import drawn, pill, says


def get(address: str, **headers: str) -> tuple[int, Message, bytes]:
    """Status, headers and body of a GET."""
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 — our own server
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


def test_health_is_answered(server: str) -> None:
    status, headers, body = get(f"{server}/healthz")
    assert (status, json.loads(body)) == (200, {"status": "ok"})
    assert headers["Cache-Control"] == "no-store"


def test_shapes_are_compressed_and_kept_for_ever(server: str) -> None:
    status, headers, body = get(f"{server}/{shapes_address()}", **{"Accept-Encoding": "gzip"})
    assert status == 200
    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]
    assert len(body) < 100_000


@pytest.mark.parametrize(
    "name", ["countries.json", "..%2f..%2fpyproject.toml", "%2e%2e/README.md", "countries-0.json"]
)
def test_only_the_shapes_are_served(server: str, name: str) -> None:
    status, _, body = get(f"{server}/basemap/{name}")
    assert status in (400, 404) or b"<title>Streamlit</title>" in body
    assert b"[project]" not in body
    assert b"# Basemap" not in body


def test_scripts_are_compressed_and_kept_for_ever(open_page: Opener, server: str) -> None:
    page = drawn(open_page())
    scripts = page.evaluate(
        """() => performance.getEntriesByType("resource").map(e => e.name)
            .filter(name => name.includes("/static/js/"))"""
    )
    assert scripts
    _, headers, _ = get(scripts[0], **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert "immutable" in headers["Cache-Control"]


def test_under_a_base_path_everything_is_found(open_page: Opener) -> None:
    with serving(STREAMLIT_SERVER_BASE_URL_PATH="dateline") as address:
        page = drawn(open_page("/dateline/?place=moscow", at=address))
        land = page.locator(".st-key-map .mark-shape path")
        expect(land.nth(200)).to_be_attached()
        pill(page, "Quoted").click()
        says(page, "3 of 24 statements: in or about Moscow, quoted")
        assert page.url.endswith("/dateline/?place=moscow&kind=direct")
        assert json.loads(get(f"{address}/dateline/healthz")[2]) == {"status": "ok"}
