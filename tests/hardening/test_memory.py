"""Memory does not grow: readers come and go and leave nothing; no module keeps what it is asked."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from tests.benchmarks.client import Reader
from tests.benchmarks.memory import Held, held, prepared
from tests.browser.conftest import ROOT, serving
from tests.hardening.served import process_of
from tests.server.test_answers import run_apart
from tests.shipped import STORY
from tests.test_architecture import every_module, part, tree

CROWD = 15  # readers at once
FIRST, MORE = 2, 4  # crowds that fill the caches; crowds that are measured
LEFT = 600  # kB that a reader may leave behind before it is called growth; a session holds more
BLOCKS = 50  # of Python's memory, likewise; a session holds thousands
OVER = "1"  # seconds that a session outlives its connection, here


def test_sixty_readers_come_and_go_and_leave_nothing(tmp_path: Path) -> None:
    ttl = {"STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL": OVER}
    with serving(**prepared(tmp_path, ROOT), **ttl) as address:
        server = process_of(address)
        stream = address.replace("http", "ws") + "/_stcore/stream"

        async def come_and_go() -> None:
            async with AsyncExitStack() as room:
                for n in range(CROWD):
                    reader = await room.enter_async_context(Reader(stream))
                    for place in ("", *STORY.places["id"][n % 5 : n % 5 + 2]):
                        await reader.ask(f"place={place}" if place else "")
            await asyncio.sleep(float(OVER) + 0.5)
            async with Reader(stream) as reader:  # whose end makes Streamlit forget the expired
                await reader.ask()

        def told() -> tuple[Held, float]:
            run_apart(come_and_go)
            return held(server.pid, tmp_path), server.memory_info().rss / 1000

        filled, then = [told() for _ in range(FIRST)][-1]
        later = [told() for _ in range(MORE)]
    ended, now = later[-1]
    assert max(each.sessions for each, _ in later) <= 2  # the last one's, and one that is ending
    assert now - then < LEFT * CROWD * MORE, f"{now - then:.0f} kB"
    assert ended.blocks - filled.blocks < BLOCKS * CROWD * MORE, (filled, ended)


GROWS = {"append", "extend", "insert", "add", "update", "setdefault", "appendleft"}
CONTAINERS = {"dict", "list", "set", "OrderedDict", "defaultdict", "Counter", "deque"}


def growing(module: ast.Module) -> Iterator[str]:
    """Names of a module's own containers that its functions put something into."""
    held = set()
    for node in module.body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and _is_container(node.value):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            held |= {target.id for target in targets if isinstance(target, ast.Name)}
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                grown = node.func.value if node.func.attr in GROWS else None
            elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
                grown = node.value
            else:
                continue
            if isinstance(grown, ast.Name) and grown.id in held:
                yield grown.id


def _is_container(value: ast.expr | None) -> bool:
    if isinstance(value, ast.Call):
        bounded = any(word.arg == "maxlen" for word in value.keywords)
        return ast.unparse(value.func).split(".")[-1] in CONTAINERS and not bounded
    return isinstance(value, ast.Dict | ast.List | ast.Set | ast.DictComp | ast.ListComp)


# Decorated caches are looked at by `test_architecture.test_what_is_kept_is_bounded`.
@every_module
def test_no_module_keeps_what_its_functions_are_asked(path: Path) -> None:
    assert list(growing(tree(path))) == [], part(path)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("KEPT = {}\ndef f(a):\n    KEPT[a] = 1", ["KEPT"]),
        ("KEPT: list[int] = []\ndef f(a):\n    KEPT.append(a)", ["KEPT"]),
        ("KEPT = defaultdict(list)\nclass C:\n    def f(self, a): KEPT.setdefault(a, 1)", ["KEPT"]),
        ("KEPT = collections.deque()\nasync def f(a): KEPT.append(a)", ["KEPT"]),
        ("KEPT = deque(maxlen=9)\ndef f(a): KEPT.append(a)", []),
        ("KNOWN = {1: 2}\ndef f(a): return KNOWN[a]", []),
        ("def f(a):\n    found = []\n    found.append(a)", []),
    ],
)
def test_how_growth_is_told(source: str, found: list[str]) -> None:
    assert list(growing(ast.parse(source))) == found
