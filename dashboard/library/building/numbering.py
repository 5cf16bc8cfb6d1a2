"""Which records are statements of the library, and what number each has: by date, then key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.library.building.staged import Staged, kept

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray


@dataclass(frozen=True)
class Numbers:
    """`ids`: by record, 0 where its key was there before; `dropped` marks those, None if none."""

    ids: NDArray[np.uint32]
    dropped: NDArray[np.bool_] | None
    size: int


def number(staged: Staged, engine: Any) -> Numbers:
    """Number the records from 1 on; of those with the same key the first is the one."""
    import pyarrow as pa

    dropped = _repeated(staged, engine)
    schema = pa.schema([("record", pa.int64()), ("date", pa.date32()), ("key", pa.string())])
    reader = pa.RecordBatchReader.from_batches(schema, _keyed(staged, schema, dropped))
    ordered = engine.from_arrow(reader).order("date NULLS FIRST, key").project("record")
    ids = np.zeros(staged.size, np.uint32)
    size = 0
    for batch in ordered.to_arrow_reader(1_000_000):
        records = batch.column(0).to_numpy(zero_copy_only=False)
        ids[records] = np.arange(size + 1, size + 1 + len(records), dtype=np.uint32)
        size += len(records)
    return Numbers(ids, dropped, size)


def _keyed(
    staged: Staged, schema: pa.Schema, dropped: NDArray[np.bool_] | None
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    for first, batch in staged.batches(["date", "key"]):
        records = pa.array(np.arange(first, first + batch.num_rows))
        columns = [records, batch.column("date"), batch.column("key")]
        yield kept(pa.RecordBatch.from_arrays(columns, schema=schema), first, dropped)


def _repeated(staged: Staged, engine: Any) -> NDArray[np.bool_] | None:
    """Records whose key another has before them.

    Keys are compared by a hash of 64 bits, and where two are equal, by themselves.
    """
    import pyarrow as pa

    hashes = np.empty(staged.size, np.uint64)
    schema = pa.schema([("key", pa.string())])
    keys = (batch for _, batch in staged.batches(["key"]))
    reader = pa.RecordBatchReader.from_batches(schema, keys)
    at = 0
    for batch in engine.from_arrow(reader).project("hash(key)").to_arrow_reader(1_000_000):
        hashes[at : at + batch.num_rows] = batch.column(0).to_numpy(zero_copy_only=False)
        at += batch.num_rows
    ordered = np.sort(hashes)
    shared = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    if not len(shared):
        return None
    candidates = np.isin(hashes, shared)
    schema = pa.schema([("record", pa.int64()), ("date", pa.date32()), ("key", pa.string())])
    reader = pa.RecordBatchReader.from_batches(schema, _keyed(staged, schema, ~candidates))
    rows = engine.from_arrow(reader)  # noqa: F841 — named in the query
    found = engine.sql(
        "SELECT record FROM (SELECT record, min(record) OVER (PARTITION BY key) AS one FROM rows)"
        " WHERE record > one"
    )
    dropped = np.zeros(staged.size, bool)
    for batch in found.to_arrow_reader(1_000_000):
        dropped[batch.column(0).to_numpy(zero_copy_only=False)] = True
    return dropped if dropped.any() else None
