"""A file is written whole or not at all, and what is wrong is told in one line."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import files
from dashboard.files import WriteError, write_beside

ROOT = Path(__file__).parent.parent


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "story.zip"
    write_beside(path, b"old")
    write_beside(path, b"new and longer")
    assert path.read_bytes() == b"new and longer"
    assert names(tmp_path) == ["story.zip"]


def test_permissions_stay_and_a_new_file_has_the_usual_ones(tmp_path: Path) -> None:
    path, usual = tmp_path / "a", tmp_path / "usual"
    usual.touch()
    write_beside(path, b"1")
    assert path.stat().st_mode == usual.stat().st_mode
    path.chmod(0o640)
    write_beside(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_still_leads_where_it_led(tmp_path: Path) -> None:
    there, link = tmp_path / "there", tmp_path / "link"
    there.write_bytes(b"old")
    link.symlink_to(there)
    write_beside(link, b"new")
    assert link.is_symlink()
    assert there.read_bytes() == b"new"


def test_a_name_as_long_as_a_name_can_be(tmp_path: Path) -> None:
    write_beside(tmp_path / ("x" * 255), b"1")
    assert names(tmp_path) == ["x" * 255]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("missing/a.csv", "No such file or directory; make the folder first"),
        ("file/a.csv", "Not a directory; make the folder first"),
        ("x" * 256, "File name too long; choose a shorter name"),
        ("folder", "is no regular file; give the name of a file"),
        ("fifo", "is no regular file; give the name of a file"),
        ("null\0", "embedded null byte; choose another name"),
        ("circle", "choose another name"),
    ],
)
def test_what_cannot_be_written_is_told_in_one_line(
    tmp_path: Path, name: str, message: str
) -> None:
    (tmp_path / "file").write_bytes(b"kept")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    before = names(tmp_path)
    with pytest.raises(WriteError) as caught:
        write_beside(tmp_path / name, b"1")
    assert str(caught.value).endswith(message)
    assert "\n" not in str(caught.value)
    assert names(tmp_path) == before
    assert (tmp_path / "file").read_bytes() == b"kept"


@pytest.mark.parametrize(
    ("call", "code", "message"),
    [
        ("open", errno.EACCES, "Permission denied; choose a folder that you may write to"),
        ("open", errno.EROFS, "Read-only file system; choose a folder that you may write to"),
        ("fsync", errno.ENOSPC, "No space left on device; free some space, or choose another disk"),
        ("fsync", errno.EIO, "Input/output error; choose another name"),
    ],
)
def test_a_failing_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, message: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")

    def fail(*arguments: object) -> int:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patched:
        patched.setattr(files.os, call, fail)
        with pytest.raises(WriteError) as caught:
            write_beside(path, b"new")
    assert str(caught.value) == f"{str(path)!r}: {message}"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


def test_a_file_that_grows_too_large_is_not_half_written(tmp_path: Path) -> None:
    """The system itself refuses: no file of this process may exceed one kilobyte or so."""
    code = (
        "import resource, sys; from pathlib import Path; from dashboard.files import *\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_beside(Path(sys.argv[1]), bytes(100_000))\n"
        "except WriteError as error: print(error)"
    )
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == f"{str(path)!r}: File too large; choose another name\n"
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["a.csv"]


def test_an_interruption_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*arguments: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(files.os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            write_beside(tmp_path / "a.csv", b"new")
    assert names(tmp_path) == []
