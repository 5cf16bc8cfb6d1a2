"""Measures the library against its budgets (issue 5: 2 cores) and against naive variants.

`python tests/benchmarks/library.py [--quick] [--sizes 1000000,10000000] [--keep FOLDER]
[--no-naive]`: invents corpora, builds libraries by the command, asks what readers ask.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from typing import Any, NamedTuple

import psutil
from corpus import COMMON, PLACES, SPEAKERS, WORDS, Corpus, vocabulary, write, zipf
from naive.asked import Asked, load
from naive.frame import Frame
from naive.plain_table import PlainTable

from dashboard.library.answers import TooSlow
from dashboard.library.comparing import compare
from dashboard.library.folding import words
from dashboard.library.library import Library
from dashboard.library.opening import open_library
from dashboard.library.selection import EVERYTHING, LibrarySelection

ROOT = Path(__file__).parents[2]
OURS, PANDAS, DUCKDB = "dateline", "naive pandas", "naive DuckDB"
BUSY = "CPU"  # what others on the machine change least

FILTER = "filter by actors and place: all facets + 30 newest, ms"
WHOLE = "no filter: all facets, ms"
TEXT = "text search: newest 30 and count, ms"
TEXT_FACETS = "text search: newest 30 and all facets, ms"
SUGGEST = "suggestions for a typed prefix, ms"
TWINS = "near-duplicates of one quotation, verified, ms"
RATE = "build from Quotebank's JSON lines, quotations/s"
RATE_MAPPED = "build from mapped JSON lines, quotations/s"
MEMORY = "build: memory of all processes at most, GB"
BUDGETS: Mapping[str, tuple[str, float]] = {
    FILTER: ("≤", 200),
    WHOLE: ("≤", 30),
    TEXT: ("≤", 150),
    SUGGEST: ("≤", 30),
    RATE: ("≥", 50_000),
    MEMORY: ("≤", 2.0),
    TWINS: ("≤", 100),
}

Figures = dict[str, dict[str, float]]  # measure → variant → figure


@dataclass
class Plan:
    """What is measured, and what went wrong."""

    times: int
    naive_times: int
    naive: bool
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Choice:
    """A selection as the library's keys and as the naive variants' names."""

    selection: LibrarySelection
    asked: Asked


def choices(library: Library, corpus: Corpus, count: int) -> list[Choice]:
    """One or two actors and a place, drawn as often as they are spoken of; each another one."""
    dice = random.Random(1)  # noqa: S311
    found: dict[Asked, Choice] = {}
    speakers, places = zipf(SPEAKERS), zipf(PLACES)
    while len(found) < count:
        ranks = [int(speakers[dice.randrange(1 << 20)]) for _ in range(1 + len(found) % 2)]
        actors = tuple(dict.fromkeys(corpus.speakers[rank].as_py() for rank in ranks))
        place = corpus.places[int(places[dice.randrange(1 << 20)])].as_py()
        keys = [_key(library, "actors", name) for name in actors]
        where = _key(library, "places", place)
        if where and all(keys):
            asked = Asked(actors, place)
            found[asked] = Choice(LibrarySelection(actors=tuple(keys), places=(where,)), asked)
    return list(found.values())


def texts(count: int) -> list[Choice]:
    """One or two words that mean something, drawn as often as they are said; each another one."""
    dice = random.Random(2)  # noqa: S311
    known, ranks = vocabulary(), zipf(WORDS)
    found: dict[str, None] = {}
    while len(found) < count:
        drawn = [known[int(ranks[dice.randrange(1 << 20)])] for _ in range(1 + len(found) % 2)]
        if not set(drawn) & set(COMMON.split()):
            found[" ".join(drawn)] = None
    return [Choice(LibrarySelection(text=text), Asked(text=text)) for text in found]


def prefixes(corpus: Corpus, count: int) -> list[tuple[str, str]]:
    """Beginnings of one to five letters of names, of first ones and of last ones."""
    dice = random.Random(3)  # noqa: S311
    found: dict[tuple[str, str], None] = {}
    while len(found) < count:
        facet = dice.choice(("actors", "actors", "places", "outlets"))
        known = {"actors": corpus.speakers, "places": corpus.places, "outlets": corpus.outlets}
        name = dice.choice(known[facet]).as_py()
        found[facet, dice.choice(name.split())[: dice.randint(1, 5)]] = None
    return list(found)


def ask(library: Library, corpus: Corpus, copies: Path, plan: Plan) -> Figures:
    """Everything that readers ask of the library itself."""
    chosen, searched = choices(library, corpus, plan.times), texts(plan.times)
    with copies.open(encoding="utf-8", newline="") as file:
        pairs = [(_own(copy), _own(original)) for copy, original in list(csv.reader(file))[1:]]
    pairs = random.Random(4).sample(pairs, min(plan.times, len(pairs)))  # noqa: S311
    library.facets(EVERYTHING)  # the first question opens what the others use

    def narrowed(choice: Choice) -> None:
        library.facets(choice.selection)
        library.records(choice.selection)

    def found_words(choice: Choice) -> None:
        library.records(choice.selection)
        with library._engine.asking():  # the count alone; a page asks for the facets as well
            library._engine.found(words(choice.selection.text), 1)

    def twin(pair: tuple[str, str]) -> bool:
        compared = compare(library, pair[0])
        printings = (compared.own, *compared.others) if compared else ()
        return any(said.key == pair[1] for one in printings for said in one.statements)

    found = {
        FILTER: timed(narrowed, chosen),
        WHOLE: timed(library.facets, [EVERYTHING] * plan.times),
        TEXT: timed(found_words, searched),
        TEXT_FACETS: timed(narrowed, searched),
        SUGGEST: timed(lambda typed: library.suggest(*typed), prefixes(corpus, plan.times)),
        TWINS: timed(twin, pairs),
        "places on the map of a filter, ms": timed(library.located, [c.selection for c in chosen]),
        "text search for “the”: newest 30 and count, ms": timed(
            narrowed, [Choice(LibrarySelection(text=text), Asked()) for text in ("the", "the of")]
        ),
    }
    plan.faults += [
        f"{measure}: {took.late} of {plan.times} took too long and were given up"
        for measure, took in found.items()
        if took.late
    ]
    missed = sum(not twin(pair) for pair in pairs)
    if missed:
        plan.faults.append(f"{missed} of {len(pairs)} changed copies were not found")
    return {measure: {OURS: took.wall, BUSY: took.busy} for measure, took in found.items()}


def ask_naive(
    name: str, naive: Frame | PlainTable, choices_: Sequence[Choice], plan: Plan
) -> Figures:
    """The same of a naive variant."""
    searched = [choice.asked for choice in texts(plan.naive_times)]
    chosen = [choice.asked for choice in choices_[: plan.naive_times]]

    def narrowed(asked: Asked) -> None:
        naive.facets(asked)
        naive.cards(asked)

    def text(asked: Asked) -> None:
        naive.cards(asked)
        naive.count(asked)

    return {
        FILTER: {name: timed(narrowed, chosen).wall},
        WHOLE: {name: timed(naive.facets, [Asked()] * plan.naive_times).wall},
        TEXT: {name: timed(text, searched).wall},
    }


class Took(NamedTuple):
    """Medians in milliseconds: until the answer, and of the processors, all threads together.

    `late` is how many were given up as too slow; they count with the time until then.
    """

    wall: float
    busy: float
    late: int


def timed(do: Callable[[Any], object], asked: Sequence[object]) -> Took:
    """How long each took."""
    wall, busy, late = [], [], 0
    for each in asked:
        start, worked = time.perf_counter(), time.process_time()
        try:
            do(each)
        except TooSlow:
            late += 1
        wall.append((time.perf_counter() - start) * 1000)
        busy.append((time.process_time() - worked) * 1000)
    return Took(median(wall), median(busy), late)


def build(folder: Path, shape: str, corpus: Path, plan: Plan) -> dict[str, float]:
    """Build by the command: seconds, CPU seconds, memory of its processes together and size, GB.

    A library that lies there already, of an earlier run, keeps its figures.
    """
    library, noted = folder / f"{shape}.duckdb", folder / f"{shape}.json"
    if library.exists() and noted.exists():
        told: dict[str, float] = json.loads(noted.read_text(encoding="utf-8"))
        return told
    command = [sys.executable, "-m", "dashboard", "library", "build", str(library), str(corpus)]
    if shape == "mapped":
        command += ["--mapping", str(corpus.parent / "mapping.toml")]
    log = folder / f"{shape}.log"
    start, before = time.perf_counter(), getrusage(RUSAGE_CHILDREN)
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, stdout=output, stderr=output)
        with watched(process.pid) as peak:
            status = process.wait()
    took, after = time.perf_counter() - start, getrusage(RUSAGE_CHILDREN)
    busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    if status:
        text = log.read_text(encoding="utf-8", errors="replace").strip()
        raise RuntimeError(f"{shape}: the build failed: {text[-300:]}")
    size = sum(each.stat().st_size for each in folder.glob(f"{shape}.duckdb*"))
    figures = {"seconds": took, "busy": busy, "memory": peak[0] / 1e9, "size": size / 1e9}
    noted.write_text(json.dumps(figures), encoding="utf-8")
    return figures


@contextmanager
def watched(pid: int) -> Iterator[list[float]]:
    """The most memory that a process and its children had together so far, in bytes.

    Proportional shares: pages that two processes share count once.
    """
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.25):
            total = 0.0
            try:
                parent = psutil.Process(pid)
                family = [parent, *parent.children(recursive=True)]
            except psutil.Error:
                return
            for process in family:
                try:
                    total += process.memory_full_info().pss
                except (psutil.Error, OSError):
                    continue  # it has just ended
            peak[0] = max(peak[0], total)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def measure(folder: Path, count: int, plan: Plan, quick: bool) -> Figures:
    """All figures of one size."""
    found: Figures = {}
    for shape, rate in (("mapped", RATE_MAPPED), ("quotebank", RATE)):
        if quick and shape == "quotebank":
            continue
        corpus = folder / shape / "quotations.json"
        if not corpus.exists():
            say(f"{count:,}: inventing the corpus ({shape})")
            write(corpus.parent, count, shape)
        say(f"{count:,}: building ({shape})")
        built = build(folder, shape, corpus, plan)
        found[rate] = {OURS: count / built["seconds"]}
        if "busy" in built:  # what others on the machine do not change
            busy = built["busy"] / count * 1e6
            found[f"the same ({shape}): CPU for a million, s"] = {OURS: busy}
        found.setdefault(MEMORY, {OURS: 0.0})
        found[MEMORY][OURS] = max(found[MEMORY][OURS], built["memory"])
        found[f"library on disk ({shape}), GB"] = {OURS: built["size"]}
    invented = Corpus(count)
    library = open_library(str(folder / "mapped.duckdb"))
    say(f"{count:,}: asking")
    found |= ask(library, invented, folder / "mapped" / "copies.csv", plan)
    if plan.naive:
        chosen = choices(library, invented, plan.naive_times)
        database = folder / "naive.duckdb"
        if not database.exists():
            say(f"{count:,}: loading the naive variants")
            load(folder / "mapped" / "quotations.json", database)
        for name, variant in ((DUCKDB, PlainTable), (PANDAS, Frame)):
            say(f"{count:,}: {name}")
            for asked, figures in ask_naive(name, variant(database), chosen, plan).items():
                found[asked] |= figures
    return found


def table(found: Mapping[int, Figures]) -> list[str]:
    """The figures as one table in Markdown; CPU, ratios and budgets are the largest size's."""
    sizes = sorted(found)
    last = found[sizes[-1]]
    head = ["measure", *(f"{_short(size)}" for size in sizes), BUSY, "growth", "budget", "met"]
    head += [PANDAS, DUCKDB, "to the better naive"]
    lines = [head, ["---", *["---:"] * (len(head) - 1)]]
    for name in dict.fromkeys(measure for figures in found.values() for measure in figures):
        ours = [found[size].get(name, {}).get(OURS) for size in sizes]
        growth = f"× {ours[-1] / ours[0]:.1f}" if len(sizes) > 1 and ours[0] and ours[-1] else "–"
        sign, limit = BUDGETS.get(name, ("", 0.0))
        met = "–"
        if sign and ours[-1] is not None:
            met = "yes" if (ours[-1] <= limit if sign == "≤" else ours[-1] >= limit) else "**no**"
        others = [last.get(name, {}).get(variant) for variant in (PANDAS, DUCKDB)]
        known = [other for other in others if other]
        ratio = f"{ours[-1] / min(known):.2f}" if known and ours[-1] is not None else "–"
        budget = f"{sign} {limit:,.0f}" if sign else "–"
        told = map(_figure, (*ours, last.get(name, {}).get(BUSY)))
        lines.append([name, *told, growth, budget, met, *map(_figure, others), ratio])
    return [f"| {' | '.join(line)} |" for line in lines]


def say(step: str) -> None:
    """What is being done, for whoever waits."""
    print(f"{datetime.now(UTC):%H:%M:%S} {step}", file=sys.stderr, flush=True)


def _key(library: Library, facet: str, name: str) -> str:
    named = [value.key for value in library.suggest(facet, name) if value.name == name]
    return named[0] if named else ""


def _own(key: str) -> str:
    return f"an-invented-corpus/{key}"


def _short(size: int) -> str:
    return f"{size / 1e6:g}M" if size >= 100_000 else f"{size:,}"


def _figure(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one build a size, fewer questions")
    parser.add_argument("--sizes", default="1000000,10000000", help="default: %(default)s")
    parser.add_argument(
        "--keep", type=Path, help="leave corpora and libraries there, and use those that are there"
    )
    parser.add_argument("--no-naive", action="store_true", help="measure Dateline alone")
    asked = parser.parse_args()
    try:
        sizes = sorted({int(size) for size in asked.sizes.split(",")})
    except ValueError:
        parser.error("--sizes are numbers, parted by commas: 1000000,10000000")
    plan = Plan(10 if asked.quick else 30, 3 if asked.quick else 7, not asked.no_naive)
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · {os.cpu_count()} CPUs", end=" · ")
    print(f"load {os.getloadavg()[0]:.1f} · Python {platform.python_version()}", end=" · ")
    print(f"DuckDB {version('duckdb')} · pandas {version('pandas')}\n", flush=True)
    found: dict[int, Figures] = {}
    with tempfile.TemporaryDirectory() as temporary:
        for size in sizes:
            folder = (asked.keep or Path(temporary)) / str(size)
            folder.mkdir(parents=True, exist_ok=True)
            try:
                found[size] = measure(folder, size, plan, asked.quick)
            except Exception as error:  # one size that fails is told, and the others are measured
                plan.faults.append(f"{size:,}: {type(error).__name__}: {error}")
    if found:
        print("\n".join(table(found)))
    for fault in plan.faults:
        print(f"! {fault}")


if __name__ == "__main__":
    main()
