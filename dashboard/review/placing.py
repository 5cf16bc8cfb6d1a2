"""Owns how a story's folder takes the place of another: at no moment is there none to find.

Linux exchanges two names at once. Elsewhere the old folder is renamed first; a process that is
killed before the new one is in its place leaves `.SLUG.replaced`, which is put back.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.platform != "win32":
    import fcntl

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # of Linux: fcntl.h, renameat2(2)
BEGUN = re.compile(r"\.[0-9a-f]{16}\.part")
REPLACED = ".replaced"


@contextlib.contextmanager
def publishing(stories: Path) -> Iterator[None]:
    """Be the only one who publishes into the folder; what killed ones left there is cleared away.

    Makes the folder if there is none. Raises OSError.
    """
    if not stories.exists():
        stories.mkdir(parents=True, exist_ok=True)
    with _alone(stories) as alone:
        _put_back(stories)
        if alone:  # else another may be writing what looks like a leftover
            _clear_away(stories)
        yield


def put_in_place(beside: Path, folder: Path) -> None:
    """Give the folder `beside` the name `folder`; what had it is gone afterwards. Raises OSError.

    A link to a folder is replaced itself; what it leads to stays.
    """
    if not os.path.lexists(folder):
        beside.rename(folder)
    elif exchange(beside, folder):
        _remove(beside)
    else:
        old = folder.with_name(f".{folder.name}{REPLACED}")
        folder.rename(old)
        try:
            beside.rename(folder)
        except BaseException:
            old.rename(folder)
            raise
        _remove(old)


def put_back(stories: Path) -> None:
    """Put back each story that a killed process had renamed and not yet replaced."""
    with contextlib.suppress(OSError), _alone(stories):  # who may not write there publishes nowhere
        _put_back(stories)


def exchange(one: Path, other: Path) -> bool:
    """Exchange what two paths name, at once; False when the system or the disk cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # another system, or a C library before 2018
        return False
    names = (os.fsencode(one), AT_FDCWD, os.fsencode(other))
    return bool(renameat2(AT_FDCWD, *names, ctypes.c_uint(RENAME_EXCHANGE)) == 0)


def _put_back(stories: Path) -> None:
    for old in stories.glob(f".*{REPLACED}"):
        folder = old.with_name(old.name[1 : -len(REPLACED)])
        if not os.path.lexists(folder):
            old.rename(folder)


def _clear_away(stories: Path) -> None:
    for path in stories.iterdir():
        begun = BEGUN.fullmatch(path.name) and path.is_dir()  # a file is an export that is written
        replaced = path.name.startswith(".") and path.name.endswith(REPLACED)
        if begun or replaced:
            _remove(path)


def _remove(path: Path) -> None:
    """What cannot be removed stays: the story itself is in its place."""
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    else:
        shutil.rmtree(path, ignore_errors=True)


@contextlib.contextmanager
def _alone(stories: Path) -> Iterator[bool]:
    """Wait until nobody else publishes; the system lets go for who is killed.

    False where folders cannot be locked: on Windows, on some network disks.
    """
    if sys.platform == "win32":
        yield False
        return
    held = os.open(stories, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            alone = True
        except OSError:
            alone = False
        yield alone
    finally:
        os.close(held)
