"""What is counted while it serves, in Prometheus's terms; nothing that a reader typed or chose."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import Counter, Gauge, Histogram, start_http_server

SESSIONS = Gauge("dateline_sessions", "Pages that are open")
RUNS = Histogram(
    "dateline_run_seconds",
    "Runs of the page's script",
    buckets=(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24),
)
PAGE_ERRORS = Counter("dateline_page_errors", "Runs that ended with an error")
REQUESTS = Counter("dateline_requests", "Answers by route and class of status", ["route", "status"])
NEWCOMERS = Counter(
    "dateline_newcomers", "Who came: let in, or given the edition or a refusal", ["result"]
)
ANSWERS = Counter(
    "dateline_answers", "Exports, cards and editions: kept, made, or refused", ["result"]
)
QUESTIONS = Histogram(
    "dateline_library_question_seconds",
    "Questions to the library: answered, too slow, or failed",
    ["result"],
    buckets=(0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)


@contextmanager
def question(slow: type[Exception], failed: type[Exception]) -> Iterator[None]:
    """Count a question to the library and its seconds, by how it ends."""
    began, result = time.perf_counter(), "answered"
    try:
        yield
    except slow:
        result = "slow"
        raise
    except failed:
        result = "failed"
        raise
    finally:
        QUESTIONS.labels(result).observe(time.perf_counter() - began)


@contextmanager
def published(address: tuple[str, int] | None) -> Iterator[None]:
    """Serve all of it at a host and port of its own meanwhile; at None, nowhere.

    Raises OSError when the port is taken.
    """
    if address is None:
        yield
        return
    host, port = address
    server, thread = start_http_server(port, addr=host)
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
