"""Who may ask, and what passes: hosts and origins as set, none of Streamlit's own matters."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import streamlit as st
from google.protobuf.message import DecodeError
from starlette.datastructures import Headers
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import UserInfo
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from dashboard.address import base_path
from dashboard.server.answer import error
from dashboard.server.public import public_address

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

STREAM = "/_stcore/stream"
# Asked by machines, which know this one by its address.
BY_ADDRESS = ("/healthz", "/readyz")
# Streamlit's metrics, its API for programs and its log-in, which no reader needs.
CLOSED = (
    "/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent",
    "/auth", "/oauth2callback",
)  # fmt: skip
# What a reader's browser tells. Streamlit knows more: to clear caches, to look into git.
TOLD = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat")
FETCHED = ("deferred_file", "dataframe_chunk")
MOST_FILES = 8  # that a reader may have uploaded; the page “Add a story” asks for three
SCRIPT = b"page.py"  # in a message, near its beginning: it says where the script lies
NEAR = 8_000  # bytes


class Gate:
    """ASGI middleware that refuses what is not for readers, and cleans what they are told."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.base = base_path()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
        elif refusal := _refusal(scope, self.base):
            await refusal(scope, receive, send)
        elif scope["type"] == "http":
            await self.app(scope, receive, send)
        else:
            await self.app(_judged(scope), _needed(receive), _cleaned(send))


def _refusal(scope: Scope, base: str) -> Response | None:
    path = path_of(scope, base)
    headers = Headers(scope=scope)
    if "//" in path or {".", ".."} & set(path.split("/")):  # else one file has many names
        return error(404, "there is nothing here")
    if path not in BY_ADDRESS and not is_host_allowed(headers.get("host")):
        return error(421, "this server does not answer for that host")
    if any(path == closed or path.startswith(f"{closed}/") for closed in CLOSED):
        return error(404, "there is nothing here")
    if scope["type"] == "websocket":
        if path != STREAM:
            return error(404, "there is nothing here")
        if not _is_from_here(scope, headers):
            return error(403, "pages of other sites may not ask this")
    return None


def path_of(scope: Scope, base: str) -> str:
    """What is asked for, without the path that the app is served under."""
    path = str(scope["path"])
    return path.removeprefix(base) if path.startswith(f"{base}/") else path


def _is_from_here(scope: Scope, headers: Headers) -> bool:
    """Whether a websocket is asked for by our own page, or by a site that is set; or no browser.

    Streamlit's own test is not left to it: of an origin that it does not know, it asks a host on
    the internet for the address of this machine, and answers nobody until that has an answer.
    """
    origin = headers.get("origin")
    if origin is None or not st.get_option("server.enableCORS"):
        return True
    try:
        asking, ours = urlsplit(origin), urlsplit(public_address(scope, headers))
    except ValueError:
        return False
    return (
        asking.netloc == headers.get("host")
        or asking.hostname == ours.hostname
        or origin in st.get_option("server.corsAllowedOrigins")
    )


def _judged(scope: Scope) -> Scope:
    return {**scope, "headers": [h for h in scope["headers"] if h[0] != b"origin"]}


def _needed(receive: Receive) -> Receive:
    """What the browser says, but for what no reader needs to say; a text ends the connection."""

    async def receive_needed() -> Message:
        while True:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            if message.get("bytes") is None:
                return {"type": "websocket.disconnect", "code": 1003}
            if _is_needed(message["bytes"]):
                return message

    return receive_needed


def _is_needed(data: bytes) -> bool:
    try:
        said = BackMsg.FromString(data)
    except DecodeError:
        return True  # Streamlit ends the connection
    kind = said.WhichOneof("type")
    if kind == "file_urls_request":
        return len(said.file_urls_request.file_names) <= MOST_FILES
    if kind == "backend_operation_request":
        return said.backend_operation_request.WhichOneof("payload") in FETCHED
    return kind in TOLD


def _cleaned(send: Send) -> Send:
    async def send_cleaned(message: Message) -> None:
        if SCRIPT in (message.get("bytes") or b"")[:NEAR]:
            message = {**message, "bytes": _clean(message["bytes"])}
        await send(message)

    return send_cleaned


def _clean(data: bytes) -> bytes:
    """A run's first message without the server's paths, system, Python and machine's number.

    Streamlit's version stays, which is in its scripts: a page that is open when it changes loads
    itself anew.
    """
    message = ForwardMsg.FromString(data)
    if message.WhichOneof("type") == "new_session":
        session = message.new_session
        session.main_script_path = ""
        session.initialize.user_info.CopyFrom(UserInfo())
        session.initialize.environment_info.ClearField("python_version")
        session.initialize.environment_info.ClearField("server_os")
    cleaned: bytes = message.SerializeToString()
    return cleaned
