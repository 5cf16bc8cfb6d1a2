"""Files that never change are compressed once, well, and kept; not for each reader anew."""

from __future__ import annotations

import asyncio
import gzip
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import brotli
from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers, MutableHeaders

from dashboard.server.answer import codings

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEPT_BYTES = 16_000_000
SMALLEST = 500
# Best first. Brotli's 11 would take a second for the largest script, and save little more.
CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: brotli.compress(body, quality=9),
    "gzip": lambda body: gzip.compress(body, 9, mtime=0),
}
TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")


class KeepCompressed:
    """ASGI middleware: brotli or gzip for immutable texts, kept up to `KEPT_BYTES` in all.

    What was used longest ago goes first. Each is compressed once, one at a time: who asks
    meanwhile waits for it. Everything else passes through untouched.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: OrderedDict[tuple[str, str], list[Message]] = OrderedDict()
        self.size = 0
        self.making: dict[tuple[str, str], asyncio.Event] = {}
        self.limiter = CapacityLimiter(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or pass the request on and keep the answer."""
        coding = _coding(scope)
        if not coding:
            await self.app(scope, receive, send)
            return
        key = (scope["path"], coding)
        while not await self._sent(key, send):
            if key in self.making:
                await self.making[key].wait()
            elif not await self._made(key, scope, receive, send):
                return

    async def _sent(self, key: tuple[str, str], send: Send) -> bool:
        """Whether the answer is kept; then it has been sent."""
        if key not in self.kept:
            return False
        self.kept.move_to_end(key)
        for message in self.kept[key]:
            await send({**message})
        return True

    async def _made(self, key: tuple[str, str], scope: Scope, receive: Receive, send: Send) -> bool:
        """Whether the answer is kept, or is being made for another; else it has been passed on.

        Who has gone gets none: then there is nothing to wait for.
        """
        head: list[Message] = []
        body: list[bytes] = []
        passing = False
        ours: asyncio.Event | None = None

        async def collect(message: Message) -> None:
            nonlocal passing, ours
            if not head and not passing:  # passed on as it comes, unless it can be kept
                passing = not _is_immutable_text(message)
                if not passing:
                    head.append(message)
                    if key not in self.making and key not in self.kept:
                        ours = self.making[key] = asyncio.Event()
                    return
            if passing:
                await send(message)
            elif ours:
                body.append(message.get("body", b""))
                if not message.get("more_body"):
                    await self._keep(key, head[0], b"".join(body))

        try:
            await self.app(scope, receive, collect)
        finally:
            if ours:
                del self.making[key]
                ours.set()
        return key in self.kept or bool(head and not ours)

    async def _keep(self, key: tuple[str, str], start: Message, body: bytes) -> None:
        coding = key[1]
        packed = await to_thread.run_sync(CODINGS[coding], body, limiter=self.limiter)
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["Content-Encoding"] = coding
        headers["Content-Length"] = str(len(packed))
        headers.add_vary_header("Accept-Encoding")
        self.kept[key] = [
            {**start, "headers": headers.raw},
            {"type": "http.response.body", "body": packed},
        ]
        self.size += len(packed)
        while self.size > KEPT_BYTES and len(self.kept) > 1:  # the newest is yet to be sent
            _, gone = self.kept.popitem(last=False)
            self.size -= len(gone[1]["body"])


def _coding(scope: Scope) -> str:
    """The content coding that the answer may be kept in, "" if none."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    headers = Headers(scope=scope)
    partly = ("range", "if-none-match", "if-modified-since")
    if any(name in headers for name in partly):
        return ""
    accepted = codings(headers)
    return next((coding for coding in CODINGS if coding in accepted), "")


def _is_immutable_text(message: dict[str, Any] | Message) -> bool:
    if message["type"] != "http.response.start" or message["status"] != 200:
        return False
    headers = Headers(raw=message["headers"])
    return (
        "immutable" in headers.get("cache-control", "")
        and headers.get("content-type", "").startswith(TEXT)
        and "content-encoding" not in headers
        and int(headers.get("content-length", SMALLEST)) >= SMALLEST
    )
