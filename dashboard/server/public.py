"""The address under which readers know the page; no header that anyone can set tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.address import base_path, known_address

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import Scope


def public_address(scope: Scope, headers: Headers) -> str:
    """The story page's address for a request, ending in "/"; see `known_address`."""
    _, port = scope.get("server") or ("", None)
    return known_address(headers, port)


def is_page(scope: Scope) -> bool:
    """Whether the story page is asked for."""
    return scope["path"].rstrip("/") in ("", base_path())
