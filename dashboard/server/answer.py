"""How the server answers for what is made of a story: kept, conditional, readable from any site."""

from __future__ import annotations

import asyncio
import gzip
import re
from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from anyio import CapacityLimiter, to_thread
from starlette.responses import JSONResponse, Response

from dashboard.metrics import ANSWERS
from dashboard.shelf import load_story
from dashboard.story import StoryError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Hashable, Mapping

    from starlette.datastructures import Headers
    from starlette.requests import Request

    from dashboard.story import Story

    FromStory = Callable[[Request, Story], Awaitable[Response]]

# Anybody may read what anybody may read; nobody's cookies count.
ANY_SITE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Disposition",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
METHODS = ("GET", "HEAD", "OPTIONS")
ALL_METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
OVERHEAD = 3_000  # bytes of an answer's key, tag and places in tables, generously
SMALLEST = 1_000  # bytes; less is not worth compressing
MOST_PARAMETERS = 200
LONGEST_QUERY = 8_000  # bytes; a selection of everything in the first story has 900
PATIENCE = 10.0  # seconds that an asker waits for what is being made


def codings(headers: Headers) -> set[str]:
    """Content codings that are accepted (RFC 9110, 12.5.3)."""
    parts = headers.get("accept-encoding", "").lower().split(",")
    told = (part.replace(" ", "").partition(";q=") for part in parts)
    return {coding for coding, _, weight in told if not re.fullmatch(r"0(\.0*)?", weight)}


class NotNow(Exception):  # noqa: N818 — it says what happened
    """An answer that cannot be had in time; the text says why."""


@dataclass(frozen=True)
class Body:
    """What was made, the same compressed if that is worth it, and a tag that changes with it."""

    content: bytes
    packed: bytes
    media_type: str
    tag: str

    @property
    def cost(self) -> int:
        """Bytes that it takes to keep it, its key and objects included."""
        return len(self.content) + len(self.packed) + OVERHEAD


def _made(make: Callable[[], bytes], media_type: str) -> Body:
    content = make()
    texts = ("text/", "application/json", "application/ld+json", "application/g")  # geo, graphml
    worth = len(content) >= SMALLEST and media_type.startswith(texts)
    # Weak: the same answer may be sent compressed (RFC 9110, 8.8.3.3).
    tag = f'W/"{sha256(content).hexdigest()[:24]}"'
    packed = gzip.compress(content, 6, mtime=0) if worth else b""
    return Body(content, packed, media_type, tag)


class Kept:
    """Answers by what they answer, up to so many bytes in all; used longest ago goes first.

    `workers` bounds how many are made at once, `waiting` how many may stand in line, and `seconds`
    how long an asker waits.
    """

    def __init__(self, most: int, workers: int, waiting: int, *, seconds: float = PATIENCE) -> None:
        self.most = most
        self.places = workers + waiting
        self.seconds = seconds
        self.size = 0
        self.bodies: OrderedDict[Hashable, Body] = OrderedDict()
        self.making: dict[Hashable, asyncio.Task[Body]] = {}
        self.limiter = CapacityLimiter(workers)

    async def get(self, key: Hashable, media_type: str, make: Callable[[], bytes]) -> Body:
        """The answer, made in a thread if it is not kept.

        Raises NotNow when too many stand in line, or when it takes too long. No thread can be
        stopped: what was begun is made to its end, in its one place, and there for who asks again.
        """
        if body := self._kept(key):
            ANSWERS.labels("kept").inc()
            return body
        if key not in self.making:
            if len(self.making) >= self.places:
                ANSWERS.labels("refused").inc()
                raise NotNow("too many are waiting; try again")
            self.making[key] = asyncio.create_task(self._make(key, media_type, make))
            self.making[key].add_done_callback(lambda _: self.making.pop(key))
        made = self.making[key]
        await asyncio.wait([made], timeout=self.seconds)
        if not made.done():
            ANSWERS.labels("refused").inc()
            raise NotNow(f"this takes longer than {self.seconds:g} seconds; try again")
        return made.result()

    async def _make(self, key: Hashable, media_type: str, make: Callable[[], bytes]) -> Body:
        ANSWERS.labels("made").inc()
        body = await to_thread.run_sync(_made, make, media_type, limiter=self.limiter)
        self._keep(key, body)
        return body

    def _kept(self, key: Hashable) -> Body | None:
        if body := self.bodies.get(key):
            self.bodies.move_to_end(key)
        return body

    def _keep(self, key: Hashable, body: Body) -> None:
        self.bodies[key] = body
        self.size += body.cost
        while self.size > self.most:
            _, gone = self.bodies.popitem(last=False)
            self.size -= gone.cost


def from_story(answer: FromStory) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers GET and HEAD from the served story, and says why when it cannot."""

    async def endpoint(request: Request) -> Response:
        if refusal := refused(request):
            return refusal
        try:
            story = load_story()
        except StoryError:  # its faults are in the log and on the page
            return error(503, "the story cannot be read", {"Retry-After": "60"})
        try:
            return await answer(request, story)
        except NotNow as reason:
            return error(503, str(reason), {"Retry-After": "5"})

    return endpoint


def answered(
    request: Request, body: Body, *, age: int, headers: Mapping[str, str] | None = None
) -> Response:
    """200 with the body, 304 without it when the asker has it; to be kept for `age` seconds."""
    common = {
        **ANY_SITE,
        **(headers or {}),
        "ETag": body.tag,
        "Cache-Control": f"public, max-age={age}",
        "Vary": "Accept-Encoding",
    }
    if _is_known(request.headers.get("if-none-match", ""), body.tag):
        return Response(status_code=304, headers=common)
    if body.packed and "gzip" in codings(request.headers):
        common["Content-Encoding"] = "gzip"
        return Response(body.packed, media_type=body.media_type, headers=common)
    return Response(body.content, media_type=body.media_type, headers=common)


def refused(request: Request) -> Response | None:
    """The answer to a method that is not GET; else None."""
    if request.method == "OPTIONS":
        allowed = ", ".join(METHODS)
        return Response(
            status_code=204,
            headers={
                **ANY_SITE,
                "Allow": allowed,
                "Access-Control-Allow-Methods": allowed,
                "Access-Control-Allow-Headers": "If-None-Match",
                "Access-Control-Max-Age": "86400",
            },
        )
    if request.method not in METHODS:
        return error(405, f"{request.method} is not answered here", {"Allow": ", ".join(METHODS)})
    return None


def error(
    status: int, message: str, headers: Mapping[str, str] | None = None, **more: Any
) -> Response:
    """An error as JSON: `error` says what is wrong, `parameters` which of them, if any."""
    return JSONResponse(
        {"error": message, **more},
        status_code=status,
        headers={**ANY_SITE, "Cache-Control": "no-store", **(headers or {})},
    )


def wrong_parameter(name: str, value: str, message: str) -> Response:
    """400 for one parameter."""
    fault = {"parameter": name, "value": value[:40], "message": message}
    return error(400, "parameters that cannot be answered", parameters=[fault])


def _is_known(asked: str, tag: str) -> bool:
    """Whether `If-None-Match` names the tag, by weak comparison (RFC 9110, 8.8.3.2)."""
    names = {part.strip().removeprefix("W/") for part in asked.split(",")}
    return "*" in names or tag.removeprefix("W/") in names
