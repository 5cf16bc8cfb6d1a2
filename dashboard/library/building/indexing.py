"""Builds the index of words beside a library, in a process of its own: SQLite's FTS5.

`python -m dashboard.library.building.indexing PARENT INDEX FILE…` reads statements as they were
spread and prints how many it has taken, line after line.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

TABLE = "words"
BATCH = 25_000
SAID = ("words", "paraphrase", "context")
# What is held until it is written: the fewer the pieces, the less is merged in the end.
HELD = 64 << 20  # bytes

_PAGE = 32_768  # bytes
_FAST = (
    f"page_size = {_PAGE}",
    "journal_mode = off",  # a build that fails is thrown away
    "synchronous = off",
    "locking_mode = exclusive",
    "cache_size = -32000",
)


def index(path: Path, files: Sequence[Path]) -> Iterator[int]:
    """Write the index of files of statements, in the order of their ids; tells how many are in.

    Without the texts, without positions: what is asked is which statements have all of some words.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        for pragma in _FAST:
            database.execute(f"PRAGMA {pragma}")
        # `ascii` takes every letter beyond ASCII as part of a word; what folding left are words.
        database.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5"
            "(folded, content='', columnsize=0, detail=none, tokenize='ascii')"
        )
        for option, value in (("hashsize", HELD), ("automerge", 0)):
            database.execute(f"INSERT INTO {TABLE}({TABLE}, rank) VALUES (?, ?)", (option, value))  # noqa: S608
        database.execute("BEGIN")
        done = 0
        for file in files:
            for ids, texts in _texts(file):
                database.executemany(
                    f"INSERT INTO {TABLE}(rowid, folded) VALUES (?, ?)",  # noqa: S608
                    zip(ids.to_pylist(), texts.to_pylist(), strict=True),
                )
                done += len(ids)
                yield done
        database.execute("COMMIT")
        database.execute(f"INSERT INTO {TABLE}({TABLE}) VALUES ('optimize')")  # noqa: S608
    with path.open("rb") as written:
        os.fsync(written.fileno())


def _texts(file: Path) -> Iterator[tuple[pa.Array, pa.Array]]:
    """Ids and what is searched, by id: FTS5 folds ASCII as we do, the rest comes folded."""
    import pyarrow as pa
    import pyarrow.compute as pc

    with pa.memory_map(str(file)) as source:
        whole = pa.ipc.open_stream(source).read_all().select(["id", "folded", *SAID])
        order = pc.sort_indices(whole.column("id"))
        for at in range(0, len(order), BATCH):
            some = whole.take(order.slice(at, BATCH)).combine_chunks()
            ids, folded, *said = (some.column(name).combine_chunks() for name in some.column_names)
            plain = pc.binary_join_element_wise(*said, " ")
            yield ids, pc.if_else(pc.equal(folded, ""), plain, folded)


def main(arguments: Sequence[str]) -> int:
    """Index, unless the process that asked for it is gone."""
    parent, path, *files = arguments
    try:
        for done in index(Path(path), [Path(file) for file in files]):
            print(done, flush=True)  # noqa: T201 — to the process that started this one
            if os.getppid() != int(parent):
                return 1
    except (sqlite3.Error, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
