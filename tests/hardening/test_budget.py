"""A question or an answer that takes too long is ended and says so; others are served meanwhile."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.server import answer, sharing
from dashboard.server.routes import routes
from tests.benchmarks.client import Reader
from tests.browser.conftest import serving
from tests.browser.test_server import get
from tests.library import small
from tests.server.test_answers import run_apart

# Searches by an actor or a place read `ties`; whoever reads this view never comes to an end.
ENDLESS = """
ALTER TABLE ties RENAME TO few_ties;
CREATE VIEW ties AS SELECT few_ties.* FROM few_ties, (
    SELECT max(a.range * b.range % 7) AS most FROM range(1000000000) a, range(1000000000) b
) WHERE most > 0;
"""
PATHOLOGICAL = "actor=ada-hale&q=ferry"
TOO_SLOW = "takes the library too long"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A story and the made-up library, some of whose questions have no end."""
    path = small.write_duckdb(tmp_path_factory.mktemp("endless") / "library.duckdb")
    with duckdb.connect(path) as connection:
        connection.execute(ENDLESS)
    with serving(DATELINE_LIBRARY=str(path)) as address:
        yield address


def test_an_endless_search_is_ended_and_others_are_served_meanwhile(served: str) -> None:
    stream = served.replace("http", "ws") + "/_stcore/stream"

    async def main() -> None:
        async with Reader(stream) as slow, Reader(stream) as other, Reader(stream) as third:
            for reader in (slow, other):
                await reader.ask("", page="library")
            await third.ask()
            endless = asyncio.create_task(slow.ask(PATHOLOGICAL, page="library"))
            await asyncio.sleep(0)
            found = await other.ask("q=ferry", page="library")
            story = await third.ask("place=moscow")
            assert not endless.done()  # whoever asked after it has been answered before it
            assert TOO_SLOW not in found.text
            assert "10 of 24 statements" in story.text
            ended = await endless
            assert TOO_SLOW in ended.text
            assert TOO_SLOW not in (await slow.ask("q=bridge", page="library")).text

    run_apart(main)


def test_an_endless_export_is_ended_and_says_so(served: str) -> None:
    status, headers, body = get(f"{served}/api/library/quotes.csv?{PATHOLOGICAL}")
    assert (status, headers["Retry-After"]) == (503, "60")
    assert b"this takes too long" in body


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Cards that are not made before the event; askers wait a moment."""
    go_on = threading.Event()
    made = sharing.card

    def card(*given: object) -> bytes:
        go_on.wait()
        return made(*given)

    monkeypatch.setattr(sharing, "card", card)
    monkeypatch.setattr(sharing.cards, "seconds", 0.1)
    sharing.cards.bodies.clear()
    yield go_on
    go_on.set()


def test_a_card_that_takes_too_long_says_so_and_is_there_for_who_asks_again(
    stuck: threading.Event,
) -> None:
    with TestClient(Starlette(routes=routes(""))) as client:
        for _ in range(3):
            late = client.get("/card.png?place=moscow")
            assert (late.status_code, late.headers["retry-after"]) == (503, "5")
            assert "takes longer than 0.1 seconds" in late.json()["error"]
        assert client.get("/api/quotes.json?place=moscow").status_code == 200
        assert len(sharing.cards.making) == 1  # it is made once, and nothing piles up behind it
        stuck.set()
        sharing.cards.seconds = 60
        assert client.get("/card.png?place=moscow").status_code == 200


def test_what_is_kept_is_served_while_something_is_stuck() -> None:
    go_on = threading.Event()

    async def main() -> list[bytes]:
        kept = answer.Kept(most=100_000, workers=1, waiting=1, seconds=0.1)
        await kept.get("known", "text/plain", lambda: b"known")
        for _ in range(2):
            with pytest.raises(answer.NotNow, match="longer than"):
                await kept.get("stuck", "text/plain", lambda: b"late" * go_on.wait())
        with pytest.raises(answer.NotNow, match="longer than"):
            await kept.get("in line", "text/plain", lambda: b"in line")
        with pytest.raises(answer.NotNow, match="too many"):
            await kept.get("one too many", "text/plain", lambda: b"")
        found = [(await kept.get("known", "text/plain", lambda: b"made anew")).content]
        go_on.set()
        kept.seconds = 60
        for name in ("stuck", "in line"):
            with suppress(answer.NotNow):
                found.append((await kept.get(name, "text/plain", lambda: b"made anew")).content)
        return found

    try:
        assert run_apart(main) == [b"known", b"late", b"in line"]
    finally:
        go_on.set()
