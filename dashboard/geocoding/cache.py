"""Answers kept on an author's disk, as the service's policy asks."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from functools import lru_cache
from pathlib import Path

from dashboard.geocoding.candidate import Answer, printable

CACHE = "DATELINE_CACHE"
MOST_ANSWERS = 1000

log = logging.getLogger(__name__)


def _cache_file() -> Path:
    if folder := os.environ.get(CACHE):
        return Path(folder).expanduser() / "geocode.json"
    shared = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # The XDG specification has relative paths ignored.
    root = shared if shared.is_absolute() else Path.home() / ".cache"
    return root / "dateline" / "geocode.json"


def read_cache() -> dict[str, Answer]:
    """The answers by question; none when they cannot be read, which is reported."""
    try:
        kept = json.loads(_cache_file().read_text(encoding="utf-8"))
        if not (isinstance(kept, dict) and all(isinstance(a, list) for a in kept.values())):
            raise ValueError("it holds no answers")
    except FileNotFoundError:
        return {}
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: no home; nested too deep
        report(f"the cache cannot be read ({printable(error)}); delete it, or set {CACHE}")
        return {}
    return kept


def write_cache(kept: dict[str, Answer]) -> None:
    """Keep the newest answers; what stands in the way is reported."""
    newest = dict(list(kept.items())[-MOST_ANSWERS:])
    temporary = None
    try:
        path = _cache_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix="geocode-", delete=False
        ) as file:
            temporary = Path(file.name)
            json.dump(newest, file)
        temporary.replace(path)
    except (OSError, RuntimeError, TypeError, ValueError) as error:
        report(f"the answer is not kept ({printable(error)}); set {CACHE} to a folder of yours")
        if temporary is not None:
            temporary.unlink(missing_ok=True)


@lru_cache(maxsize=16)  # once, not once for every name
def report(message: str) -> None:
    """Warn, once."""
    log.warning("dateline: %s", message)
