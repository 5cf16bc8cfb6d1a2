"""What there is to lay out: staged parts, folder after folder, in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.library.answers import LibraryError
from dashboard.library.building import staging

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

BATCH = 125_000  # records at a time: with their words and addresses some 100 megabytes

_SCHEMAS = {
    "records": staging.RECORDS,
    "actors": staging.ACTORS,
    "places": staging.PLACES,
    "topics": staging.TOPICS,
    "positions": staging.POSITIONS,
    "sources": staging.SOURCES,
}


@dataclass(frozen=True)
class Part:
    """A part file of records; `first` counts the records before it."""

    path: Path
    first: int
    size: int


class Staged:
    """The parts in some folders; those of the first folder come first."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)
        self.parts = tuple(self._records())
        self.size = sum(part.size for part in self.parts)

    def _records(self) -> Iterator[Part]:
        first = 0
        for path in self._paths("records"):
            size = _opened(path, "records").metadata.num_rows
            yield Part(path, first, size)
            first += size

    def _paths(self, table: str) -> list[Path]:
        # Not by `glob`: the folder's own name may have what that understands.
        return [
            path
            for folder in self._folders
            for path in sorted(folder.iterdir())
            if path.name.startswith(f"{table}-") and path.suffix == ".parquet"
        ]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """All rows of a table that is small: any but `records`."""
        return [
            row for path in self._paths(table) for row in _opened(path, table).read().to_pylist()
        ]

    def batches(
        self, columns: Sequence[str], dropped: NDArray[np.bool_] | None = None
    ) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Records with the number of the first; without those marked as dropped."""
        for part in self.parts:
            for first, batch in batches(part, columns):
                yield first, kept(batch, first, dropped)


def batches(part: Part, columns: Sequence[str]) -> Iterator[tuple[int, pa.RecordBatch]]:
    """A part's records with the number of the first, over all parts."""
    first = part.first
    for batch in _opened(part.path, "records").iter_batches(BATCH, columns=list(columns)):
        yield first, batch
        first += batch.num_rows


def kept(batch: pa.RecordBatch, first: int, dropped: NDArray[np.bool_] | None) -> pa.RecordBatch:
    """A batch without the records that are marked; `first` is the number of its first one."""
    import pyarrow as pa

    if dropped is None:
        return batch
    gone = dropped[first : first + batch.num_rows]
    return batch.filter(pa.array(~gone)) if gone.any() else batch


def _opened(path: Path, table: str) -> Any:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise LibraryError(
            f"{path}: this is no Parquet file ({error}); read its source again."
        ) from None
    if not file.schema_arrow.equals(_SCHEMAS[table]):
        raise LibraryError(
            f"{path}: its columns are not those of `{table}`; read its source again."
        )
    return file
