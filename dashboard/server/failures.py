"""What becomes of errors that nobody expected: the log has them, a reader gets their id."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import streamlit as st
from starlette.requests import ClientDisconnect

from dashboard.address import base_path
from dashboard.log import error_id
from dashboard.metrics import PAGE_ERRORS
from dashboard.server.answer import error
from dashboard.server.counted import route_of

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Failures:
    """ASGI middleware that answers an unexpected error with its id.

    An answer that has begun breaks off, as its reader notices; the server logs that by itself.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        begun = scope["type"] == "lifespan"

        async def send_noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        except ClientDisconnect:  # while it sent a file
            return
        except Exception as failure:
            if begun:
                raise
            logging.getLogger(__name__).exception(
                "A request failed: %s", route_of(scope, base_path())
            )
            answer = error(500, "this failed here; the log has it by this id", id=error_id(failure))
            await answer(scope, receive, send)


def show_failure(failure: Exception) -> bool:
    """Show an id in place of what failed in the page's script; Streamlit has logged it."""
    PAGE_ERRORS.inc()
    st.error(
        f"Something failed here. Whoever runs this page finds it in its log: {error_id(failure)}.",
        icon=":material/error:",
    )
    return True
