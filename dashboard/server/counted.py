"""Counts requests and open pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.address import base_path
from dashboard.metrics import REQUESTS, SESSIONS
from dashboard.server.gate import path_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The first that the path begins with; all else is the page, whatever it is called.
ROUTES = (
    "api/library", "api", "basemap", "card.png", "edition.html", "oembed", "healthz", "readyz",
    "static", "media", "component", "_stcore",
)  # fmt: skip
STARTS = ("http.response.start", "websocket.http.response.start")


def route_of(scope: Scope, base: str) -> str:
    """The route that answers: one of `ROUTES`, or `page`."""
    path = f"{path_of(scope, base).strip('/')}/"
    return next((route for route in ROUTES if path.startswith(f"{route}/")), "page")


class Counted:
    """ASGI middleware that counts answers by route and status, and websockets while they last."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.base = base_path()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        opened = False

        async def send_counted(message: Message) -> None:
            nonlocal opened
            if message["type"] in STARTS:
                REQUESTS.labels(route_of(scope, self.base), f"{message['status'] // 100}xx").inc()
            elif message["type"] == "websocket.accept":
                opened = True
                SESSIONS.inc()
            await send(message)

        try:
            await self.app(scope, receive, send_counted)
        finally:
            if opened:
                SESSIONS.dec()
