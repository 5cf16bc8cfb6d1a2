"""What the page will need is named in its head, so that a browser fetches it at once.

Streamlit's page asks for its larger scripts only when the first elements have arrived; the map
asks for its shapes only when it is drawn. A `Link` header brings both forward.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders

from dashboard.basemap import shapes_address

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Names of Streamlit's files before their hash; one that a release no longer has is left out.
SCRIPTS = (
    "ArrowVegaLiteChart",
    "embed",
    "vega-interpreter",
    "recordbatch",
    "serialization",
    "Multiselect",
    "useMenuTrigger",
    "useSyncComboBoxEnterTargetFocus",
    "time",
)
FONTS = ("SourceSerifVariable-Roman", "SourceSerifVariable-Italic", "MaterialSymbols-Rounded")


@lru_cache(maxsize=1)
def links() -> str:
    """The `Link` header (RFC 8288); short, since proxies take 4 KB of headers in all."""
    static = Path(st.__file__).parent / "static" / "static"
    scripts = [found for name in SCRIPTS for found in sorted((static / "js").glob(f"{name}.*.js"))]
    fonts = [
        found for name in FONTS for found in sorted((static / "media").glob(f"{name}.*.woff2"))
    ]
    return ", ".join(
        [
            *(f"<./static/js/{path.name}>; rel=modulepreload" for path in scripts),
            *(
                f"<./static/media/{path.name}>; rel=preload; as=font; type=font/woff2; crossorigin"
                for path in fonts
            ),
            f"<./{shapes_address()}>; rel=preload; as=fetch; crossorigin",
        ]
    )


class Preload:
    """ASGI middleware that puts the `Link` header on pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add to the head of HTML."""

        async def send_with_links(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                kind = Headers(raw=message["headers"]).get("content-type", "")
                if kind.startswith("text/html"):
                    MutableHeaders(scope=message)["Link"] = links()
            await send(message)

        await self.app(scope, receive, send_with_links)
