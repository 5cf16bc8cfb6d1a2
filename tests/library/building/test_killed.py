"""A build that fails or is killed, wherever it was, leaves the old library serving, whole."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.library.answers import LibraryError
from dashboard.library.building.laying import lay_out
from dashboard.library.building.workplace import Workplace
from tests.library.building.staged import resolved, rows, stage

ROOT = Path(__file__).parents[3]
OLD = [
    {"key": "a", "words": "The ferry will sail on Monday as it has always done, said the master"}
]
NEW = [{"key": f"b{n}", "words": "No ferry, no island"} for n in range(50)]

# Lays `staging` out over `library.duckdb`, and is killed at the point that is named.
BUILD = """
import os, signal, sys
from pathlib import Path
from dashboard.library.building import laying, workplace

point = sys.argv[1]
die = lambda: os.kill(os.getpid(), signal.SIGKILL)

def report(step, done, total):
    if f"{step} {done}" == point:
        die()

def dying(name, before):
    whole = getattr(Path, name)
    def call(self, target):
        if before:
            die()
        whole(self, target)
        die()
    setattr(Path, name, call)

moments = {
    "index moves": ("rename", True),
    "index has moved": ("rename", False),
    "library is replaced": ("replace", True),
    "library has been replaced": ("replace", False),
}
if point in moments:
    dying(*moments[point])
library = Path("library.duckdb")
laying.lay_out(Path("staging"), library, before=library, report=report)
"""
POINTS = (
    "number 0",
    "number 51",
    "order 51",
    "write 51",
    "words 51",
    "index moves",
    "index has moved",
    "library is replaced",
)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("killed")
    lay_out(stage(folder / "old", OLD), folder / "library.duckdb")
    stage(folder / "staging", NEW, source="more")
    return folder


@pytest.fixture
def folder(original: Path, tmp_path: Path) -> Path:
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def whole(folder: Path, count: int) -> bool:
    """Whether the library serves so many statements, and nothing else lies about."""
    library = folder / "library.duckdb"
    about = {row["key"]: row["value"] for row in rows(library, "about_library")}
    beside = {about["words"], about["columns"]}
    clean = names(folder) == {"old", "staging", library.name} | beside
    return clean and len(rows(library, "quotes")) == count and about["rows"] == str(count)


def build(folder: Path, point: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BUILD, point],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        **options,
    )


@pytest.mark.parametrize("point", POINTS)
def test_killed_at_any_point_the_old_library_serves(folder: Path, point: str) -> None:
    library = folder / "library.duckdb"
    old = resolved(library)
    assert build(folder, point).returncode == -signal.SIGKILL
    assert resolved(library) == old
    about = {row["key"]: row["value"] for row in rows(library, "about_library")}
    assert (folder / about["words"]).is_file()
    assert (folder / about["columns"]).is_file()
    assert not whole(folder, 1)  # it was killed in the middle: something lies about
    lay_out(folder / "staging", library, before=library)
    assert whole(folder, 51)


def test_killed_after_the_rename_the_new_library_serves(folder: Path) -> None:
    library = folder / "library.duckdb"
    assert build(folder, "library has been replaced").returncode == -signal.SIGKILL
    assert len(rows(library, "quotes")) == 51
    lay_out(folder / "staging", library, before=library)
    assert whole(folder, 51)


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize(
    "where",
    [
        "pathlib.Path.mkdir",
        "dashboard.library.building.laying.number",
        "dashboard.library.building.spreading.Spread.add",
        "dashboard.library.building.filling.fill_ties",
        "os.fsync",
        "pathlib.Path.rename",
        "pathlib.Path.replace",
    ],
)
def test_a_full_disk_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    library = folder / "library.duckdb"
    old = resolved(library)
    with monkeypatch.context() as patched:
        patched.setattr(where, full)
        with pytest.raises(LibraryError, match="free some space"):
            lay_out(folder / "staging", library, before=library)
    assert resolved(library) == old
    assert whole(folder, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such limit")
@pytest.mark.parametrize("size", [0, 2_000, 20_000, 200_000])
def test_no_file_may_grow_beyond_a_limit(folder: Path, size: int) -> None:
    import resource

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    done = build(folder, "never", preexec_fn=limited)
    assert done.returncode == 1
    assert "LibraryError" in done.stderr.splitlines()[-1]
    assert whole(folder, 1)


def test_an_index_that_fails_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken: Callable[..., list[str]] = lambda *_: ["/nowhere/at/all"]  # noqa: E731
    monkeypatch.setattr("dashboard.library.building.laying._files", broken)
    with pytest.raises(LibraryError, match=r"index of words was not built: .*No such file"):
        lay_out(folder / "staging", folder / "library.duckdb")
    assert whole(folder, 1)


def test_two_builds_at_once_are_refused(folder: Path) -> None:
    library = folder / "library.duckdb"
    other = Workplace(library)
    other.begin()
    try:
        with pytest.raises(LibraryError, match="another build is under way"):
            lay_out(folder / "staging", library)
        assert other.folder.is_dir()
    finally:
        other.end()
    lay_out(folder / "staging", library)
    assert whole(folder, 50)


def test_neighbours_with_like_names_are_left_alone(folder: Path) -> None:
    others = {"library.duckdb.words", "library.duckdb.old.words", ".library.duckdb.x.building"}
    others |= {"library.duckdb.2.0123456789ab.words", "my-library.duckdb.0123456789ab.columns"}
    for name in others:
        (folder / name).write_text("mine")
    lay_out(folder / "staging", folder / "library.duckdb")
    assert others <= names(folder)


def test_a_link_still_leads_where_it_led_and_permissions_stay(folder: Path) -> None:
    there = folder / "library.duckdb"
    there.chmod(0o640)
    (folder / "links").mkdir()
    link = folder / "links" / "other.duckdb"
    link.symlink_to(there)
    lay_out(folder / "staging", link, before=link)
    assert link.is_symlink()
    assert there.stat().st_mode & 0o777 == 0o640
    assert len(rows(there, "quotes")) == 51
