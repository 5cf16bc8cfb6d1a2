"""A library that is replaced, broken or away while it is served: what could be opened serves on."""

from __future__ import annotations

import logging
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import library_shelf
from dashboard.library.answers import LibraryError
from dashboard.library.selection import EVERYTHING, LibrarySelection
from dashboard.library_shelf import facets, load_library
from dashboard.server import health
from dashboard.server.routes import routes
from dashboard.settings import settings
from tests.browser.conftest import ROOT
from tests.library.naive import shown
from tests.library.small import STATEMENTS, write_duckdb

EXPORT = "/api/library/quotes.csv"


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library's file, open as the setting names it."""
    path = write_duckdb(tmp_path / "small.duckdb")
    monkeypatch.setenv("DATELINE_LIBRARY", str(path))
    settings.cache_clear()
    assert load_library().total == len(STATEMENTS)
    yield path
    settings.cache_clear()
    library_shelf._sound.clear()
    library_shelf._failed.clear()


@pytest.fixture
def client() -> Iterator[TestClient]:
    health._missing.cache_clear()  # kept for a second
    with TestClient(Starlette(routes=routes(""))) as made:
        yield made


def moved_over(made: Callable[[bytes], bytes]) -> Callable[[Path], object]:
    """Other bytes, put in the file's place by a rename."""

    def spoil(path: Path) -> None:
        other = path.with_name("other")
        other.write_bytes(made(path.read_bytes()))
        other.replace(path)

    return spoil


def another_build(path: Path) -> Path:
    """Beside it, with its own words and columns."""
    folder = Path(tempfile.mkdtemp(dir=path.parent))
    return write_duckdb(folder / path.name)


def replaced(path: Path) -> None:
    """A build put in the file's place; the files beside it serve both."""
    another_build(path).replace(path)


def another_format(path: Path) -> None:
    other = another_build(path)
    with duckdb.connect(other) as connection:
        connection.execute("UPDATE about_library SET value = '99' WHERE key = 'format'")
    other.replace(path)


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "it is away": (lambda path: path.unlink(), "there is no such file"),
    "it is empty": (moved_over(lambda whole: b""), "this is no library"),
    "it is cut": (moved_over(lambda whole: whole[: len(whole) // 2]), "the file is cut"),
    "it lacks its last byte": (moved_over(lambda whole: whole[:-1]), "the file is cut"),
    "it is noise": (
        moved_over(lambda whole: random.Random(1).randbytes(len(whole))),  # noqa: S311
        "this is no library",
    ),
    "it is of another format": (another_format, "is of format 99"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_could_be_opened_serves_on_and_the_log_says_why_once(
    served: Path, client: TestClient, caplog: pytest.LogCaptureFixture, case: str
) -> None:
    spoil, told = BROKEN[case]
    before = load_library()
    counts = facets(before, EVERYTHING)
    spoil(served)
    for _ in range(3):
        assert load_library() is before
    assert facets(load_library(), EVERYTHING) is counts  # what was answered is kept, too
    assert client.get("/readyz").status_code == 200
    answer = client.get(EXPORT)
    assert answer.status_code == 200
    assert answer.text.count("\n") > len(STATEMENTS)
    (said,) = [r for r in caplog.records if r.name == library_shelf.__name__]
    assert said.levelno == logging.ERROR
    assert told in said.getMessage()


def test_the_next_that_can_be_opened_serves(served: Path) -> None:
    before = load_library()
    served.unlink()
    assert load_library() is before
    replaced(served)
    assert load_library() is not before
    assert load_library().total == len(STATEMENTS)


def test_each_change_is_told(served: Path, caplog: pytest.LogCaptureFixture) -> None:
    for case in ("it is away", "it is away", "it is away"):
        BROKEN[case][0](served)
        load_library()
        replaced(served)
        load_library()
    assert len([r for r in caplog.records if r.name == library_shelf.__name__]) == 3


def test_one_that_was_never_opened_is_none(
    served: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_LIBRARY", str(tmp_path / "nowhere.duckdb"))
    settings.cache_clear()
    with pytest.raises(LibraryError, match="there is no such file"):
        load_library()


def test_what_cannot_be_opened_is_tried_once_for_all_who_wait(
    served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, ThreadPoolExecutor(4) as readers:
        address = f"postgres://reader@127.0.0.1:{silent.getsockname()[1]}/news"
        monkeypatch.setenv("DATELINE_LIBRARY", address)
        settings.cache_clear()
        before = time.monotonic()
        for asked in [readers.submit(load_library) for _ in range(4)]:
            assert "No connection" in str(asked.exception())
        assert time.monotonic() - before < 2 * 5  # of which one takes five


def test_it_is_tried_again(served: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = served.with_suffix(".columns")
    columns.rename(served.with_name("away"))
    before = load_library()
    os.utime(served, ns=(1, 1))
    assert load_library() is before
    served.with_name("away").rename(columns)
    assert load_library() is before  # what was said a moment ago holds
    monkeypatch.setattr(library_shelf, "KEPT", 0)
    assert load_library() is not before


def test_a_file_cut_in_place_is_said_or_answered_and_the_next_one_serves(served: Path) -> None:
    with served.open("r+b") as file:
        file.truncate(served.stat().st_size // 2)
    try:
        assert len(load_library().records(EVERYTHING)) == 30
    except LibraryError as error:
        assert "build it anew" in str(error)
    replaced(served)
    assert len(load_library().records(EVERYTHING)) == 30


CUT_WHILE_OPEN = """
import sys
from pathlib import Path
from dashboard.library.opening import open_library
from dashboard.library.selection import LibrarySelection

path = Path(sys.argv[1])
library = open_library(str(path))
path.with_suffix(".columns").write_bytes(b"")
print(library.facets(LibrarySelection(topics=("ferry",))).shown)
"""


def test_columns_that_are_cut_in_place_end_no_process(tmp_path: Path) -> None:
    path = write_duckdb(tmp_path / "small.duckdb")
    asked = [sys.executable, "-c", CUT_WHILE_OPEN, path]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    ferry = LibrarySelection(topics=("ferry",))
    assert (done.returncode, done.stdout) == (0, f"{len(shown(ferry))}\n"), done.stderr
