"""The log: one JSON object a line on stderr, an id for each error, and nothing of readers."""

from __future__ import annotations

import json
import logging
import secrets
import sys
import threading
import traceback
from datetime import UTC, datetime
from types import TracebackType

OURS = ("dashboard", "py.warnings")


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
    """From now on what is logged in this process is a line of JSON; of others, what matters."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("dashboard").setLevel(logging.INFO)
    logging.captureWarnings(capture=True)
    sys.excepthook = _process_ended
    threading.excepthook = _thread_ended


def _process_ended(
    kind: type[BaseException], error: BaseException, where: TracebackType | None
) -> None:
    logging.getLogger(__name__).critical("The process ended", exc_info=(kind, error, where))


def _thread_ended(ended: threading.ExceptHookArgs) -> None:
    if ended.exc_value:
        logging.getLogger(__name__).error("A thread ended", exc_info=ended.exc_value)
