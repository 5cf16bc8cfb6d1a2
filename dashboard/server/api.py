"""The HTTP API: every export of every selection, by the page's own parameters."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from dashboard.exports.formats import FORMATS
from dashboard.links import QueryError, demand
from dashboard.selection import select
from dashboard.server.answer import MOST_PARAMETERS, Kept, answered, error, from_story
from dashboard.server.public import public_address

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from dashboard.story import Story

FRESH = 300  # seconds
exports = Kept(most=16_000_000, workers=1, waiting=32)


@from_story
async def api(request: Request, story: Story) -> Response:
    """One export; wrong parameters are all named, none is left out unsaid."""
    found = FORMATS.get(request.path_params["name"])
    if found is None:
        return error(404, "there is no such export", exports=list(FORMATS))
    query: dict[str, list[str]] = {}
    for key, value in request.query_params.multi_items()[:MOST_PARAMETERS]:
        query.setdefault(key, []).append(value)
    if len(request.query_params.multi_items()) > MOST_PARAMETERS:
        return error(400, f"more than {MOST_PARAMETERS} parameters; choose less")
    try:
        selection = demand(query, story)
    except QueryError as wrong:
        return error(
            400,
            "parameters that cannot be answered",
            parameters=[asdict(fault) for fault in wrong.faults],
        )
    page = public_address(request.scope, request.headers)
    body = await exports.get(
        (story, found.name, selection, page),
        found.media_type,
        lambda: found.make(select(story, selection), page),
    )

    named = {"Content-Disposition": f'inline; filename="{found.file_name(story.slug)}"'}
    return answered(request, body, age=FRESH, headers=named)
