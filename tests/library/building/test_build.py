"""A whole build: killed and continued, twice, with changed sources, two at a time."""

from __future__ import annotations

import fcntl
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from dashboard.library.building.build import BuildError, Built, build
from dashboard.library.sources.recognize import recognize
from tests.library.sources.made import Row, article, lines, quotation, staged

PADDING = "and the river runs on " * 15  # so that few lines make several blocks
MANY = 60_000  # lines: four blocks


class Laid:
    """Keeps what was staged, in place of laying it out, and makes the library's file."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {}
        self.before: Path | None = None

    def __call__(self, staging: Path, library: Path, *, before: Any, report: Any) -> None:
        self.tables, self.before = staged(staging), before
        report("laid", 1, 1)
        library.write_bytes(b"made")

    @property
    def keys(self) -> list[str]:
        return [row["key"] for row in self.tables.get("records", [])]


def made(library: Path, *sources: Path, workers: int = 0) -> tuple[Laid, Built]:
    laid = Laid()
    told = build(library, recognize(sources), lambda *_: None, lay_out=laid, workers=workers)
    return laid, told


def many(path: Path, bad: Sequence[int] = ()) -> Path:
    with path.open("wb") as file:
        for n in range(MANY):
            row = quotation(
                n, quotation=f"{n} {PADDING}", date="soon" if n in bad else "2015-01-14"
            )
            file.write(lines(row))
    return path


# A build whose process kills itself as the second block has been read.
KILLED = """
import os, signal, sys
from pathlib import Path
from dashboard.library.building.build import build
from dashboard.library.sources.recognize import recognize

def report(step, done, total, lines):
    if lines > 20_000:
        os.kill(os.getpid(), signal.SIGKILL)

if __name__ == "__main__":
    build(Path(sys.argv[1]), recognize([Path(sys.argv[2])]), report, workers=int(sys.argv[3]))
"""


@pytest.mark.parametrize("workers", [0, 2])
def test_a_killed_build_goes_on(tmp_path: Path, workers: int) -> None:
    source, library = many(tmp_path / "many", bad=(5, MANY - 5)), tmp_path / "made.duckdb"
    library.write_bytes(b"the one before")
    (tmp_path / "killed.py").write_text(KILLED)
    command = [sys.executable, "killed.py", str(library), str(source), str(workers)]
    root = str(Path(__file__).parents[3])
    killed = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": root}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert library.read_bytes() == b"the one before"
    staging = tmp_path / "made.duckdb.building"
    journal = (staging / "journal.jsonl").read_text().splitlines()
    done = [told["part"] for told in map(json.loads, journal[1:])]
    assert 2 <= len(done) < 5
    kept = {path: path.stat().st_mtime_ns for path in staging.glob("records-*.parquet")}
    (staging / "records-0000-000099.parquet").write_bytes(b"not in the journal")
    (staging / "records-0000-000098.part").write_bytes(b"cut short")

    reread: list[int] = []
    laid = Laid()

    def lay_out(staging: Path, library: Path, **told: Any) -> None:
        reread.extend(
            path.stat().st_mtime_ns != kept.get(path) for path in staging.glob("records-*.parquet")
        )
        laid(staging, library, **told)

    built = build(library, recognize([source]), lambda *_: None, lay_out=lay_out, workers=0)
    assert reread.count(False) >= len(done)
    wanted = [f"2015-01-14-{n:06}" for n in range(MANY) if n not in (5, MANY - 5)]
    assert laid.keys == wanted
    assert laid.before == library
    (count,) = built.counts
    assert (count.lines, count.records, count.rejected) == (MANY, MANY - 2, 2)
    assert built.rejects
    refused = [json.loads(line)["line"] for line in built.rejects.read_text().splitlines()]
    assert refused == [6, MANY - 4]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["killed.py", "made.duckdb", "made.duckdb.rejects.jsonl", "many"]
    )


def test_several_processes_read_what_one_does(tmp_path: Path) -> None:
    source = many(tmp_path / "many", bad=(7,))
    one, _ = made(tmp_path / "one.duckdb", source)
    several, _ = made(tmp_path / "several.duckdb", source, workers=2)
    assert several.tables == one.tables


class StoppedError(Exception):
    pass


def stopped(library: Path, *sources: Path) -> None:
    """A build that reads everything and ends before it is laid out."""

    def lay_out(*_: Any, **__: Any) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        build(library, recognize(sources), lambda *_: None, lay_out=lay_out, workers=0)


def test_a_source_that_changed_is_read_anew(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(lines(quotation(1), quotation(2)))
    two.write_bytes(lines(article(1), b"bad"))
    stopped(tmp_path / "made.duckdb", one, two)
    one.write_bytes(lines(quotation(3)))
    laid, built = made(tmp_path / "made.duckdb", one, two)
    assert [key for key in laid.keys if key.startswith("2015")] == ["2015-01-14-000003"]
    assert len(laid.keys) == 3
    assert [(c.lines, c.records, c.rejected) for c in built.counts] == [(1, 1, 0), (2, 2, 1)]


def test_other_sources_take_nothing_over(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(lines(quotation(1)))
    two.write_bytes(lines(quotation(2), b"bad"))
    stopped(tmp_path / "made.duckdb", two, one)
    laid, built = made(tmp_path / "made.duckdb", one)
    assert laid.keys == ["2015-01-14-000001"]
    assert built.rejects is None


def test_a_journal_of_another_format_is_begun_anew(tmp_path: Path) -> None:
    source = tmp_path / "one"
    source.write_bytes(lines(quotation(1)))
    stopped(tmp_path / "made.duckdb", source)
    journal = tmp_path / "made.duckdb.building" / "journal.jsonl"
    for spoilt in (journal.read_text().replace('"format": 1', '"format": 0'), "", "x\n"):
        journal.write_text(spoilt)
        stopped(tmp_path / "made.duckdb", source)
    assert made(tmp_path / "made.duckdb", source)[0].keys == ["2015-01-14-000001"]


def test_one_build_at_a_time(tmp_path: Path) -> None:
    source, staging = tmp_path / "one", tmp_path / "made.duckdb.building"
    source.write_bytes(lines(quotation(1)))
    staging.mkdir()
    with (staging / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(BuildError, match="another build is at work; wait for its end"):
            made(tmp_path / "made.duckdb", source)
    assert made(tmp_path / "made.duckdb", source)[0].keys


def test_rejects_of_an_earlier_build_go(tmp_path: Path) -> None:
    source = tmp_path / "one"
    source.write_bytes(lines(quotation(1), b"bad"))
    _, built = made(tmp_path / "made.duckdb", source)
    assert built.rejects
    assert built.rejects.exists()
    source.write_bytes(lines(quotation(1)))
    assert made(tmp_path / "made.duckdb", source)[1].rejects is None
    assert not built.rejects.exists()


def test_a_source_that_goes_away_is_told(tmp_path: Path) -> None:
    source = tmp_path / "one"
    source.write_bytes(lines(quotation(1)))
    sources = recognize([source])
    source.unlink()
    with pytest.raises(BuildError, match="one: No such file or directory; "):
        build(tmp_path / "made.duckdb", sources, lambda *_: None, lay_out=Laid(), workers=0)
    assert not (tmp_path / "made.duckdb").exists()


def test_progress_ends_at_all(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_bytes(lines(quotation(1)))
    two.write_bytes(lines(article(1)))
    told: list[tuple[str, int, int, int]] = []
    build(
        tmp_path / "made.duckdb",
        recognize([one, two]),
        lambda *step: told.append(step),
        lay_out=Laid(),
        workers=0,
    )
    total = one.stat().st_size + two.stat().st_size
    assert told[0] == ("reading one", 0, total, 0)
    assert told[-2:] == [("reading two", total, total, 2), ("laid", 1, 1, 0)]
    assert [step[1] for step in told[:-1]] == sorted(step[1] for step in told[:-1])


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    source = tmp_path / "one"
    source.write_bytes(lines(quotation(1)))
    (tmp_path / "made").mkdir()
    with pytest.raises(BuildError, match=r"is a folder; give the name of a file"):
        made(tmp_path / "made", source)
    shutil.rmtree(tmp_path / "made")
