"""The index of words beside a library's file: SQLite's FTS5, rows numbered as the statements."""

from __future__ import annotations

import queue
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from dashboard.library.answers import LibraryError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WORDS = "words"  # of `about_library`: the file's name, and the name of the table in it


class WordFiles:
    """Connections to the index, one for each question at a time.

    All are open from the start: when another build replaces the library, its index is removed, and
    goes on for those who have it open.
    """

    def __init__(self, path: Path, about: Mapping[str, str], places: int) -> None:
        self._free: queue.SimpleQueue[sqlite3.Connection] = queue.SimpleQueue()
        self._there = bool(about.get(WORDS))
        if self._there:
            index = path.with_name(Path(about[WORDS]).name)
            try:
                for _ in range(places):
                    self._free.put(_opened(index))
            except sqlite3.Error as error:
                self.close()
                raise LibraryError(
                    f"{index}: this is no index of the words of {path.name} ({error}); it belongs "
                    "beside the library, else build it anew."
                ) from error

    def take(self) -> sqlite3.Connection:
        """A connection for one question, given back with `give`."""
        if not self._there:
            raise LibraryError("This library has no index of words: build it anew.")
        return self._free.get()

    def give(self, connection: sqlite3.Connection) -> None:
        """Give a connection back."""
        self._free.put(connection)

    def close(self) -> None:
        """Close all that nobody uses."""
        while not self._free.empty():
            self._free.get().close()


def _opened(path: Path) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1"
    found = sqlite3.connect(address, uri=True, check_same_thread=False)
    try:
        found.execute(f"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, {WORDS}, row)")
        found.execute(f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH 'a' LIMIT 1").fetchall()  # noqa: S608
    except sqlite3.Error:
        found.close()
        raise
    return found


def matches(words: tuple[str, ...]) -> str:
    """What FTS5 looks for: each word quoted, so that none is syntax to it."""
    return " ".join('"' + word.replace('"', "") + '"' for word in words)


def count(connection: sqlite3.Connection, words: tuple[str, ...]) -> int:
    """How many statements have all the words."""
    if len(words) == 1:  # what the index knows
        asked, values = "SELECT doc FROM temp.vocabulary WHERE term = ?", words[0]
    else:
        asked = f"SELECT count(*) FROM {WORDS} WHERE {WORDS} MATCH ?"  # noqa: S608
        values = matches(words)
    found = connection.execute(asked, (values,)).fetchone()
    return int(found[0]) if found else 0


def ids(connection: sqlite3.Connection, words: tuple[str, ...], most: int) -> NDArray[np.int64]:
    """Those statements, the newest first; the newest so many when `most` is not 0."""
    import numpy as np

    newest = f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH ? ORDER BY rowid DESC"  # noqa: S608
    limit = f" LIMIT {int(most)}" if most else ""
    # As one text: Python would make an object of every row, which takes four times as long.
    asked = f"SELECT group_concat(rowid) FROM ({newest}{limit})"  # noqa: S608
    (text,) = connection.execute(asked, (matches(words),)).fetchone()
    return np.fromstring(text or "", dtype=np.int64, sep=",")
