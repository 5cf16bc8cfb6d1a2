"""A server that takes connections and says nothing: a question ends, and whoever waits is told."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import psutil
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import library_shelf
from dashboard.library.answers import LibraryError, TooSlow
from dashboard.library.engines.in_ibis import open_ibis
from dashboard.library.library import Library
from dashboard.server import health
from dashboard.server.routes import routes
from dashboard.settings import settings
from tests.library.small import STATEMENTS

ENDLESS = 20  # seconds that it hangs at most, so that a test fails instead of hanging with it


@contextmanager
def hung(address: str) -> Iterator[None]:
    """The server's processes, stopped meanwhile."""
    port = str(urlsplit(address).port)
    (first,) = (
        process
        for process in psutil.process_iter(["name", "cmdline"])
        if process.info["name"] == "postgres" and port in process.info["cmdline"]
    )
    all_of_it = [first, *first.children(recursive=True)]
    over = threading.Timer(ENDLESS, _tell, (all_of_it, signal.SIGCONT))
    _tell(all_of_it, signal.SIGSTOP)
    over.start()
    try:
        yield
    finally:
        over.cancel()
        _tell(all_of_it, signal.SIGCONT)


def _tell(processes: list[psutil.Process], what: signal.Signals) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(what)


def test_a_question_to_a_server_that_hangs_ends_and_the_next_is_answered(
    postgres: str, libraries
) -> None:
    library = Library(open_ibis(postgres, seconds=1))
    with hung(postgres):
        before = time.monotonic()
        with pytest.raises(TooSlow, match="has not answered for 2 seconds"):
            library.suggest("actors", "")
        assert time.monotonic() - before < 5
        with pytest.raises(LibraryError, match="No connection"):  # which is made anew
            library.suggest("actors", "")
    assert library.total == len(STATEMENTS)


def test_it_is_not_ready_while_its_server_hangs(
    postgres: str, libraries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_LIBRARY", postgres)
    settings.cache_clear()
    try:
        with TestClient(Starlette(routes=routes(""))) as client:
            health._missing.cache_clear()
            assert client.get("/readyz").status_code == 200
            with hung(postgres):
                health._missing.cache_clear()
                before = time.monotonic()
                answer = client.get("/readyz")
                assert time.monotonic() - before < 5
                assert answer.status_code == 503
                assert answer.json() == {"error": "the story or the library does not answer"}
                assert client.get("/healthz").status_code == 200
            time.sleep(1)
            health._missing.cache_clear()
            assert client.get("/readyz").status_code == 200
    finally:
        settings.cache_clear()
        library_shelf._sound.clear()
