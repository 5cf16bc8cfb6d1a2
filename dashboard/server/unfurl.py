"""The page's head tells those who unfurl a link what the view is; they run no scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from dashboard.address import base_path
from dashboard.server.answer import LONGEST_QUERY
from dashboard.server.public import is_page, public_address
from dashboard.server.sharing import asked
from dashboard.sharing.tags import head_tags
from dashboard.shelf import load_story
from dashboard.story import StoryError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# What the library's pages are called, until their script says more.
TITLES = {
    "library": "Library",
    "actor": "Actor",
    "place": "Place",
    "words": "Same words, other outlets",
}
TITLE = re.compile(rb"<title>[^<]*</title>")
# Headers that Streamlit is not told: it would answer with a part, or compress what is written into.
UNTOLD = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")


class Unfurl:
    """ASGI middleware that puts a view's tags in place of the title in the head of HTML.

    A page is made of its query, so it has no entity tag of its file any more; conditions and ranges
    of a request do not count. Who asks for it compressed gets it from the middleware around this.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; collect HTML, and send it with the tags."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        whole = {**scope, "headers": [h for h in scope["headers"] if h[0] not in UNTOLD]}
        page = is_page(scope) or bool(_title(scope))
        held: list[Message] = []

        async def collect(message: Message) -> None:
            if message["type"] == "http.response.start" and page and _is_html(message):
                held.append(message)
            elif not held:
                await send(message)
            else:
                held.append(message)
                if not message.get("more_body"):
                    for part in _tagged(scope, held):
                        await send(part)

        await self.app(whole if page else scope, receive, collect)


def _is_html(message: Message) -> bool:
    kind = Headers(raw=message["headers"]).get("content-type", "")
    return message["status"] == 200 and kind.startswith("text/html")


def _tagged(scope: Scope, held: list[Message]) -> list[Message]:
    start, *parts = held
    body = b"".join(part.get("body", b"") for part in parts)
    tags = _tags(scope)
    length = int(Headers(raw=start["headers"]).get("content-length", len(body)))
    if tags:
        title = TITLE.search(body)
        # A HEAD has no body: its length is that of the file, and of the tags instead of its title.
        length += len(tags) - (len(title[0]) if title else len(b"<title>Streamlit</title>"))
        body = TITLE.sub(lambda _: tags, body, count=1)
    headers = MutableHeaders(raw=list(start["headers"]))
    headers["Content-Length"] = str(length)
    for name in ("etag", "last-modified", "accept-ranges"):
        del headers[name]
    return [
        {**start, "headers": headers.raw},
        {"type": "http.response.body", "body": body},
    ]


def _title(scope: Scope) -> str:
    """What a page of the library is called; "" for all else."""
    return TITLES.get(scope["path"].removeprefix(f"{base_path()}/").rstrip("/"), "")


def _tags(scope: Scope) -> bytes:
    if title := _title(scope):
        return f"<title>{title} · Dateline</title>".encode()
    try:
        story = load_story()
    except StoryError:
        return b""
    query = scope["query_string"][:LONGEST_QUERY].decode("latin-1")
    page = public_address(scope, Headers(scope=scope))
    selection, view = asked(query, story)
    return head_tags(story, selection, page, view).encode()
