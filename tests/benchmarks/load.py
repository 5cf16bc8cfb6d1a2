"""Measures how many readers a process serves, what becomes of those beyond, and answers kept.

`python tests/benchmarks/load.py [--quick] [--only readers,past,kept]`. Readers and server share the
machine: what the readers cost is part of every time.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import time
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING
from urllib.request import urlopen

from client import Reader
from page import HERE, THINK, App, Figures, addresses, machine, many, p95, show, table
from server import Server, serve
from websockets.exceptions import InvalidStatus, WebSocketException

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

CROWDS = (1, 10, 30, 60, 120)
LIMIT = 60  # readers who are let in, where twice as many come
CONNECTIONS = 16  # at a time, of those who ask for answers that are kept
FULL = b"it is full"
BUDGETS = {
    "60 readers, p95 ms": 400,
    "60 readers, errors": 0,
    "twice as many as are let in: p95 ms of those inside": 400,
}
ASKED = {  # what is asked for again and again, and with which headers
    "/api/quotes.json": "/api/quotes.json?place=moscow",
    "/card.png": "/card.png?place=moscow",
    "/edition.html": "/edition.html",
}


@dataclass
class Crowd:
    """What many readers met: milliseconds of each run, errors by kind, how many never got in."""

    took: list[float] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    arrived: int = 0
    turned_away: int = 0


async def crowd(
    server: Server,
    number: int,
    seconds: float,
    queries: tuple[str, ...],
    measured: dict[str, float],
) -> Crowd:
    """Let so many readers come, think and choose; a connection that breaks is an error, and over.

    `measured` gets the processor time (ms) that the server spends on each run.
    """
    met = Crowd()
    all_there = asyncio.Event()

    async def read(seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311
        try:
            async with Reader(server.stream) as reader:
                await reader.ask()
                arrive()
                await all_there.wait()
                end = time.perf_counter() + seconds
                while (pause := dice.expovariate(1 / THINK)) + time.perf_counter() < end:
                    await asyncio.sleep(pause)
                    met.took.append((await reader.ask(dice.choice(queries))).milliseconds)
        except (OSError, RuntimeError, TimeoutError, WebSocketException) as error:
            met.errors[type(error).__name__] += 1
            arrive()

    def arrive() -> None:
        met.arrived += 1
        if met.arrived >= number and not all_there.is_set():
            measured["start"] = server.cpu()
            all_there.set()

    await asyncio.gather(*(read(seed) for seed in range(number)))
    if met.took:
        measured["CPU"] = (server.cpu() - measured["start"]) * 1000 / len(met.took)
    return met


def readers(app: App, quick: bool, queries: tuple[str, ...]) -> Figures:
    """Growing crowds, each on a process of its own."""
    found: Figures = {}
    for number in CROWDS:
        with serve(app.script, app.root, DATELINE_READERS="1000") as server:
            measured: dict[str, float] = {}
            seconds = (15 if quick else 40) if number > 1 else 60
            met = asyncio.run(crowd(server, number, seconds, queries, measured))
            found[f"{many(number)}, runs"] = len(met.took)
            found[f"{many(number)}, errors"] = sum(met.errors.values())
            if len(met.took) > 2:
                found[f"{many(number)}, p50 ms"] = median(met.took)
                found[f"{many(number)}, p95 ms"] = p95(met.took)
                found[f"{many(number)}, CPU ms a run"] = measured["CPU"]
            found[f"{many(number)}, memory MB"] = server.memory()
    return found


def past(app: App, quick: bool, queries: tuple[str, ...]) -> Figures:
    """Twice as many come as are let in; who is not asks for the page again after each thought."""
    if app.name != "dateline":
        return {}
    seconds = 15 if quick else 40
    editions: list[float] = []

    async def measure(server: Server) -> tuple[Crowd, int]:
        inside = asyncio.create_task(crowd(server, LIMIT, seconds, queries, {}))
        async with AsyncExitStack() as outside:
            while not await _is_full(server):
                await asyncio.sleep(0.2)
            refused = 0
            try:
                await outside.enter_async_context(Reader(server.stream))
            except InvalidStatus:
                refused = 1
            await asyncio.gather(*(wait(server, inside, seed) for seed in range(LIMIT)))
        return await inside, refused

    async def wait(server: Server, inside: asyncio.Task[Crowd], seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311
        while not inside.done():
            await asyncio.sleep(dice.expovariate(1 / THINK))
            start = time.perf_counter()
            if not await _is_full(server):
                return
            editions.append((time.perf_counter() - start) * 1000)

    with serve(app.script, app.root, DATELINE_READERS=str(LIMIT)) as server:
        met, refused = asyncio.run(measure(server))
    return {
        "twice as many as are let in: p50 ms of those inside": median(met.took),
        "twice as many as are let in: p95 ms of those inside": p95(met.took),
        "twice as many as are let in: errors inside": sum(met.errors.values()),
        "twice as many as are let in: editions given": len(editions),
        "twice as many as are let in: p95 ms of an edition": p95(editions),
        "twice as many as are let in: sockets refused of 1": refused,
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
    request = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{headers}\r\n".encode()
    )
    answered = sent = 0
    end = time.perf_counter() + seconds

    async def ask() -> None:
        nonlocal answered, sent
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port, limit=1 << 21)
        while time.perf_counter() < end:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            status = int(head[9:12])
            if status not in (200, 304):
                raise RuntimeError(f"{path}: {status}")
            length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
            if status == 200:
                sent += len(await reader.readexactly(int(length)))
            answered += 1
        writer.close()

    await asyncio.gather(*(ask() for _ in range(CONNECTIONS)))
    return answered, sent


async def _is_full(server: Server) -> bool:
    """Whether a newcomer gets the edition."""

    def ask() -> bool:
        with urlopen(server.page, timeout=60) as answer:  # noqa: S310 — our own server
            return FULL in answer.read()

    return await asyncio.to_thread(ask)


MEASURES: Mapping[str, Callable[[App, bool, tuple[str, ...]], Figures]] = {
    "readers": readers,
    "past": past,
    "kept": kept,
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
