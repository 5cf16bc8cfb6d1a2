"""The library over HTTP: whole files, honest headers, every fault named."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.exports.cells import read_cell
from dashboard.exports.of_library.rows import COLUMNS, TYPES
from dashboard.server import library_api
from dashboard.server.routes import routes
from dashboard.settings import settings
from tests.library.small import write_duckdb
from tests.server.test_answers import run_apart


@pytest.fixture(scope="module")
def library_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "small.duckdb"
    write_duckdb(path)
    return path


@pytest.fixture
def client(library_file: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("DATELINE_LIBRARY", str(library_file))
    settings.cache_clear()
    with TestClient(Starlette(routes=routes(""))) as found:
        yield found
    settings.cache_clear()


def rows(text: str) -> list[dict[str, object]]:
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    assert next(lines) == list(COLUMNS)
    return [
        {
            name: read_cell(kind, cell)
            for (name, kind), cell in zip(TYPES.items(), line, strict=True)
        }
        for line in lines
    ]


@pytest.mark.parametrize(
    "query", ["", "?actor=ada-hale&actor_role=by", "?q=ferry&from=2014", "?q=zeppelin"]
)
def test_the_three_formats_say_the_same(client: TestClient, query: str) -> None:
    csv_, json_, jsonl = (
        client.get(f"/api/library/quotes.{ending}{query}") for ending in ("csv", "json", "jsonl")
    )
    whole = json.loads(json_.text)
    assert [json.loads(line) for line in jsonl.text.splitlines()] == whole
    assert rows(csv_.text) == whole
    for answer in (csv_, json_, jsonl):
        assert answer.status_code == 200
        assert int(answer.headers["dateline-total"]) == len(whole)
        assert int(answer.headers["dateline-given"]) == len(whole)
        assert answer.headers["access-control-allow-origin"] == "*"
    assert (len(whole) == 0) == ("zeppelin" in query)


def test_every_row_answers_the_query(client: TestClient) -> None:
    found = client.get("/api/library/quotes.json?actor=ada-hale&actor_role=by").json()
    assert {row["speaker_id"] for row in found} == {"ada-hale"}


def test_a_file_is_cut_at_the_cap_and_says_so(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = client.get("/api/library/quotes.json").json()
    monkeypatch.setattr(library_api, "CAP", 7)
    cut = client.get("/api/library/quotes.json")
    assert cut.json() == whole[:7]
    assert cut.headers["dateline-total"] == str(len(whole))
    assert cut.headers["dateline-given"] == "7"


@pytest.mark.usefixtures("client")
def test_who_comes_when_too_many_wait_is_told_to_come_again() -> None:
    """Two are served and as many as may wait do; the next is refused at once, those are not."""

    async def main() -> tuple[list[int], httpx2.Response]:
        transport = httpx2.ASGITransport(Starlette(routes=routes("")))
        async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
            owners = [object(), object()]
            for owner in owners:
                await library_api._limiter.acquire_on_behalf_of(owner)
            asking = [
                asyncio.create_task(client.get("/api/library/quotes.json"))
                for _ in range(library_api.WAITING)
            ]
            while library_api._limiter.statistics().tasks_waiting < library_api.WAITING:
                await asyncio.sleep(0.01)
            refused = await asyncio.wait_for(client.get("/api/library/quotes.json"), 20)
            for owner in owners:
                library_api._limiter.release_on_behalf_of(owner)
            return [got.status_code for got in await asyncio.gather(*asking)], refused

    served, refused = run_apart(main)
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
    assert refused.json() == {"error": "too many are waiting; try again"}
    assert served == [200] * library_api.WAITING


def test_no_cell_is_a_formula(client: TestClient) -> None:
    text = client.get("/api/library/quotes.csv").text
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    assert cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("quotes.xml", 404, "no such export of the library"),
        ("../quotes.csv?order=speaker", 400, "order"),  # the story's, as ever
        ("quotes.csv?actor=nobody", 400, "is not in this library"),
        ("quotes.csv?page=2", 400, "is no parameter"),
        ("quotes.csv?from=never", 400, "is no day"),
        ("quotes.csv?" + "&".join(f"actor=a{n}" for n in range(201)), 400, "more than 200"),
        ("quotes.csv?q=" + "a" * 9000, 400, "exceeds"),
    ],
)
def test_what_cannot_be_answered_says_why(
    client: TestClient, path: str, status: int, says: str
) -> None:
    got = client.get(f"/api/library/{path}")
    assert got.status_code == status
    assert says in got.text


@pytest.mark.parametrize(("method", "status"), [("HEAD", 200), ("OPTIONS", 204), ("POST", 405)])
def test_methods(client: TestClient, method: str, status: int) -> None:
    got = client.request(method, "/api/library/quotes.jsonl")
    assert got.status_code == status
    assert method != "HEAD" or got.headers["dateline-total"] == "200"


def test_without_a_library_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATELINE_LIBRARY", raising=False)
    settings.cache_clear()
    got = TestClient(Starlette(routes=routes(""))).get("/api/library/quotes.csv")
    assert (got.status_code, got.json()) == (404, {"error": "no library is served here"})


def test_a_library_that_is_none_is_no_servers_secret(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret.duckdb").write_bytes(b"nothing")
    monkeypatch.setenv("DATELINE_LIBRARY", str(tmp_path / "secret.duckdb"))
    settings.cache_clear()
    got = TestClient(Starlette(routes=routes(""))).get("/api/library/quotes.csv")
    settings.cache_clear()
    assert (got.status_code, got.json()) == (503, {"error": "the library cannot be read"})
