"""Whatever the server logs, by Streamlit, uvicorn or asyncio, is a line of JSON as well."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

import streamlit.logger

from dashboard.log import log_as_json

if TYPE_CHECKING:
    from collections.abc import Mapping

# What uvicorn says, wrongly, of every websocket that is refused with an answer.
UNTRUE = "ASGI callable returned without completing handshake."


def log_server_as_json() -> None:
    """Log as JSON all that happens in this process; to be called in the loop that serves."""
    log_as_json()
    # Streamlit gives a handler to each of its loggers, and to those that it makes later.
    streamlit.logger.setup_formatter = _by_root
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            _by_root(logger)
    uvicorn = logging.getLogger("uvicorn.error")
    uvicorn.setLevel(logging.WARNING)  # below, it tells who connects
    uvicorn.addFilter(lambda record: record.msg != UNTRUE)
    logging.getLogger("uvicorn.access").disabled = True  # who asked for what
    asyncio.get_running_loop().set_exception_handler(_task_failed)


def _by_root(logger: logging.Logger) -> None:
    logger.handlers.clear()
    logger.propagate = True


def _task_failed(_: asyncio.AbstractEventLoop, failed: Mapping[str, Any]) -> None:
    """Asyncio's own report has the addresses of connections."""
    logging.getLogger(__name__).error("A task failed", exc_info=failed.get("exception"))
