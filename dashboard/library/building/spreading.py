"""Spreads statements over files by their numbers: what lies together later is in one file."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.library.building import columns as made
from dashboard.library.layout import ABOUT, BY, IN, OUTLET, PLACE, TO

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

SIZE = 250_000  # statements of one file, at least: some 100 megabytes while they are put in order
MOST = 200  # files
SHARES = 64  # files of bands; a power of two

# The columns of `quotes` that are counted, and the ties that they mean.
_TIED = {
    "speaker": BY,
    "about": ABOUT,
    "said_at": IN,
    "about_places": PLACE,
    "outlets": OUTLET,
    "addressees": TO,
}
# Where the counts over everything are taken: (facet, role) → column.
_COUNTED = {
    ("actors", "by"): "speaker",
    ("actors", "about"): "about",
    ("actors", "any"): "actors",
    ("about", "any"): "about",
    ("places", "in"): "said_at",
    ("places", "about"): "about_places",
    ("places", "any"): "places",
    ("outlets", "any"): "outlets",
    ("topics", "any"): "topic",
    ("kinds", "any"): "kind",
    ("months", "any"): "month",
}


class Spread:
    """Files in a folder: statements by number, ties by kind, bands by value; and counts.

    Batches may come from several threads, in any order.
    """

    def __init__(self, folder: Path, size: int) -> None:
        self._folder = folder
        self.total = size
        self.size = max(SIZE, -(-size // MOST))
        self.files = [folder / f"quotes-{n:04}" for n in range(-(-size // self.size))]
        self.counts: dict[tuple[str, str], NDArray[np.int64]] = {
            which: np.zeros(1, np.int64) for which in _COUNTED
        }
        self._open = ExitStack()
        self._writers: dict[int, Any] = {}
        self._ties = {
            tie: self._open.enter_context((folder / f"ties-{tie}").open("wb"))
            for tie in _TIED.values()
        }
        self._bands = [
            self._open.enter_context((folder / f"bands-{n:02}").open("wb")) for n in range(SHARES)
        ]
        self._guard = threading.Lock()

    def ties(self, tie: int) -> NDArray[np.int64]:
        """Values and statements tied so, sorted: value · 2³² + statement."""
        found = np.fromfile(self._folder / f"ties-{tie}", np.int64)
        found.sort()
        return found

    def bands(self, share: int) -> NDArray[np.void]:
        """Bands of a share, and their statements: a higher share has higher bands."""
        return np.fromfile(self._folder / f"bands-{share:02}", made.BAND)

    def add(
        self,
        batch: pa.RecordBatch,
        ids: NDArray[np.uint32],
        numbers: Mapping[str, Mapping[str, int]],
        sources: Mapping[int, int],
    ) -> None:
        """Take staged records with their ids; `numbers` of references, by facet."""
        quotes, addressees = made.quotes(batch, ids, numbers, sources)
        bands = made.bands(batch, ids, SHARES)
        ties = {
            tie: made.tied(addressees if name == "addressees" else made.listed(quotes[name]), ids)
            for name, tie in _TIED.items()
        }
        counts = {which: np.bincount(_values(quotes[name])) for which, name in _COUNTED.items()}
        ordered = made.ordered(quotes)
        numbered = ordered.column("id").to_numpy()
        ends = np.searchsorted(numbered, np.arange(1, len(self.files)) * self.size, "right")
        pieces = np.split(np.arange(len(numbered)), ends)
        with self._guard:
            for file, piece in enumerate(pieces):
                if len(piece):
                    self._writer(file).write_batch(ordered.slice(piece[0], len(piece)))
            for tie, pairs in ties.items():
                pairs.tofile(self._ties[tie])
            for share, part in bands:
                part.tofile(self._bands[share])
            for which, found in counts.items():
                self.counts[which] = _sum(self.counts[which], found)

    def _writer(self, file: int) -> Any:
        import pyarrow as pa

        if file not in self._writers:
            sink = self._open.enter_context(pa.OSFile(str(self.files[file]), "wb"))
            self._writers[file] = self._open.enter_context(pa.ipc.new_stream(sink, made.SPREAD))
        return self._writers[file]

    def close(self) -> None:
        """Nothing more comes."""
        self._open.close()


def _values(column: pa.Array) -> NDArray[np.int32]:
    return made.listed(column).values


def _sum(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    total = longer.astype(np.int64)
    total[: len(shorter)] += shorter
    return total
