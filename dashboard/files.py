"""Owns writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

REMEDIES = {
    errno.ENOSPC: "free some space, or choose another disk",
    errno.EDQUOT: "free some space, or choose another disk",
    errno.ENOENT: "make the folder first",
    errno.ENOTDIR: "make the folder first",
    errno.EACCES: "choose a folder that you may write to",
    errno.EPERM: "choose a folder that you may write to",
    errno.EROFS: "choose a folder that you may write to",
    errno.ENAMETOOLONG: "choose a shorter name",
}


class WriteError(Exception):
    """A file that could not be written; its text is one line with the remedy."""


def write_beside(path: Path, content: bytes) -> None:
    """Write a file beside the path and put it in its place: readers see the old one or the new.

    An existing file keeps its permissions, a link still leads where it led. Raises WriteError, and
    then leaves nothing behind.
    """
    try:
        path = path.resolve()
        if path.exists() and not path.is_file():
            raise WriteError(f"{path}: is no regular file; give the name of a file")
        mode = path.stat().st_mode & 0o777 if path.exists() else None
        beside = path.parent / f".{secrets.token_hex(8)}.part"
        try:
            _write(beside, content, mode)
            beside.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                beside.unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError, ValueError) as error:  # a circle of links, a null character
        reason = getattr(error, "strerror", None) or error
        remedy = REMEDIES.get(getattr(error, "errno", None) or 0, "choose another name")
        raise WriteError(f"{str(path)!r}: {reason}; {remedy}") from None


def _write(path: Path, content: bytes, mode: int | None) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666), "wb") as file:
        if mode is not None:
            path.chmod(mode)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # else a crash may leave the new name with nothing in it
