"""The log: one JSON object a line on stderr, an id for each error, and nothing of readers."""

from __future__ import annotations

import asyncio
import json
import logging
import secrets
import threading
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import streamlit.logger

if TYPE_CHECKING:
    from collections.abc import Mapping

OURS = ("dashboard", "py.warnings")
# What uvicorn says, wrongly, of every websocket that is refused with an answer.
UNTRUE = "ASGI callable returned without completing handshake."


def error_id(error: BaseException) -> str:
    """The id of an error, in the log and for readers; the same, whoever asks first."""
    found: str = vars(error).setdefault("dateline_id", secrets.token_hex(6))
    return found


class JsonLines(logging.Formatter):
    """A record as one line of JSON: time (UTC), level, logger, message; of errors, id and trace.

    What other libraries fill into their messages is left out, as are the messages of errors: there
    may be addresses of readers, what they typed, or an article's words.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        ours = record.name.startswith(OURS)
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage() if ours else str(record.msg),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = error_id(record.exc_info[1])
            line["trace"] = trace(record.exc_info[1])
        return json.dumps(line)


def trace(error: BaseException) -> str:
    """Where an error came from, and what led to it: files, lines and kinds, no messages."""
    led = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    also = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    here = "".join(traceback.format_tb(error.__traceback__)) + kind
    return "\n".join([*(trace(one) for one in (led, *also) if one), here])


def log_as_json() -> None:
    """From now on whatever is logged in this process is a line of JSON; by others, if it matters.

    To be called in the loop that serves.
    """
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("dashboard").setLevel(logging.INFO)
    # Streamlit gives a handler to each of its loggers, and to those that it makes later.
    streamlit.logger.setup_formatter = _by_root
    for logger in logging.root.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            _by_root(logger)
    uvicorn = logging.getLogger("uvicorn.error")
    uvicorn.setLevel(logging.WARNING)  # below, it tells who connects
    uvicorn.addFilter(lambda record: record.msg != UNTRUE)
    logging.getLogger("uvicorn.access").disabled = True  # who asked for what
    logging.captureWarnings(capture=True)
    threading.excepthook = _thread_ended
    asyncio.get_running_loop().set_exception_handler(_task_failed)


def _by_root(logger: logging.Logger) -> None:
    logger.handlers.clear()
    logger.propagate = True


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value:
        logging.getLogger(__name__).error("A thread ended", exc_info=ended.exc_value)


def _task_failed(_: asyncio.AbstractEventLoop, failed: Mapping[str, Any]) -> None:
    """Asyncio's own report has the addresses of connections."""
    logging.getLogger(__name__).error("A task failed", exc_info=failed.get("exception"))
