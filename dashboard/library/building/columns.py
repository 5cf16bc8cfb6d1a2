"""How staged columns become the layout's: references as numbers, lists with each value once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from numpy.typing import NDArray

Numbered = Mapping[str, int]

_INTS = pa.list_(pa.int32())
_TEXTS = ("key", "words", "paraphrase", "context", "title", "story", "quote")
# Statements between reading and laying out: as in `quotes`, and all that `printings` and the index
# of words need: `folded` is "" where ASCII is all that was said, as the index folds that itself.
SPREAD = pa.schema(
    [("id", pa.int64()), ("key", pa.string()), ("date", pa.date32())]
    + [(name, pa.int32()) for name in ("month", "kind", "speaker", "said_at", "topic", "source")]
    + [(name, _INTS) for name in ("actors", "about", "places", "about_places", "outlets")]
    + [(name, pa.string()) for name in ("words", "paraphrase", "context", "title", "url")]
    + [(name, pa.string()) for name in ("story", "quote")]
    + [("printings", pa.int32()), ("confidence", pa.float64())]
    + [("printed_by", _INTS), ("urls", pa.list_(pa.string())), ("folded", pa.string())]
)
BAND = np.dtype([("band", np.int64), ("quote", np.uint32)])


@dataclass(frozen=True)
class Lists:
    """Lists of numbers: how long each is, and all their values in a row."""

    lengths: NDArray[np.int64]
    values: NDArray[np.int32]

    @property
    def rows(self) -> NDArray[np.int64]:
        """Of each value, the position of its list."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    def array(self) -> pa.Array:
        """As a column."""
        return pa.ListArray.from_arrays(_offsets(self.lengths), pa.array(self.values, pa.int32()))

    def once(self) -> Lists:
        """Each value once in a list, where it stands first; without 0."""
        keep = self.values != 0
        several = np.flatnonzero(np.repeat(self.lengths > 1, self.lengths))
        if len(several):
            rows, values = self.rows, self.values
            order = several[np.lexsort((values[several], rows[several]))]
            same = (rows[order][1:] == rows[order][:-1]) & (values[order][1:] == values[order][:-1])
            keep[order[1:][same]] = False
        if keep.all():
            return self
        kept = np.bincount(self.rows[keep], minlength=len(self.lengths))
        return Lists(kept, self.values[keep])

    def led_by(self, first: NDArray[np.int32]) -> Lists:
        """With one value more at the head of each."""
        lengths = self.lengths + 1
        heads = np.cumsum(lengths) - lengths
        values = np.empty(int(lengths.sum()), np.int32)
        rest = np.ones(len(values), bool)
        rest[heads] = False
        values[heads] = first
        values[rest] = self.values
        return Lists(lengths, values)


def listed(column: pa.Array) -> Lists:
    """A column of numbers or of lists of them; 0 is no value."""
    if pa.types.is_list(column.type):
        return Lists(_lengths(column), column.flatten().to_numpy(zero_copy_only=False))
    values = column.to_numpy(zero_copy_only=False)
    there = values != 0
    return Lists(there.astype(np.int64), values[there])


def quotes(
    batch: pa.RecordBatch,
    ids: NDArray[np.uint32],
    numbers: Mapping[str, Numbered],
    sources: Mapping[int, int],
) -> tuple[dict[str, pa.Array], Lists]:
    """The columns of SPREAD, made of staged records; and whom they address."""
    actors, places = numbers["actors"], numbers["places"]
    speaker = _numbers(batch.column("speaker"), actors)
    about = _lists(batch.column("about"), actors).once()
    said_at = _numbers(batch.column("said_at"), places)
    about_places = _lists(batch.column("about_places"), places).once()
    printed, urls = _printed(batch, numbers["outlets"])
    given = batch.column("source").to_numpy(zero_copy_only=False)
    told, which = np.unique(given, return_inverse=True)
    confidence = batch.column("confidence").cast(pa.float64())
    columns = {
        "id": pa.array(ids, pa.int64()),
        "date": batch.column("date"),
        "month": pa.array(months(batch.column("date"))),
        "kind": batch.column("kind").fill_null(0).cast(pa.int32()),
        "speaker": pa.array(speaker),
        "said_at": pa.array(said_at),
        "topic": pa.array(_numbers(batch.column("topic"), numbers["topics"])),
        "source": pa.array(np.array([sources[n] for n in told.tolist()], np.int32)[which]),
        "actors": about.led_by(speaker).once().array(),
        "about": about.array(),
        "places": about_places.led_by(said_at).once().array(),
        "about_places": about_places.array(),
        "outlets": printed.once().array(),
        "url": _firsts(urls),
        "printings": pc.max_element_wise(batch.column("printings").fill_null(1), 1).cast(
            pa.int32()
        ),
        "confidence": pc.round(confidence, 6),  # as it was told, before it had 32 bits
        "printed_by": printed.array(),
        "urls": urls,
        "folded": _unlike_ascii(batch),
        **{name: batch.column(name).fill_null("") for name in _TEXTS},
    }
    return columns, _lists(batch.column("addressees"), actors).once()


def months(dates: pa.Array) -> NDArray[np.int32]:
    """12 · year + month - 1 of each day; 0 without one."""
    days = dates.cast(pa.int32()).fill_null(0).to_numpy(zero_copy_only=False)
    since_1970 = days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)
    found: NDArray[np.int32] = since_1970 + np.int32(1970 * 12)
    found[dates.is_null().to_numpy(zero_copy_only=False)] = 0
    return found


def ordered(columns: Mapping[str, pa.Array]) -> pa.RecordBatch:
    """The columns of SPREAD sorted by id."""
    whole = pa.RecordBatch.from_arrays([columns[name] for name in SPREAD.names], schema=SPREAD)
    return whole.take(pa.array(np.argsort(whole.column("id").to_numpy())))


def tied(lists: Lists, ids: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Values with their statements: value · 2³² + statement."""
    values = lists.values.astype(np.int64)
    found: NDArray[np.int64] = values << 32 | np.repeat(ids, lists.lengths)
    return found


def bands(
    batch: pa.RecordBatch, ids: NDArray[np.uint32], shares: int
) -> Iterator[tuple[int, NDArray[np.void]]]:
    """The bands with their statements, parted by value: share after share, the low ones first."""
    column = batch.column("bands")
    values = column.flatten().to_numpy(zero_copy_only=False)
    share = ((values >> (64 - shares.bit_length() + 1)) + shares // 2).astype(np.uint8)
    order = np.argsort(share, kind="stable")
    found = np.empty(len(values), BAND)
    found["band"] = values[order]
    found["quote"] = np.repeat(ids, _lengths(column))[order]
    ends = np.cumsum(np.bincount(share, minlength=shares))
    for n, part in enumerate(np.split(found, ends[:-1])):
        if len(part):
            yield n, part


def _numbers(refs: pa.Array, known: Numbered) -> NDArray[np.int32]:
    """The numbers of references, 0 of ""."""
    coded = refs.fill_null("").dictionary_encode()
    numbers = [known.get(ref, 0) for ref in coded.dictionary.to_pylist()]
    found: NDArray[np.int32] = np.array(numbers, np.int32)[coded.indices.to_numpy()]
    return found


def _lists(column: pa.Array, known: Numbered) -> Lists:
    return Lists(_lengths(column), _numbers(column.flatten(), known))


def _lengths(column: pa.Array) -> NDArray[np.int64]:
    lengths: NDArray[Any] = pc.list_value_length(column).fill_null(0).to_numpy(zero_copy_only=False)
    return lengths.astype(np.int64)


def _offsets(lengths: NDArray[np.int64]) -> NDArray[np.int32]:
    offsets = np.zeros(len(lengths) + 1, np.int32)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def _printed(batch: pa.RecordBatch, known: Numbered) -> tuple[Lists, pa.Array]:
    """Outlets and addresses, one of each a printing; 0 or "" where it has but the other."""
    outlets, urls = batch.column("outlets"), batch.column("urls")
    if not np.array_equal(_lengths(outlets), _lengths(urls)):
        pairs = [
            list(zip_longest(by or (), at or (), fillvalue=""))
            for by, at in zip(outlets.to_pylist(), urls.to_pylist(), strict=True)
        ]
        outlets, urls = (
            pa.array([[pair[n] for pair in row] for row in pairs], pa.list_(pa.string()))
            for n in (0, 1)
        )
    lengths = _lengths(urls)
    texts = urls.flatten().fill_null("")
    return _lists(outlets, known), pa.ListArray.from_arrays(_offsets(lengths), texts)


def _unlike_ascii(batch: pa.RecordBatch) -> pa.Array:
    ascii_only = [
        pc.string_is_ascii(batch.column(name).fill_null(""))
        for name in ("words", "paraphrase", "context")
    ]
    plain = pc.and_(pc.and_(ascii_only[0], ascii_only[1]), ascii_only[2])
    return pc.if_else(plain, "", batch.column("folded").fill_null(""))


def _firsts(lists: pa.Array) -> pa.Array:
    lengths = _lengths(lists)
    heads = _offsets(lengths)[:-1]
    there = pa.array(heads, mask=lengths == 0)
    return lists.flatten().take(there).fill_null("")
