"""Builds a library: sources read into a folder beside it, laid out, and put in its place."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dashboard.files import REMEDIES, WriteError
from dashboard.library.building.journal import Done, Journal
from dashboard.library.building.reading import read_sources
from dashboard.library.sources.source import Source

Report = Callable[[str, int, int, int], None]
LayOut = Callable[..., None]


class BuildError(Exception):
    """A build that cannot go on; one line with the remedy. What was there serves on."""


@dataclass(frozen=True)
class Count:
    """What became of a source: `lines` = those taken + `rejected`, always."""

    source: Source
    lines: int
    records: int
    rejected: int
    drafts: int


@dataclass(frozen=True)
class Built:
    """What a build did. `rejects` is the file of what was refused, None when nothing was."""

    counts: tuple[Count, ...]
    rejects: Path | None


def build(
    library: Path,
    sources: Sequence[Source],
    report: Report,
    *,
    lay_out: LayOut | None = None,
    workers: int | None = None,
) -> Built:
    """Add the sources to a library, or make it of them.

    `report` hears of the step, how far it is, of how much (bytes, rows), and of lines read so far.
    A build that was killed goes on where it was, when it is given the same sources; until its end
    the library that is there serves on. Raises BuildError, and LibraryError of the layout.
    """
    if lay_out is None:
        from dashboard.library.building import laying

        lay_out = laying.lay_out
    if library.is_dir():
        raise BuildError(f"{library}: is a folder; give the name of a file: library.duckdb")
    staging = library.with_name(f"{library.name}.building")
    try:
        with _alone(staging):
            journal = Journal(staging, sources)
            most = os.cpu_count() or 1
            reader = _Progress(sources, journal, report)
            read_sources(sources, journal, staging, most if workers is None else workers, reader)
            counts = tuple(_count(n, source, journal) for n, source in enumerate(sources))
            rejects = gather_rejects(library, staging)
            before = library if library.exists() else None
            lay_out(
                staging,
                library,
                before=before,
                report=lambda step, done, total: report(step, done, total, 0),
            )
            shutil.rmtree(staging)
    except BrokenExecutor:
        raise BuildError(
            f"{library}: a process that was reading has died, perhaps for want of memory; call "
            "again with --workers 1 to go on where it was"
        ) from None
    except WriteError as error:
        raise BuildError(str(error)) from None
    except OSError as error:
        remedy = REMEDIES.get(error.errno or 0, "call again to go on where it was")
        raise BuildError(
            f"{error.filename or library}: {error.strerror or error}; {remedy}"
        ) from None
    return Built(counts, rejects)


class _Progress:
    """Blocks that are done, as bytes of all sources."""

    def __init__(self, sources: Sequence[Source], journal: Journal, report: Report) -> None:
        self._total = sum(source.size for source in sources)
        self._report = report
        self._before = 0  # bytes of the sources before this one
        self._at: tuple[Source, int] | None = None
        self._lines = 0
        self._journal = journal

    def __call__(self, source: Source, done: Done | None) -> None:
        if done is None:
            self._before += self._at[0].size if self._at else 0
            self._at = (source, 0)
        elif self._at:
            self._at = (source, max(self._at[1], done.at))
            self._lines += done.lines
        reached = self._before + (self._at[1] if self._at else 0)
        self._report(f"reading {source.name}", reached, self._total, self._lines)


@contextmanager
def _alone(staging: Path) -> Iterator[None]:
    """Make the folder and keep every other build out of it; a killed one keeps nobody out."""
    while True:
        staging.mkdir(parents=True, exist_ok=True)
        with (staging / "lock").open("ab") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BuildError(f"{staging}: another build is at work; wait for its end") from None
            try:
                same = (staging / "lock").stat().st_ino == os.fstat(lock.fileno()).st_ino
            except FileNotFoundError:  # another build ended between, and took its folder away
                same = False
            if same:
                yield
                return


def _count(number: int, source: Source, journal: Journal) -> Count:
    done = journal.of(number)
    return Count(
        source,
        lines=sum(each.lines for each in done),
        records=sum(each.records for each in done),
        rejected=sum(each.rejected for each in done),
        drafts=sum(each.drafts for each in done),
    )


def gather_rejects(library: Path, staging: Path) -> Path | None:
    """Put all that was refused into one file beside the library, and take an older one away."""
    final = library.with_name(f"{library.name}.rejects.jsonl")
    parts = sorted(path for path in staging.iterdir() if path.name.startswith("rejects-"))
    if not parts:
        final.unlink(missing_ok=True)
        return None
    beside = staging / "rejects.part"
    with beside.open("wb") as file:
        for part in parts:
            with part.open("rb") as refused:
                shutil.copyfileobj(refused, file)
    beside.replace(final)
    return final
