"""Lays out what was staged as a library, whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dashboard.files import REMEDIES
from dashboard.library.answers import LibraryError
from dashboard.library.building import filling
from dashboard.library.building.naming import DETAILS, Values, name_values, votes
from dashboard.library.building.numbering import Numbers, number
from dashboard.library.building.restaging import NOTHING, Before, restage
from dashboard.library.building.spreading import Spread
from dashboard.library.building.staged import Part, Staged, batches, kept
from dashboard.library.building.staging import RECORDS
from dashboard.library.building.workplace import COLUMNS, WORDS, Workplace
from dashboard.library.columns import write_columns
from dashboard.library.layout import FORMAT
from dashboard.version import program

Report = Callable[[str, int, int], None]  # what is done, so much of it, and all

MEMORY = "700MB"  # of DuckDB; beside it come some 600 MB for records at work, and the index
THREADS = 2
GROUP = 16_384  # rows

_READ = [name for name in RECORDS.names if not name.endswith(("_name", "_names"))]


def lay_out(
    staging: Path, library: Path, *, before: Path | None = None, report: Report | None = None
) -> None:
    """Make a library of the staged parts in a folder, and of all that the one before has.

    The library's file and the index of words beside it (`about_library` names it) are written
    under other names; a rename makes them serve. Whatever fails before, or kills the process,
    leaves the old library as it was. The same parts laid out again change nothing but numbers.
    `report` is told the step, how much of it is done, and how much there is. Raises LibraryError.
    """
    with _plainly(library):
        place = Workplace(library)
        try:
            place.begin()
            _build(place, staging, before, report or _unheard)
        finally:
            place.end()


def _unheard(step: str, done: int, total: int) -> None:
    """To whom nobody listens."""


def _build(place: Workplace, staging: Path, before: Path | None, report: Report) -> None:
    earlier = place.folder / "before"
    earlier.mkdir()
    told = _before(before, earlier) if before else NOTHING
    staged = Staged([earlier, staging])
    made, words, columns = (place.folder / name for name in ("library", WORDS, COLUMNS))
    with closing(_engine(made, place.folder)) as engine:
        report("number", 0, staged.size)
        numbers = number(staged, engine)
        report("number", staged.size, staged.size)
        called = votes(staged, engine, numbers.dropped)
        values = {
            facet: name_values(
                facet,
                told.told[facet],
                [] if facet == "outlets" else staged.rows(facet),
                called.pop(facet),
            )
            for facet in DETAILS
        }
        sources, by_number = _sources(told, staged)
        spread = Spread(place.folder, numbers.size)
        with closing(spread):
            _spread(spread, staged, numbers, values, by_number, report)
        with _indexing(words, spread, report) as finish:
            del numbers
            filling.create(engine)
            filling.fill_quotes(engine, spread, lambda n: report("write", n, spread.total))
            filling.fill_keys(engine)
            filling.fill_ties(engine, spread)
            filling.fill_bands(engine, spread)
            filling.fill_values(engine, spread, values)
            filling.fill_rows(engine, "sources", sources)
            filling.fill_rows(engine, "positions", _positions(told, staged, values))
            filling.fill_rows(engine, "about_library", _about(place, spread.total))
            engine.execute("CHECKPOINT").fetchall()
            write_columns(engine, columns)
            finish()
    place.commit(made, {WORDS: words, COLUMNS: columns})


def _engine(path: Path, beside: Path) -> Any:
    import duckdb

    settings: dict[str, Any] = {
        "memory_limit": MEMORY,
        "threads": THREADS,
        "temp_directory": str(beside / "spilled"),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }
    engine = duckdb.connect(config=settings)
    # Cards are read one by one: the less lies in a group of rows, the sooner one is found.
    engine.execute(f"ATTACH '{_quoted(path)}' AS library (ROW_GROUP_SIZE {GROUP})")
    engine.execute("USE library")
    return engine


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _before(path: Path, folder: Path) -> Before:
    import duckdb

    try:
        with closing(duckdb.connect(str(path), read_only=True)) as library:
            about = dict(library.execute("SELECT key, value FROM about_library").fetchall())
            if about.get("format") != str(FORMAT):
                raise LibraryError(
                    f"{path}: has format {about.get('format')}, not {FORMAT}; build it anew."
                )
            return restage(library, folder)
    except duckdb.Error as error:
        raise LibraryError(
            f"{path}: this is no library to add to ({_first_line(error)}); build it anew."
        ) from error


def _spread(
    spread: Spread,
    staged: Staged,
    numbers: Numbers,
    values: Mapping[str, Values],
    sources: Mapping[int, int],
    report: Report,
) -> None:
    """Spread all parts, two at a time."""
    known = {facet: found.numbers for facet, found in values.items()}

    def one(part: Part) -> int:
        for first, batch in batches(part, _READ):
            rows = numbers.ids[first : first + batch.num_rows]
            batch = kept(batch, first, numbers.dropped)
            if batch.num_rows:
                spread.add(batch, rows[rows > 0], known, sources)
        return part.size

    done = 0
    with ThreadPoolExecutor(THREADS) as pool:
        for size in pool.map(one, staged.parts):
            done += size
            report("order", done, staged.size)


def _sources(told: Before, staged: Staged) -> tuple[list[dict[str, Any]], dict[int, int]]:
    """The sources, those of before first, and each one's number; its last count holds."""
    found: dict[str, dict[str, Any]] = {}
    by_number: dict[int, int] = {}
    for row in (*told.sources, *staged.rows("sources")):
        number = found[row["key"]]["id"] if row["key"] in found else len(found) + 1
        found[row["key"]] = {**row, "id": number, "read": row["records"]}
        by_number[row["number"]] = number
    return list(found.values()), by_number


def _positions(
    told: Before, staged: Staged, values: Mapping[str, Values]
) -> Iterator[dict[str, Any]]:
    """Where actors stand; of a story's record the first one holds."""
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for row in (*told.positions, *staged.rows("positions")):
        found.setdefault((row["story"], row["record"]), row)
    for row in found.values():
        actor = values["actors"].numbers.get(row["actor"], 0)
        topic = values["topics"].numbers.get(row["topic"], 0)
        yield {**row, "actor": actor, "topic": topic}


def _about(place: Workplace, size: int) -> Iterator[dict[str, str]]:
    about = {
        "format": str(FORMAT),
        "build": place.build,
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "program": program(),
        "rows": str(size),
        WORDS: place.beside[WORDS].name,
        COLUMNS: place.beside[COLUMNS].name,
    }
    return ({"key": key, "value": value} for key, value in about.items())


@contextmanager
def _indexing(path: Path, spread: Spread, report: Report) -> Iterator[Callable[[], None]]:
    """The index of words is built by another process meanwhile; what is given waits for its end."""
    command = [sys.executable, "-m", "dashboard.library.building.indexing"]
    with subprocess.Popen(  # noqa: S603 — our own command; its arguments are no shell text
        [*command, str(os.getpid()), str(path), *_files(spread)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as worker:

        def finish() -> None:
            assert worker.stdout is not None  # noqa: S101 — for the type checker
            assert worker.stderr is not None  # noqa: S101
            for line in worker.stdout:
                report(WORDS, int(line), spread.total)
            said = worker.stderr.read().strip().splitlines()
            if worker.wait():
                raise LibraryError(f"The index of words was not built: {said[-1] if said else ''}.")

        try:
            yield finish
        finally:
            worker.kill()


def _files(spread: Spread) -> list[str]:
    return [str(file) for file in spread.files]


@contextmanager
def _plainly(library: Path) -> Iterator[None]:
    """What fails as one line with the remedy."""
    import duckdb

    try:
        yield
    except OSError as error:
        remedy = REMEDIES.get(error.errno or 0, "choose another name")
        raise LibraryError(f"{library}: {error.strerror or error}; {remedy}.") from error
    except duckdb.Error as error:
        full = os.strerror(errno.ENOSPC) in str(error)
        remedy = REMEDIES[errno.ENOSPC] if full else "the one before still serves"
        raise LibraryError(f"{library}: was not built ({_first_line(error)}); {remedy}.") from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")[:200]
