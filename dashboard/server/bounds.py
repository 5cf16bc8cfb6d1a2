"""What comes in is bounded before anything reads it: addresses, messages of a page, uploads."""

from __future__ import annotations

import asyncio
import time
from http import HTTPStatus
from typing import TYPE_CHECKING

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import get_instance

from dashboard.address import base_path
from dashboard.server.answer import LONGEST_QUERY, error
from dashboard.server.gate import MOST_FILES
from dashboard.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LONGEST_PATH = 1_000  # bytes; Streamlit's own have some 100
MOST_HELD = 60_000_000  # bytes of all uploads, in memory until their readers are gone
AT_ONCE = 2  # uploads of a reader
LONGEST_UPLOAD = 120.0  # seconds
UPLOADS = "/_stcore/upload_file/"
# Messages of a page: so many at once, and so many a second. Each has the page's script run.
BURST, RATE = 30, 5.0
TOO_BIG = 1009  # of a websocket's close (RFC 6455, 7.4.1)


class Bounds:
    """ASGI middleware that refuses what is too long, too large, or too much.

    How large one upload may be is Streamlit's `server.maxUploadSize`, and a message of a page
    `server.maxWidgetStateSize`; it counts neither uploads nor messages nor what an address in one
    holds.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.coming: list[tuple[str, int]] = []  # session and bytes of each upload under way

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is within bounds."""
        if scope["type"] == "websocket":
            await self.app(scope, paced(_bounded(receive, send)), send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        session = _uploading(scope)
        coming = (session, _announced(scope))
        refusal = _too_long(scope) or (self._too_much(*coming) if session else None)
        if refusal:
            await refusal(scope, receive, send)
        elif session:
            self.coming.append(coming)
            try:
                await self.app(scope, _in_time(receive), send)
            finally:
                self.coming.remove(coming)
        else:
            await self.app(scope, receive, send)

    def _too_much(self, session: str, size: int) -> Response | None:
        if settings().add == "off":
            return error(404, "nothing is uploaded here")
        files = get_instance().uploaded_file_mgr
        kept = getattr(files, "file_storage", {})  # session → its files
        held = sum(len(file.data) for own in list(kept.values()) for file in list(own.values()))
        at_once = [whose for whose, _ in self.coming].count(session)
        if held + sum(coming for _, coming in self.coming) + size > MOST_HELD:
            return error(503, "too many files are held; try again", {"Retry-After": "120"})
        if at_once >= AT_ONCE:
            return error(503, f"more than {AT_ONCE} files at once; try again", {"Retry-After": "5"})
        if len(kept.get(session, ())) + at_once >= MOST_FILES:
            return error(409, f"more than {MOST_FILES} files; take one away first")
        return None


def _announced(scope: Scope) -> int:
    """Bytes that a request has at most; Streamlit refuses what is larger."""
    largest = int(st.get_option("server.maxUploadSize")) << 20
    told = Headers(scope=scope).get("content-length", "")
    return min(int(told), largest) if told.isdecimal() else largest


def _in_time(receive: Receive) -> Receive:
    """What is sent, until it takes too long; then as if the sender had gone."""
    end = time.monotonic() + LONGEST_UPLOAD

    async def receive_in_time() -> Message:
        try:
            return await asyncio.wait_for(receive(), max(0.0, end - time.monotonic()))
        except TimeoutError:
            return {"type": "http.disconnect"}

    return receive_in_time


def paced(receive: Receive, clock: Callable[[], float] = time.monotonic) -> Receive:
    """What a page sends, no faster than a reader chooses: else it waits (a token bucket)."""
    left, then = float(BURST), clock()

    async def receive_paced() -> Message:
        nonlocal left, then
        message = await receive()
        now = clock()
        left, then = min(float(BURST), left + (now - then) * RATE) - 1, now
        if left < 0 and message["type"] == "websocket.receive":
            await asyncio.sleep(-left / RATE)
        return message

    return receive_paced


def _uploading(scope: Scope) -> str:
    """Whose session a file is uploaded to; "" for all else."""
    path = scope["path"].removeprefix(base_path())
    if scope["method"] != "PUT" or not path.startswith(UPLOADS):
        return ""
    return str(path.removeprefix(UPLOADS).partition("/")[0])


def _too_long(scope: Scope) -> Response | None:
    if len(scope["query_string"]) > LONGEST_QUERY:
        long = f"the query exceeds {LONGEST_QUERY:,} bytes; choose less"
        return error(HTTPStatus.REQUEST_URI_TOO_LONG, long)
    if len(scope["path"]) > LONGEST_PATH:
        return error(HTTPStatus.REQUEST_URI_TOO_LONG, f"the path exceeds {LONGEST_PATH:,} bytes")
    return None


def _bounded(receive: Receive, send: Send) -> Receive:
    """What a page sends, until the address in it is longer than any that it could be opened at."""

    async def receive_bounded() -> Message:
        message = await receive()
        if message["type"] == "websocket.receive" and _has_long_query(message.get("bytes") or b""):
            await send({"type": "websocket.close", "code": TOO_BIG})
            return {"type": "websocket.disconnect", "code": TOO_BIG}
        return message

    return receive_bounded


def _has_long_query(sent: bytes) -> bool:
    if len(sent) <= LONGEST_QUERY:
        return False
    try:
        asked = BackMsg.FromString(sent)
    except DecodeError:  # Streamlit closes the connection
        return False
    return len(asked.rerun_script.query_string) > LONGEST_QUERY
