"""What never changes is compressed once; everything else passes through as it is."""

from __future__ import annotations

import asyncio
import gzip
from typing import TYPE_CHECKING

import brotli
import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.server.compression import CODINGS, KEPT_BYTES, KeepCompressed
from tests.server.test_answers import run_apart

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

FOR_EVER = {"Cache-Control": "public, max-age=31536000, immutable"}
CROWD = 20  # who ask for the same before it is made
TEXT = b"export const places = ['Geneva', 'Moscow', 'Damascus', 'Aleppo'];\n" * 100


class Served:
    """An application that counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        routes = [Route("/{name:path}", self.answer, methods=["GET", "POST"])]
        self.middleware = KeepCompressed(Starlette(routes=routes))
        self.client = TestClient(self.middleware)

    async def answer(self, request: Request) -> Response:
        name = request.path_params["name"]
        self.asked.append(name)
        while name == "slow.js" and len(self.asked) < CROWD:
            await asyncio.sleep(0)
        kind = "image/png" if name.endswith(".png") else "application/javascript"
        headers = {} if name == "changes.js" else FOR_EVER
        body = b"x" if name == "short.js" else name.encode() + TEXT
        status = 404 if name == "missing.js" else 200
        return Response(body, status_code=status, media_type=kind, headers=headers)

    def get(self, name: str, accept: str = "gzip, br", **headers: str) -> tuple[str, bytes, str]:
        """Content coding, body as sent, and the header Vary."""
        with self.client.stream(
            "GET", f"/{name}", headers={"Accept-Encoding": accept} | headers
        ) as got:
            raw = b"".join(got.iter_raw())
            return got.headers.get("content-encoding", ""), raw, got.headers.get("vary", "")


@pytest.mark.parametrize(
    ("accept", "coding", "unpack"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("br;q=1.0, gzip;q=0.5", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("identity", "", bytes),
        ("gzip;q=0, br;q=0.0", "", bytes),
        ("BR; q=0, gzip", "gzip", gzip.decompress),
    ],
)
def test_the_best_coding_that_is_accepted(accept: str, coding: str, unpack: type[bytes]) -> None:
    found, raw, vary = Served().get("a.js", accept)
    assert found == coding
    assert unpack(raw) == b"a.js" + TEXT
    assert ("Accept-Encoding" in vary) == bool(coding)


def test_the_second_reader_is_answered_from_memory() -> None:
    served = Served()
    assert served.get("a.js") == served.get("a.js")
    assert served.asked == ["a.js"]


@pytest.mark.parametrize(
    ("name", "headers"),
    [
        ("changes.js", {}),
        ("picture.png", {}),
        ("short.js", {}),
        ("missing.js", {}),
        ("a.js", {"Range": "bytes=0-3"}),
        ("a.js", {"If-None-Match": '"1"'}),
    ],
)
def test_everything_else_passes_through(name: str, headers: dict[str, str]) -> None:
    served = Served()
    for _ in range(2):
        assert served.get(name, **headers)[0] == ""
    assert served.asked == [name, name]


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.server.compression.KEPT_BYTES", 1000)
    served = Served()
    for n in range(30):
        served.get(f"{n}.js")
    assert 0 < served.middleware.size <= 1000
    assert served.middleware.size == sum(
        len(kept[1]["body"]) for kept in served.middleware.kept.values()
    )
    assert KEPT_BYTES < 20_000_000


@pytest.mark.parametrize("fails", [False, True])
def test_who_asks_while_it_is_made_waits_for_it(
    monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    made: list[bytes] = []

    def compress(body: bytes) -> bytes:
        made.append(body)
        if fails and len(made) == 1:
            raise MemoryError
        return brotli.compress(body)

    monkeypatch.setitem(CODINGS, "br", compress)
    served = Served()

    async def main() -> list[object]:
        transport = httpx2.ASGITransport(served.middleware)
        async with httpx2.AsyncClient(transport=transport, base_url="http://localhost") as client:
            told = {"Accept-Encoding": "br"}
            asked = (client.get("/slow.js", headers=told) for _ in range(CROWD))
            return await asyncio.gather(*asked, return_exceptions=True)

    answers = run_apart(main)
    good = [a.content for a in answers if not isinstance(a, BaseException)]
    assert good == [b"slow.js" + TEXT] * (CROWD - fails)
    assert len(made) == 1 + fails


def test_what_is_larger_than_all_that_is_kept_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.server.compression.KEPT_BYTES", 10)
    served = Served()
    for name in ("a.js", "b.js"):
        assert brotli.decompress(served.get(name)[1]) == name.encode() + TEXT


def test_who_has_gone_is_not_answered_again_and_again() -> None:
    """An application says nothing to who hung up; that is the end of it."""
    asked: list[str] = []

    async def silent(scope: Scope, receive: Receive, _send: Send) -> None:
        asked.append(scope["path"])
        assert len(asked) == 1, "asked again"
        assert (await receive())["type"] == "http.disconnect"

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"accept-encoding", b"br")]
    scope = {"type": "http", "method": "GET", "path": "/a.js", "headers": headers}
    run_apart(lambda: KeepCompressed(silent)(scope, receive, send))
    assert (asked, sent) == (["/a.js"], [])
