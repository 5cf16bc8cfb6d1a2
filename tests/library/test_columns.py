"""Statements' values as arrays beside a library."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import duckdb
import numpy as np
import pytest

from dashboard.library import columns
from dashboard.library.answers import LibraryError
from dashboard.library.columns import LISTS, PLAIN, read_columns, write_columns
from tests.library.small import STATEMENTS, tables


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(columns, "BATCH", 70)  # so that it is written in several
    with duckdb.connect() as connection:
        connection.register("quotes", tables()["quotes"])
        write_columns(connection, tmp_path / "c")
    return tmp_path / "c"


@pytest.mark.parametrize("name", [*PLAIN, *LISTS])
@pytest.mark.parametrize("some", [slice(None), slice(3, 50, 7), slice(0, 0)])
def test_counts_are_those_of_the_statements(written: Path, name: str, some: slice) -> None:
    statements = STATEMENTS[some]
    ids = np.array([made.id for made in statements], np.int64)

    counted = read_columns(written).counts(name, None if some == slice(None) else ids)

    expected: Counter[int] = Counter()
    for made in statements:
        expected.update(getattr(made, name) if name in LISTS else [getattr(made, name)])
    assert {value: n for value, n in enumerate(counted.tolist()) if n} == dict(expected)


def test_no_statement_at_all(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.register("quotes", tables()["quotes"].slice(0, 0))
        write_columns(connection, tmp_path / "c")
    found = read_columns(tmp_path / "c")
    assert found.rows == 0
    assert not any(found.counts(name, None).any() for name in (*PLAIN, *LISTS))


def test_ids_in_another_order_are_refused(tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        connection.register("quotes", tables()["quotes"].slice(5))
        with pytest.raises(LibraryError, match="not numbered in the order of their rows"):
            write_columns(connection, tmp_path / "c")


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: b"",
        lambda whole: b"something else\n" + whole,
        lambda whole: whole[:-200],
        lambda whole: whole[:30],
        lambda whole: whole.replace(b'"speaker"', b'"speakxr"'),
    ],
)
def test_another_file_is_refused(written: Path, spoil) -> None:
    written.write_bytes(spoil(written.read_bytes()))
    with pytest.raises(LibraryError, match=r"not the columns of a library .*: build it anew"):
        read_columns(written)
