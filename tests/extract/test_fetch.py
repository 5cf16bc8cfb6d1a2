"""Fetching a page, from a server of the test's own."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dashboard.extract import fetch as module
from dashboard.extract.fetch import fetch
from dashboard.extract.formats import LARGEST_PAGE
from dashboard.extract.given import InputError

TEXT = (
    "The harbour council said that it would hear the fishermen again before it votes in the spring."
)
PAGE = f"""<html><head><title>Council</title></head>
<body><article><p>Müßig: {TEXT}</p></article></body></html>"""


class Pages(BaseHTTPRequestHandler):
    """Answers by the path."""

    def do_GET(self) -> None:
        pages = {
            "/page": (200, "text/html; charset=iso-8859-2", PAGE.encode("iso-8859-2")),
            "/text": (200, "text/plain", TEXT.encode()),
            "/pdf": (200, "application/pdf", b"%PDF"),
            "/large": (200, "text/html", b"a" * (LARGEST_PAGE + 1)),
            "/gone": (410, "text/html", b""),
        }
        to = {
            "/moved": "/page",
            "/round": "/round",
            "/away": "file:///etc/hostname",
            "/ftp": "ftp://localhost/",
        }
        self.protocol_version = "HTTP/1.0"
        if self.path in to:
            self.send_response(302)
            self.send_header("Location", to[self.path])
            self.end_headers()
            return
        status, kind, body = pages[self.path]
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.parametrize("path", ["/page", "/moved"])
def test_page(host: str, path: str) -> None:
    found = fetch(host + path, private=True)
    assert found.text.split("\n\n") == ["Council", f"Müßig: {TEXT}"]
    assert found.metadata.url == f"{host}/page"


def test_text(host: str) -> None:
    found = fetch(f"{host}/text", private=True)
    assert (found.text, found.metadata.url) == (TEXT, f"{host}/text")


SAVE = "save the page from the browser and give the file"


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/pdf", f"the address gives application/pdf, not a page; {SAVE}"),
        ("/large", f"the page has more than 2 MB; {SAVE}"),
        ("/gone", f"the server answers 410; {SAVE}"),
        ("/round", f"the server answers 302; {SAVE}"),
        ("/away", f"the server answers 302; {SAVE}"),
        ("/ftp", f"the server answers 302; {SAVE}"),
    ],
)
def test_what_cannot_be_read(host: str, path: str, fault: str) -> None:
    with pytest.raises(InputError) as error:
        fetch(host + path, private=True)
    assert error.value.faults == (fault,)


@pytest.mark.parametrize(
    "url",
    ["", "page", "file:///etc/hostname", "ftp://example.org/", "http://", "http://[::1/",
     "data:text/plain,a", "javascript:alert(1)"],
)  # fmt: skip
def test_only_pages_of_the_web(url: str) -> None:
    with pytest.raises(InputError, match="not one of http or https"):
        fetch(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "0.0.0.0",
        "[::1]",
        "[fe80::1]",
        "2130706433",
    ],
)
def test_private_addresses_are_not_asked(address: str) -> None:
    with pytest.raises(InputError, match="private network"):
        fetch(f"http://{address}/page")


def test_a_public_name_of_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    answer = [(2, 1, 6, "", ("93.184.216.34", 0)), (2, 1, 6, "", ("127.0.0.1", 0))]
    monkeypatch.setattr(module.socket, "getaddrinfo", lambda *_, **__: answer)
    with pytest.raises(InputError, match="private network"):
        fetch("http://news.example.org/")


def test_nobody_answers() -> None:
    with pytest.raises(InputError, match="cannot be fetched"):
        fetch("http://127.0.0.1:1/page", private=True)
