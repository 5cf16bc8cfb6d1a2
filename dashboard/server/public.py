"""The address under which readers know the page; no header that anyone can set tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from dashboard.address import base_path
from dashboard.settings import HOST, settings

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import Scope


def public_address(scope: Scope, headers: Headers) -> str:
    """The story page's address, ending in "/".

    The setting `DATELINE_PUBLIC_URL`; else what a trusted proxy forwards; else Streamlit's own
    `browser.serverAddress` and the port that was asked. The Host header is never believed.
    """
    known = settings()
    if known.public_url:
        return known.public_url
    base = base_path()
    if known.trust_proxy:
        host = headers.get("x-forwarded-host", "").split(",")[0].strip()
        proto = headers.get("x-forwarded-proto", "").split(",")[0].strip().lower()
        if _is_allowed(host) and proto in ("http", "https"):
            return f"{proto}://{host}{base}/"
    name = str(st.get_option("browser.serverAddress") or "localhost")
    _, port = scope.get("server") or ("", None)
    return f"http://{name}{f':{port}' if port and port != 80 else ''}{base}/"


def is_page(scope: Scope) -> bool:
    """Whether the story page is asked for."""
    return scope["path"].rstrip("/") in ("", base_path())


def _is_allowed(host: str) -> bool:
    return bool(HOST.fullmatch(host)) and "://" not in host and is_host_allowed(host)
