"""Owns reading sources into a staging folder: block by block, by several processes."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

import pyarrow as pa

from dashboard.library.building.journal import Done, Ended, Journal
from dashboard.library.building.parts import Job, stage, write_part
from dashboard.library.building.staging import SOURCES
from dashboard.library.sources.kinds import KINDS
from dashboard.library.sources.source import Source

SMALL = 4_000_000  # bytes of all sources; to start processes would take longer than to read them
AHEAD = 2  # blocks that wait for each process

Report = Callable[[Source, Done | None], None]


def read_sources(
    sources: Sequence[Source], journal: Journal, folder: Path, workers: int, report: Report
) -> None:
    """Read what the journal does not have yet. `report` hears of every block that is done.

    It hears of None when a source begins. Raises OSError when a source or the folder fails.
    """
    if sum(source.size for source in sources) <= SMALL:
        workers = 0
    with _pool(workers) as pool:
        for number, source in enumerate(sources):
            report(source, None)
            if number not in journal.ended:
                for done in _read(number, source, journal, folder, pool, workers):
                    journal.note(done)
                    report(source, done)
                _tell(number, source, journal, folder)
                journal.note(Ended(number))


def _read(
    number: int,
    source: Source,
    journal: Journal,
    folder: Path,
    pool: Executor | None,
    workers: int,
) -> Iterator[Done]:
    jobs = (
        Job(source, number, block, folder)
        for block in KINDS[source.kind].blocks(source)
        if (number, block.number) not in journal.done
    )
    if pool is None:
        yield from map(stage, jobs)
        return
    running: set[Future[Done]] = set()
    for job in jobs:
        running.add(pool.submit(stage, job))
        if len(running) >= workers + AHEAD:
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in finished)
    yield from (future.result() for future in running)


def _tell(number: int, source: Source, journal: Journal, folder: Path) -> None:
    done = journal.of(number)
    told = {
        "number": number,
        "key": source.key,
        "name": source.name,
        "kind": source.kind,
        "records": sum(each.records for each in done),
        "lines": sum(each.lines for each in done),
        "rejected": sum(each.rejected for each in done),
    }
    write_part(folder, "sources", number, 0, pa.Table.from_pylist([told], SOURCES))


@contextmanager
def _pool(workers: int) -> Iterator[Executor | None]:
    if not workers:
        yield None
        return
    # Spawned: a fork would inherit threads of Arrow's in the middle of something.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin)
    try:
        yield pool
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Set a process up: one thread, no collector of circles, and an end when its parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the parent to answer
    pa.set_cpu_count(1)
    gc.disable()  # a block makes a million objects and no circle; they go with the block
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
