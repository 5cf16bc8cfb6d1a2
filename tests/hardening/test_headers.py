"""Every answer carries the security headers, whichever part of the server gives it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from email.message import Message

import pytest

from tests.browser.conftest import ROOT
from tests.hardening.served import UPGRADE, Served, served

# Asked in a process of its own: Streamlit has one runtime in each.
ALL_ROUTES = """
import json
from dashboard.app import app
found = app._build_starlette_app().routes
print(json.dumps([[r.path, sorted(getattr(r, "methods", None) or [])] for r in found]))
"""
BREAK = """
import dashboard.server.sharing as sharing
def broken(*_): raise ValueError
sharing.card = broken
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("headers"), before=BREAK) as running:
        yield running


def faults(headers: Message) -> list[str]:
    """What is wrong with an answer's head; `test_unfurl` has who may frame what."""
    policy = dict(
        part.strip().split(" ", 1)
        for part in headers.get("Content-Security-Policy", "x y").split(";")
    )
    scripts = policy.get("script-src", "").split()
    expected = {
        "default-src": policy.get("default-src") == "'none'",
        "script-src": scripts[:2] == ["'self'", "blob:"]
        and all(source.startswith("'sha256-") for source in scripts[2:]),
        "connect-src": policy.get("connect-src") == "'self'",
        "img-src": policy.get("img-src") in ("'self' data: blob:", "data:"),  # the edition's
        "font-src": policy.get("font-src", "") in ("'self' data:", ""),
        "worker-src": policy.get("worker-src", "") in ("'self' blob:", ""),
        "media-src": policy.get("media-src", "") in ("'self'", ""),
        "manifest-src": policy.get("manifest-src", "") in ("'self'", ""),
        "object-src": policy.get("object-src") == "'none'",
        "base-uri": policy.get("base-uri") == "'none'",
        "form-action": policy.get("form-action") == "'none'",
        "frame-ancestors": policy.get("frame-ancestors") == "'none'",
        "X-Content-Type-Options": headers.get("X-Content-Type-Options") == "nosniff",
        "Referrer-Policy": headers.get("Referrer-Policy") == "strict-origin-when-cross-origin",
        "Permissions-Policy": "geolocation=()" in headers.get("Permissions-Policy", ""),
        "Cross-Origin-Opener-Policy": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
        "once each": len(headers.get_all("Content-Security-Policy", [])) == 1,
        "Server": not re.search(r"\d", headers.get("Server", "")),
    }
    return [name for name, met in expected.items() if not met]


def test_every_route_of_the_app_by_every_method(server: Served) -> None:
    """Ours and Streamlit's, as Starlette has them."""
    listed = subprocess.run(
        [sys.executable, "-c", ALL_ROUTES], cwd=ROOT, capture_output=True, check=True
    )
    routes = json.loads(listed.stdout)
    assert {"/healthz", "/readyz", "/api/{name:path}", "/media/{file_id:path}", ""} <= {
        path for path, _ in routes
    }
    wrong = []
    for path, methods in routes:
        for method in {*methods, "GET", "POST", "PROPFIND"}:
            asked = re.sub(r"\{[^}]*\}", "x", path) or "/"
            answer = server.ask(asked, method)
            if found := faults(answer.headers):
                wrong.append((method, asked, answer.status, found))
    assert wrong == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200), ("/?place=moscow", 200), ("/method", 200), ("/add", 200), ("/library", 200),
        ("/actor?actor=x", 200), ("/place?place=x", 200), ("/words?quote=x", 200),
        ("/favicon.png", 200), ("/manifest.json", 200), ("/nowhere", 200), ("/nowhere.js", 200),
        ("/_stcore/health", 200), ("/_stcore/host-config", 200), ("/method/", 301),
        ("//evil.example", 404), ("/..%5c..%5cx", 400), ("/api/quotes.json?actor=x", 400),
        ("/_stcore/metrics", 404), ("/media/x", 404), ("/component/x", 404),
        ("/api/nothing", 404), ("/oembed?url=x&format=xml", 501), ("/card.png", 500),
    ],
)  # fmt: skip
def test_pages_files_redirects_and_errors(server: Served, path: str, status: int) -> None:
    answer = server.ask(path)
    assert (answer.status, faults(answer.headers)) == (status, [])


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        ("/api/quotes.json", "GET", {"If-None-Match": "*"}, 304),
        ("/api/quotes.json", "OPTIONS", {}, 204),
        ("/api/quotes.json", "DELETE", {}, 405),
        ("/healthz", "POST", {}, 405),
        ("/_stcore/upload_file/x/y", "PUT", {}, 403),
        ("/_stcore/stream", "GET", UPGRADE, 101),
        ("/_stcore/stream", "GET", UPGRADE | {"Origin": "https://evil.example"}, 403),
        ("/nowhere", "GET", UPGRADE, 404),
    ],
)  # fmt: skip
def test_what_is_asked_otherwise(
    server: Served, path: str, method: str, headers: dict[str, str], status: int
) -> None:
    answer = server.ask(path, method, headers)
    assert (answer.status, faults(answer.headers)) == (status, [])
