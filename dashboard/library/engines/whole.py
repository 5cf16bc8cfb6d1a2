"""Reading a library's file to its end: whether each block is as it was written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np

from dashboard.library.answers import LibraryError
from dashboard.library.columns import LISTS, PLAIN
from dashboard.library.engines.in_duckdb import MEMORY
from dashboard.library.engines.opened import REMEDY, Build, opened
from dashboard.library.layout import TABLES


def read_whole(path: Path) -> None:
    """Read all tables and the files beside them; a million statements take a second.

    DuckDB keeps a checksum of each block and compares it when it reads. Raises LibraryError.
    """
    import duckdb

    build = opened(path, {"memory_limit": MEMORY}, 1)
    try:
        for name in TABLES:
            build.connection.execute(f"SELECT bit_xor(hash({name})) FROM {name}").fetchall()  # noqa: S608
        index = build.words.take()
        try:
            index.execute("SELECT sum(doc) FROM temp.vocabulary").fetchall()
        finally:
            build.words.give(index)
        if not _same_columns(build):
            raise LibraryError(f"{path}: its columns are damaged: copy it anew, or {REMEDY}.")
    except (duckdb.Error, sqlite3.Error) as error:
        why = str(error).splitlines()[0][:200]
        raise LibraryError(f"{path}: it is damaged ({why}): copy it anew, or {REMEDY}.") from error
    finally:
        build.retire()


def _same_columns(build: Build) -> bool:
    """Whether the columns beside the file add up to what those in it do."""
    columns = build.columns
    if columns is None:
        return True
    asked = [f"sum({name})" for name in PLAIN] + [f"sum(list_sum({name}))" for name in LISTS]
    (sums,) = build.connection.execute(f"SELECT {', '.join(asked)} FROM quotes").fetchall()  # noqa: S608
    arrays = [columns.plain[name] for name in PLAIN] + [columns.lists[name][0] for name in LISTS]
    begun = all(
        at[-1] == len(values) and bool(np.all(at[1:] >= at[:-1]))
        for values, at in columns.lists.values()
    )
    return begun and [int(n or 0) for n in sums] == [int(array.sum()) for array in arrays]
