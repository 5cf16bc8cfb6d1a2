"""Sources of a library that are too wide, too deep or too long cost a line or a word, no more."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.hardening.bounded import asked

PREPARE = """
import duckdb, orjson, pyarrow, pyarrow.parquet, zstandard
from dashboard.library.sources.kinds import KINDS
from dashboard.library.sources.mapping import read_mapping
from dashboard.library.sources.recognize import recognize

def read(path, mapping=None):
    (source,) = recognize([path], read_mapping(mapping) if mapping else None)
    kind, found = KINDS[source.kind], []
    for block in kind.blocks(source):
        made = kind.read(source, block)
        found += [len(made.line), *(reject.reason for reject in made.rejects[:3])]
        del block, made
    return found

def first(path, mapping):
    (source,) = recognize([path], read_mapping(mapping))
    return next(iter(KINDS[source.kind].blocks(source))).lines
"""
MILLION = 1_000_000
LINE = {"quoteID": "2015-01-14-000001", "quotation": "No ferry, no island", "speaker": "Ada Bell"}
GOOD = json.dumps(LINE) + "\n"
MAPPING = 'name = "Debates"\n[columns]\nwords = "text"\n'


def written(*parts: str) -> Callable[[Path], object]:
    return lambda path: path.write_text("".join(parts))


def packed(*parts: str) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(gzip.compress("".join(parts).encode(), 1))


LINES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a line of 50 MB": (
        written(GOOD, '{"quotation": "' + "x" * 50 * MILLION + '"}\n', GOOD),
        "is longer than 8,000,000 bytes",
    ),
    "100,000 lists deep": (written(GOOD, "[" * 100_000 + "\n", GOOD), "is not JSON"),
    "an object 100,000 deep": (
        written(GOOD, '{"quoteID":' * 100_000 + "\n", GOOD),
        "is not JSON",
    ),
    "7 MB of empty lists": (
        written(GOOD, "[" + "[]," * 2 * MILLION + "[]]\n", GOOD),
        "is no JSON object",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", LINES)
def test_a_line_is_refused_and_the_others_are_read(case: str, tmp_path: Path) -> None:
    make, told = LINES[case]
    make(tmp_path / "lines")
    kind, text = asked(PREPARE, "read(Path(sys.argv[1]))", tmp_path / "lines")
    assert (kind, told in text) == ("list", True), text
    read = json.loads(text.replace("'", '"').replace("\\", ""))
    assert sum(n for n in read if isinstance(n, int)) == 2


FILES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "10,000 columns": (
        written(",".join(["text", *map(str, range(10_000))]), "\nx" + "," * 10_000 + "\n"),
        "SourceError",
        "has more than 1,000 columns; leave out those that are not mapped",
    ),
    "500,000 columns": (written("text", "," * MILLION, "\n"), "SourceError", "1,000 columns"),
    "1,000 columns in many rows": (
        written(
            ",".join(["text", *map(str, range(999))]) + "\n",
            ("x" + ",yyyyyyyy" * 999 + "\n") * 5_000,
        ),
        "list",
        "[",
    ),
    "a cell of 50 MB": (
        written("text\n", '"' + "x" * 50 * MILLION + '"\nx\n'),
        "list",
        "is no CSV (field larger than field limit (1000000))",
    ),
    "a row of 20 MB": (
        written("text" + ",c" * 99 + "\n", ",".join(['"' + "x\n" * 99_000 + '"'] * 100), "\n"),
        "list",
        "a row of more than 8,000,000 characters",
    ),
    "nothing that is known, 500 MB": (
        packed("x" * 100 * MILLION),
        "SourceError",
        "is nothing that is known",
    ),
    "hundred lines of 8 MB": (
        packed(*["y" * 7_900_000 + "\n"] * 20),
        "SourceError",
        "is nothing that is known",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", FILES)
def test_a_table_is_refused_or_read_in_little_memory(case: str, tmp_path: Path) -> None:
    make, kind, told = FILES[case]
    make(tmp_path / "table")
    (tmp_path / "mapping.toml").write_text(MAPPING)
    paths = [tmp_path / "table"] + [tmp_path / "mapping.toml"] * ("known" not in told)
    answer = asked(PREPARE, "read(*map(Path, sys.argv[1:]))", *paths)
    assert (answer[0], told in answer[1]) == (kind, True), answer


def parquet(path: Path, column: pa.Array) -> None:
    table = pa.table({"text": column})
    pq.write_table(table, path, compression="zstd", dictionary_pagesize_limit=2**30)


def repeated(text: str, times: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), pa.array([text]))


@pytest.mark.parametrize("times", [400, 5_000])
def test_a_text_that_a_small_parquet_repeats(times: int, tmp_path: Path) -> None:
    parquet(tmp_path / "table", repeated("x" * (MILLION + 1), times))
    (tmp_path / "mapping.toml").write_text(MAPPING)
    assert (tmp_path / "table").stat().st_size < 100_000
    kind, answer = asked(
        PREPARE, "first(*map(Path, sys.argv[1:]))", tmp_path / "table", tmp_path / "mapping.toml"
    )
    assert kind == "int", answer


@pytest.mark.parametrize(
    "days",
    [pa.array([2**62], pa.timestamp("us")), pa.array([2**62], pa.timestamp("ms", "Europe/Paris")),
     pa.array([2**31 - 1], pa.date32())],
)  # fmt: skip
def test_a_day_that_python_has_not_costs_its_row(days: pa.Array, tmp_path: Path) -> None:
    good = pa.array([0], days.type)
    table = pa.table({"text": ["a"] * 3, "date": pa.concat_arrays([good, days, good])})
    pq.write_table(table, tmp_path / "table")
    (tmp_path / "mapping.toml").write_text(MAPPING + 'date = "date"\n')
    kind, answer = asked(
        PREPARE, "read(*map(Path, sys.argv[1:]))", tmp_path / "table", tmp_path / "mapping.toml"
    )
    assert kind == "list", answer
    assert answer.startswith("[2, 'a value cannot be read ("), answer


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (MAPPING + "#" * 10_000, "more than 10,000 bytes"),
        ("x = " + "[" * 9_000, "is not TOML"),
        (".".join(["x"] * 4_900) + " = 1", "'x' is unknown"),
    ],
)
def test_a_mapping_is_refused(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "table").write_text("text\nx\n")
    (tmp_path / "mapping.toml").write_text(text)
    answer = asked(
        PREPARE, "read(*map(Path, sys.argv[1:]))", tmp_path / "table", tmp_path / "mapping.toml"
    )
    assert (answer[0], told in answer[1]) == ("SourceError", True), answer
