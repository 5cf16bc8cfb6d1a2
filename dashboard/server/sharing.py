"""What sharing needs of the server: the card and the oEmbed answer of a link, the edition."""

from __future__ import annotations

import logging
import re
from subprocess import SubprocessError
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from starlette.responses import JSONResponse

from dashboard.edition.apart import edition_apart
from dashboard.links import from_query
from dashboard.server.answer import (
    ANY_SITE,
    MOST_PARAMETERS,
    Kept,
    answered,
    error,
    from_story,
    wrong_parameter,
)
from dashboard.server.public import public_address
from dashboard.sharing.card import card
from dashboard.sharing.embed import VIEWS, oembed

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from dashboard.selection import Selection
    from dashboard.story import Story

FRESH, DAY = 300, 24 * 3600  # seconds
# A card has some 100 KB and takes some 50 ms: one at a time, so that pages stay quick.
cards = Kept(most=16_000_000, workers=1, waiting=32)
editions = Kept(most=6_000_000, workers=1, waiting=8, seconds=60)


@from_story
async def card_png(request: Request, story: Story) -> Response:
    """The picture of a view: the page's own parameters, and as lenient as the page."""
    selection, _ = asked(request.url.query, story)
    body = await cards.get((story, selection), "image/png", lambda: card(story, selection))
    return answered(request, body, age=DAY)


@from_story
async def edition_html(request: Request, story: Story) -> Response:
    """The story's edition, to be kept: one HTML file."""
    page = public_address(request.scope, request.headers)
    try:
        body = await editions.get(
            (story, page),
            "text/html; charset=utf-8",
            lambda: edition_apart(story, page),
        )
    except (OSError, SubprocessError) as failed:  # no room for it, or no time
        logging.getLogger(__name__).error("The edition was not made: %s", failed)
        return error(503, "the edition cannot be made just now", {"Retry-After": "60"})
    name = {"Content-Disposition": f'attachment; filename="{story.slug}.html"'}
    return answered(request, body, age=FRESH, headers=name)


@from_story
async def oembed_json(request: Request, story: Story) -> Response:
    """The oEmbed answer for an address of ours; 404 for any other, 501 for XML."""
    given = request.query_params
    if given.get("format", "json") != "json":
        return error(501, "only format=json is answered")
    sizes: list[int | None] = []
    for name in ("maxwidth", "maxheight"):
        value = given.get(name, "")
        if value and not re.fullmatch("0*[1-9][0-9]{0,8}", value):
            return wrong_parameter(name, value, "is no number of pixels")
        sizes.append(int(value) if value else None)
    if "url" not in given:
        return wrong_parameter("url", "", "is missing: the address of a view")
    page = public_address(request.scope, request.headers)
    query = _query(given["url"], page)
    if query is None:
        return error(404, f"that is no address of this page, {page}")
    selection, view = asked(query, story)
    found = oembed(story, selection, page, view, (sizes[0], sizes[1]))
    return JSONResponse(found, headers={**ANY_SITE, "Cache-Control": f"public, max-age={DAY}"})


def asked(query: str, story: Story) -> tuple[Selection, str]:
    """The selection in a query string, and the panel that stands alone, if any.

    What the story does not know is left out.
    """
    try:
        parsed = parse_qs(query, max_num_fields=MOST_PARAMETERS)
    except ValueError:
        parsed = {}
    view = parsed.get("view", [""])[-1] if parsed.get("embed") == ["true"] else ""
    return from_query(parsed, story)[0], view if view in VIEWS else ""


def _query(address: str, page: str) -> str | None:
    """The query string of an address of our story page, None if it is another's."""
    try:
        given, ours = urlsplit(address), urlsplit(page)
    except ValueError:
        return None
    same = (given.scheme in ("http", "https")) and given.netloc.lower() == ours.netloc.lower()
    return given.query if same and given.path.rstrip("/") == ours.path.rstrip("/") else None
