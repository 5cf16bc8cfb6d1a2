"""Measures what readers leave behind: many come and go, and the server's memory is told each time.

`python tests/benchmarks/soak.py [--readers 500] [--at-once 25] [--no-naive]`
"""

from __future__ import annotations

import argparse
import asyncio
import random
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import linear_regression

from client import Reader
from memory import prepared, sessions
from page import HERE, addresses, machine, show
from server import SESSION_TTL, Server, serve

VIEWS = 3  # that each reader looks at


async def visit(
    server: Server, readers: int, queries: tuple[str, ...], dice: random.Random
) -> None:
    """So many readers at once come, choose, and go; then their sessions' time is over."""
    async with AsyncExitStack() as room:
        for _ in range(readers):
            reader = await room.enter_async_context(Reader(server.stream))
            for query in ("", *dice.choices(queries, k=VIEWS)):
                await reader.ask(query)
    await asyncio.sleep(SESSION_TTL + 1)
    # Streamlit ends expired sessions only when it puts another one aside (its TTLCache).
    async with Reader(server.stream) as reader:
        await reader.ask()
    await asyncio.sleep(0.5)


def soak(script: Path, root: Path, readers: int, at_once: int) -> list[tuple[int, float, int]]:
    """Readers so far, resident memory (MB) and sessions alive after each crowd has gone."""
    queries = addresses(root / "data" / "stories" / "moscow-talks")
    dice = random.Random(4)  # noqa: S311
    told = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with serve(script, root, **prepared(folder, root)) as server:
            for so_far in range(at_once, readers + 1, at_once):
                asyncio.run(visit(server, at_once, queries, dice))
                alive = sessions(server.process.pid, folder)
                told.append((so_far, server.memory(), alive))
    return told


def slope(told: list[tuple[int, float, int]]) -> float:
    """Memory that a reader leaves behind, kB, fitted to the later half, when caches are full."""
    later = told[len(told) // 2 :]
    return linear_regression([n for n, _, _ in later], [mb * 1000 for _, mb, _ in later]).slope


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=500)
    parser.add_argument("--at-once", type=int, default=25)
    parser.add_argument("--no-naive", action="store_true", help="measure Dateline alone")
    arguments = parser.parse_args()
    root = HERE.parents[1]
    apps = {"dateline": root / "dashboard" / "app.py", "naive": HERE / "naive" / "app.py"}
    if arguments.no_naive:
        del apps["naive"]
    print(machine(), flush=True)
    for name, script in apps.items():
        told = soak(script, root, arguments.readers, arguments.at_once)
        lines = [[f"{n} readers gone", f"{mb:.1f}", str(alive)] for n, mb, alive in told]
        show([[name, "memory MB", "sessions alive"], *lines])
        print(f"{name}: {slope(told):+.1f} kB a reader over the later half", flush=True)
    print(machine())


if __name__ == "__main__":
    main()
