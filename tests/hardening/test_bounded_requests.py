"""Addresses, messages of a page and uploads are bounded, and the server serves the next reader."""

from __future__ import annotations

import asyncio
import http.client
import json
import resource
import socket
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from dashboard.server.answer import LONGEST_QUERY
from dashboard.server.bounds import BURST, LONGEST_PATH, MOST_HELD, RATE, Bounds, paced
from dashboard.server.gate import MOST_FILES
from tests.benchmarks.client import Reader
from tests.browser.conftest import serving
from tests.hardening.served import process_of

MEGABYTE = 1 << 20
SPARE = 150 * MEGABYTE
UPLOAD = 3 * MEGABYTE  # `server.maxUploadSize`


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Every request here is met with little memory to spare."""
    with serving() as address:
        run_apart(lambda: reads(address))
        may_take(address, SPARE)
        yield address


def may_take(server: str, more: int) -> None:
    """Let the server have so many bytes more than it has (`ulimit -d`), and no other."""
    process = process_of(server)
    status = Path(f"/proc/{process.pid}/status").read_text()
    held = int(status.partition("VmData:")[2].split()[0]) << 10
    resource.prlimit(process.pid, resource.RLIMIT_DATA, (held + more, held + more))


def run_apart(main: Callable[[], Awaitable[Any]]) -> Any:
    """Run it in a thread of its own: this one may have the browser tests' loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, main()).result()


def stream(server: str) -> str:
    return f"ws://{urlsplit(server).netloc}/_stcore/stream"


async def reads(server: str, query: str = "") -> None:
    """A reader opens the story, and it is drawn to its end."""
    async with Reader(stream(server)) as reader:
        await reader.ask(query)


def asked(
    server: str, path: str, method: str = "GET", body: bytes | None = None, **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """Status, headers and body of what is asked, letter by letter as it is given."""
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    "path",
    ["/", "/method", "/library", "/api/quotes.json", "/card.png", "/oembed", "/edition.html",
     "/healthz", "/nothing.js"],
)  # fmt: skip
@pytest.mark.parametrize("long", ["x" * (LONGEST_QUERY + 1), "x&" * 5_000, "?" * 50_000])
def test_a_long_query_is_a_414(server: str, path: str, long: str) -> None:
    status, headers, body = asked(server, f"{path}?{long}")
    assert status == 414
    assert "choose less" in json.loads(body)["error"]
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_long_path_is_a_414(server: str) -> None:
    for start in ("/", "/api/", "/static/", "/basemap/", "/component/"):
        assert asked(server, start + "x" * LONGEST_PATH)[0] == 414
    assert asked(server, "/x?" + "x" * 100_000)[0] in (400, 414, 431)
    assert asked(server, "/healthz")[0] == 200


def test_a_page_with_as_many_parameters_as_fit_is_drawn(server: str) -> None:
    for query in ("actor=x&" * 900, "a&" * 3_900, "q=" + "%20" * 2_600, "place=moscow&" * 600):
        assert len(query) <= LONGEST_QUERY
        run_apart(lambda query=query: reads(server, query))


def message(query: str = "", text: str = "") -> bytes:
    asked = BackMsg()
    asked.rerun_script.query_string = query
    if text:
        asked.rerun_script.widget_states.widgets.add(id="text", string_value=text)
    return asked.SerializeToString()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (message(query="x" * (LONGEST_QUERY + 1)), 1009),
        (message(query="a&" * 500_000), 1009),
        (message(text="x" * 3_000_000), 1009),
        (message(text="x" * 9_000_000), 1009),
        (b"x" * 20_000_000, 1009),
        (b"\xff" * 10_000, 1002),
    ],
    ids=["long address", "many parameters", "large text", "9 MB", "20 MB", "no message"],
)
def test_a_message_that_is_too_much_ends_the_connection(
    server: str, sent: bytes, code: int
) -> None:
    async def send() -> int:
        async with connect(stream(server), max_size=None, compression=None) as socket:
            try:
                await socket.send(sent)
                async with asyncio.timeout(60):
                    while True:
                        await socket.recv()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 0

    assert run_apart(send) == code
    run_apart(lambda: reads(server))


async def session(socket: ClientConnection) -> str:
    """The name of the session that a connection has, once its page runs."""
    await socket.send(message())
    while True:
        sent = ForwardMsg.FromString(await socket.recv(decode=False))
        if sent.WhichOneof("type") == "new_session":
            return sent.new_session.initialize.session_id


def upload_headers(server: str) -> dict[str, str]:
    """What a page sends with an upload: its token among them."""
    cookie = asked(server, "/_stcore/health")[1]["Set-Cookie"] or ""
    token = cookie.partition("=")[2].partition(";")[0]
    return {
        "Content-Type": "multipart/form-data; boundary=b",
        "Cookie": f"_streamlit_xsrf={token}",
        "X-Xsrftoken": token,
    }


def put(server: str, session: str, file: str, size: int) -> tuple[int, bytes]:
    """Status and body of the upload of a file, as a page sends it."""
    head = b'--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\n'
    body = head + bytes(size) + b"\r\n--b--\r\n"
    path = f"/_stcore/upload_file/{session}/{file}"
    status, _, answer = asked(server, path, "PUT", body, **upload_headers(server))
    return status, answer


async def uploaded(server: str, readers: int, size: int, count: int) -> list[int]:
    """What becomes of so many uploads by each of so many readers."""
    sockets = [await connect(stream(server), max_size=None) for _ in range(readers)]
    try:
        names = [await session(socket) for socket in sockets]
        return [
            (await asyncio.to_thread(put, server, name, f"f{n}", size))[0]
            for name in names
            for n in range(count)
        ]
    finally:
        for socket in sockets:
            await socket.close()


def test_uploads_are_bounded_one_by_one_and_together() -> None:
    with serving() as server:
        run_apart(lambda: reads(server))
        may_take(server, SPARE)
        got = run_apart(lambda: uploaded(server, 1, 1_000, MOST_FILES + 2))
        assert got == [204] * MOST_FILES + [409] * 2
        assert run_apart(lambda: uploaded(server, 1, UPLOAD + 1, 1)) == [413]
        got = run_apart(lambda: uploaded(server, 4, UPLOAD - 1_000, 6))
        most = MOST_HELD // UPLOAD
        assert (got.count(204), set(got[most:])) == (most, {503})
        run_apart(lambda: reads(server))
        assert asked(server, "/healthz")[0] == 200
        status, body = put(server, "nobody", "f", 10)
        assert status in (400, 503)
        assert b"Traceback" not in body


def test_where_no_story_is_added_nothing_is_uploaded() -> None:
    with serving(DATELINE_ADD="off") as server:
        assert run_apart(lambda: uploaded(server, 1, 1_000, 1)) == [404]


def hanging(server: str, session: str, count: int) -> list[socket.socket]:
    """Uploads that are announced, each of the largest size, and never come."""
    where = urlsplit(server)
    told = {"Host": where.netloc, "Content-Length": str(UPLOAD), **upload_headers(server)}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    opened = []
    for n in range(count):
        opened.append(socket.create_connection((where.hostname, where.port)))
        path = f"/_stcore/upload_file/{session}/h{n}"
        opened[-1].sendall(f"PUT {path} HTTP/1.1\r\n{head}\r\n".encode())
    return opened


def test_uploads_that_do_not_come_stand_in_nobodys_way(server: str) -> None:
    async def main() -> list[int]:
        async with (
            connect(stream(server), max_size=None) as first,
            connect(stream(server), max_size=None) as second,
        ):
            one, other = await session(first), await session(second)
            waiting = await asyncio.to_thread(hanging, server, one, 30)
            try:
                for _ in range(200):  # until those before have come in
                    got = (await asyncio.to_thread(put, server, one, "x", 10))[0]
                    if got != 204:
                        break
                return [got, (await asyncio.to_thread(put, server, other, "a", 1_000))[0]]
            finally:
                for each in waiting:
                    each.close()

    assert run_apart(main) == [503, 204]


def test_a_message_names_few_files(server: str) -> None:
    async def main() -> bool:
        async with connect(stream(server), max_size=None, compression=None) as socket:
            await session(socket)
            asked = BackMsg()
            asked.file_urls_request.request_id = "many"
            asked.file_urls_request.file_names.extend(["a"] * (MOST_FILES + 1))
            await socket.send(asked.SerializeToString())
            asked.file_urls_request.request_id = "few"
            del asked.file_urls_request.file_names[MOST_FILES:]
            await socket.send(asked.SerializeToString())
            while True:
                sent = ForwardMsg.FromString(await socket.recv(decode=False))
                if sent.WhichOneof("type") == "file_urls_response":
                    return sent.file_urls_response.response_id == "few"

    assert run_apart(main)


@pytest.mark.parametrize(
    ("every", "messages", "waited"),
    [(0.0, BURST, 0.0), (0.0, BURST + 10, 11.0), (1 / RATE, 500, 0.0), (0.0, BURST + 1, 0.2)],
)
def test_a_page_is_heard_no_faster_than_a_reader_chooses(
    every: float, messages: int, waited: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    now = 0.0

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def receive() -> dict[str, str]:
        nonlocal now
        now += every
        return {"type": "websocket.receive"}

    async def main() -> None:
        receive_paced = paced(receive, lambda: now)
        for _ in range(messages):
            await receive_paced()

    monkeypatch.setattr(asyncio, "sleep", sleep)
    run_apart(main)
    assert sum(slept) == pytest.approx(waited)


def test_every_page_is_heard_so(monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    async def receive() -> dict[str, object]:
        return {"type": "websocket.receive", "bytes": b""}

    async def app(scope: object, receive: Callable[[], Awaitable[Any]], send: object) -> None:
        for _ in range(BURST + 10):
            await receive()

    monkeypatch.setattr(asyncio, "sleep", sleep)
    run_apart(lambda: Bounds(app)({"type": "websocket"}, receive, receive))
    assert len(slept) == 10
