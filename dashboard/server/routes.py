"""What the server answers besides the page."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.basemap import SHAPES, shapes_name
from dashboard.server.answer import ALL_METHODS
from dashboard.server.api import api
from dashboard.server.health import healthz, readyz
from dashboard.server.library_api import library_api
from dashboard.server.sharing import card_png, edition_html, oembed_json

FOR_EVER = "public, max-age=31536000, immutable"


async def basemap(request: Request) -> Response:
    """The map's shapes, under the one name that hashes their contents."""
    if request.path_params["name"] != shapes_name():
        return JSONResponse({"error": "no such basemap"}, status_code=404)
    return FileResponse(SHAPES, media_type="application/json", headers={"Cache-Control": FOR_EVER})


async def entrance(request: Request) -> Response:
    """From the base path into it; Starlette's own way there names whatever host was asked for."""
    query = request.url.query
    return RedirectResponse(f"{request.url.path}/{'?' if query else ''}{query}")


def routes(base: str) -> list[Route]:
    """The routes, under the server's base path too: Streamlit moves only its own there."""
    prefixes = dict.fromkeys(["", f"/{base.strip('/')}".rstrip("/")])
    entrances = [Route(prefix, entrance, methods=["GET"]) for prefix in prefixes if prefix]
    return entrances + [
        route
        for prefix in prefixes
        for route in (
            Route(f"{prefix}/healthz", healthz, methods=["GET"]),
            Route(f"{prefix}/readyz", readyz, methods=["GET"]),
            Route(f"{prefix}/basemap/{{name}}", basemap, methods=["GET"]),
            Route(f"{prefix}/card.png", card_png, methods=ALL_METHODS),
            Route(f"{prefix}/edition.html", edition_html, methods=ALL_METHODS),
            Route(f"{prefix}/oembed", oembed_json, methods=ALL_METHODS),
            Route(f"{prefix}/api/library/{{name:path}}", library_api, methods=ALL_METHODS),
            Route(f"{prefix}/api/{{name:path}}", api, methods=ALL_METHODS),
        )
    ]
