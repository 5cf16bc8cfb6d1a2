"""A library that is there, staged again: so that a build adds to it as to any other source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.library.bands import bands
from dashboard.library.building import staging
from dashboard.library.building.columns import Lists, listed
from dashboard.library.building.naming import DETAILS
from dashboard.library.building.texts import folded, spoken
from dashboard.library.layout import TO

if TYPE_CHECKING:
    import pyarrow as pa

Rows = Sequence[Mapping[str, Any]]

SIZE = 100_000  # statements at a time

_KEPT = ("key", "date", "words", "paraphrase", "context", "title", "story", "quote")


@dataclass(frozen=True)
class Before:
    """What a library tells of values, positions and sources; rows as staged ones are."""

    told: Mapping[str, Rows]
    positions: Rows
    sources: Rows


NOTHING = Before(dict.fromkeys(DETAILS, ()), (), ())


def restage(library: Any, folder: Path) -> Before:
    """Write parts of all statements of a library (a connection to its file) into a folder.

    Its sources have negative numbers, so that they are nobody else's. What is not kept in a
    library, folded words and bands, is made again by the same rules.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    known = {facet: _References(library, facet) for facet in DETAILS}
    ((last,),) = library.execute("SELECT coalesce(max(id), 0) FROM quotes").fetchall()
    for part, first in enumerate(range(1, last + 1, SIZE)):
        records = _records(library, first, first + SIZE - 1, known)
        pq.write_table(
            pa.table(records, schema=staging.RECORDS),
            folder / staging.PART.format(table="records", source=0, part=part),
            compression="lz4",
        )
    sources = library.sql(
        "SELECT -id AS number, key, name, kind, read AS records, rejected FROM sources ORDER BY id"
    )
    told = {facet: _told(library, facet) for facet in DETAILS}
    positions = _positions(library)
    return Before(told, positions, _rows(sources))


def _told(library: Any, facet: str) -> Rows:
    details = "".join(f"{name}, " for name in DETAILS[facet])
    return _rows(
        library.sql(
            f"SELECT ref, key, name, {details}"  # noqa: S608
            " list(folded ORDER BY folded) FILTER (folded IS NOT NULL) AS aliases"
            f" FROM {facet} JOIN refs ON refs.value = id AND refs.facet = $1"
            " LEFT JOIN names ON names.value = id AND names.facet = $1 GROUP BY ALL ORDER BY key",
            params=[facet],
        )
    )


def _positions(library: Any) -> Rows:
    return _rows(
        library.sql(
            "SELECT a.ref AS actor, t.ref AS topic, stance, note, story, record, date"
            " FROM positions JOIN refs a ON a.value = actor AND a.facet = 'actors'"
            " JOIN refs t ON t.value = topic AND t.facet = 'topics' ORDER BY story, record"
        )
    )


def _rows(found: Any) -> Rows:
    rows: Rows = found.to_arrow_table().to_pylist()
    return rows


class _References:
    """References and names of a facet's values, by number."""

    def __init__(self, library: Any, facet: str) -> None:
        import pyarrow as pa

        rows = library.execute(
            f"SELECT ref, name FROM {facet} JOIN refs ON value = id AND facet = ? ORDER BY id",  # noqa: S608
            [facet],
        ).fetchall()
        # Values are numbered from 1 on, without a gap; 0 is none.
        self.refs = pa.array(["", *(ref for ref, _ in rows)], pa.string())
        self.names = pa.array(["", *(name for _, name in rows)], pa.string())

    def of(self, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        """References and names of numbers, or of lists of them."""
        import pyarrow as pa

        if not pa.types.is_list(values.type):
            return self.refs.take(values), self.names.take(values)
        found = listed(values)
        offsets = found.array().offsets
        return tuple(
            pa.ListArray.from_arrays(offsets, texts.take(pa.array(found.values)))
            for texts in (self.refs, self.names)
        )


def _records(
    library: Any, first: int, last: int, known: Mapping[str, _References]
) -> list[pa.Array]:
    import pyarrow as pa
    import pyarrow.compute as pc

    within = [first, last]
    quotes = library.sql("SELECT * FROM quotes WHERE id BETWEEN ? AND ? ORDER BY id", params=within)
    quotes = quotes.to_arrow_table().combine_chunks()
    given = {name: quotes.column(name).combine_chunks() for name in quotes.column_names}
    ids = given["id"].to_numpy()
    tied = library.sql(
        f"SELECT quote, value FROM ties WHERE tie = {TO} AND quote BETWEEN ? AND ? ORDER BY ALL",  # noqa: S608
        params=within,
    ).to_arrow_table()
    printed = library.sql(
        "SELECT quote, outlet, url FROM printings WHERE quote BETWEEN ? AND ?", params=within
    ).to_arrow_table()
    by = _grouped(printed, "outlet", ids)
    columns = {
        **{name: given[name] for name in _KEPT},
        "kind": given["kind"],
        "urls": pa.ListArray.from_arrays(
            by.array().offsets, printed.column("url").combine_chunks()
        ),
        "printings": given["printings"],
        "confidence": given["confidence"],
        "source": pc.negate(given["source"]),
    }
    for name, facet, values in (
        ("speaker", "actors", given["speaker"]),
        ("about", "actors", given["about"]),
        ("addressees", "actors", _grouped(tied, "value", ids).array()),
        ("said_at", "places", given["said_at"]),
        ("about_places", "places", given["about_places"]),
        ("topic", "topics", given["topic"]),
        ("outlets", "outlets", by.array()),
    ):
        several = f"{name}_names" if pa.types.is_list(values.type) else f"{name}_name"
        columns[name], columns[several] = known[facet].of(values)
    columns["folded"] = folded(
        pc.binary_join_element_wise(
            *(given[name] for name in ("words", "paraphrase", "context")), " "
        )
    )
    columns["bands"] = bands(spoken(columns))
    return [columns[field.name].cast(field.type) for field in staging.RECORDS]


def _grouped(rows: pa.Table, column: str, ids: Any) -> Lists:
    """Numbers of rows that are sorted by statement, as lists by statement."""
    counts = np.bincount(rows.column("quote").to_numpy() - ids[0], minlength=len(ids))
    return Lists(counts, rows.column(column).to_numpy().astype(np.int32))
