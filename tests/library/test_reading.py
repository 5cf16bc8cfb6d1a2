"""A library's file as Arrow batches."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.library.answers import LibraryError
from dashboard.library.building.laying import lay_out
from dashboard.library.layout import TABLES
from dashboard.library.reading import batches, size
from tests.library.building.staged import rows, stage

TEXTS = ("The Mayor said: no!", "Señor Díaz’s boat", "…", "A boat is a boat")
FOLDED = (" the mayor said no ", " senor diaz s boat ", "", " a boat is a boat ")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("read")
    records = [{"key": str(n), "words": text} for n, text in enumerate(TEXTS)]
    lay_out(stage(folder / "staging", records), folder / "library.duckdb")
    return folder / "library.duckdb"


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("rows_each", [3, 1_000])
def test_a_table_comes_in_batches_of_its_columns(library: Path, table: str, rows_each: int) -> None:
    parts = list(batches(library, table, rows_each))
    assert all(part.schema.names == list(TABLES[table]) for part in parts)
    assert all(part.num_rows <= rows_each for part in parts)
    read = [row for part in parts for row in part.to_pylist()]
    if table == "quotes":
        assert tuple(row.pop("folded") for row in read) == FOLDED
        assert tuple(row["words"] for row in read) == TEXTS
        kept = [row | {"folded": ""} for row in read]
        assert kept == rows(library, table)
    else:
        assert read == rows(library, table)
    assert size(library, table) == len(read)


def test_what_is_no_library_is_told(library: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="this is no library"):
        size(tmp_path / "none.duckdb", "quotes")
    with pytest.raises(LibraryError, match="no table 'diary'"):
        list(batches(library, "diary"))
