"""The same small library in every engine, to be asked the same questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from dashboard.library.building.loading import load
from dashboard.library.engines.in_pandas import InPandas
from dashboard.library.library import Library
from dashboard.library.opening import open_library
from tests.library.contract.answering import ADDRESSED, ENGINES
from tests.library.postgres_server import postgres_address
from tests.library.small import tables, write_duckdb


@pytest.fixture(scope="session")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small library's file as it is copied to a server: with the searchable words."""
    path = tmp_path_factory.mktemp("library") / "small.duckdb"
    with duckdb.connect(path) as connection:
        for name, table in tables().items():
            connection.register("given", table)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL server of the tests' own."""
    with postgres_address() as address:
        yield address


@pytest.fixture(scope="session")
def clickhouse(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of ClickHouse's own engine in this process, which has but one."""
    return f"chdb://{tmp_path_factory.mktemp('clickhouse')}"


@pytest.fixture(scope="session")
def libraries(
    laid_out: Path, postgres: str, clickhouse: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Library]:
    """The small library by engine."""
    file = write_duckdb(tmp_path_factory.mktemp("duckdb") / "small.duckdb")
    addresses = dict(zip(ADDRESSED, (str(file), postgres, clickhouse), strict=True))
    for address in (postgres, clickhouse):
        load(laid_out, address, lambda *_: None)
    opened = {name: open_library(address) for name, address in addresses.items()}
    return {"pandas": Library(InPandas(tables()))} | opened


@pytest.fixture(params=[name for name in ENGINES if name != "pandas"])
def other(request: pytest.FixtureRequest) -> str:
    """An engine that must answer as pandas does."""
    return str(request.param)
