"""Statements' values as plain arrays in one file, read into memory: what facets are counted by.

Beside a library's DuckDB file, of the same rows: there a value is found by reading a column whole,
here by its statement's number. Values that are lists lie one after another, and where each
statement's begin.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dashboard.library.answers import LibraryError

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PLAIN = ("speaker", "said_at", "topic", "kind", "month")
LISTS = ("actors", "about", "places", "about_places", "outlets")
MAGIC = b"dateline columns 1\n"
ALIGNED = 64  # bytes that an array begins at a multiple of
BATCH = 500_000  # rows held while writing

Ids = NDArray[np.int64]
Counted = NDArray[np.int64]


@dataclass(frozen=True)
class Columns:
    """`plain[column][id]` is a value; `lists[column]` are all values and where each id's begin."""

    rows: int
    plain: dict[str, NDArray[Any]]
    lists: dict[str, tuple[NDArray[Any], NDArray[Any]]]

    def counts(self, column: str, ids: Ids | None) -> Counted:
        """How many of the statements have each value: value → n. None: all statements."""
        if column in self.plain:
            values = self.plain[column]
            return np.bincount(values[1:] if ids is None else values[ids])
        values, at = self.lists[column]
        return np.bincount(values) if ids is None else _counted(values, at, ids)


def _counted(values: NDArray[Any], at: NDArray[Any], ids: Ids) -> Counted:
    """Counts of the first values of all lists, and the second ones, and so on: few have more."""
    place, left = at[ids], at[ids + 1] - at[ids]
    found = [values[:0]]
    while (there := np.flatnonzero(left)).size:
        place, left = place[there], left[there]
        found.append(values[place])
        place, left = place + 1, left - 1
    return np.bincount(np.concatenate(found))


def write_columns(connection: DuckDBPyConnection, path: Path) -> None:
    """Write the columns of the table `quotes`, whose ids are 1 … N in the order of its rows.

    Holds `BATCH` rows at a time. Raises LibraryError when the ids are others.
    """
    shape = _shape(connection)
    head = MAGIC + json.dumps(shape).encode() + b"\n"
    begin = _aligned(len(head))
    size = begin + sum(_aligned(n * np.dtype(kind).itemsize) for _, kind, n in shape)
    with path.open("wb") as file:
        file.write(head)
        file.flush()
        _allocated(file.fileno(), size)
    arrays = _arrays(np.memmap(path, np.uint8, "r+"), shape, begin)
    names = [*PLAIN, *LISTS]
    done, filled = 0, dict.fromkeys(LISTS, 0)
    for batch in _batches(connection, names):
        n = batch.num_rows
        if batch["id"].to_numpy()[[0, -1]].tolist() != [done + 1, done + n]:
            raise LibraryError(f"{path}: statements are not numbered in the order of their rows.")
        for name in PLAIN:
            arrays[name][done + 1 : done + n + 1] = batch[name].to_numpy()
        for name in LISTS:
            values = batch[name].flatten().to_numpy()
            ends = batch[name].value_lengths().to_numpy().cumsum() + filled[name]
            arrays[f"{name}.at"][done + 2 : done + n + 2] = ends
            arrays[name][filled[name] : filled[name] + len(values)] = values
            filled[name] += len(values)
        done += n


def _allocated(file: int, size: int) -> None:
    """Take the room at once: on a full disk a mapped page without any would end the process."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file, 0, size)
    else:
        os.truncate(file, size)


def read_columns(path: Path) -> Columns:
    """Read the columns of a library. Raises LibraryError when they are none.

    A million statements are 40 MB. Were they mapped, a file that is cut would end the process.
    """
    try:
        with path.open("rb") as file:
            magic, head = file.readline(), file.readline()
            file.seek(0)
            whole = np.fromfile(file, np.uint8)
        if magic != MAGIC:
            raise ValueError("another format")
        shape = json.loads(head)
        arrays = _arrays(whole, shape, _aligned(len(magic) + len(head)))
        rows = len(arrays[PLAIN[0]]) - 1
        return Columns(
            rows,
            {name: arrays[name] for name in PLAIN},
            {name: (arrays[name], arrays[f"{name}.at"]) for name in LISTS},
        )
    except (OSError, ValueError, KeyError, MemoryError) as error:
        raise LibraryError(
            f"{path}: these are not the columns of a library ({error}): build it anew."
        ) from error


def _shape(connection: DuckDBPyConnection) -> list[tuple[str, str, int]]:
    """Each array's name, type and length; statement 0 is nobody's."""
    asked = ["count(*)"]
    asked += [f"max({name})" for name in PLAIN]
    asked += [f"max(list_max({name}))" for name in LISTS]
    asked += [f"sum(len({name}))" for name in LISTS]
    (found,) = connection.sql(f"SELECT {', '.join(asked)} FROM quotes").fetchall()  # noqa: S608
    rows, *known = (int(value or 0) for value in found)
    most = dict(zip((*PLAIN, *LISTS), known, strict=False))
    total = dict(zip(LISTS, known[-len(LISTS) :], strict=True))
    shape = [(name, _smallest(most[name]), rows + 1) for name in PLAIN]
    for name in LISTS:
        shape.append((name, _smallest(most[name]), total[name]))
        shape.append((f"{name}.at", _smallest(total[name]), rows + 2))
    return shape


def _smallest(most: int) -> str:
    return np.min_scalar_type(most).str


def _batches(connection: DuckDBPyConnection, names: Sequence[str]) -> Iterator[Any]:
    asked = connection.sql(f"SELECT id, {', '.join(names)} FROM quotes")  # noqa: S608
    yield from asked.to_arrow_reader(BATCH)


def _arrays(
    file: NDArray[np.uint8], shape: Sequence[tuple[str, str, int]], begin: int
) -> dict[str, NDArray[Any]]:
    found = {}
    for name, kind, n in shape:
        size = n * np.dtype(kind).itemsize
        found[name] = file[begin : begin + size].view(kind)
        begin += _aligned(size)
    if begin != len(file):
        raise ValueError("not whole")
    return found


def _aligned(size: int) -> int:
    return -(-size // ALIGNED) * ALIGNED
