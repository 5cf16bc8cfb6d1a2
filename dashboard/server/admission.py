"""Who is let in: as many readers as a process can serve; those who come then get the edition."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from streamlit import get_option
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.address import base_path
from dashboard.metrics import NEWCOMERS
from dashboard.server.full import AGAIN, edition_in_place, told_full
from dashboard.server.unfurl import TITLES
from dashboard.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COMING = 10.0  # seconds that a page keeps a place for its websocket, which comes when it has loaded
GONE = 0.3  # seconds in which it is noticed that a connection has ended
STREAM = "_stcore/stream"
# What Streamlit answers with its page, and the page then asks for a websocket.
PAGES = ("", "method", "add", *TITLES)


class Places:
    """Who is inside, who is on the way, and who may come back although it is full.

    At most `most` are inside, but for those who come back within `back` seconds: their session
    still lives, and they were let in before.
    """

    def __init__(self, most: int, back: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.most = most
        self._back = back
        self._clock = clock
        self._inside: dict[object, str] = {}  # connection → session, "" until it is known
        # Until when each is waited for. Crawlers take pages and never come: they fill a part alone.
        self._coming: deque[float] = deque(maxlen=max(1, most // 4))
        self._left: OrderedDict[str, float] = OrderedDict()  # session → until when it may return

    @property
    def taken(self) -> int:
        """Readers inside and on the way."""
        now = self._clock()
        while self._coming and self._coming[0] <= now:
            self._coming.popleft()
        return len(self._inside) + len(self._coming)

    def expect(self) -> None:
        """A page was handed out: its websocket comes next."""
        self._coming.append(self._clock() + COMING)

    def enter(self, connection: object, session: str) -> bool:
        """Whether this connection is let in; `session` is the one that it had before, if any."""
        # A page whose connection broke may be back before that is noticed; more is no page.
        now = list(self._inside.values()).count(session)
        known = session and (now == 1 or self._left.pop(session, -inf) > self._clock())
        if not known:
            if len(self._inside) >= self.most:
                return False
            if self._coming:
                self._coming.popleft()
        self._inside[connection] = session if known else ""
        return True

    def name(self, connection: object, session: str) -> None:
        """The session that the server gave to a connection."""
        self._inside[connection] = session

    def leave(self, connection: object) -> None:
        """The connection is over; its reader may come back."""
        if session := self._inside.pop(connection):
            self._left[session] = self._clock() + self._back
        while len(self._left) > self.most:
            self._left.popitem(last=False)


class Admission:
    """ASGI middleware: counts the pages' websockets, and answers newcomers when it is full."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._preparing: asyncio.Task[object] | None = None

    @cached_property
    def places(self) -> Places:
        """Known once it serves: a wrong setting is said, and ends the start, elsewhere."""
        return Places(settings().readers, get_option("server.disconnectedSessionTTL"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, or answer."""
        path = scope.get("path", "").removeprefix(base_path()).strip("/")
        if scope["type"] == "websocket" and path == STREAM:
            await self._connect(scope, receive, send)
        elif scope["type"] == "http" and scope["method"] in ("GET", "HEAD") and path in PAGES:
            await self._page(path, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _page(self, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        if self._is_full() and _is_again(scope):
            await asyncio.sleep(GONE)  # the page that is loaded anew gives its place back
        if self._is_full():
            request = Request(scope)
            answer = await edition_in_place(request) if not path else None
            NEWCOMERS.labels("edition" if answer else "refused").inc()
            await (answer or told_full())(scope, receive, send)
            return
        if scope["method"] == "GET":
            self.places.expect()
            self._prepare(scope)
        await self.app(scope, receive, send)

    def _is_full(self) -> bool:
        return self.places.taken >= self.places.most

    def _prepare(self, scope: Scope) -> None:
        """From half full on the edition is made: it takes seconds, which newcomers would wait."""
        over = self._preparing is None or self._preparing.done()
        if over and 2 * self.places.taken > self.places.most:
            self._preparing = asyncio.create_task(edition_in_place(Request(scope)))

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = object()
        # Streamlit's page writes there: `streamlit`, a token, and the session that it had.
        told = Headers(scope=scope).get("sec-websocket-protocol", "").split(",")
        had = told[2].strip() if len(told) > 2 else ""
        if not self.places.enter(connection, had):
            NEWCOMERS.labels("refused").inc()
            headers = {"Retry-After": AGAIN, "Cache-Control": "no-store"}
            await PlainTextResponse("full", 503, headers)(scope, receive, send)
            return
        NEWCOMERS.labels("let in").inc()
        named = False

        async def listen(message: Message) -> None:
            nonlocal named
            if not named and (session := _session(message)):
                named = True
                self.places.name(connection, session)
            await send(message)

        try:
            await self.app(scope, receive, listen)
        finally:
            self.places.leave(connection)


def _is_again(scope: Scope) -> bool:
    """Whether a browser loads anew the page that it has."""
    return "max-age=0" in Headers(scope=scope).get("cache-control", "")


def _session(message: Message) -> str:
    """The session's id, which the first message of a script's run tells; else ""."""
    told = ForwardMsg.FromString(message.get("bytes") or b"")
    return str(told.new_session.initialize.session_id)
