"""A full disk is told in one line with the remedy; what was there stays whole, and serves."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.library.answers import LibraryError
from dashboard.library.building.laying import lay_out
from dashboard.library.opening import open_library
from dashboard.server import sharing
from dashboard.server.answer import Kept
from dashboard.server.routes import routes
from tests.conftest import STORIES
from tests.hardening.bounded import ROOT
from tests.library.building.staged import rows, stage
from tests.shipped import FOLDER

# The system refuses each byte beyond so many in a file, as a full disk does.
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
sys.argv[1:] = sys.argv[2:]
"""
COMMAND = LIMITED + "from dashboard.__main__ import main\nsys.exit(main(sys.argv[1:]))"
PUBLISH = (
    LIMITED
    + """
from pathlib import Path
from dashboard.files import WriteError
from dashboard.review.publish import write
from tests.review.drafts import DRAFT
try:
    write(DRAFT, Path(sys.argv[1]), over=True)
except WriteError as error:
    print(error, file=sys.stderr)
    sys.exit(1)
"""
)
NO_LIMIT = 1 << 40


def ran(code: str, limit: int, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, str(limit), *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


@pytest.mark.parametrize("limit", [0, 200, 2_000])
def test_a_story_is_published_whole_or_not_at_all(limit: int, story_folder: Path) -> None:
    before = contents(story_folder.parent)
    done = ran(PUBLISH, limit, story_folder.parent)
    assert done.returncode == 1
    (said,) = done.stderr.splitlines()
    assert said == f"{story_folder}: File too large; choose another folder"
    assert contents(story_folder.parent) == before
    assert ran(PUBLISH, NO_LIMIT, story_folder.parent).returncode == 0
    assert contents(story_folder.parent) != before


@pytest.mark.parametrize("limit", [100, 5_000, 100_000])
def test_a_library_stays_as_it_was_and_the_same_command_goes_on(limit: int, tmp_path: Path) -> None:
    library = tmp_path / "library.duckdb"
    assert ran(COMMAND, NO_LIMIT, "library", "build", library, STORIES / "tiny").returncode == 0
    before, total = contents(tmp_path), open_library(str(library)).total
    done = ran(COMMAND, limit, "library", "build", library, FOLDER)
    assert done.returncode == 1
    said = done.stderr.splitlines()[-1]
    assert said.startswith("dateline: ")
    assert "Traceback" not in done.stderr
    after = contents(tmp_path)
    assert {name: after.get(name) for name in before} == before
    assert open_library(str(library)).total == total
    assert ran(COMMAND, NO_LIMIT, "library", "build", library, FOLDER).returncode == 0
    assert open_library(str(library)).total > total


def test_the_room_of_columns_is_taken_before_they_are_mapped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it a full disk would end the process by a signal, in the middle of an array."""
    library = tmp_path / "library.duckdb"
    lay_out(stage(tmp_path / "old", [{"key": "a", "words": "No ferry"}]), library)

    def full(*_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "posix_fallocate", full)
    with pytest.raises(LibraryError, match="No space left on device; free some space"):
        lay_out(
            stage(tmp_path / "new", [{"key": "b", "words": "No island"}], source="more"),
            library,
            before=library,
        )
    assert [row["words"] for row in rows(library, "quotes")] == ["No ferry"]


def test_an_edition_for_which_there_is_no_room_is_a_503(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    monkeypatch.setattr(sharing, "editions", Kept(most=4_000_000, workers=1, waiting=8))
    monkeypatch.setenv("DATELINE_STORY", str(STORIES / "tiny"))
    with TestClient(Starlette(routes=routes(""))) as client:
        got = client.get("/edition.html")
        assert (got.status_code, got.headers["retry-after"]) == (503, "60")
        assert "nowhere" not in got.text
        assert client.get("/api/quotes.csv").status_code == 200
