"""Story packages: what of a story goes into a library."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from dashboard.exports.story_zip import PACKAGE
from tests.drafted import PARTLY
from tests.library.sources.made import read
from tests.shipped import FOLDER, ROWS, STORY


def test_every_statement(tmp_path: Path) -> None:
    reading = read(tmp_path, FOLDER)
    quotes = ROWS["quotes"]
    assert reading.counts == (len(quotes), len(quotes), 0)
    assert [r["key"] for r in reading.records] == [f"moscow-talks/{q['id']}" for q in quotes]
    record = next(r for r in reading.records if r["quote"] == "q-lavrov-lose")
    assert (record["speaker"], record["speaker_name"]) == ("Q58217", "Sergey V. Lavrov")
    assert record["outlets_names"] == [
        "The New York Times",
        "The Syrian Observatory for Human Rights",
    ]
    assert len(set(record["urls"])) == 1
    assert record["urls"][0].startswith("http://syriahr.com/")
    assert (record["story"], record["printings"]) == ("moscow-talks", 2)
    assert isinstance(record["date"], date)
    assert "geonames:524901" in {row["ref"] for row in reading.tables["places"]}
    assert {row["ref"] for row in reading.tables["actors"]} >= {"Q58217", "moderate-opposition"}
    assert len(reading.tables["positions"]) == len(ROWS["positions"])
    assert [row["key"] for row in reading.tables["topics"]] == [r["id"] for r in ROWS["topics"]]


def test_who_is_tied_to_a_statement(tmp_path: Path) -> None:
    records = {r["quote"]: r for r in read(tmp_path, FOLDER).records}
    known = {row["id"]: row["wikidata"] or row["id"] for row in ROWS["actors"]}
    for quote in ROWS["quotes"]:
        for role, column in (("about", "about"), ("addressee", "addressees")):
            linked = [
                known[row["actor"]]
                for row in ROWS["links"]
                if row["record"] == quote["id"] and row["role"] == role and row["actor"]
            ]
            assert records[quote["id"]][column] == linked


@pytest.mark.parametrize("top", ["", "anything/"])
def test_a_zip_is_the_same_story(tmp_path: Path, top: str) -> None:
    path = tmp_path / "story.zip"
    with zipfile.ZipFile(path, "w") as package:
        for file in FOLDER.iterdir():
            package.write(file, f"{top}{file.name}")
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert read(tmp_path / "a", path).records == read(tmp_path / "b", FOLDER).records


def test_drafts_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "story.zip"
    path.write_bytes(PACKAGE.make(PARTLY, ""))
    reading = read(tmp_path, path)
    assert {r["quote"] for r in reading.records} == {"q-lavrov-lose", "q-kerry-goal"}
    assert reading.counts == (len(STORY.quotes), 2, 0)


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "has not one datapackage.json"),
        ({"a/datapackage.json": "{}", "b/datapackage.json": "{}"}, "has not one datapackage.json"),
        ({"datapackage.json": "{"}, "is not JSON"),
        ({"datapackage.json": "{}", "../quotes.csv": "x"}, "datapackage.json"),
    ],
)
def test_a_zip_that_is_no_story(tmp_path: Path, files: dict[str, str], reason: str) -> None:
    path = tmp_path / "story.zip"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("readme.txt", "nothing")
        for name, content in files.items():
            package.writestr(name, content)
    reading = read(tmp_path, path)
    assert reading.counts == (1, 0, 1)
    assert reason in reading.rejects[0]["reason"]
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        *("made.duckdb.building", "made.duckdb.rejects.jsonl", "story.zip")
    ]


def test_a_story_with_faults_is_told(tmp_path: Path, story_folder: Path) -> None:
    (story_folder / "topics.csv").unlink()
    reading = read(tmp_path, story_folder, FOLDER)
    assert reading.counts[2] == 1
    assert "topics:-:-: topics.csv is missing" in reading.rejects[0]["reason"]
    assert {r["story"] for r in reading.records} == {"moscow-talks"}
