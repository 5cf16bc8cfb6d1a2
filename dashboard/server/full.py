"""What newcomers get while a process is full: the edition in place of the page, or a word."""

from __future__ import annotations

import logging
import re
from html import unescape
from subprocess import SubprocessError
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, Response

from dashboard.edition.apart import edition_apart
from dashboard.server.answer import NotNow
from dashboard.server.public import public_address
from dashboard.server.sharing import editions
from dashboard.settings import settings
from dashboard.shelf import load_story
from dashboard.story import StoryError

if TYPE_CHECKING:
    from starlette.requests import Request

AGAIN = "30"  # seconds after which to try again
MASTHEAD = b'<header class="masthead">'
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
TOLD = """
<p class="notice full" role="status">Many are reading the interactive page just now, and it is full.
This is the same story on a page that needs no place. <a href="">Try again</a></p>"""
WORD = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Full just now · Dateline</title>
<p>Many are reading this page just now, and it is full. Try again in a minute.</p>
<p><a href="./" target="_blank" rel="noreferrer">The story on a page that needs no place</a></p>
"""


async def edition_in_place(request: Request) -> Response | None:
    """The edition, told why it is shown; None for an embed view, and when it cannot be had."""
    if request.query_params.get("embed") == "true":
        return None
    try:
        story = load_story()
        page = public_address(request.scope, request.headers)
        body = await editions.get(
            (story, page, "in place"),
            "text/html; charset=utf-8",
            lambda: _in_place(edition_apart(story, page)),
        )
    except (StoryError, NotNow):
        return None
    except (OSError, SubprocessError) as failed:  # no room for it, or no time
        logging.getLogger(__name__).error("The edition cannot be made: %s", failed)
        return None
    found = POLICY.search(body.content)
    policy = unescape(found[1].decode()) if found else "default-src 'none'"
    headers = {
        "Cache-Control": "no-store",
        "Vary": "Accept-Encoding",
        "Content-Security-Policy": f"{policy}; frame-ancestors {settings().frame_page}",
    }
    if body.packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    sent = body.packed if "Content-Encoding" in headers else body.content
    return Response(sent, media_type=body.media_type, headers=headers)


def told_full() -> Response:
    """503, for who can be shown nothing else."""
    return HTMLResponse(WORD, 503, {"Retry-After": AGAIN, "Cache-Control": "no-store"})


def _in_place(edition: bytes) -> bytes:
    return edition.replace(MASTHEAD, MASTHEAD + TOLD.encode(), 1)
