"""The made-up library in the engines that need no server."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.library.engines.in_duckdb import InDuckDB
from dashboard.library.engines.in_pandas import InPandas
from dashboard.library.library import Library
from tests.library import small


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up library as a file, with what lies beside it."""
    return small.write_duckdb(tmp_path_factory.mktemp("library") / "small.duckdb")


@pytest.fixture(scope="session")
def libraries(small_file: Path) -> dict[str, Library]:
    """In memory, in a file, and in a file without its columns beside it."""
    bare = small.write_duckdb(small_file.with_name("bare.duckdb"), columns=False)
    return {
        "pandas": Library(InPandas(small.tables())),
        "duckdb": Library(InDuckDB(small_file)),
        "duckdb without columns": Library(InDuckDB(bare)),
    }
