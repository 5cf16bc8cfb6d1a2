"""A library's file under readers: a bounded queue, a time limit, a new build under their feet."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from dashboard.library.answers import LibraryError, TooSlow, Value
from dashboard.library.engines.in_duckdb import InDuckDB
from dashboard.library.engines.opened import opened
from dashboard.library.library import Library
from dashboard.library.opening import open_library
from dashboard.library.selection import LibrarySelection
from tests.library import naive, small

FERRY = LibrarySelection(text="ferry")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return small.write_duckdb(tmp_path / "small.duckdb")


def replaced(path: Path) -> None:
    """Another build in the file's place."""
    other = small.write_duckdb(path.with_name("other.duckdb"))
    with duckdb.connect(other) as connection:
        connection.execute("UPDATE about_library SET value = 'new' WHERE key = 'built'")
    other.replace(path)


def test_who_finds_no_place_is_told_so(file: Path) -> None:
    engine = InDuckDB(file, places=1, patience=0.01)
    library = Library(engine)
    with ThreadPoolExecutor(1) as another:
        with engine.asking(), pytest.raises(TooSlow, match="Too many readers"):
            another.submit(library.facets, FERRY).result()
        assert another.submit(library.facets, FERRY).result() == library.facets(FERRY)


def test_a_place_that_comes_free_is_taken(file: Path) -> None:
    engine = InDuckDB(file, places=1, patience=60)
    library = Library(engine)
    waiting = threading.Event()

    def ask() -> int:
        waiting.set()
        return library.facets(FERRY).shown

    with ThreadPoolExecutor(1) as another:
        with engine.asking():
            asked = another.submit(ask)
            waiting.wait()
        assert asked.result() == library.facets(FERRY).shown


def test_many_at_once_get_their_own_answers(file: Path) -> None:
    library = Library(InDuckDB(file, places=3, patience=60))
    selections = [LibrarySelection(actors=(row[0],), text="ferry") for row in small.ACTORS] * 3
    with ThreadPoolExecutor(8) as readers:
        found = list(readers.map(library.facets, selections))
    assert [counts.shown for counts in found] == [len(naive.shown(one)) for one in selections]


def test_what_takes_too_long_is_stopped_and_others_go_on(file: Path) -> None:
    engine = InDuckDB(file, seconds=2)
    with engine.asking():
        quotes = engine.table("quotes")
        slow = quotes.select("id")
        for n in range(4):
            slow = slow.join(quotes.select(**{f"id_{n}": "id"}), how="cross")
        with pytest.raises(TooSlow, match=r"longer than 2 seconds"):
            engine.run(slow.group_by("id_0", "id_1", "id_2").agg())
        with pytest.raises(TooSlow):  # its time is over
            engine.run(quotes.select("id"))
    assert len(Library(engine).records(FERRY)) == 30


def test_what_has_no_room_in_memory_is_given_up_and_written_nowhere(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    engine = InDuckDB(file, seconds=60, memory="16MB")
    before = sorted(tmp_path.iterdir())
    with engine.asking():
        quotes = engine.table("quotes")
        pairs = quotes.select("id", "words")
        for n in range(2):
            pairs = pairs.join(quotes.select(**{f"id_{n}": "id"}), how="cross")
        ordered = pairs.sort("words", "id_0", "id_1", descending=True)
        with pytest.raises(TooSlow, match="more memory"):
            engine.run(ordered)
    assert sorted(tmp_path.iterdir()) == before


def test_a_search_of_words_is_stopped_too(file: Path) -> None:
    with sqlite3.connect(file.with_suffix(".words")) as index:
        rows = ((number, "again and again") for number in range(1_000, 400_000))
        index.executemany("INSERT INTO words(rowid, folded) VALUES (?, ?)", rows)
    engine = InDuckDB(file)
    library = Library(engine)
    engine._seconds = 0.02  # from now on: to open it may take longer on a busy machine
    with pytest.raises(TooSlow):
        library.records(LibrarySelection(text="again and", topics=("ferry",)))


def test_a_new_build_serves_from_the_next_question_on(file: Path) -> None:
    engine = InDuckDB(file)
    library = Library(engine)
    with engine.asking():
        before = engine.run(engine.table("about_library").select("value"))
        replaced(file)
        assert engine.run(engine.table("about_library").select("value")) == before
        assert library.about["built"] != "new"
    assert library.about["built"] == "new"


def test_the_old_build_is_closed_after_its_last_question(file: Path) -> None:
    engine = InDuckDB(file)
    old = engine._build
    with ThreadPoolExecutor(1) as another:
        with engine.asking():
            replaced(file)
            assert another.submit(lambda: Library(engine).about).result()["built"] == "new"
            assert old.connection.execute("SELECT 1").fetchall() == [(1,)]
        with pytest.raises(duckdb.ConnectionException):
            old.connection.execute("SELECT 1")


def test_words_are_found_when_their_index_is_gone_with_the_old_build(file: Path) -> None:
    library = Library(InDuckDB(file))
    file.with_suffix(".words").unlink()
    assert library.facets(FERRY).shown == len(naive.shown(FERRY))


def test_a_file_that_is_missing_or_no_library_leaves_the_old_one_serving(file: Path) -> None:
    library = Library(InDuckDB(file))
    built = library.about["built"]
    file.rename(file.with_name("away"))
    assert library.about["built"] == built
    file.write_text("no library")
    assert library.about["built"] == built
    replaced(file)
    assert library.about["built"] == "new"


def test_a_build_of_another_format_leaves_the_old_one_serving(file: Path) -> None:
    library = Library(InDuckDB(file))
    other = small.write_duckdb(file.with_name("other.duckdb"))
    spoiled(other, "UPDATE about_library SET value = '99' WHERE key = 'format'")
    other.replace(file)
    assert library.about["format"] == "1"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "ATTACH '/tmp/another.duckdb'",
        "COPY (SELECT 1) TO '/tmp/written.csv'",
        "SET memory_limit = '100GB'",
        "DELETE FROM quotes",
    ],
)
def test_nothing_else_can_be_read_or_changed(file: Path, sql: str) -> None:
    build = opened(file, {}, 1)
    with pytest.raises(duckdb.Error):
        build.cursor().execute(sql)


def test_no_other_table_can_be_asked(file: Path) -> None:
    engine = InDuckDB(file)
    with engine.asking(), pytest.raises(LibraryError, match="no such table"):
        engine.table("quotes; DROP TABLE quotes")


def test_facets_of_a_frequent_word_count_the_newest(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.library.counting.FACETED", 10)
    every = naive.shown(FERRY)

    counts = open_library(str(file)).facets(FERRY)

    assert (counts.shown, counts.at_most) == (len(every), 10)
    assert sum(n for _, n in counts.months) == sum(bool(made.date) for made in every[:10])
    narrower = FERRY.but(topics=("ferry",))
    assert isinstance(narrower, LibrarySelection)
    shown = naive.shown(narrower)
    found = open_library(str(file)).facets(narrower)
    assert found.shown == len(shown)
    assert found.values["kinds"] == naive.values(narrower, "kinds")
    assert found.values["topics"] != naive.values(narrower, "topics")  # of the newest ten alone
    assert Value("ferry", "Ferry talks", 3) in found.values["topics"] or found.at_most == 10


def spoiled(path: Path, sql: str) -> None:
    with duckdb.connect(path) as connection:
        connection.execute(sql)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda file: file.unlink(), "there is no such file; build it"),
        (lambda file: file.write_text("no library"), r"this is no library \(.*\); build it"),
        (lambda file: spoiled(file, "DROP TABLE about_library"), r"this is no library"),
        (lambda file: spoiled(file, "UPDATE about_library SET value='99'"), r"build it anew"),
        (
            lambda file: spoiled(file, "UPDATE about_library SET value='99' WHERE key='format'"),
            "is of format 99, and 1 is read here: build it anew",
        ),
        (lambda file: file.with_suffix(".words").unlink(), "no index of the words of small"),
        (
            lambda file: file.with_suffix(".words").write_text("no index"),
            "no index of the words of small",
        ),
        (lambda file: file.with_suffix(".columns").unlink(), "not the columns of a library"),
    ],
)
def test_what_is_no_library_is_said_with_the_remedy(file: Path, spoil, told: str) -> None:
    spoil(file)
    with pytest.raises(LibraryError, match=told):
        open_library(str(file))
