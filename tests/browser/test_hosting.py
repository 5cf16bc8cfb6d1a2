"""The README's way of hosting, tried: its service and its nginx text, under a path of a site."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from dashboard.exports.formats import FORMATS
from tests.browser.conftest import ROOT, free_port, wait_for
from tests.browser.reader import click_mark, drawn, pill, says
from tests.sharing.test_tags import Head

HOST = "news.example.org"
PUBLIC = f"https://{HOST}/dateline/"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The README's one text in a language."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)
    return found


@contextmanager
def service(port: int) -> Iterator[None]:
    """The process that the README's unit starts, on a port of our own."""
    unit = block("ini").replace("\\\n", " ")
    (start,) = re.findall(r"^ExecStart=(.*)$", unit, flags=re.MULTILINE)
    setting = dict(re.findall(r"^Environment=(\w+)=(.*)$", unit, flags=re.MULTILINE))
    _, *arguments = shlex.split(start.replace("8501", str(port)))
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", *arguments],
        cwd=ROOT, env={**_environment(), **setting},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/dateline/healthz", process)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}


@contextmanager
def nginx(port: int, upstream: int, folder: Path) -> Iterator[None]:
    """Nginx with the README's location, on loopback."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        pytest.fail("The hosting test needs nginx (Debian, Ubuntu: `apt-get install nginx-light`).")
    kept = "\n".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log stderr;\n"
        f"events {{}}\nhttp {{ access_log off; {kept}\n"
        f"server {{ listen 127.0.0.1:{port}; server_name {HOST};\n"
        + block("nginx").replace("8501", str(upstream))
        + "}}\n"
    )
    process = subprocess.Popen(
        [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/dateline/healthz", process)
        yield
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port at which nginx answers for the site."""
    port, upstream = free_port(), free_port()
    with service(upstream), nginx(port, upstream, tmp_path_factory.mktemp("nginx")):
        yield port


class Answer:
    """What nginx passes on; readers' own headers are forged in every request."""

    def __init__(self, port: int, path: str, method: str = "GET", **headers: str) -> None:
        forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request(method, path, headers={"Host": HOST, **forged, **headers})
        answer = connection.getresponse()
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()
        connection.close()

    @property
    def text(self) -> str:
        return self.body.decode()


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Kerry Supports Syrian Peace Talks in Russia"),
        ("?place=moscow", "10 of 24 statements: in or about Moscow"),
        ("?quote=q-kerry-helpful",
         "John Kerry: “We hope that the Russian efforts could be helpful”"),
    ],
)  # fmt: skip
def test_links_unfurl_with_the_public_address(hosted: int, query: str, title: str) -> None:
    answer = Answer(hosted, f"/dateline/{query}")
    head = Head(answer.text.split("</head>")[0])
    assert head.meta("og:title") == title
    assert head.link(rel="canonical") == PUBLIC + query
    assert head.meta("og:image") == f"{PUBLIC}card.png{query}"
    assert "evil.example" not in answer.text

    picture = Answer(hosted, str(head.meta("og:image")).removeprefix(f"https://{HOST}"))
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.body[:8] == b"\x89PNG\r\n\x1a\n"

    found = str(head.link(type="application/json+oembed")).removeprefix(f"https://{HOST}")
    answered = json.loads(Answer(hosted, found).text)
    assert answered["title"] == title
    assert f'src="{PUBLIC}?embed=true&amp;view=' in answered["html"]


@pytest.mark.parametrize("name", FORMATS)
def test_every_export_is_answered_and_kept(hosted: int, name: str) -> None:
    first = Answer(hosted, f"/dateline/api/{name}?actor=john-kerry")
    assert first.status == 200
    assert "evil.example" not in first.body.decode("utf-8", "replace")
    again = Answer(
        hosted, f"/dateline/api/{name}?actor=john-kerry", **{"If-None-Match": first.headers["ETag"]}
    )
    assert (again.status, again.body) == (304, b"")
    head = Answer(hosted, f"/dateline/api/{name}?actor=john-kerry", "HEAD")
    assert (head.status, head.headers["ETag"]) == (200, first.headers["ETag"])


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [("api/nothing", "GET", 404), ("api/quotes.json?actor=x", "GET", 400),
     ("api/quotes.json", "POST", 405), ("oembed?url=https://evil.example/", "GET", 404),
     ("healthz", "GET", 200)],
)  # fmt: skip
def test_errors_come_through(hosted: int, path: str, method: str, status: int) -> None:
    assert Answer(hosted, f"/dateline/{path}", method).status == status


def test_the_edition_is_there_and_links_back(hosted: int) -> None:
    answer = Answer(hosted, "/dateline/edition.html")
    assert answer.status == 200
    assert 'filename="moscow-talks.html"' in answer.headers["Content-Disposition"]
    assert PUBLIC in answer.text


def test_a_reader_filters_and_shares_through_nginx(browser: Browser, hosted: int) -> None:
    """The page's websocket, its files under the path, and the address that it gives to copy."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(f"http://{HOST}:{hosted}/dateline/?place=moscow")
    drawn(page)
    pill(page, "Quoted").click()
    says(page, "3 of 24 statements: in or about Moscow, quoted")
    click_mark(page, "map", place="moscow")
    says(page, "8 of 24 statements: quoted")
    assert page.url == f"http://{HOST}:{hosted}/dateline/?kind=direct"
    page.get_by_role("button", name="Share", exact=True).click()
    expect(page.get_by_test_id("stCode").filter(visible=True)).to_have_text(page.url)
    page.close()
