"""Response headers: what the page may load and do, who may frame it, how long files are kept."""

from __future__ import annotations

import base64
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import MutableHeaders

from dashboard.server.answer import LONGEST_QUERY
from dashboard.server.public import is_page
from dashboard.settings import settings
from dashboard.sharing.embed import VIEWS

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Vega runs its expressions in an interpreter here, so nothing needs `unsafe-eval`. Streamlit's
# emotion writes style elements, hence inline styles; a component's script is loaded from a blob.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "worker-src": "'self' blob:",
    "media-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
    "object-src": "'none'",
}
# What begins an answer; the last two that to a websocket, accepted or refused.
STARTS = ("http.response.start", "websocket.accept", "websocket.http.response.start")
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), "
    "browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@lru_cache(maxsize=4)
def content_security_policy(ancestors: str) -> str:
    """The policy; `ancestors` may frame the page.

    Streamlit's page has inline scripts of its own, which are named by their hash.
    """
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    hashes = [
        f"'sha256-{base64.b64encode(sha256(script.encode()).digest()).decode()}'"
        for script in scripts
    ]
    policy = POLICY | {
        "script-src": " ".join([POLICY["script-src"], *hashes]),
        "frame-ancestors": ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in policy.items())


def parents(frame_page: str) -> list[str]:
    """Origins whose frames may tell the page what to show: those that may frame all of it.

    A panel may be framed by anybody; Streamlit's own list would let a frame on its sites, where
    anybody has an app, lead the panel to any other page.
    """
    return [part for part in frame_page.split() if part.startswith(("http://", "https://"))]


class SecurityHeaders:
    """ASGI middleware that puts the headers on every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add to the response's head."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] in STARTS:
                headers = MutableHeaders(raw=list(message.get("headers", ())))
                if "content-security-policy" not in headers:  # the edition has a stricter one
                    policy = content_security_policy(_ancestors(scope))
                    headers["Content-Security-Policy"] = policy
                for name, value in HEADERS.items():
                    headers[name] = value
                message = {**message, "headers": headers.raw}
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _ancestors(scope: Scope) -> str:
    """Who may frame the answer: an embed view is made for it, the full page is not.

    In doubt it is the full page: a query that the page could read in another way is no embed view.
    """
    query = scope.get("query_string", b"").decode("latin-1")
    if is_page(scope) and len(query) <= LONGEST_QUERY:
        asked = parse_qs(query, keep_blank_values=True)
        (view,) = asked["view"] if len(asked.get("view", ())) == 1 else ("",)
        if asked.get("embed") == ["true"] and view in VIEWS:
            return settings().frame_embeds
    return settings().frame_page
