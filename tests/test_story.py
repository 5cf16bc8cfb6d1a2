"""A story in memory: its frames, and what a reader meets when the files are bad."""

from __future__ import annotations

import csv
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.checking.anchors import text_faults
from dashboard.checking.package import read_package
from dashboard.schema import columns
from dashboard.story import TABLES, Story, StoryError, read_story

TINY = Path(__file__).parent / "stories" / "tiny"
TEXT = TINY.with_suffix(".txt").read_bytes().decode("utf-8")
DTYPES = {
    "articles": ["str"] * 6 + ["datetime64[s]"] + ["str"] * 4 + ["int64"] * 3 + ["str"],
    "places": ["str"] * 4 + ["float64"] * 2 + ["Int64", "str"],
    "actors": ["str"] * 7 + ["object", "str"],
    "topics": ["str"] * 3,
    "quotes": ["str"] * 7 + ["datetime64[s]"] + ["str"] * 4,
    "events": ["str"] * 3 + ["datetime64[s]"] * 2 + ["str"] * 5,
    "positions": ["str"] * 6,
    "figures": ["str"] * 3 + ["float64"] + ["str"] * 2,
    "links": ["str"] * 4,
    "mentions": ["str"] * 2 + ["int64"] * 3 + ["str"] * 2,
    "passages": ["str", "int64", "str"] + ["int64"] * 3 + ["str"] * 4,
    "reviews": ["str"] * 3 + ["float64", "str"] + ["Int64"] * 2,
    "alternatives": ["str", "int64", "float64"] + ["str"] * 3 + ["float64"] * 2 + ["Int64"],
}


@pytest.fixture(scope="module")
def story() -> Story:
    return read_story(TINY)


def test_the_story_says_what_it_is(story: Story) -> None:
    assert (story.slug, story.title) == ("tiny", "Ferry talks")
    assert story.description == "An invented story for the tests."


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_columns_types_and_index_of_the_format(story: Story, table: str) -> None:
    frame = story.tables[table]
    assert tuple(frame.columns) == columns(table)
    assert [str(dtype) for dtype in frame.dtypes] == DTYPES[table]
    assert frame.index.equals(pd.RangeIndex(len(frame)))


def test_values(story: Story) -> None:
    assert story.actors.aliases.tolist() == [("Mayor Ada Bell", "Ms. Bell"), (), ("Pilots",)]
    assert story.places.geonames.tolist() == [2643743, pd.NA, pd.NA]
    assert story.places.latitude.isna().tolist() == [False, True, False]
    assert story.events.start[0] == datetime(2024, 5, 6)
    assert pd.isna(story.events.end[0])
    assert pd.isna(story.quotes.paraphrase[0])
    assert story.passages.exact[2] == "a paper boat"


def test_a_table_of_a_header_alone_keeps_its_types(story_folder: Path) -> None:
    for table in ("figures", "topics"):
        header = (story_folder / f"{table}.csv").read_text().splitlines()[0]
        (story_folder / f"{table}.csv").write_text(header + "\n")
    for table, word in (("passages", "f-pay"), ("passages", "ferries"), ("positions", "ferries")):
        path = story_folder / f"{table}.csv"
        kept = [line for line in path.read_text().splitlines() if word not in line]
        path.write_text("\n".join(kept) + "\n")
    quotes = story_folder / "quotes.csv"
    quotes.write_text(quotes.read_text().replace(",ferries", ","))
    story = read_story(story_folder)
    assert story.figures.empty
    assert [str(dtype) for dtype in story.figures.dtypes] == DTYPES["figures"]


def test_one_error_lists_every_fault(story_folder: Path) -> None:
    (story_folder / "figures.csv").unlink()
    (story_folder / "topics.csv").write_bytes(b"")
    with pytest.raises(StoryError) as caught:
        read_story(story_folder)
    assert str(caught.value).splitlines() == [
        "topics:-:-: is empty; begin it with its header row",
        "figures:-:-: figures.csv is missing; add it (a table may have its header row only)",
    ]
    assert [fault.table for fault in caught.value.faults] == ["topics", "figures"]


HOSTILE = [
    *("", " ", "|", "-", "NaN", "inf", "1e999", "9" * 400, "-0", "0x10", "1_0", "٣", "0000-00-00"),
    *(
        "9999-12-31",
        "0001-01-01",
        "2024-05-06T00:00",
        "http://[",
        "https://a:99999/",
        "file:///etc",
    ),
    *("=cmd()", "\0", "\u202e", "\ufeff", "a\nb", '"', "'", "\ud7ff", "\U0001d54f", "x" * 20_000),
    *("ada-bell", "quayside", "q-bell-sail", "gazette", "inferred", "direct", "1", "3"),
    *("draft", "rejected", "q-nothing"),
]
CELLS = st.sampled_from(HOSTILE) | st.text(st.characters(codec="utf-8"), max_size=12)
EDITS = st.tuples(st.sampled_from(TABLES), st.integers(0, 10), st.integers(0, 14), CELLS)


@settings(max_examples=40, deadline=None)
@given(edits=st.lists(EDITS, min_size=1, max_size=4))
def test_no_cell_can_raise_anything_but_a_story_error(
    edits: list[tuple[str, int, int, str]],
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(shutil.copytree(TINY, Path(temporary) / "tiny"))
        for table, line, column, text in edits:
            path = folder / f"{table}.csv"
            with path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))
            cells = rows[line % len(rows)] or [""]
            cells[column % len(cells)] = text
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
        try:
            read_story(folder)
        except StoryError as error:
            assert error.faults
            assert len(str(error).splitlines()) == len(error.faults)
        tables = read_package(folder).tables
        if len(tables) == len(TABLES):
            list(text_faults(tables, TEXT))


@settings(max_examples=40, deadline=None)
@given(
    name=st.sampled_from(["datapackage.json", "topics.csv", "passages.csv"]),
    at=st.integers(0, 3_000),
    junk=st.binary(max_size=8),
)
def test_no_byte_can_raise_anything_but_a_story_error(name: str, at: int, junk: bytes) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(shutil.copytree(TINY, Path(temporary) / "tiny"))
        raw = (folder / name).read_bytes()
        (folder / name).write_bytes(raw[:at] + junk + raw[at + len(junk) + 1 :])
        try:
            read_story(folder)
        except StoryError as error:
            assert error.faults
