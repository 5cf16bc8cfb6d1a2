"""Measures how many readers a process serves, those beyond, answers kept, and what readers leave.

`python tests/benchmarks/load.py [--quick] [--no-naive] [--only readers,past,kept,left]`.
The readers share the machine with the server: what they cost is part of every time.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING
from urllib.request import urlopen

from client import Reader
from page import HERE, THINK, App, Figures, addresses, machine, many, p95, show, table
from server import Server, serve
from soak import slopes, soak
from websockets.exceptions import InvalidStatus, WebSocketException

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

    Get = Callable[[str, str], Awaitable[tuple[bytes, bytes]]]

CROWDS = (1, 10, 30, 60, 120)
LIMIT = 60  # readers who are let in, where twice as many come
CONNECTIONS = 16  # at a time, of those who ask for answers that are kept
FULL = b"no-store"  # in the head of what newcomers get while it is full
BUDGETS = {
    "60 readers, p95 ms": 400,
    "60 readers, errors": 0,
    f"{LIMIT} let in, {LIMIT} more come, p95 ms of those inside": 400,
}
ASKED = {  # what is asked for again and again, and with which headers
    "/api/quotes.json": "/api/quotes.json?place=moscow",
    "/card.png": "/card.png?place=moscow",
    "/edition.html": "/edition.html",
}


@dataclass
class Crowd:
    """What many readers met: ms of each run, bytes, errors by kind; `cpu`: the server's ms a run.

    `complete` is set when all have arrived, and their thinking and choosing begins.
    """

    took: list[float] = field(default_factory=list)
    received: int = 0
    errors: Counter[str] = field(default_factory=Counter)
    arrived: int = 0
    cpu: float = 0.0
    complete: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(
        self, server: Server, number: int, seconds: float, queries: tuple[str, ...]
    ) -> None:
        """Let so many readers come, think and choose; one whose connection breaks is gone."""

        async def read(seed: int) -> None:
            dice = random.Random(seed)  # noqa: S311
            try:
                await _page(server)
                async with Reader(server.stream) as reader:
                    await reader.ask()
                    self._arrive(number)
                    await self.complete.wait()
                    end = time.perf_counter() + seconds
                    while (pause := dice.expovariate(1 / THINK)) + time.perf_counter() < end:
                        await asyncio.sleep(pause)
                        run = await reader.ask(dice.choice(queries))
                        self.took.append(run.milliseconds)
                        self.received += run.received
                    await asyncio.sleep(max(0, end - time.perf_counter()))  # and stay
            except (OSError, RuntimeError, TimeoutError, WebSocketException) as error:
                self.errors[type(error).__name__] += 1
                self._arrive(number)

        tasks = [asyncio.create_task(read(seed)) for seed in range(number)]
        await self.complete.wait()
        start = server.cpu()
        await asyncio.gather(*tasks)
        self.cpu = (server.cpu() - start) * 1000 / max(1, len(self.took))

    def _arrive(self, number: int) -> None:
        self.arrived += 1
        if self.arrived >= number:
            self.complete.set()


def readers(app: App, quick: bool, queries: tuple[str, ...]) -> Figures:
    """Growing crowds, each on a process of its own."""
    found: Figures = {}
    for number in CROWDS:
        with serve(app.script, app.root, DATELINE_READERS="1000") as server:
            met = Crowd()
            asyncio.run(met.read(server, number, (15 if quick else 40), queries))
            found[f"{many(number)}, runs"] = len(met.took)
            found[f"{many(number)}, errors"] = sum(met.errors.values())
            if len(met.took) > 2:
                found[f"{many(number)}, p50 ms"] = median(met.took)
                found[f"{many(number)}, p95 ms"] = p95(met.took)
                found[f"{many(number)}, CPU ms a run"] = met.cpu
                found[f"{many(number)}, kB sent a run"] = met.received / len(met.took) / 1000
            found[f"{many(number)}, memory MB"] = server.memory()
    return found


def past(app: App, quick: bool, queries: tuple[str, ...]) -> Figures:
    """Twice as many come as are let in; who is not asks for the page again after each thought."""
    if app.name != "dateline":
        return {}
    met = Crowd()
    editions: list[float] = []

    async def measure(server: Server) -> bool:
        async with connected(server) as get:  # as it is when readers come one after the other
            await get("/edition.html", "")
        inside = asyncio.create_task(met.read(server, LIMIT, 15 if quick else 40, queries))
        await met.complete.wait()
        try:
            async with Reader(server.stream):
                refused = False
        except InvalidStatus:
            refused = True
        await asyncio.gather(inside, *(wait(server, inside, seed) for seed in range(LIMIT)))
        return refused

    async def wait(server: Server, inside: asyncio.Task[None], seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311
        while not inside.done():
            await asyncio.sleep(dice.expovariate(1 / THINK))
            start = time.perf_counter()
            if FULL in await _page(server):
                editions.append((time.perf_counter() - start) * 1000)

    with serve(app.script, app.root, DATELINE_READERS=str(LIMIT)) as server:
        refused = asyncio.run(measure(server))
    name = f"{LIMIT} let in, {LIMIT} more come"
    return {
        f"{name}, p50 ms of those inside": median(met.took),
        f"{name}, p95 ms of those inside": p95(met.took),
        f"{name}, errors inside": sum(met.errors.values()),
        f"{name}, editions given": len(editions),
        f"{name}, p50 ms of an edition": median(editions),
        f"{name}, p95 ms of an edition": p95(editions),
        f"{name}, a websocket is refused (1: yes)": refused,
    }


def kept(app: App, quick: bool, queries: tuple[str, ...]) -> Figures:
    """Answers a second that are kept, whole and as 304 to who has them."""
    if app.name != "dateline":
        return {}
    found: Figures = {}
    seconds = 3 if quick else 10
    with serve(app.script, app.root) as server:
        for name, path in ASKED.items():
            with urlopen(server.page.rstrip("/") + path) as answer:  # noqa: S310 — our own server
                tag, size = answer.headers["ETag"], len(answer.read())
            for told, headers in (("", ""), (", 304", f"If-None-Match: {tag}\r\n")):
                start = server.cpu()
                n, sent = asyncio.run(_ask(server, path, headers, seconds))
                found[f"{name}{told}, answers a second"] = n / seconds
                found[f"{name}{told}, server's CPU µs each"] = (server.cpu() - start) * 1e6 / n
                found[f"{name}{told}, bytes of body each"] = sent / n
                assert told or sent
            found[f"{name}, bytes uncompressed"] = size
    return found


async def _ask(server: Server, path: str, headers: str, seconds: float) -> tuple[int, int]:
    """How many answers came, and bytes of their bodies, over connections that are kept open."""
    answered = sent = 0
    end = time.perf_counter() + seconds

    async def ask() -> None:
        nonlocal answered, sent
        async with connected(server) as get:
            while time.perf_counter() < end:
                _, body = await get(path, headers)
                sent += len(body)
                answered += 1

    await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))
    return answered, sent


async def _page(server: Server) -> bytes:
    """The head of the answer to who asks for the page."""
    async with connected(server) as get:
        head, _ = await get("/", "")
        return head


@asynccontextmanager
async def connected(server: Server) -> AsyncIterator[Get]:
    """A connection over which one thing after the other is asked: path, headers → head, body."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1 << 21)

    async def get(path: str, headers: str) -> tuple[bytes, bytes]:
        asked = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{headers}\r\n"
        writer.write(asked.encode())
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        status = int(head[9:12])
        if status not in (200, 304):
            raise RuntimeError(f"{path}: {status}")
        length = head.partition(b"content-length:")[2].partition(b"\r\n")[0]
        return head, await reader.readexactly(int(length)) if status == 200 else b""

    try:
        yield get
    finally:
        writer.close()


def left(app: App, quick: bool, queries: tuple[str, ...]) -> Figures:
    """Readers who came and went: the memory and the sessions that they left."""
    told = soak(app.script, app.root, queries, 250 if quick else 2500)
    begun, ended = told[0], told[-1]
    memory, blocks = slopes(told)
    return {
        f"memory when {begun.readers} readers have gone, MB": begun.memory,
        f"memory when {ended.readers} readers have gone, MB": ended.memory,
        "memory that a reader leaves, kB": memory,
        f"blocks when {begun.readers} readers have gone": begun.held.blocks,
        f"blocks when {ended.readers} readers have gone": ended.held.blocks,
        "blocks that a reader leaves": blocks,
        "sessions left": ended.held.sessions,
    }


MEASURES: Mapping[str, Callable[[App, bool, tuple[str, ...]], Figures]] = {
    "readers": readers,
    "past": past,
    "kept": kept,
    "left": left,
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="shorter crowds")
    parser.add_argument("--only", default=",".join(MEASURES), help="some of: %(default)s")
    parser.add_argument("--no-naive", action="store_true", help="measure Dateline alone")
    arguments = parser.parse_args()
    names = arguments.only.split(",")
    if unknown := set(names) - set(MEASURES):
        parser.error(f"--only knows {', '.join(MEASURES)}; not {', '.join(sorted(unknown))}")
    root = HERE.parents[1]
    apps = [App("dateline", root / "dashboard" / "app.py", root, 0)]
    if not arguments.no_naive:
        apps.append(App("naive", HERE / "naive" / "app.py", root, 0))
    queries = addresses(root / "data" / "stories" / "moscow-talks")
    print(machine(), flush=True)
    found: dict[str, Figures] = {app.name: {} for app in apps}
    for name in names:
        for app in apps:
            found[app.name] |= MEASURES[name](app, arguments.quick, queries)
    show(table(found, apps, BUDGETS))
    print(machine())


if __name__ == "__main__":
    main()
