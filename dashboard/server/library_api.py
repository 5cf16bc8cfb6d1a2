"""The library's statements over HTTP: every selection by the page's own parameters, streamed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread
from starlette.responses import Response, StreamingResponse

from dashboard.exports.library import CAP, FORMATS
from dashboard.library.addresses import demand
from dashboard.library.answers import LibraryError, TooSlow
from dashboard.library_shelf import facets, load_library
from dashboard.links import QueryError
from dashboard.server.answer import ANY_SITE, MOST_PARAMETERS, error, refused
from dashboard.settings import settings

if TYPE_CHECKING:
    from starlette.requests import Request

    from dashboard.exports.library import StreamedFormat
    from dashboard.library.library import Library
    from dashboard.library.selection import LibrarySelection

TOTAL, GIVEN = "Dateline-Total", "Dateline-Given"  # headers: statements that answer, and in here
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
    headers = {
        **ANY_SITE,
        "Access-Control-Expose-Headers": f"Content-Disposition, {TOTAL}, {GIVEN}",
        "Cache-Control": "no-store",
        "Content-Disposition": f'attachment; filename="library-{found.name}"',
        TOTAL: str(counts.shown),
        GIVEN: str(min(counts.shown, CAP)),
    }
    if request.method == "HEAD":
        return Response(media_type=found.media_type, headers=headers)
    return StreamingResponse(
        _pieces(found, library, selection), media_type=found.media_type, headers=headers
    )


async def _pieces(
    made: StreamedFormat, library: Library, selection: LibrarySelection
) -> AsyncIterator[bytes]:
    """The file, piece by piece, each made when the one before is on its way.

    A library that fails in the middle ends the answer without its end, which readers notice.
    """
    pieces = made.write(library.export(selection, CAP))
    while piece := await to_thread.run_sync(next, pieces, b"", limiter=_limiter):
        yield piece
