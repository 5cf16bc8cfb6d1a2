"""A story's files as text: only what lies in its folder, no larger than it may be, UTF-8."""

from __future__ import annotations

import stat
from pathlib import Path


class UnreadableError(Exception):
    """A file that cannot be used; its text is the fault's message."""


def read_text(path: Path, most: int) -> str:
    """Return a file's text, of at most so many bytes. Raises UnreadableError."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError(
                f"{path.name} is no regular file; put the file itself there, not a link"
            )
        with path.open("rb") as file:
            raw = file.read(most + 1)
        if len(raw) > most:
            raise UnreadableError(f"{path.name} exceeds {most:,} bytes; split the story")
    except FileNotFoundError:
        raise UnreadableError(
            f"{path.name} is missing; add it (a table may have its header row only)"
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"{path.name} cannot be read ({reason}); check its permissions"
        raise UnreadableError(message) from None
    if raw.startswith(b"\xef\xbb\xbf"):
        raise UnreadableError(
            f"{path.name} begins with a byte order mark; save as UTF-8 without BOM"
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"{path.name} is not UTF-8 (line {line}); save it so") from None
