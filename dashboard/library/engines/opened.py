"""A library's file while it is open: one build, its connection, who uses it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.library.answers import LibraryError
from dashboard.library.columns import Columns, read_columns
from dashboard.library.engines.word_files import WordFiles
from dashboard.library.format import check_format

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

NAME = "library"  # which its tables belong to, attached
COLUMNS = "columns"  # of `about_library`: the name of the file beside it
REMEDY = "build it with `python -m dashboard library build`"
HEADERS = 3 * 4096  # bytes of a DuckDB file before its blocks

Signature = tuple[int, int, int]


def signature(path: Path) -> Signature | None:
    """What tells one build of a file from another; None when there is no file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


@dataclass
class Build:
    """One build that is open; closed when it is retired and nobody asks it any more."""

    signature: Signature | None
    connection: DuckDBPyConnection
    words: WordFiles
    columns: Columns | None
    asking: int = 0
    retired: bool = field(default=False)

    def cursor(self) -> DuckDBPyConnection:
        """A connection of one's own to the same build."""
        cursor = self.connection.cursor()
        cursor.execute(f"USE {NAME}")
        return cursor

    def enter(self) -> None:
        """Somebody asks it."""
        self.asking += 1

    def leave(self) -> None:
        """Somebody has asked it."""
        self.asking -= 1
        self._end()

    def retire(self) -> None:
        """Another build serves."""
        self.retired = True
        self._end()

    def _end(self) -> None:
        if self.retired and not self.asking:
            self.connection.close()
            self.words.close()


def opened(path: Path, options: Mapping[str, str], places: int) -> Build:
    """Open a library's file, and the files beside it, for so many questions at a time.

    Read-only, no other file, no setting that could be changed. Raises LibraryError when it is none.
    """
    while True:
        found = signature(path)
        if found is None:
            raise LibraryError(f"{path}: there is no such file; {REMEDY}.")
        try:
            return _opened(path, found, options, places)
        except LibraryError:
            if signature(path) == found:
                raise
            # Replaced meanwhile, and what belonged to it removed: the new one serves.


def _opened(path: Path, found: Signature, options: Mapping[str, str], places: int) -> Build:
    import duckdb

    # Attached to an empty database, as DuckDB gives the old one to who opens a replaced file anew.
    # What has no room in memory is too much: nothing is written where the process happens to run.
    connection = duckdb.connect(":memory:", config={**options, "temp_directory": ""})
    try:
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS {NAME} (READ_ONLY)")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        connection.execute(f"USE {NAME}")
        about = dict(connection.execute("SELECT key, value FROM about_library").fetchall())
        check_format(about)
        _check_whole(path, found, connection)
        words = WordFiles(path, about, places)
        return Build(found, connection, words, _columns(path, about))
    except duckdb.Error as error:
        connection.close()
        why = str(error).splitlines()[0][:200]
        raise LibraryError(f"{path}: this is no library ({why}); {REMEDY}.") from error
    except LibraryError:
        connection.close()
        raise


def _check_whole(path: Path, found: Signature, connection: DuckDBPyConnection) -> None:
    """A file that was cut opens, as what it begins with says where the rest lies."""
    sizes = "SELECT used_blocks * block_size FROM pragma_database_size() WHERE database_name = ?"
    (used,) = connection.execute(sizes, [NAME]).fetchone() or (0,)
    *_, size = found
    if size < HEADERS + used:
        raise LibraryError(f"{path}: the file is cut: copy it anew, or {REMEDY}.")


def _columns(path: Path, about: Mapping[str, str]) -> Columns | None:
    name = about.get(COLUMNS, "")
    return read_columns(path.with_name(Path(name).name)) if name else None
