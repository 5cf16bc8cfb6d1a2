"""Files that never change are compressed once, well, and kept; not for each reader anew."""

from __future__ import annotations

import gzip
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

import brotli
from anyio import to_thread
from starlette.datastructures import Headers, MutableHeaders

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

    What was used longest ago goes first. Everything else passes through untouched.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.kept: OrderedDict[tuple[str, str], list[Message]] = OrderedDict()
        self.size = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, or pass the request on and keep the answer."""
        coding = _coding(scope)
        if not coding:
            await self.app(scope, receive, send)
            return
        key = (scope["path"], coding)
        if key in self.kept:
            self.kept.move_to_end(key)
            for message in self.kept[key]:
                await send({**message})
            return
        answer: list[Message] = []

        async def collect(message: Message) -> None:
            # Passed on as it comes, unless its head says that it can be kept.
            if not answer and not _is_immutable_text(message):
                answer.append({"type": "passed on"})
            if answer and answer[0]["type"] == "passed on":
                await send(message)
                return
            answer.append(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                for part in await self._keep(key, answer):
                    await send(part)

        await self.app(scope, receive, collect)

    async def _keep(self, key: tuple[str, str], answer: list[Message]) -> list[Message]:
        start, *parts = answer
        coding = key[1]
        body = b"".join(part.get("body", b"") for part in parts)
        packed = await to_thread.run_sync(CODINGS[coding], body)
        headers = MutableHeaders(raw=list(start["headers"]))
        headers["Content-Encoding"] = coding
        headers["Content-Length"] = str(len(packed))
        headers.add_vary_header("Accept-Encoding")
        made: list[Message] = [
            {**start, "headers": headers.raw},
            {"type": "http.response.body", "body": packed},
        ]
        if key not in self.kept:
            self.kept[key] = made
            self.size += len(packed)
        while self.size > KEPT_BYTES:
            _, gone = self.kept.popitem(last=False)
            self.size -= len(gone[1]["body"])
        return [{**message} for message in made]


def _coding(scope: Scope) -> str:
    """The content coding that the answer may be kept in, "" if none."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return ""
    headers = Headers(scope=scope)
    partly = ("range", "if-none-match", "if-modified-since")
    if any(name in headers for name in partly):
        return ""
    accepted = {
        part.split(";")[0].strip() for part in headers.get("accept-encoding", "").split(",")
    }
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
