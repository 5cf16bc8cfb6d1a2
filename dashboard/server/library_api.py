"""The library's statements over HTTP: every selection by the page's own parameters, streamed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread
from starlette.responses import Response, StreamingResponse

from dashboard.exports.of_library.formats import FORMATS
from dashboard.exports.of_library.streamed import CAP, Asked
from dashboard.library.addresses import demand
from dashboard.library.answers import LibraryError, TooSlow
from dashboard.library_shelf import facets, load_library
from dashboard.links import QueryError
from dashboard.server.answer import ANY_SITE, MOST_PARAMETERS, error, refused
from dashboard.server.public import public_address
from dashboard.settings import settings

if TYPE_CHECKING:
    from starlette.requests import Request

    from dashboard.exports.of_library.streamed import StreamedFormat

# Headers: statements that answer, and those in the file, or counted in it.
TOTAL, GIVEN = "Dateline-Total", "Dateline-Given"
WAITING = 16  # pieces, of all answers
_limiter = CapacityLimiter(2)


async def library_api(request: Request) -> Response:
    """One export; wrong parameters are all named, none is left out unsaid."""
    if refusal := refused(request):
        return refusal
    if not settings().library:
        return error(404, "no library is served here")
    found = FORMATS.get(request.path_params["name"])
    if found is None:
        return error(404, "there is no such export of the library", exports=list(FORMATS))
    given = request.query_params.multi_items()
    if len(given) > MOST_PARAMETERS:
        return error(400, f"more than {MOST_PARAMETERS} parameters; choose less")
    query: dict[str, list[str]] = {}
    for key, value in given:
        query.setdefault(key, []).append(value)
    if _limiter.statistics().tasks_waiting >= WAITING:
        return error(503, "too many are waiting; try again", {"Retry-After": "10"})
    try:
        library = await to_thread.run_sync(load_library, limiter=_limiter)
        selection = await to_thread.run_sync(demand, query, library, limiter=_limiter)
        counts = await to_thread.run_sync(facets, library, selection, limiter=_limiter)
    except QueryError as wrong:
        return error(
            400,
            "parameters that cannot be answered",
            parameters=[asdict(fault) for fault in wrong.faults],
        )
    except TooSlow:
        return error(503, "this takes too long; choose less", {"Retry-After": "60"})
    except LibraryError:  # its reason is in the log, and may hold an address
        return error(503, "the library cannot be read", {"Retry-After": "60"})
    counted = counts.at_most or counts.shown if found.counts else min(counts.shown, CAP)
    headers = {
        **ANY_SITE,
        "Access-Control-Expose-Headers": f"Content-Disposition, {TOTAL}, {GIVEN}",
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="library-{found.name}"',
        TOTAL: str(counts.shown),
        GIVEN: str(counted),
    }
    if request.method == "HEAD":
        return Response(media_type=found.media_type, headers=headers)
    asked = Asked(library, selection, public_address(request.scope, request.headers), CAP)
    return StreamingResponse(_pieces(found, asked), media_type=found.media_type, headers=headers)


async def _pieces(made: StreamedFormat, asked: Asked) -> AsyncIterator[bytes]:
    """The file, piece by piece, each made when the one before is on its way.

    A library that fails in the middle ends the answer without its end, which readers notice.
    """
    pieces = made.write(asked)
    while piece := await to_thread.run_sync(next, pieces, b"", limiter=_limiter):
        yield piece
