"""The server opens no connection, whatever readers and strangers ask of it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dashboard.exports.formats import FORMATS
from dashboard.exports.of_library import formats as library_exports
from tests.browser.conftest import Opener
from tests.browser.reader import drawn, pill, says, settled
from tests.browser.test_add import ARTICLE, listening, paste
from tests.hardening.served import served
from tests.library.small import write_duckdb

# Python tells of each, in the server and in the processes that it starts. Engines of a library may
# open none (`test_in_duckdb`): they are native, and not heard here.
WATCH = """\
import os, sys
NEAR = ("127.0.0.1", "::1", "localhost", None, "")
def heard(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        host = args[1][0] if isinstance(args[1], tuple) else None  # else a file
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = args[0]
    elif event == "subprocess.Popen":
        host = None if args[0] == sys.executable else args[0]  # it is Python, and watched
    else:
        return
    if host not in NEAR:
        with open(os.environ["HEARD"], "a") as file:
            print(event, host, file=file)
sys.addaudithook(heard)
"""


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where all Python processes that are started from here write whom they connect to."""
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    paths = [str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    monkeypatch.setenv("HEARD", str(tmp_path / "heard"))
    return tmp_path / "heard"


def test_the_server_asks_nobody(open_page: Opener, heard: Path, tmp_path: Path) -> None:
    library = write_duckdb(tmp_path / "small.duckdb")
    settings = {"DATELINE_LIBRARY": str(library), "DATELINE_PUBLIC_URL": "http://localhost/"}
    with served(tmp_path, **settings) as server:
        page = drawn(open_page("/?place=moscow", at=server.address))
        pill(page, "Quoted").click()
        says(page, "3 of 24 statements: in or about Moscow, quoted")
        for path in ("/library?q=ferry", "/actor?actor=ada-hale", "/place?place=nowhere",
                     "/words?quote=x", "/method"):  # fmt: skip
            page = settled(open_page(path, at=server.address))
            expect(page.get_by_role("heading").first).to_be_visible()
        page = open_page("/add", at=server.address)
        paste(page, ARTICLE, publisher="The Valley Post")
        listening(page)
        answered = [
            *(f"/api/{name}" for name in FORMATS),
            *(f"/api/library/{name}" for name in library_exports.FORMATS),
            "/card.png", "/card.png?quote=q-lavrov-lose", "/edition.html", "/healthz", "/readyz",
            "/oembed?url=http%3A%2F%2Flocalhost%2F", "/_stcore/health", "/_stcore/host-config",
        ]  # fmt: skip
        for path in answered:
            assert server.ask(path).status == 200, path
        for stranger in ("https://stranger.example", "http://192.0.2.1", "null"):
            server.upgrade(Origin=stranger)
            server.upgrade(Origin=stranger, Host="stranger.example")
            server.ask("/", headers={"Host": "stranger.example", "Origin": stranger})
    assert not heard.exists(), heard.read_text()


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("import socket; socket.socket(type=socket.SOCK_DGRAM).connect(('192.0.2.1', 9))",
         "192.0.2.1"),
        ("import socket; socket.getaddrinfo('stranger.invalid', 80)", "stranger.invalid"),
        ("import subprocess; subprocess.run(['true'])", "true"),
    ],
)  # fmt: skip
def test_it_would_have_been_heard(heard: Path, call: str, told: str) -> None:
    subprocess.run([sys.executable, "-c", call], stderr=subprocess.DEVNULL)
    assert told in heard.read_text()
