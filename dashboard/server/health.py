"""Whether the process lives, and whether it can serve; for load balancers."""

from __future__ import annotations

from functools import lru_cache
from time import monotonic
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, move_on_after, to_thread
from starlette.responses import JSONResponse

from dashboard.library.answers import LibraryError
from dashboard.library_shelf import load_library
from dashboard.server.answer import error
from dashboard.settings import settings
from dashboard.shelf import load_story
from dashboard.story import StoryError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

SECONDS = 3.0  # after which who hangs is not ready
_one_at_a_time = CapacityLimiter(1)


async def healthz(_: Request) -> Response:
    """200 while the process answers."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


async def readyz(_: Request) -> Response:
    """200 when the story is read and the library, if there is one, answers; else 503 says which."""
    missing = "the story or the library does not answer"
    with move_on_after(SECONDS):
        missing = await to_thread.run_sync(
            _missing, int(monotonic()), abandon_on_cancel=True, limiter=_one_at_a_time
        )
    if missing:
        return error(503, missing, {"Retry-After": "5"})
    return JSONResponse({"status": "ready"}, headers={"Cache-Control": "no-store"})


@lru_cache(maxsize=1)
def _missing(second: int) -> str:  # noqa: ARG001 — a key: however many ask, it is looked once
    try:
        load_story()
    except StoryError:
        return "the story cannot be read"
    try:
        if settings().library:
            _ = load_library().about
    except LibraryError:
        return "the library does not answer"
    return ""
