"""Staged parts of a few records, and a library's rows with every number resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.library.bands import bands
from dashboard.library.building import staging
from dashboard.library.building.texts import folded
from dashboard.library.layout import TABLES

Row = Mapping[str, Any]


def stage(
    folder: Path,
    records: Sequence[Row],
    *,
    source: str = "corpus",
    number: int = 1,
    part: int = 0,
    **tables: Sequence[Row],
) -> Path:
    """Write a source's part with these records, what they leave out being empty."""
    folder.mkdir(exist_ok=True)
    said = [" ".join(row.get(n, "") for n in ("words", "paraphrase", "context")) for row in records]
    words = folded(pa.array(said, pa.string()))
    columns = []
    for field in staging.RECORDS:
        if field.name in ("folded", "bands"):
            columns.append(words if field.name == "folded" else bands(words))
            continue
        empty: Any = [] if pa.types.is_list(field.type) else ""
        empty = {"date": None, "confidence": None, "kind": 1, "printings": 1, "source": number}.get(
            field.name, empty
        )
        columns.append(pa.array([row.get(field.name, empty) for row in records], field.type))
    _write(folder, "records", number, part, pa.Table.from_arrays(columns, schema=staging.RECORDS))
    schemas = {
        "actors": staging.ACTORS,
        "places": staging.PLACES,
        "topics": staging.TOPICS,
        "positions": staging.POSITIONS,
    }
    for table, rows in tables.items():
        schema = schemas[table]
        empty_row = {f.name: "" if f.type == pa.string() else None for f in schema}
        full = [{**empty_row, **row} for row in rows]
        _write(folder, table, number, part, pa.Table.from_pylist(full, schema))
    told = {
        "number": number,
        "key": source,
        "name": source.title(),
        "kind": "mapped",
        "records": len(records),
        "lines": len(records) + 1,
        "rejected": 1,
    }
    _write(folder, "sources", number, 0, pa.Table.from_pylist([told], staging.SOURCES))
    return folder


def _write(folder: Path, table: str, source: int, part: int, rows: pa.Table) -> None:
    pq.write_table(rows, folder / staging.PART.format(table=table, source=source, part=part))


def rows(library: Path, table: str) -> list[dict[str, Any]]:
    """A table as it lies there."""
    with duckdb.connect(str(library), read_only=True) as opened:
        return opened.sql(f"FROM {table}").to_arrow_table().to_pylist()


def resolved(library: Path) -> dict[str, Any]:
    """All that a library tells, by keys: what another build of the same must tell, too."""
    tables = {name: rows(library, name) for name in TABLES if name != "about_library"}
    key = {
        name: {0: "", **{row["id"]: row["key"] for row in tables[name]}}
        for name in ("actors", "places", "outlets", "topics", "sources", "quotes")
    }
    of = {
        "actors": "actors",
        "about": "actors",
        "speaker": "actors",
        "places": "places",
        "said_at": "places",
        "about_places": "places",
        "outlets": "outlets",
        "topic": "topics",
        "source": "sources",
    }

    def named(column: str, value: Any) -> Any:
        if column not in of:
            return value
        known = key[of[column]]
        return [known[n] for n in value] if isinstance(value, list) else known[value]

    quotes = {
        row["key"]: {c: named(c, value) for c, value in row.items() if c != "id"}
        for row in tables["quotes"]
    }
    facet_of_tie = {1: "actors", 2: "actors", 3: "places", 4: "places", 5: "outlets", 6: "actors"}
    return {
        "quotes": quotes,
        "order": [row["key"] for row in tables["quotes"]],
        "ties": sorted(
            (row["tie"], key[facet_of_tie[row["tie"]]][row["value"]], key["quotes"][row["quote"]])
            for row in tables["ties"]
        ),
        **{
            name: {row["key"]: {c: v for c, v in row.items() if c != "id"} for row in tables[name]}
            for name in ("actors", "places", "outlets", "topics", "sources")
        },
        "totals": sorted(
            (
                row["facet"],
                row["role"],
                key.get("actors" if row["facet"] == "about" else row["facet"], {}).get(
                    row["value"], row["value"]
                ),
                row["n"],
            )
            for row in tables["totals"]
        ),
        **{
            name: sorted(
                (row["facet"], row[text], key[row["facet"]][row["value"]]) for row in tables[name]
            )
            for name, text in (("names", "folded"), ("refs", "ref"))
        },
        "printings": [
            (key["quotes"][row["quote"]], key["outlets"][row["outlet"]], row["url"], row["title"])
            for row in tables["printings"]
        ],
        "positions": [
            {**row, "actor": key["actors"][row["actor"]], "topic": key["topics"][row["topic"]]}
            for row in tables["positions"]
        ],
        **{
            name: sorted((key["quotes"][row["quote"]], row["band"]) for row in tables[name])
            for name in ("bands", "twins")
        },
    }
