"""Writes a library's file: the tables of the layout, each in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.library.building.naming import Values
from dashboard.library.building.neighbours import shared
from dashboard.library.building.spreading import SHARES, Spread
from dashboard.library.keys import HASHED
from dashboard.library.layout import ABOUT, BY, IN, OUTLET, PLACE, TABLES, TO

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa
    from numpy.typing import NDArray

TYPES = {
    "int": "INTEGER",
    "id": "BIGINT",
    "text": "VARCHAR",
    "date": "DATE",
    "real": "DOUBLE",
    "ints": "INTEGER[]",
}
_SLICE = 4_000_000  # rows of ties and of bands at a time
_COUNTS = {"said": {"actors": "by", "places": "in"}, "told": {"actors": "about", "places": "about"}}


def create(engine: Any) -> None:
    """Make the tables, empty."""
    for table, columns in TABLES.items():
        said = (
            f"{name} {TYPES[kind.rstrip('?')]}{'' if kind.endswith('?') else ' NOT NULL'}"
            for name, kind in columns.items()
        )
        engine.execute(f"CREATE TABLE {table} ({', '.join(said)})")


def fill_quotes(engine: Any, spread: Spread, report: Callable[[int], None]) -> None:
    """`quotes` and `printings`, from one file of statements after the other."""
    import pyarrow as pa
    import pyarrow.compute as pc

    done = 0
    for file in spread.files:
        rows = _ordered(file)
        at = rows.column_names.index("folded")
        _insert(engine, "quotes", rows.set_column(at, "folded", pa.repeat("", len(rows))))
        printed = rows.column("urls").combine_chunks()
        lengths = pc.list_value_length(printed).to_numpy()
        printings = {
            "quote": pa.array(np.repeat(rows.column("id").to_numpy(), lengths)),
            "outlet": rows.column("printed_by").combine_chunks().flatten(),
            "url": printed.flatten(),
            "title": rows.column("title").take(pa.array(np.repeat(np.arange(len(rows)), lengths))),
        }
        _insert(engine, "printings", pa.table(printings))
        done += len(rows)
        report(done)


def fill_keys(engine: Any) -> None:
    """`keys`, of `quotes`."""
    engine.execute(f"INSERT INTO keys SELECT {HASHED} AS hash, id FROM quotes ORDER BY hash")  # noqa: S608


def _ordered(file: Path) -> pa.Table:
    import pyarrow as pa

    with pa.memory_map(str(file)) as source:
        rows = pa.ipc.open_stream(source).read_all()
        order = np.argsort(rows.column("id").to_numpy())
        return rows.take(pa.array(order))


def fill_ties(engine: Any, spread: Spread) -> None:
    """`ties`, by kind, value and statement."""
    import pyarrow as pa

    for tie in sorted((BY, ABOUT, IN, PLACE, OUTLET, TO)):
        pairs = spread.ties(tie)
        for part in _slices(pairs):
            columns = {
                "tie": pa.array(np.full(len(part), tie, np.int32)),
                "value": pa.array((part >> 32).astype(np.int32)),
                "quote": pa.array(part & 0xFFFFFFFF),
            }
            _insert(engine, "ties", pa.table(columns))


def fill_bands(engine: Any, spread: Spread) -> None:
    """`twins` and `bands`: what several statements share."""
    import pyarrow as pa

    for share in range(SHARES):
        pairs = shared(spread.bands(share))
        columns = {
            "band": pa.array(np.ascontiguousarray(pairs["band"])),
            "quote": pa.array(pairs["quote"].astype(np.int64)),
        }
        _insert(engine, "twins", pa.table(columns))
    engine.execute("INSERT INTO bands SELECT quote, band FROM twins ORDER BY quote, band")


def fill_values(engine: Any, spread: Spread, values: Mapping[str, Values]) -> None:
    """Actors, places, outlets, topics and their counts; `names`, `refs` and `totals`."""
    import pyarrow as pa

    for facet, found in values.items():
        counts = {"either": spread.counts[facet, "any"]}
        for name, roles in _COUNTS.items():
            if facet in roles:
                counts[name] = spread.counts[facet, roles[facet]]
        sized = {name: _sized(n, len(found.refs)) for name, n in counts.items()}
        columns = {name: _typed(name, rows, facet) for name, rows in found.columns().items()}
        columns |= {name: pa.array(n[1:], pa.int32()) for name, n in sized.items()}
        _insert(engine, facet, pa.table(columns))
        either = sized["either"].tolist()
        typed = list(found.typed())
        _rows(engine, "names", ((text, facet, value, either[value]) for text, value in typed))
        _rows(engine, "refs", ((facet, ref, number) for ref, number in found.numbers.items()))
    for (facet, role), counted in spread.counts.items():
        there = np.flatnonzero(counted)
        there = there[there > 0]  # 0 is no value
        columns = {
            "facet": pa.repeat(facet, len(there)),
            "role": pa.repeat(role, len(there)),
            "value": pa.array(there.astype(np.int32)),
            "n": pa.array(counted[there]),
        }
        _insert(engine, "totals", pa.table(columns))
    engine.execute("CREATE TEMP TABLE unsorted AS FROM names")
    engine.execute("DELETE FROM names")
    engine.execute("INSERT INTO names FROM unsorted ORDER BY facet, folded, value")
    engine.execute("DROP TABLE unsorted")


def fill_rows(engine: Any, table: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """A small table, from rows that have its columns."""
    _rows(engine, table, (tuple(row[name] for name in TABLES[table]) for row in rows))


def _typed(name: str, rows: list[Any], facet: str) -> pa.Array:
    import pyarrow as pa

    kinds = {"int": pa.int32(), "text": pa.string(), "real": pa.float64()}
    return pa.array(rows, kinds[TABLES[facet][name].rstrip("?")])


def _sized(counts: NDArray[np.int64], values: int) -> NDArray[np.int64]:
    found = np.zeros(values + 1, np.int64)
    found[: len(counts)] = counts
    return found


def _slices(rows: NDArray[Any]) -> Iterator[NDArray[Any]]:
    for at in range(0, len(rows), _SLICE):
        yield rows[at : at + _SLICE]


def _rows(engine: Any, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    import pyarrow as pa

    kinds = {
        "int": pa.int32(),
        "id": pa.int64(),
        "text": pa.string(),
        "date": pa.date32(),
    }
    gathered = list(zip(*rows, strict=True))
    if gathered:
        columns = {
            name: pa.array(column, kinds[kind.rstrip("?")])
            for (name, kind), column in zip(TABLES[table].items(), gathered, strict=True)
        }
        _insert(engine, table, pa.table(columns))


def _insert(engine: Any, table: str, rows: pa.Table) -> None:
    if len(rows):
        names = ", ".join(TABLES[table])
        engine.execute(f"INSERT INTO {table} SELECT {names} FROM rows")  # noqa: S608
