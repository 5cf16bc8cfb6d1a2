"""What an operator watches: whether it is ready, and metrics at a port of their own."""

from __future__ import annotations

import json
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.testclient import TestClient
from websockets.sync.client import connect

from dashboard.library.answers import LibraryError, TooSlow
from dashboard.metrics import QUESTIONS, question
from dashboard.server import health
from dashboard.server.counted import ROUTES
from dashboard.server.routes import routes
from dashboard.settings import settings
from tests.browser.conftest import free_port
from tests.hardening.served import Served, served
from tests.hardening.test_strangers import run
from tests.library.small import write_duckdb

TYPED = "zeppelin"
ENDED = pytest.fail.Exception


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_duckdb(tmp_path_factory.mktemp("library") / "small.duckdb")


@pytest.fixture
def client() -> Iterator[TestClient]:
    settings.cache_clear()
    with TestClient(Starlette(routes=routes(""))) as made:
        yield made
    settings.cache_clear()


def ready(client: TestClient) -> tuple[int, dict[str, str]]:
    health._missing.cache_clear()  # kept for a second
    answer = client.get("/readyz")
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, answer.json()


def test_ready_while_the_story_can_be_read(
    client: TestClient, story_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_STORY", str(story_folder))
    quotes = story_folder / "quotes.csv"
    whole = quotes.read_bytes()
    quotes.write_bytes(whole[: len(whole) // 2])
    assert ready(client) == (503, {"error": "the story cannot be read"})
    assert client.get("/healthz").status_code == 200  # it lives
    quotes.write_bytes(whole)
    assert ready(client) == (200, {"status": "ready"})
    quotes.write_bytes(whole[: len(whole) // 2])
    assert ready(client) == (200, {"status": "ready"})  # as it was before, it is served on


def test_ready_while_the_library_answers(
    client: TestClient, library: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATELINE_LIBRARY", str(library))
    assert ready(client) == (200, {"status": "ready"})
    (tmp_path / "none.duckdb").write_bytes(b"no library")
    settings.cache_clear()
    for broken in (tmp_path / "none.duckdb", tmp_path / "nowhere.duckdb",
                   f"postgres://reader:secret@127.0.0.1:{free_port()}/news"):  # fmt: skip
        monkeypatch.setenv("DATELINE_LIBRARY", str(broken))
        settings.cache_clear()
        assert ready(client) == (503, {"error": "the library does not answer"})


def test_however_many_ask_the_library_is_asked_once_a_second(
    client: TestClient, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_LIBRARY", str(library))
    monkeypatch.setattr(health, "monotonic", lambda: 1.5)
    health._missing.cache_clear()
    for _ in range(20):
        assert client.get("/readyz").status_code == 200
    assert health._missing.cache_info().misses == 1
    health._missing.cache_clear()


def read(port: int) -> dict[str, float]:
    """The metrics of ours, by name and labels."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    assert TYPED not in text
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith(("dateline_", "process_resident"))
    }


@pytest.fixture(scope="module")
def watched(
    tmp_path_factory: pytest.TempPathFactory, library: Path
) -> Iterator[tuple[Served, int]]:
    port = free_port()
    with served(
        tmp_path_factory.mktemp("watched"),
        DATELINE_METRICS=f"127.0.0.1:{port}",
        DATELINE_LIBRARY=str(library),
    ) as running:
        yield running, port


def test_what_is_asked_is_counted(watched: tuple[Served, int]) -> None:
    server, port = watched
    before = read(port)
    for path in (f"/api/quotes.json?q={TYPED}", f"/api/quotes.json?q={TYPED}", "/api/nothing",
                 f"/{TYPED}", f"/api/library/quotes.csv?q={TYPED}"):  # fmt: skip
        server.ask(path)
    server.upgrade(Origin="https://evil.example")
    with connect(server.stream, max_size=None) as session:
        run(session, query=f"q={TYPED}")
        run(session)
        during = read(port)
    grown = {name: during[name] - before.get(name, 0) for name in during}
    assert grown["dateline_requests_total api 2xx"] == 2
    assert grown["dateline_requests_total api 4xx"] == 1
    assert grown["dateline_requests_total api/library 2xx"] == 1
    assert grown["dateline_requests_total page 2xx"] == 1
    assert grown["dateline_requests_total _stcore 4xx"] == 1
    assert grown["dateline_answers_total made"] == 1
    assert grown["dateline_answers_total kept"] == 1
    assert grown["dateline_run_seconds_count"] == 2
    assert grown["dateline_run_seconds_sum"] > 0
    assert grown["dateline_library_question_seconds_count answered"] > 0
    assert (grown["dateline_sessions"], grown["dateline_page_errors_total"]) == (1, 0)
    assert during["process_resident_memory_bytes"] > 50_000_000


def test_a_session_that_ends_is_counted_no_more(watched: tuple[Served, int]) -> None:
    server, port = watched
    with connect(server.stream) as one, connect(server.stream):
        assert read(port)["dateline_sessions"] == 2
        one.close()
        for _ in range(300):
            if read(port)["dateline_sessions"] == 1:
                break
        assert read(port)["dateline_sessions"] == 1


def test_labels_are_of_few_values_whatever_is_asked(watched: tuple[Served, int]) -> None:
    server, port = watched
    for path in (f"/{TYPED}", f"/api/{TYPED}", f"/static/{TYPED}", f"/apix/{TYPED}", "/api"):
        server.ask(path)
    routes_seen = {
        name.split()[1] for name in read(port) if name.startswith("dateline_requests_total")
    }
    assert routes_seen <= {*ROUTES, "page"}
    assert {"page", "api", "static"} <= routes_seen


def test_a_slow_question_is_counted_as_slow() -> None:
    def count(result: str) -> float:
        (found,) = [
            sample.value
            for family in QUESTIONS.collect()
            for sample in family.samples
            if sample.name.endswith("_count") and sample.labels["result"] == result
        ] or [0.0]
        return found

    for error, result in ((TooSlow(""), "slow"), (LibraryError(""), "failed"), (None, "answered")):
        before = count(result)
        try:
            with question(TooSlow, LibraryError):
                if error:
                    raise error
        except LibraryError as raised:
            assert raised is error
        assert count(result) == before + 1


def test_a_port_that_is_taken_ends_the_start_and_its_setting_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with (
            pytest.raises(ENDED, match="the server ended"),
            served(tmp_path, DATELINE_METRICS=address),
        ):
            pass
    told = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    assert [r["message"] for r in told if r["logger"] == "dashboard.server.warm"] == [
        "DATELINE_METRICS: Address already in use; give another host and port, each process its own"
    ]


def test_a_wrong_setting_ends_the_start_and_is_named(tmp_path: Path) -> None:
    with (
        pytest.raises(ENDED, match="the server ended"),
        served(tmp_path, DATELINE_ADD="everything"),
    ):
        pass
    assert "DATELINE_ADD: give zip, write or off" in (tmp_path / "log").read_text()
