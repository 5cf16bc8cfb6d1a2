"""What the server answers: headers on everything, files that may be kept, health."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from email.message import Message
from pathlib import Path

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


@pytest.mark.parametrize(
    "path",
    ["/", "/?place=moscow", "/method", "/healthz", "/" + shapes_address(), "/basemap/../x",
     "/_stcore/health", "/nowhere.js", "/favicon.png"],
)  # fmt: skip
def test_every_answer_carries_the_security_headers(server: str, path: str) -> None:
    _, headers, _ = get(server + path)
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'none'"
    assert "unsafe-inline" not in policy["script-src"]
    assert "unsafe-eval" not in policy["script-src"]
    assert policy["connect-src"] == "'self'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


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


WATCH = """\
import os, sys
NEAR = ("127.0.0.1", "::1", "localhost", None, "")
def heard(event, args):
    if event == "socket.connect":
        host = args[1][0] if isinstance(args[1], tuple) else None  # else a file
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = args[0]
    else:
        return
    if host not in NEAR:
        with open(os.environ["HEARD"], "a") as file:
            print(event, host, file=file)
sys.addaudithook(heard)
"""


def test_the_server_itself_asks_nobody(open_page: Opener, tmp_path: Path) -> None:
    """Its interpreter tells of every connection and of every name that is looked up."""
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    heard = tmp_path / "heard"
    watched = {"PYTHONPATH": str(tmp_path), "HEARD": str(heard)}
    with serving(**watched) as address:
        page = drawn(open_page("/?place=moscow", at=address))
        pill(page, "Quoted").click()
        says(page, "3 of 24 statements: in or about Moscow, quoted")
        for path in ("/card.png", "/api/story.jsonld", "/edition.html", "/?quote=q-lavrov-lose"):
            assert get(address + path)[0] == 200
    assert not heard.exists(), heard.read_text()

    call = "import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 9))"
    subprocess.run(
        [sys.executable, "-c", call], env=os.environ | watched, stderr=subprocess.DEVNULL
    )
    assert "192.0.2.1" in heard.read_text()  # so it would have been heard


def test_under_a_base_path_everything_is_found(open_page: Opener) -> None:
    with serving(STREAMLIT_SERVER_BASE_URL_PATH="dateline") as address:
        page = drawn(open_page("/dateline/?place=moscow", at=address))
        land = page.locator(".st-key-map .mark-shape path")
        expect(land.nth(200)).to_be_attached()
        pill(page, "Quoted").click()
        says(page, "3 of 24 statements: in or about Moscow, quoted")
        assert page.url.endswith("/dateline/?place=moscow&kind=direct")
        assert json.loads(get(f"{address}/dateline/healthz")[2]) == {"status": "ok"}
