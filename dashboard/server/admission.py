"""Who is let in: as many readers as a process can serve; those who come then get the edition."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict, deque
from functools import cached_property
from math import inf
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from streamlit import get_option
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.address import base_path
from dashboard.server.full import AGAIN, edition_in_place, told_full
from dashboard.server.unfurl import TITLES
from dashboard.settings import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COMING = 10.0  # seconds that a page keeps a place for its websocket, which comes when it has loaded
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
        self._coming: deque[float] = deque(maxlen=most)  # until when each is waited for
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
        known = session and (
            session in self._inside.values() or self._left.pop(session, -inf) > self._clock()
        )
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
        if self.places.taken >= self.places.most:
            request = Request(scope)
            answer = await edition_in_place(request) if not path else None
            await (answer or told_full())(scope, receive, send)
            return
        if scope["method"] == "GET":
            self.places.expect()
            self._prepare(scope)
        await self.app(scope, receive, send)

    def _prepare(self, scope: Scope) -> None:
        """From half full on the edition is made: it takes seconds, which newcomers would wait."""
        over = self._preparing is None or self._preparing.done()
        if over and 2 * self.places.taken > self.places.most:
            self._preparing = asyncio.create_task(edition_in_place(Request(scope)))

    async def _connect(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = object()
        # Streamlit's page writes there: `streamlit`, a token, and the session that it had.
        had = scope.get("subprotocols", [])[2:3]
        if not self.places.enter(connection, had[0] if had else ""):
            headers = {"Retry-After": AGAIN, "Cache-Control": "no-store"}
            await PlainTextResponse("full", 503, headers)(scope, receive, send)
            return
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


def _session(message: Message) -> str:
    """The session's id, which the first message of a script's run tells; else ""."""
    told = ForwardMsg.FromString(message.get("bytes") or b"")
    return str(told.new_session.initialize.session_id)
