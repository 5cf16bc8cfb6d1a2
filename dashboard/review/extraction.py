"""Starts the extraction of an article in a process of its own, and listens to it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from threading import Lock, Timer
from typing import Any

from dashboard.review.draft import Draft

LONGEST = 180  # seconds; the largest text takes some 30, one sentence over and over 110
PATIENCE = 30  # seconds that one waits for another article's extraction
MISSING = "extraction is not installed here; run: pip install -e '.[extract]'"
BUSY = "another article is being read; wait a moment, then try again"
STOPPED = "the extraction stopped without an answer; try again, or give a shorter text"
_one_at_a_time = (
    Lock()
)  # the language model takes some 300 MB: two at once would be felt by readers


class ExtractionError(Exception):
    """An article that gave no draft; the text says why, and the remedy, one fault a line."""


def installed() -> bool:
    """Whether the extra `extract` is there."""
    return all(find_spec(name) for name in ("spacy", "pycrfsuite", "trafilatura", "markdown_it"))


def extract_apart(
    article: bytes, name: str, facts: Mapping[str, str], report: Callable[[float, str], None]
) -> Draft:
    """The draft of an article, made by `dashboard.extract.worker`.

    `name` is the file's, "" for pasted text; `facts` are title, publisher, url, published (ISO
    8601), as far as they are known; `report` hears the share done and the step. Raises
    ExtractionError.
    """
    if not installed():
        raise ExtractionError(MISSING)
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise ExtractionError(BUSY)
    try:
        return _answer(article, name, facts, report)
    finally:
        _one_at_a_time.release()


def _answer(
    article: bytes, name: str, facts: Mapping[str, str], report: Callable[[float, str], None]
) -> Draft:
    request = {"name": name, "facts": dict(facts), "size": len(article)}
    with subprocess.Popen(
        [sys.executable, "-m", "dashboard.extract.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as worker:
        watch = Timer(LONGEST, worker.kill)
        watch.daemon = True
        watch.start()
        try:
            assert worker.stdin is not None  # noqa: S101 — for the type checker
            assert worker.stdout is not None  # noqa: S101
            try:
                worker.stdin.write(json.dumps(request).encode() + b"\n" + article)
                worker.stdin.close()
            except BrokenPipeError:
                raise ExtractionError(STOPPED) from None
            for line in worker.stdout:
                said: dict[str, Any] = json.loads(line)
                if "error" in said:
                    raise ExtractionError(said["error"])
                if "draft" in said:
                    made = said["draft"]
                    tables = {table: tuple(rows) for table, rows in made.pop("tables").items()}
                    return Draft(**made, tables=tables)
                report(said["share"], said["step"])
        finally:
            watch.cancel()
            worker.kill()
    raise ExtractionError(STOPPED)
