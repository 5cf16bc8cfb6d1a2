"""No CSV that we hand out runs in a spreadsheet, wherever it splits; and each is read back exactly.

The rule of the escape itself: tests/test_spreadsheet.py. The table's own menu and the clipboard:
tests/browser/test_hostile_corpus.py.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.exports.cells import read_cell
from dashboard.exports.formats import FORMATS
from dashboard.exports.of_library.formats import FORMATS as LIBRARY_FORMATS
from dashboard.exports.of_library.rows import COLUMNS, TYPES
from dashboard.exports.of_library.streamed import Asked
from dashboard.exports.quotes import quote_rows, read_quotes_csv
from dashboard.exports.tables import table_csv
from dashboard.geocoding.candidate import Candidate
from dashboard.library.opening import open_library
from dashboard.library.selection import EVERYTHING
from dashboard.review.publish import zipped
from dashboard.story import TABLES, Story, read_story
from tests.drafted import unpacked
from tests.hardening.corpus import CONTROLS, FORMULAS, STORIES, TEXTS
from tests.hardening.hostile import build_library, hostile
from tests.review.drafts import made

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?")
DELIMITERS = ",;\t|"  # of Excel and LibreOffice, by their locale or as they are told


def running(content: bytes) -> set[str]:
    """Cells that a spreadsheet would take for a formula, whichever delimiter it goes by."""
    text = content.decode("utf-8-sig")
    opened = [
        cell
        for delimiter in DELIMITERS
        for trims in (False, True)
        for line in csv.reader(
            io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=trims
        )
        for cell in line
    ]
    return {
        cell
        for cell in opened
        if not NUMBER.fullmatch(cell) and (cell.startswith(SIGNS) or cell.strip().startswith(SIGNS))
    }


@pytest.mark.parametrize("text", [*FORMULAS[:11], *CONTROLS[:5]], ids=ascii)
def test_a_table_that_is_not_escaped_would_run(text: str) -> None:
    made = io.StringIO(newline="")
    csv.writer(made).writerow(["id", text.removeprefix("'").removeprefix("'")])
    assert running(made.getvalue().encode())


def tables(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {n: archive.read(n) for n in archive.namelist() if n.endswith(".csv")}


def files(story: Story) -> Iterator[tuple[str, bytes]]:
    """Every CSV that a reader of the story's page can take away."""
    yield "statements", FORMATS["quotes.csv"].make(story, "https://news.example/dateline/")
    yield from tables(FORMATS["story.zip"].make(story, "")).items()
    yield from ((f"{name} on the page", table_csv(story.tables[name])) for name in TABLES)


def test_nothing_that_a_reader_takes_away_runs() -> None:
    made = dict(files(hostile([*STORIES, *CONTROLS])))
    assert len(made) == 1 + 2 * len(TABLES)
    assert {name: running(content) for name, content in made.items() if running(content)} == {}
    assert made["statements"].startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("texts", [FORMULAS, STORIES], ids=["formulas", "all"])
def test_a_package_is_read_back_exactly(tmp_path: Path, texts: tuple[str, ...]) -> None:
    story = hostile(texts)
    again = read_story(unpacked(story, tmp_path))
    for name in TABLES:
        pd.testing.assert_frame_equal(again.tables[name], story.tables[name])
    assert read_quotes_csv(FORMATS["quotes.csv"].make(story, "")) == quote_rows(story, "")


FORMULA = st.text(st.sampled_from("=+-@＝'\"|;, A1\u3000é"), min_size=1, max_size=12).map(str.strip)


@settings(max_examples=8)
@given(texts=st.lists(FORMULA.filter(bool), min_size=9, max_size=9))
def test_so_is_one_of_any_texts(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    story = hostile(texts)
    for _, content in files(story):
        assert running(content) == set()
    again = read_story(unpacked(story, tmp_path_factory.mktemp("any")))
    for name in TABLES:
        pd.testing.assert_frame_equal(again.tables[name], story.tables[name])


def test_a_story_made_by_review_runs_nowhere_and_is_read_as_it_was_written(tmp_path: Path) -> None:
    draft = made()
    names = dict(zip((row["id"] for row in draft.rows("actors")), FORMULAS, strict=False))
    actors = [{**row, "name": names[row["id"]], "role": "@x"} for row in draft.rows("actors")]
    package = zipped(draft.having(actors=actors))
    assert {name for name, content in tables(package).items() if running(content)} == set()
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(tmp_path)
    again = read_story(tmp_path / draft.slug)
    assert again.actors["name"].tolist() == list(names.values())
    assert again.places["longitude"].min() < 0  # numbers stay numbers


def test_a_row_that_a_geocoder_answers_runs_nowhere() -> None:
    found = Candidate("=1+1", "city", "CH", -1.5, -2.5, "Q1", "", "", "", "", {})
    assert running(found.row().encode()) == set()
    assert found.row().split(",")[1] == "'=1+1"


def test_a_librarys_statements_run_nowhere_and_say_what_their_json_says(tmp_path: Path) -> None:
    library = open_library(str(build_library(tmp_path)))
    content, told = (
        b"".join(LIBRARY_FORMATS[name].write(Asked(library, EVERYTHING, "")))
        for name in ("quotes.csv", "quotes.json")
    )
    assert running(content) == set()
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    assert next(lines) == list(COLUMNS)
    rows = [dict(zip(TYPES, map(read_cell, TYPES.values(), line), strict=True)) for line in lines]
    assert rows == json.loads(told)
    assert len(rows) > len(TEXTS)
    assert sum(str(row["words"]).startswith(("=", "+", "-", "@")) for row in rows) > 5
