"""Measures the page against its budgets (design: 2 cores) and against a naive app beside it.

`python tests/benchmarks/page.py [--quick] [--only rerun,click,load,readers,memory]`
"""

from __future__ import annotations

import argparse
import asyncio
import csv
import os
import platform
import random
import subprocess
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import product
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from browser import CHROMIUM, chromium, clicks, visit
from client import Reader
from server import SESSION_TTL, Server, serve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

HERE = Path(__file__).parent
THINK = 5.0  # seconds, the mean of an exponential distribution
PILL = "Moscow"

Figures = dict[str, float]


@dataclass(frozen=True)
class App:
    """An app to measure: what is served, from which checkout, and how many cards it shows."""

    name: str
    script: Path
    root: Path
    cards: int


@dataclass
class Plan:
    """How long to measure, and which addresses a reader may ask for."""

    quick: bool
    queries: tuple[str, ...]
    faults: list[str] = field(default_factory=list)


def rerun(app: App, plan: Plan) -> Figures:
    """Send a rerun → script finished and received, by one reader."""
    times = 20 if plan.quick else 60
    fresh = random.Random(1).sample(plan.queries, min(times, len(plan.queries)))  # noqa: S311

    async def measure(server: Server, queries: Sequence[str], before: str) -> tuple[Figures, int]:
        async with Reader(server.stream) as reader:
            for _ in range(3):
                await reader.ask(before)
            start = server.cpu()
            runs = [await reader.ask(query) for query in queries]
            cpu = (server.cpu() - start) * 1000 / len(runs)
            took = [run.milliseconds for run in runs]
            size = round(median(run.received for run in runs))
            return {"median": median(took), "p95": p95(took), "cpu": cpu}, size

    with serve(app.script, app.root) as server:
        new, _ = asyncio.run(measure(server, fresh, ""))
        same, size = asyncio.run(measure(server, [""] * times, ""))
    return {
        "rerun, same selection, ms": same["median"],
        "rerun, same selection, p95 ms": same["p95"],
        "rerun, same selection, CPU ms": same["cpu"],
        "rerun, new selection, ms": new["median"],
        "rerun, new selection, p95 ms": new["p95"],
        "rerun, new selection, CPU ms": new["cpu"],
        "rerun, same selection, kB sent": size / 1000,
    }


def click(app: App, plan: Plan) -> Figures:
    """Click on a place → all views updated, in Chromium."""
    with serve(app.script, app.root) as server, chromium() as browser:
        made = clicks(browser, server.page, app.cards, PILL, 10 if plan.quick else 20)
    return {
        "click → cards, ms": median(c.cards for c in made),
        "click → all views, ms": median(c.all_views for c in made),
        "click → all views, p95 ms": p95([c.all_views for c in made]),
    }


def load(app: App, plan: Plan) -> Figures:
    """First visit → everything drawn, in Chromium with an empty cache."""
    with serve(app.script, app.root) as server, chromium() as browser:
        visit(browser, server.page, app.cards)  # the server's own first run is not the reader's
        visits = [visit(browser, server.page, app.cards) for _ in range(3 if plan.quick else 7)]
    foreign = sorted({url for v in visits for url in v.foreign})
    plan.faults += [f"{app.name}: request to another host: {url}" for url in foreign]
    return {
        "first visit → all drawn, s": median(v.drawn for v in visits) / 1000,
        "first visit, MB received": median(v.received for v in visits) / 1e6,
        "first visit, requests": median(v.requests for v in visits),
        "first visit, other hosts": float(max(len(v.foreign) for v in visits)),
    }


def readers(app: App, plan: Plan) -> Figures:
    """Many readers who think and choose; one process serves them."""
    found: Figures = {}
    with serve(app.script, app.root) as server:
        for number in (1, 10, 30):
            took = asyncio.run(_read(server, plan, number, 10 if plan.quick else 40))
            if len(took) < 3:
                plan.faults.append(f"{app.name}: {number} readers: only {len(took)} runs")
                continue
            found[f"{many(number)}, median ms"] = median(took)
            found[f"{many(number)}, p95 ms"] = p95(took)
    return found


def memory(app: App, plan: Plan) -> Figures:
    """Resident memory of the server, readers connected who have chosen three times each."""
    found: Figures = {}

    async def measure(server: Server) -> None:
        dice = random.Random(2)  # noqa: S311
        found["memory, no reader, MB"] = server.memory()
        async with AsyncExitStack() as room:
            for number in range(1, 31):
                reader = await room.enter_async_context(Reader(server.stream))
                for query in ("", *dice.choices(plan.queries, k=3)):
                    await reader.ask(query)
                if number in (1, 10, 30):
                    found[f"memory, {many(number)}, MB"] = server.memory()
        # Streamlit ends expired sessions only when it puts another one aside (its TTLCache).
        await asyncio.sleep(SESSION_TTL + 3)
        async with Reader(server.stream) as reader:
            await reader.ask()
        await asyncio.sleep(2)
        found["memory, after they left, MB"] = server.memory()

    with serve(app.script, app.root) as server:
        asyncio.run(measure(server))
    return found


MEASURES: Mapping[str, Callable[[App, Plan], Figures]] = {
    "rerun": rerun,
    "click": click,
    "load": load,
    "readers": readers,
    "memory": memory,
}
BUDGETS = {
    "rerun, same selection, ms": 40,
    "rerun, new selection, ms": 40,
    "click → all views, ms": 200,
    "first visit → all drawn, s": 2.0,
    "first visit, MB received": 2.5,
    "first visit, other hosts": 0,
    "30 readers, p95 ms": 300,
    "memory, 30 readers, MB": 250,
}


async def _read(server: Server, plan: Plan, number: int, seconds: float) -> list[float]:
    took: list[float] = []

    async def read(seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311
        async with Reader(server.stream) as reader:
            await reader.ask()
            arrived.append(seed)
            while len(arrived) < number:
                await asyncio.sleep(0.05)
            end = time.perf_counter() + seconds
            while (
                time.perf_counter() + (pause := dice.expovariate(1 / THINK)) < end or len(took) < 5
            ):
                await asyncio.sleep(pause)
                took.append((await reader.ask(dice.choice(plan.queries))).milliseconds)

    arrived: list[int] = []
    await asyncio.gather(*(read(seed) for seed in range(number)))
    return took


def p95(values: Sequence[float]) -> float:
    """The 95th percentile; of few values, interpolated between them."""
    return quantiles(values, n=20, method="inclusive")[-1]


def many(number: int) -> str:
    """`30 readers`."""
    return f"{number} reader{'s' if number > 1 else ''}"


def addresses(story: Path) -> tuple[str, ...]:
    """Addresses of one and of two choices."""

    def ids(table: str, column: str = "id") -> list[str]:
        with (story / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(dict.fromkeys(row[column] for row in csv.DictReader(file)))

    facets = [
        [f"place={i}" for i in ids("places")],
        [f"actor={i}" for i in ids("quotes", "speaker")],
        [f"topic={i}" for i in ids("topics")],
        [f"kind={i}" for i in ("direct", "mixed", "indirect")],
    ]
    single = [query for facet in facets for query in facet]
    double = [
        "&".join(pair)
        for n, facet in enumerate(facets)
        for other in facets[n + 1 :]
        for pair in product(facet, other)
    ]
    return (*single, *double)


def table(
    found: Mapping[str, Figures], apps: Sequence[App], budgets: Mapping[str, float]
) -> list[list[str]]:
    """Lines of a table: a figure of each app, their ratio, its budget and whether it is met."""
    lines = [["measure", *(app.name for app in apps), "ratio", "budget", "met?"]]
    for measure in dict.fromkeys(name for figures in found.values() for name in figures):
        values = [found[app.name].get(measure) for app in apps]
        ours, naive = values[0], values[-1]
        ratio = f"{ours / naive:.2f}" if len(apps) > 1 and ours and naive else "–"
        budget = budgets.get(measure)
        met = "–" if budget is None or ours is None else "yes" if ours <= budget else "NO"
        told = ["not measured" if v is None else _number(v) for v in values]
        lines.append([measure, *told, ratio, "–" if budget is None else f"≤ {budget}", met])
    return lines


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.2g}"


def machine() -> str:
    """When and where it is measured, and how busy the machine was with other things."""
    load = f"load {os.getloadavg()[0]:.1f} · Python {platform.python_version()}"
    when = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC"
    return f"{when} · {os.cpu_count()} CPUs · {load} · Streamlit {version('streamlit')}"


def show(lines: Sequence[Sequence[str]]) -> None:
    """Print a table."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *rest in lines:
        cells = [cell.rjust(width) for cell, width in zip(rest, widths[1:], strict=True)]
        print("  ".join([first.ljust(widths[0]), *cells]))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer runs, shorter crowds")
    parser.add_argument("--only", default=",".join(MEASURES), help="some of: %(default)s")
    parser.add_argument("--root", type=Path, default=HERE.parents[1], help="another checkout")
    parser.add_argument("--no-naive", action="store_true", help="measure Dateline alone")
    arguments = parser.parse_args()
    names = arguments.only.split(",")
    if unknown := set(names) - set(MEASURES):
        parser.error(f"--only knows {', '.join(MEASURES)}; not {', '.join(sorted(unknown))}")

    root = arguments.root.resolve()
    story = root / "data" / "stories" / "moscow-talks"
    with (story / "quotes.csv").open(encoding="utf-8", newline="") as file:
        cards = sum(1 for _ in csv.DictReader(file))
    apps = [App("dateline", root / "dashboard" / "app.py", root, cards)]
    if not arguments.no_naive:
        apps.append(App("naive", HERE / "naive" / "app.py", root, 30))
    plan = Plan(arguments.quick, addresses(story))

    browser = subprocess.run(
        [CHROMIUM, "--version"], capture_output=True, text=True, check=False
    ).stdout.strip()
    print(f"{machine()} · {browser or 'no Chromium'}", flush=True)

    found: dict[str, Figures] = {app.name: {} for app in apps}
    for name in names:
        for app in apps:
            try:
                found[app.name] |= MEASURES[name](app, plan)
            except Exception as error:  # one that fails is told, and the others are still measured
                plan.faults.append(f"{app.name}: {name}: {type(error).__name__}: {error}")
    show(table(found, apps, BUDGETS))
    for fault in plan.faults:
        print(f"! {fault}")


if __name__ == "__main__":
    main()
