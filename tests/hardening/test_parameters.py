"""Parameters never become SQL, a path or code: a library answers or refuses, and stays as it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlencode

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from dashboard.library.addresses import KEYS
from dashboard.library.engines.opened import opened
from dashboard.links import KEYS as STORY_KEYS
from dashboard.server.routes import routes
from dashboard.settings import settings as configured
from tests.library.small import write_duckdb


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    path = write_duckdb(tmp_path_factory.mktemp("library") / "small.duckdb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_LIBRARY", str(path))
        configured.cache_clear()
        yield path
    configured.cache_clear()


@pytest.fixture(scope="module")
def client(library: Path) -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes(""))) as made:
        yield made


def files(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


# The others are in tests/library/test_in_duckdb.py.
STATEMENTS = (
    "SELECT * FROM read_text('/etc/hostname')",
    "SELECT * FROM read_blob('/etc/hostname')",
    "SELECT * FROM '/etc/hostname.csv'",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM sniff_csv('/etc/hostname')",
    "SELECT * FROM parquet_metadata('/etc/hostname')",
    "COPY quotes FROM '/etc/hostname'",
    "COPY quotes TO 'written.parquet' (FORMAT parquet)",
    "EXPORT DATABASE 'written'",
    "IMPORT DATABASE '/etc'",
    "ATTACH 'another.duckdb' AS another",
    "DETACH library",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET enable_external_access",
    "PRAGMA enable_external_access = true",
    "SET temp_directory = '/tmp'",
    "SET threads = 64",
    "CREATE SECRET s (TYPE s3)",
    "CREATE TABLE library.written (a INT)",
    "INSERT INTO about_library VALUES ('a', 'b')",
    "UPDATE about_library SET value = ''",
    "DROP TABLE quotes",
    "ALTER TABLE quotes ADD COLUMN a INT",
)


@pytest.mark.parametrize("sql", STATEMENTS)
def test_a_library_is_read_and_nothing_else(sql: str, library: Path, tmp_path: Path) -> None:
    before = files(library.parent)
    build = opened(library, {}, 1)
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        cursor = build.cursor()
        with pytest.raises(duckdb.Error):
            cursor.execute(sql).fetchall()
        assert cursor.execute("SELECT count(*) FROM quotes").fetchall() == [(200,)]
    finally:
        os.chdir(here)
        build.retire()
    assert list(tmp_path.iterdir()) == []
    assert files(library.parent) == before


SQL = ("'", "''", '"', "\\", ";", "--", "/*", "%", "_", "\0", "\n", "NULL", "1=1", "$1", "?", "%s")
HOSTILE = st.one_of(
    st.sampled_from(
        (
            "' OR '1'='1",
            "'); DROP TABLE quotes; --",
            "x' UNION SELECT * FROM read_csv('/etc/passwd') --",
            "ada-hale' AND 1=CAST((SELECT 1) AS INT) --",
            '" OR ""="',
            "../../../../etc/passwd",
            "..\\..\\windows\\win.ini",
            "file:///etc/passwd",
            "/dev/stdin",
            "__import__('os').system('id')",
            "{0.__class__.__mro__}",
            "${7*7}{{7*7}}<%= 7*7 %>",
            "eval(compile('1','','eval'))",
            "ferry NEAR(ferry, 2)",
            'ferry" OR rowid > 0 OR "',
            "folded: ferry",
            "*",
            "^ferry",
            "words MATCH 'a'",
            "(?:a+)+$",
            "9" * 400,
            "-1",
            "1e999",
            "0001-01-01",
            "9999-12-31",
            "2014-02-30",
            "２０１４",
        )
    ),
    st.lists(st.sampled_from(SQL) | st.text(max_size=4), max_size=6).map("".join),
    st.text(max_size=20),
)
ALL_KEYS = tuple(dict.fromkeys((*KEYS, *STORY_KEYS, "order", "page", "view", "embed", "share")))
QUERIES = st.lists(st.tuples(st.sampled_from(ALL_KEYS), HOSTILE), min_size=1, max_size=5)
PATHS = ("/api/library/quotes.json", "/api/library/quotes.csv", "/api/quotes.json",
         "/api/places.geojson", "/oembed")  # fmt: skip


@settings(max_examples=60)
@given(pairs=QUERIES, path=st.sampled_from(PATHS))
@example(pairs=[("q", "'; DROP TABLE quotes --")], path=PATHS[0])
def test_any_parameter_is_answered_or_refused(
    pairs: list[tuple[str, str]], path: str, client: TestClient, library: Path
) -> None:
    before = files(library.parent)
    query = urlencode([(key, value.encode("utf-8", "replace")) for key, value in pairs])
    got = client.get(f"{path}?{query}")
    assert got.status_code in (200, 400), got.text
    if got.status_code == 400:
        assert {fault["parameter"] for fault in got.json()["parameters"]} <= {*ALL_KEYS, "url"}
    else:
        assert "root:x" not in got.text
    assert client.get("/api/library/quotes.json").headers["Dateline-Total"] == "200"
    assert files(library.parent) == before


def _pages() -> None:
    import streamlit as st

    from dashboard.library_pages import library_pages

    found = library_pages(st.Page(lambda: None, title="S", url_path="s"))
    number = int(st.query_params.get("number", "0"))
    st.navigation([found[number], *found[:number], *found[number + 1 :]], position="hidden").run()


@settings(max_examples=15)
@given(pairs=QUERIES, number=st.integers(0, 3))
@example(pairs=[("actor", "' OR '1'='1")], number=1)
@example(pairs=[("place", "'); DROP TABLE quotes; --")], number=2)
@example(pairs=[("quote", "x' UNION SELECT * FROM read_csv('/etc/passwd') --")], number=3)
def test_any_parameter_of_a_page_draws_it(
    pairs: list[tuple[str, str]], number: int, library: Path
) -> None:
    before = files(library.parent)
    app = AppTest.from_function(_pages, default_timeout=60)
    for key, _ in pairs:
        app.query_params[key] = [value for other, value in pairs if other == key]
    app.query_params["number"] = str(number)
    app.run()
    assert not app.exception
    assert not any("cannot answer" in error.value for error in app.error)
    assert "root:x" not in " ".join(element.value for element in app.markdown)
    assert files(library.parent) == before
