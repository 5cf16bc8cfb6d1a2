"""What readers leave behind: many come and go, and the server's memory is told each time."""

from __future__ import annotations

import asyncio
import random
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from statistics import linear_regression
from typing import NamedTuple

from client import Reader
from memory import Held, held, prepared
from server import SESSION_TTL, Server, serve

VIEWS = 3  # that each reader looks at
AT_ONCE = 50


class Told(NamedTuple):
    """What is held when so many readers have gone; `memory` is what is resident, MB."""

    readers: int
    memory: float
    held: Held


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


async def fill(server: Server, queries: tuple[str, ...]) -> None:
    """Every view once: what the server may keep of them, it keeps, and for the next lets one go."""
    async with Reader(server.stream) as reader:
        for query in queries:
            await reader.ask(query)


def soak(script: Path, root: Path, queries: tuple[str, ...], readers: int) -> list[Told]:
    """What is held after each crowd has gone."""
    dice = random.Random(4)  # noqa: S311
    told = []
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with serve(script, root, **prepared(folder, root)) as server:
            asyncio.run(fill(server, queries))
            for so_far in range(AT_ONCE, readers + 1, AT_ONCE):
                asyncio.run(visit(server, AT_ONCE, queries, dice))
                counted = held(server.process.pid, folder)
                told.append(Told(so_far, server.memory(), counted))
    return told


def slopes(told: list[Told]) -> tuple[float, float]:
    """Memory (kB) and blocks that a reader leaves behind, fitted to the later half."""
    later = told[len(told) // 2 :]
    gone = [each.readers for each in later]
    return (
        linear_regression(gone, [each.memory * 1000 for each in later]).slope,
        linear_regression(gone, [each.held.blocks for each in later]).slope,
    )
