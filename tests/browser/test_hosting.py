"""The README's way of hosting, tried: its services and its nginx texts, under a path of a site."""

from __future__ import annotations

import http.client
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager
from functools import partial
from itertools import chain
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, WebSocket, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.exports.formats import FORMATS
from tests.benchmarks.client import Reader
from tests.browser.conftest import ROOT, free_port, wait_for
from tests.browser.reader import click_mark, drawn, pill, says, settled
from tests.server.test_answers import run_apart
from tests.sharing.test_tags import Head

HOST = "news.example.org"
PUBLIC = f"https://{HOST}/dateline/"
UPLOAD = "/dateline/_stcore/upload_file/nobody/x"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """The README's texts in a language."""
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


class Service:
    """The process that the README's unit starts on a port, as systemd starts and stops it."""

    def __init__(self, port: int) -> None:
        self.port = port
        unit = "".join(blocks("ini")).replace("\\\n", " ").replace("%i", str(port))
        self.unit = dict(re.findall(r"^(\w+)=(.*)$", unit, flags=re.MULTILINE))
        self.start()

    def start(self) -> None:
        """Return when the unit says that it has started."""
        _, *arguments = shlex.split(self.unit["ExecStart"])
        name, value = self.unit["Environment"].split("=", 1)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", *arguments],
            cwd=ROOT, env={**_environment(), name: value},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        subprocess.run(shlex.split(self.unit["ExecStartPost"]), check=True)

    def connections(self) -> int:
        """How many it holds just now."""
        held = psutil.Process(self.process.pid).net_connections("tcp")
        return sum(c.laddr.port == self.port and c.status == "ESTABLISHED" for c in held)

    def stop(self) -> None:
        """Ask it to end, as systemd does, which kills it after the unit's seconds."""
        self.process.terminate()
        self.process.wait(int(self.unit["TimeoutStopSec"]))


def _environment() -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}


@contextmanager
def nginx(port: int, upstreams: tuple[int, int], folder: Path) -> Iterator[None]:
    """Nginx with the README's texts, on loopback."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not program:
        pytest.fail("The hosting test needs nginx (Debian, Ubuntu: `apt-get install nginx-light`).")
    kept = "\n".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    around, location = blocks("nginx")
    for named, upstream in zip(("8501", "8502"), upstreams, strict=True):
        around = around.replace(named, str(upstream))
    (folder / "nginx.conf").write_text(
        f"{'user root; ' * (os.geteuid() == 0)}daemon off; pid {folder}/pid; error_log stderr;\n"
        f"events {{}}\nhttp {{ access_log off; {kept}\n{around}\n"
        f"server {{ listen 127.0.0.1:{port}; server_name {HOST};\n" + location + "}}\n"
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
def services() -> Iterator[tuple[Service, Service]]:
    both = Service(free_port()), Service(free_port())
    yield both
    for one in both:
        one.stop()


@pytest.fixture(scope="module")
def hosted(
    services: tuple[Service, Service], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The port at which nginx answers for the site."""
    port, (one, other) = free_port(), services
    with nginx(port, (one.port, other.port), tmp_path_factory.mktemp("nginx")):
        yield port


class Answer:
    """What nginx passes on; readers' own headers are forged in every request."""

    def __init__(
        self, port: int, path: str, method: str = "GET", body: bytes | None = None, **headers: str
    ) -> None:
        forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request(method, path, body, headers={"Host": HOST, **forged, **headers})
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


@pytest.mark.parametrize(
    ("path", "given"),
    [("", True), ("?place=moscow", True), ("api/quotes.json", False), ("card.png", False),
     ("edition.html", False), ("healthz", False), ("nowhere.js", True)],
)  # fmt: skip
def test_a_cookie_comes_with_pages_and_with_nothing_that_a_cdn_keeps(
    hosted: int, path: str, given: bool
) -> None:
    headers = Answer(hosted, f"/dateline/{path}").headers
    assert ("Set-Cookie" in headers) == given
    assert not (given and "public" in headers["Cache-Control"])


def test_a_file_of_two_megabytes_comes_through(hosted: int) -> None:
    """As far as the server, which asks for a token; a larger one does not."""
    assert Answer(hosted, UPLOAD, "PUT", body=bytes(2_000_000)).status == 403
    assert Answer(hosted, UPLOAD, "PUT", body=bytes(5_000_000)).status == 413


def test_a_process_that_does_not_answer_is_found(
    hosted: int, services: tuple[Service, Service], tmp_path: Path
) -> None:
    (line,) = blocks("crontab")
    schedule, found, restart = line.partition(" root ")[2].partition(" || ")
    assert found
    assert restart.strip() == "systemctl restart dateline@8501"
    one, _ = services
    asked = shlex.split(schedule.replace("8501", str(one.port)).replace("time 5", "time 1"))
    assert subprocess.run(asked, check=False).returncode == 0
    one.process.send_signal(signal.SIGSTOP)
    try:
        assert subprocess.run(asked, check=False).returncode != 0
    finally:
        one.process.send_signal(signal.SIGCONT)


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


def test_a_restart_of_each_process_leaves_the_page_as_it_is(
    browser: Browser, hosted: int, services: tuple[Service, Service]
) -> None:
    """The page reconnects to a process that lives; what was chosen comes from its address."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    sockets: list[list[str]] = []  # of each websocket, what it has said

    def opened(socket: WebSocket) -> None:
        said: list[str] = []
        sockets.append(said)
        socket.on(
            "framereceived",
            lambda data: said.append(ForwardMsg.FromString(bytes(data)).WhichOneof("type")),
        )

    page.on("websocket", opened)
    page.goto(f"http://{HOST}:{hosted}/dateline/?place=moscow")
    drawn(page)
    said = (
        "3 of 24 statements: in or about Moscow, quoted",
        "10 of 24 statements: in or about Moscow",
    )
    # The page's own process last: in the end another holds its session and what it downloads.
    for one, sentence in zip(sorted(services, key=Service.connections), said, strict=True):
        before, has_it = len(sockets), one.connections() > 0
        one.stop()
        for _ in range(600):  # until the page is with the other, if it was with this one
            if not has_it or "script_finished" in chain(*sockets[before:]):
                break
            page.wait_for_timeout(100)
        pill(settled(page), "Quoted").click()
        says(page, sentence)
        one.start()
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_text("Data: the tables behind this page, as filtered").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download quotes.csv").click()
    assert len(Path(taken.value.path()).read_text().splitlines()) == 1 + 10
    page.close()


def test_readers_behind_one_address_are_spread_and_each_stays(
    hosted: int, services: tuple[Service, Service]
) -> None:
    """A cookie tells them apart: the readers of one office are not all on one process."""
    cookies = [Answer(hosted, "/dateline/").headers["Set-Cookie"].split(";")[0] for _ in range(20)]
    assert Answer(hosted, "/dateline/", Cookie=cookies[0]).headers["Set-Cookie"] is None

    async def served(cookies: list[str]) -> list[int]:
        """How many websockets of readers with these cookies each process holds."""
        async with AsyncExitStack() as room:
            for cookie in cookies:
                reader = Reader(
                    f"ws://{HOST}:{hosted}/dateline/_stcore/stream",
                    host="127.0.0.1", port=hosted, additional_headers={"Cookie": cookie},
                )  # fmt: skip
                await room.enter_async_context(reader)
            return [one.connections() for one in services]

    assert min(run_apart(partial(served, cookies))) > 0
    assert sorted(run_apart(partial(served, cookies[:1] * 5))) == [0, 5]
