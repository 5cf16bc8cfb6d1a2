"""`library`: many stories and corpora of quotations, read into one library."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.command import Command

if TYPE_CHECKING:
    from dashboard.library.building.build import Built, Count

EXTRA = "this needs the extra: pip install 'dateline[library]'"
SOURCE = (
    "a story's folder or zip, a folder of stories, Quotebank or GDELT Global Quotation Graph JSON "
    "lines (plain, gz, bz2, zst), or with --mapping a CSV, Parquet or JSON lines file"
)
TO = (
    "a server to copy the library to, then: postgres://user@host/database or clickhouse://host; "
    "without a SOURCE, copy it as it is"
)
MAPPING = "TOML that says which column of a table holds what: words, speaker, date, …"


def _declare(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="library_command", required=True, metavar="command")
    says = "make a library of sources, or add them to one that is there"
    build = commands.add_parser("build", help=says, description=says)
    build.add_argument("library", type=Path, metavar="LIBRARY.duckdb", help="the library's file")
    build.add_argument("sources", type=Path, nargs="*", metavar="SOURCE", help=SOURCE)
    build.add_argument("--mapping", type=Path, metavar="FILE.toml", help=MAPPING)
    build.add_argument(
        "--workers", type=int, metavar="COUNT", help="processes that read (one a processor)"
    )
    build.add_argument("--to", metavar="ADDRESS", help=TO)


def _run(arguments: argparse.Namespace) -> int:
    try:
        from dashboard.library.answers import LibraryError
        from dashboard.library.building.build import BuildError, build
        from dashboard.library.sources.mapping import read_mapping
        from dashboard.library.sources.recognize import recognize
        from dashboard.library.sources.source import SourceError
    except ImportError as error:
        return _fail(f"{error.name} is missing; {EXTRA}", 2)
    if arguments.workers is not None and arguments.workers < 0:
        return _fail("--workers is a number from 0", 2)
    if not (arguments.sources or arguments.to):
        return _fail("give a SOURCE to read, or --to ADDRESS to copy the library to", 2)
    progress = Progress()
    try:
        where = _shown(arguments.to) if arguments.to else ""  # a wrong one is told before work
        built = None
        if arguments.sources:
            mapping = read_mapping(arguments.mapping) if arguments.mapping else None
            sources = recognize(arguments.sources, mapping)
            built = build(arguments.library, sources, progress, workers=arguments.workers)
        if where:
            _load(arguments.library, arguments.to, progress)
    except SourceError as error:
        return _fail(str(error), 2)
    except (BuildError, LibraryError) as error:
        progress.end()
        return _fail(str(error), 1)
    except ImportError as error:
        return _fail(f"{error.name} is missing; {EXTRA}", 2)
    except KeyboardInterrupt:
        progress.end()
        return _fail("stopped; the same command goes on where it was", 1)
    progress.end()
    if built:
        _summarize(arguments.library, built)
    if where:
        print(f"{where}: serves it")
    return 0


def _shown(address: str) -> str:
    """A server's address without its password. Raises LibraryError when it is none."""
    from dashboard.library.engines.servers import read_address

    return read_address(address).shown


def _load(library: Path, address: str, progress: Progress) -> None:
    from dashboard.library.building.loading import load

    load(library, address, lambda table, done, of: progress(f"copying {table}", done, of))


def _summarize(library: Path, built: Built) -> None:
    """Say what became of every line, and of the first ten sources one by one."""
    for count in built.counts[:10]:
        print(f"{count.source.name}: {_told(count)}")
    if len(built.counts) > 10:
        print(f"… and {len(built.counts) - 10} sources more")
    lines = sum(count.lines for count in built.counts)
    rejected = sum(count.rejected for count in built.counts)
    print(f"{lines:,} lines = {lines - rejected:,} read + {rejected:,} rejected")
    if built.rejects:
        print(f"{built.rejects}: what was rejected, and why")
    print(f"{library}: built")


def _told(count: Count) -> str:
    what = "statements" if count.source.kind == "story" and not count.rejected else "lines"
    told = f"{count.lines:,} {what}, {count.records:,} records, {count.rejected:,} rejected"
    return told + (f", {count.drafts:,} drafts left out" if count.drafts else "")


def _fail(reason: str, status: int) -> int:
    for line in reason.splitlines():
        print(f"dateline: {line}", file=sys.stderr)
    return status


class Progress:
    """How far a build is: a bar on a terminal, else a line now and then."""

    EVERY = 10.0  # seconds between lines where there is no terminal
    SMOOTH = 0.1  # seconds between two states of the bar

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._step = ""
        self._began = self._told = 0.0
        self._first: tuple[int, int] | None = None  # what was done when the step began
        self._drawn = False

    def __call__(self, step: str, done: int, total: int, lines: int = 0) -> None:
        """Tell of a step: `done` of `total`, and lines read so far, if it reads any."""
        now = time.monotonic()
        name = "reading" if step.startswith("reading ") else step
        if name != self._step:
            self.end()
            self._step, self._began, self._first = name, now, (done, lines)
            self._told = now
        if now - self._told < (self.SMOOTH if self._terminal else self.EVERY) and done < total:
            return
        self._told = now
        text = progress_text(step, done, total, lines, self._first or (0, 0), now - self._began)
        if self._terminal:
            print(f"\r{text[:99]:<99}", end="", file=sys.stderr, flush=True)
            self._drawn = True
        else:
            print(text, file=sys.stderr, flush=True)

    def end(self) -> None:
        """Leave the bar where it is."""
        if self._drawn:
            print(file=sys.stderr)
        self._drawn = False


def progress_text(
    step: str, done: int, total: int, lines: int, first: tuple[int, int], seconds: float
) -> str:
    """A step as one line: bar, share, lines a second, time left; `first` is where it began."""
    share = min(done / total, 1) if total else 1.0
    text = f"[{'#' * round(share * 20):20}] {share:4.0%} {step[:40]}"
    if lines:
        text += f" · {lines:,} lines"
    moved, read = done - first[0], lines - first[1]
    if seconds >= 1 and read > 0:
        text += f" · {read / seconds:,.0f}/s"
    if seconds >= 1 and moved > 0 and done < total:
        left = round((total - done) * seconds / moved)
        text += f" · {left // 60}:{left % 60:02} left"
    return text


LIBRARY = Command("read many stories and corpora of quotations into a library", _declare, _run)
