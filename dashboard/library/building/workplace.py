"""Where a library is built: beside the one that serves, which is replaced by a single rename."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from dashboard.library.answers import LibraryError

# What lies beside a library is called by its name, the build's, and one of these.
WORDS = "words"  # the index of words
COLUMNS = "columns"  # what facets are counted by


class Workplace:
    """A folder of one build, beside the library; no other build of it can be under way.

    The folder of a build that was killed is swept away, and with it all that it had written.
    """

    def __init__(self, library: Path) -> None:
        self.library = library.resolve()
        self.build = secrets.token_hex(6)
        self.folder = self.library.with_name(f"{self._prefix}{self.build}{_ENDING}")
        self.beside = {
            name: self.library.with_name(f"{self.library.name}.{self.build}.{name}")
            for name in (WORDS, COLUMNS)
        }
        self._lock = -1
        self._serves = False

    @property
    def _prefix(self) -> str:
        return f".{self.library.name}."

    def begin(self) -> None:
        """Make the folder and sweep up. Raises LibraryError when another build is under way."""
        self.folder.mkdir()
        self._lock = os.open(self.folder, os.O_RDONLY)
        _locked(self._lock)
        for path in self._beside(self._prefix, _ENDING):
            if path != self.folder:
                _sweep(path, self.library)

    def commit(self, made: Path, beside: Mapping[str, Path]) -> None:
        """Put what was made in the library's place: until the last rename the old one serves.

        A reader that has the old one open goes on with it; what lies beside it is unlinked.
        """
        for path in (made, *beside.values()):
            if self.library.exists():
                path.chmod(self.library.stat().st_mode & 0o777)
            _synchronised(path)
        for name, path in beside.items():
            path.rename(self.beside[name])
        _synchronised(self.library.parent)
        made.replace(self.library)
        self._serves = True
        _synchronised(self.library.parent)
        for name, ours in self.beside.items():
            for path in self._beside(f"{self.library.name}.", f".{name}"):
                if path != ours:
                    with contextlib.suppress(OSError):  # the new one serves: nothing has failed
                        path.unlink()

    def end(self) -> None:
        """Remove the folder, and what lies beside no library; never raises."""
        with contextlib.suppress(OSError):
            if not self._serves:
                for path in self.beside.values():
                    path.unlink(missing_ok=True)
            shutil.rmtree(self.folder, ignore_errors=True)
        if self._lock >= 0:
            with contextlib.suppress(OSError):
                os.close(self._lock)
            self._lock = -1

    def _beside(self, start: str, end: str) -> Iterator[Path]:
        middle = len(self.build)
        for path in sorted(self.library.parent.iterdir()):
            # Exactly as long: `a.duckdb` leaves alone what is of `a.duckdb.old`.
            fits = len(path.name) == len(start) + middle + len(end)
            if fits and path.name.startswith(start) and path.name.endswith(end):
                yield path


_ENDING = ".building"


def _sweep(folder: Path, library: Path) -> None:
    try:
        lock = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:  # it has just ended
        return
    try:
        if not _locked(lock):
            raise LibraryError(f"{library}: another build is under way; wait for it, or stop it.")
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _locked(folder: int) -> bool:
    """Whether the folder is ours, until it is closed; the system lets go of a dead process's."""
    try:
        import fcntl
    except ImportError:  # no such system: then nobody looks
        return True
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _synchronised(path: Path) -> None:
    found = os.open(path, os.O_RDONLY)
    try:
        os.fsync(found)
    finally:
        os.close(found)
