"""Servers: what is loaded, what serves meanwhile, who may ask, and what is said when it fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb
import narwhals as nw
import psycopg
import pytest

from dashboard.library.answers import LibraryError, TooSlow
from dashboard.library.building.loading import load
from dashboard.library.engines.in_ibis import InIbis, open_ibis
from dashboard.library.engines.servers import read_address, the_server
from dashboard.library.opening import open_library
from tests.library.postgres_server import PASSWORD
from tests.library.small import STATEMENTS

SERVERS = ("postgres", "clickhouse")


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest) -> str:
    """An address of each server."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def fewer(laid_out: Path, tmp_path: Path) -> Path:
    """The library's file with one statement less."""
    path = tmp_path / "fewer.duckdb"
    path.write_bytes(laid_out.read_bytes())
    with duckdb.connect(path) as connection:
        connection.execute("DELETE FROM quotes WHERE id = 1")
        connection.execute("UPDATE about_library SET value = '199' WHERE key = 'rows'")
    return path


def _named(address: str, library: str) -> str:
    return f"{address}?library={library}"


def _quiet(*_: Any) -> None:
    pass


def _stop_at(table: str) -> Callable[[str, int, int], None]:
    def report(at: str, *_: Any) -> None:
        if at == table:
            raise KeyboardInterrupt

    return report


def _builds(address: str) -> list[str]:
    library = read_address(address).library
    engine = open_ibis(address)
    with engine.asking():
        rows = engine._mine.connection.rows
        names = {
            "postgres": "SELECT nspname FROM pg_catalog.pg_namespace",
            "clickhouse": "SELECT name FROM system.databases",
        }[engine._server.dialect]
        return [name for (name,) in rows(names) if name.startswith(f"{library}_")]


def test_a_new_build_serves_and_the_old_one_is_dropped_by_the_next(
    server: str, laid_out: Path, fewer: Path
) -> None:
    address = _named(server, "switched")
    load(laid_out, address, _quiet)
    library = open_library(address)
    for file, total in ((fewer, 199), (laid_out, 200), (fewer, 199)):
        load(file, address, _quiet)
        assert library.total == total
        assert len(_builds(address)) == 2


def test_a_question_is_answered_from_the_build_that_it_began_with(
    server: str, laid_out: Path, fewer: Path
) -> None:
    address = _named(server, "within")
    load(laid_out, address, _quiet)
    engine = open_ibis(address)
    count = [nw.len().alias("n")]
    with engine.asking():
        load(fewer, address, _quiet)
        assert engine.run(engine.table("quotes").select(*count)) == [(200,)]
    with engine.asking():
        assert engine.run(engine.table("quotes").select(*count)) == [(199,)]


@pytest.mark.parametrize("table", ["quotes", "ties", "about_library"])
def test_a_load_that_is_stopped_leaves_the_old_library_and_the_next_one_its_rest(
    server: str, table: str, laid_out: Path, fewer: Path
) -> None:
    address = _named(server, "stopped")
    load(laid_out, address, _quiet)
    with pytest.raises(KeyboardInterrupt):
        load(fewer, address, _stop_at(table))
    assert open_library(address).total == len(STATEMENTS)
    load(laid_out, address, _quiet)
    assert len(_builds(address)) == 2


def test_a_load_that_fails_leaves_the_old_library(
    server: str, laid_out: Path, tmp_path: Path
) -> None:
    address = _named(server, "failed")
    load(laid_out, address, _quiet)
    spoilt = tmp_path / "spoilt.duckdb"
    spoilt.write_bytes(laid_out.read_bytes())
    with duckdb.connect(spoilt) as connection:
        connection.execute("DROP TABLE ties")
    with pytest.raises(LibraryError, match="ties"):
        load(spoilt, address, _quiet)
    assert open_library(address).total == len(STATEMENTS)


@pytest.mark.parametrize("content", [None, b"", b"no library"])
def test_what_is_no_library_is_not_loaded(server: str, content, tmp_path: Path) -> None:
    path = tmp_path / "odd.duckdb"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LibraryError, match=r"odd\.duckdb: this is no library"):
        load(path, server, _quiet)


def test_text_that_a_server_refuses_is_kept_as_far_as_it_takes_it(
    server: str, laid_out: Path, tmp_path: Path
) -> None:
    path = tmp_path / "hard.duckdb"
    path.write_bytes(laid_out.read_bytes())
    said = "a\0b, \"c\"\n\\N\t'd' {e} é\u2028"
    long = "x" * 5_000 + " ferry"
    with duckdb.connect(path) as connection:
        connection.execute("UPDATE quotes SET words = ?, context = ? WHERE id = 200", [said, long])
    address = _named(server, "hard")
    load(path, address, _quiet)
    library = open_library(address)
    found = library.quotation(STATEMENTS[-1].key)
    assert found is not None
    assert found.words.replace("\0", "\ufffd") == said.replace("\0", "\ufffd")
    engine = open_ibis(address)
    assert (200,) in engine.run(engine.found(("ferry",))[0])


def test_nobody_writes(server: str, libraries) -> None:
    engine = open_ibis(server)
    with engine.asking():
        rows = engine._mine.connection.rows
        build = engine._mine.build
        for statement in (
            f"INSERT INTO {build}.topics VALUES (9, 'x', 'x', '', 0)",  # noqa: S608
            f"DROP TABLE {build}.topics",
            f"CREATE TABLE {build}.more (a int)",
        ):
            with pytest.raises(LibraryError):
                rows(statement)
    assert open_library(server).suggest("topics", "")


ENDLESS = {
    "postgres": "SELECT count(*) FROM generate_series(1, 100000000000) AS a",
    "clickhouse": "SELECT sum(cityHash64(number)) FROM numbers(100000000000)",
}


def test_what_takes_too_long_is_stopped_and_others_go_on(server: str, libraries) -> None:
    engine = open_ibis(server, seconds=1)
    with engine.asking(), pytest.raises(TooSlow, match="choose less"):
        engine._mine.connection.rows(ENDLESS[engine._server.dialect])
    assert open_library(server).total == len(STATEMENTS)
    with engine.asking():
        assert engine.run(engine.table("topics").select(n=nw.len())) == [(2,)]


def test_so_many_ask_at_a_time(server: str, libraries) -> None:
    engine = InIbis(the_server(read_address(server), 5.0), places=1, patience=0.05)
    refused: list[Exception] = []

    def ask() -> None:
        try:
            with engine.asking():
                pass
        except TooSlow as error:
            refused.append(error)

    with engine.asking(), engine.asking():  # one question, nested
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    ask()
    assert ["at once" in str(error) for error in refused] == [True]


def test_threads_ask_at_the_same_time(server: str, libraries) -> None:
    library = open_library(server)
    wanted = [entry.key for entry in library.suggest("actors", "")]
    answers: list[list[str]] = []

    def ask() -> None:
        answers.append([entry.key for entry in library.suggest("actors", "")])

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [wanted] * 12


def test_a_connection_that_was_lost_is_made_anew(postgres: str, libraries) -> None:
    library = open_library(postgres)
    with psycopg.connect(postgres, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE application_name = 'dateline' AND pid <> pg_backend_pid()"
        )
    assert library.total == len(STATEMENTS)


def test_two_loads_at_a_time_are_one_too_many(postgres: str, laid_out: Path) -> None:
    address = _named(postgres, "busy")
    said: list[str] = []

    def report(table: str, *_: Any) -> None:
        if table == "topics" and not said:
            with pytest.raises(LibraryError) as raised:
                load(laid_out, address, _quiet)
            said.append(str(raised.value))

    load(laid_out, address, report)
    assert "wait for its end" in said[0]
    assert open_library(address).total == len(STATEMENTS)


@pytest.fixture
def reader(postgres: str) -> Iterator[str]:
    """The address for a user who may do nothing but connect."""
    with psycopg.connect(postgres, autocommit=True) as connection:
        with suppress(psycopg.errors.DuplicateObject):
            connection.execute(f"CREATE ROLE reader LOGIN PASSWORD '{PASSWORD}'")
        yield postgres.replace("//dateline:", "//reader:")
        connection.execute("DROP OWNED BY reader")


def test_a_user_who_may_only_read_is_enough(
    postgres: str, reader: str, laid_out: Path, libraries
) -> None:
    load(laid_out, _named(postgres, "granted"), _quiet)
    with pytest.raises(LibraryError, match="grant"):
        open_library(_named(reader, "granted"))
    # As the README says; what is built later is granted, too.
    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO reader")
        connection.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO reader")
        connection.execute("GRANT USAGE ON SCHEMA granted TO reader")
        connection.execute("GRANT SELECT ON granted.serving TO reader")
    load(laid_out, _named(postgres, "granted"), _quiet)
    library = open_library(_named(reader, "granted"))
    assert library.total == len(STATEMENTS)
    with library._engine.asking():
        assert library._engine.found(("ferry",))[1] > 0


WRONG = {
    "no server": ("postgres://me:{password}@127.0.0.1:1/db", "check the address"),
    "no server of ClickHouse": ("clickhouse://me:{password}@127.0.0.1:1/news", "check the address"),
    "not a port": ("postgres://me:{password}@host:many/db", "check its host and port"),
    "an odd option": ("postgres://me:{password}@127.0.0.1:1/db?nonsense=1", "check the address"),
    "an odd name": ("clickhouse://me:{password}@host/News-2", "lower-case"),
    "another scheme": ("mysql://me:{password}@host/db", "postgres://… or clickhouse://…"),
    "no scheme": ("://me:{password}@host", "postgres://… or clickhouse://…"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_address_is_told_with_its_remedy_and_without_its_password(name: str) -> None:
    address, said = WRONG[name]
    secret = "s3cret word"  # noqa: S105
    for open_it in (open_library, lambda at: load(Path("library.duckdb"), at, _quiet)):
        with pytest.raises(LibraryError) as raised:
            open_it(address.format(password=quote(secret)))
        error: BaseException | None = raised.value
        assert said in str(error)
        assert len(str(error).splitlines()) == 1
        while error is not None:  # what a log would print, too
            assert secret not in str(error)
            assert quote(secret) not in str(error)
            error = None if error.__suppress_context__ else error.__cause__ or error.__context__


def test_a_wrong_password_is_not_told(postgres: str) -> None:
    address = postgres.replace(quote(PASSWORD, safe=""), "hunter%202")
    with pytest.raises(LibraryError, match="check the address, the user") as raised:
        open_library(address)
    assert "hunter" not in str(raised.value)
    assert "hunter" not in repr(read_address(address))


def test_where_no_library_is_the_remedy_is_loading_one(server: str) -> None:
    with pytest.raises(LibraryError, match=r"no library “missing”.*library build"):
        open_library(_named(server, "missing"))


@pytest.mark.parametrize(
    ("address", "library", "shown"),
    [
        (
            "postgres://me:x@db.example.org:5433/news",
            "dateline",
            "postgres://db.example.org:5433/news",
        ),
        ("postgresql://db/news?library=old&sslmode=require", "old", "postgresql://db/news"),
        ("clickhouse://me:x@ch.example.org/news", "news", "clickhouse://ch.example.org/news"),
        ("clickhouse://ch", "dateline", "clickhouse://ch"),
        ("clickhouse://ch:8443?secure=true&library=old", "old", "clickhouse://ch:8443"),
    ],
)
def test_an_address_names_server_and_library(address: str, library: str, shown: str) -> None:
    found = read_address(address)
    assert (found.library, found.shown) == (library, shown)
