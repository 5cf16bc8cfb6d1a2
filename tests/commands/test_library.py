"""`library build` in a terminal: arguments in, summary and exit status out."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from dashboard.__main__ import main
from dashboard.commands.library import progress_text
from tests.library.sources.made import article, lines, quotation
from tests.shipped import FOLDER, ROWS

STORIES = FOLDER.parent


def keys(library: Path) -> list[str]:
    with duckdb.connect(str(library), read_only=True) as engine:
        return [key for (key,) in engine.execute("SELECT key FROM quotes ORDER BY id").fetchall()]


def test_a_library_of_stories_and_a_corpus(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus, library = tmp_path / "corpus.json", tmp_path / "made.duckdb"
    corpus.write_bytes(lines(quotation(1), b"bad", quotation(1), quotation(2)))
    assert main(["library", "build", str(library), str(FOLDER), str(corpus)]) == 0
    count = len(ROWS["quotes"])
    assert capsys.readouterr().out.splitlines() == [
        f"moscow-talks: {count} statements, {count} records, 0 rejected",
        "corpus.json: 4 lines, 3 records, 1 rejected",
        f"{count + 4} lines = {count + 3} read + 1 rejected",
        f"{library}.rejects.jsonl: what was rejected, and why",
        f"{library}: built",
    ]
    assert len(keys(library)) == count + 2
    assert len(set(keys(library))) == count + 2
    assert not (tmp_path / "made.duckdb.building").exists()


def test_what_is_read_again_adds_nothing(tmp_path: Path) -> None:
    corpus, library = tmp_path / "corpus.json", tmp_path / "made.duckdb"
    corpus.write_bytes(lines(article(1)))
    assert main(["library", "build", str(library), str(corpus)]) == 0
    first = keys(library)
    assert main(["library", "build", str(library), str(corpus)]) == 0
    assert keys(library) == first
    corpus.write_bytes(lines(article(1), article(2)))
    assert main(["library", "build", str(library), str(corpus)]) == 0
    assert len(keys(library)) == len(first) + 2


def test_faults_of_sources_and_mapping(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    library = str(tmp_path / "made.duckdb")
    assert main(["library", "build", library, str(tmp_path / "no"), str(tmp_path / "none")]) == 2
    told = capsys.readouterr().err.splitlines()
    assert [line.startswith(f"dateline: {tmp_path}/no") for line in told] == [True, True]
    (tmp_path / "mapping.toml").write_text("liste = 3")
    mapping = ["--mapping", str(tmp_path / "mapping.toml")]
    assert main(["library", "build", library, str(FOLDER), *mapping]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 3
    assert list(tmp_path.iterdir()) == [tmp_path / "mapping.toml"]


def test_a_library_that_is_none_is_told_and_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = tmp_path / "made.duckdb"
    library.write_text("my notes")
    assert main(["library", "build", str(library), str(FOLDER)]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"dateline: {library}")
    assert library.read_text() == "my notes"


@pytest.mark.parametrize("arguments", [[], ["build"], ["burn", "x", "y"]])
def test_wrong_use(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["library", *arguments])
    assert caught.value.code == 2


@pytest.mark.parametrize(
    ("done", "lines_", "seconds", "text"),
    [
        (0, 0, 0.0, "[                    ]   0% reading a"),
        (50, 600, 0.5, "[##########          ]  50% reading a · 600 lines"),
        (50, 600, 10.0, "[##########          ]  50% reading a · 600 lines · 60/s · 0:10 left"),
        (10, 600, 20.0, "[##                  ]  10% reading a · 600 lines · 30/s · 3:00 left"),
        (100, 600, 10.0, "[####################] 100% reading a · 600 lines · 60/s"),
    ],
)
def test_how_far_it_is(done: int, lines_: int, seconds: float, text: str) -> None:
    assert progress_text("reading a", done, 100, lines_, (0, 0), seconds) == text


def test_a_build_that_goes_on_counts_from_there() -> None:
    text = progress_text("reading a", 75, 100, 700, (50, 600), 10.0)
    assert text == "[###############     ]  75% reading a · 700 lines · 10/s · 0:10 left"
