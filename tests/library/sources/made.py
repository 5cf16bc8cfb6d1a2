"""Sources made up for the tests, and what is read of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from dashboard.library.building.build import gather_rejects
from dashboard.library.building.journal import Journal
from dashboard.library.building.reading import read_sources
from dashboard.library.sources.mapping import Mapping
from dashboard.library.sources.recognize import recognize

Row = dict[str, Any]


def quotation(n: int = 1, **cells: Any) -> Row:
    """A line of Quotebank, with other cells; None takes one away."""
    row = {
        "quoteID": f"2015-01-14-{n:06}",
        "quotation": f"The harbour of quarter {n} stays open for all who bring grain.",
        "speaker": "Ada Bell",
        "qids": ["Q58217"],
        "date": "2015-01-14 10:30:00",
        "numOccurrences": 2,
        "probas": [["Ada Bell", "0.8"], ["None", "0.2"]],
        "urls": [f"http://www.north.example/a/{n}", f"https://south.example/{n}"],
        "phase": "E",
    }
    return {name: value for name, value in (row | cells).items() if value is not None}


def article(n: int = 1, **cells: Any) -> Row:
    """A line of the Global Quotation Graph: an article with two quotations."""
    quotes = [
        {"pre": "the narrator", "quote": f"We will mend bridge {n}.", "post": "told"},
        {"pre": "told", "quote": "Not before the spring comes back to us.", "post": "the narrator"},
    ]
    return {
        "date": "2019-11-28T00:45:00Z",
        "url": f"https://news.north.example/{n}",
        "title": "Bridges",
        "lang": "ENGLISH",
        "quotes": quotes,
    } | cells


def lines(*rows: Any) -> bytes:
    """Rows as JSON lines; bytes and text stay as they are."""
    return b"".join(
        (row if isinstance(row, bytes) else json.dumps(row).encode()) + b"\n" for row in rows
    )


@dataclass
class Reading:
    """What became of sources: rows by table, sources, and rejects."""

    tables: dict[str, list[Row]]
    rejects: list[Row]

    @property
    def records(self) -> list[Row]:
        return self.tables.get("records", [])

    @property
    def counts(self) -> tuple[int, int, int]:
        """Lines, records, rejected."""
        told = self.tables["sources"]
        return tuple(sum(row[name] for row in told) for name in ("lines", "records", "rejected"))

    @property
    def reasons(self) -> list[tuple[int, str]]:
        return [(row["line"], row["reason"]) for row in self.rejects]


def read(folder: Path, *paths: Path, mapping: Mapping | None = None) -> Reading:
    """Read sources into a folder beside, as a build does, and read what was staged."""
    staging = folder / "made.duckdb.building"
    staging.mkdir()
    sources = recognize(paths, mapping)
    read_sources(sources, Journal(staging, sources), staging, 0, lambda source, done: None)
    refused = gather_rejects(folder / "made.duckdb", staging)
    rejects = refused.read_text("utf-8").split("\n")[:-1] if refused else []
    return Reading(staged(staging), [json.loads(line) for line in rejects])


def staged(folder: Path) -> dict[str, list[Row]]:
    """All rows of a staging folder, by table, in the order of reading."""
    found: dict[str, list[Row]] = {}
    for path in sorted(folder.glob("*.parquet")):
        rows = pq.read_table(path).to_pylist()
        found.setdefault(path.name.partition("-")[0], []).extend(rows)
    return found
