"""Beyond what a process can serve: who is let in, what the others get, who may come back."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest
from websockets.exceptions import InvalidStatus

from dashboard.server.admission import COMING, Places
from tests.benchmarks.client import Reader
from tests.browser.conftest import serving
from tests.browser.test_server import get
from tests.server.test_answers import run_apart

MOST, BACK = 3, 120.0


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def places(clock: Clock) -> Places:
    return Places(MOST, BACK, clock)


def come_in(places: Places, *readers: str) -> None:
    for reader in readers:
        assert places.enter(reader, "")
        places.name(reader, f"session of {reader}")


def test_as_many_as_there_are_places_and_no_more(places: Places) -> None:
    come_in(places, "a", "b", "c")
    assert places.taken == MOST
    assert not places.enter("d", "")
    places.leave("b")
    assert places.enter("d", "")


def test_a_page_that_was_handed_out_has_a_place_until_its_reader_comes(
    places: Places, clock: Clock
) -> None:
    places.expect()
    assert places.taken == 1
    come_in(places, "a")
    assert places.taken == 1
    places.expect()
    clock.now += COMING  # a crawler, which never comes
    assert places.taken == 1


def test_those_who_never_come_take_a_quarter_of_the_places(clock: Clock) -> None:
    places = Places(120, BACK, clock)
    for _ in range(1_000):
        places.expect()
    assert places.taken == 30


def test_a_session_has_two_connections_at_most(places: Places) -> None:
    come_in(places, "a", "b", "c")
    assert places.enter("a again", "session of a")  # that the first is gone is not yet noticed
    for n in range(10):
        assert not places.enter(f"a, {n}", "session of a")


def test_who_was_inside_may_come_back_when_it_is_full(places: Places, clock: Clock) -> None:
    come_in(places, "a", "b", "c")
    places.leave("a")
    come_in(places, "d")
    clock.now += BACK - 1
    assert places.enter("a again", "session of a")
    assert places.enter("b again", "session of b")  # the server has not noticed that b is gone
    assert not places.enter("e", "invented")


def test_who_comes_back_late_or_twice_is_a_newcomer(places: Places, clock: Clock) -> None:
    come_in(places, "a", "b", "c")
    places.leave("a")
    places.leave("b")
    come_in(places, "d", "e")
    assert places.enter("a again", "session of a")
    places.name("a again", "session of a")
    places.leave("a again")
    clock.now += BACK
    assert not places.enter("a late", "session of a")
    assert not places.enter("b late", "session of b")


def test_of_those_who_left_few_are_remembered(places: Places) -> None:
    for n in range(50 * MOST):
        come_in(places, str(n))
        places.leave(str(n))
    come_in(places, "a", "b", "c")
    back = [n for n in range(50 * MOST) if places.enter(object(), f"session of {n}")]
    assert back == list(range(49 * MOST, 50 * MOST))[-MOST:]


@pytest.fixture(scope="module")
def small() -> Iterator[str]:
    with serving(DATELINE_READERS="2") as address:
        # Made once, in a process that takes seconds; a busy machine takes longer.
        with urllib.request.urlopen(f"{address}/edition.html", timeout=100) as answer:  # noqa: S310
            answer.read()
        yield address


def stream(address: str) -> str:
    return address.replace("http", "ws") + "/_stcore/stream"


async def asked(address: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    status, told, body = await asyncio.to_thread(get, address, **headers)
    return status, {name.lower(): value for name, value in told.items()}, body


def test_newcomers_get_the_edition_and_those_inside_stay(small: str) -> None:
    async def main() -> None:
        async with AsyncExitStack() as room:
            readers = [await room.enter_async_context(Reader(stream(small))) for _ in range(2)]
            for reader in readers:
                await reader.ask("place=moscow")

            status, headers, body = await asked(f"{small}/?place=geneva")
            assert (status, headers["cache-control"]) == (200, "no-store")
            assert b"it is full" in body
            assert b"We hope that the Russian efforts could be helpful" in body
            assert "script-src 'sha256-" in headers["content-security-policy"]
            assert "frame-ancestors 'none'" in headers["content-security-policy"]
            assert "link" not in headers  # nothing of the page that is not shown is fetched ahead
            _, headers, packed = await asked(f"{small}/", **{"Accept-Encoding": "gzip"})
            assert headers["content-encoding"] == "gzip"
            assert len(packed) < len(body) / 2

            for path in ("/library", "/add", "/method", "/?embed=true&view=map"):
                status, headers, body = await asked(small + path)
                assert (status, headers["retry-after"]) == (503, "30"), path
                assert b"it is full" in body
            for path in ("/healthz", "/api/quotes.json", "/card.png", "/edition.html"):
                assert (await asked(small + path))[0] == 200, path

            with pytest.raises(InvalidStatus) as refused:
                await room.enter_async_context(Reader(stream(small)))
            assert refused.value.response.status_code == 503
            assert (await readers[0].ask("place=geneva")).messages > 10

    run_apart(main)


def test_who_reconnects_is_let_in_and_place_is_for_who_waits(small: str) -> None:
    async def main() -> None:
        async with AsyncExitStack() as room:
            lost = Reader(stream(small))
            async with lost:
                await lost.ask()
            others = [Reader(stream(small)) for _ in range(2)]
            for reader in others:
                await room.enter_async_context(reader)
                await reader.ask()
            again = await room.enter_async_context(Reader(stream(small), lost.session))
            await again.ask("place=moscow")
            assert again.session == lost.session
            with pytest.raises(InvalidStatus):
                await room.enter_async_context(Reader(stream(small), "invented"))
        for _ in range(100):  # until the server has noticed that they left
            _, _, body = await asked(f"{small}/")
            if b"it is full" not in body:
                break
            await asyncio.sleep(0.1)
        assert b'<div id="root">' in body

    run_apart(main)
