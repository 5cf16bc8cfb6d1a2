"""The package: unpacked and read back it is the story, whole or in part."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import frictionless
import pandas as pd
import pytest
from hypothesis import given

from dashboard.checking.check import faults
from dashboard.exports.story_zip import PACKAGE, closed
from dashboard.schema import REVIEWED, references
from dashboard.selection import Selection, select
from dashboard.story import TABLES, Story, StoryError, read_story
from tests.drafted import DRAFT, PARTLY, REJECTED
from tests.exports.spoilt import ALLOWED, PAGE, REFUSED, TINY, spoilt
from tests.shipped import FOLDER, STORY, TYPICAL, expected, label, selections


@contextmanager
def unpacked(story: Story) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / story.slug
        with zipfile.ZipFile(io.BytesIO(PACKAGE.make(story, ""))) as package:
            assert package.testzip() is None
            package.extractall(folder)
        yield folder


def assert_equal(one: Story, other: Story) -> None:
    assert (one.slug, one.title, one.description) == (other.slug, other.title, other.description)
    assert one.descriptor == other.descriptor
    for table in TABLES:
        pd.testing.assert_frame_equal(one.tables[table], other.tables[table])


@pytest.mark.parametrize(
    "story", [STORY, TINY, DRAFT, PARTLY], ids=["shipped", "tiny", "draft", "partly"]
)
def test_read_back_it_is_the_same_story(story: Story) -> None:
    with unpacked(story) as folder:
        assert_equal(read_story(folder), story)


def test_it_holds_the_files_that_it_came_from() -> None:
    with unpacked(STORY) as folder:
        for table in TABLES:
            name = f"{table}.csv"
            assert (folder / name).read_bytes() == (FOLDER / name).read_bytes()
        descriptor = json.loads((FOLDER / "datapackage.json").read_text(encoding="utf-8"))
        assert json.loads((folder / "datapackage.json").read_text(encoding="utf-8")) == descriptor
        report: Any = frictionless.validate(str(folder / "datapackage.json"))
        assert report.valid, report.flatten(["name", "message"])


def test_the_archive_says_nothing_of_when_and_where_it_was_made() -> None:
    content = PACKAGE.make(STORY, "")
    assert content == PACKAGE.make(read_story(FOLDER), PAGE)
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    assert [entry.filename for entry in entries] == [
        "datapackage.json",
        *(f"{table}.csv" for table in TABLES),
    ]
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.external_attr >> 16 for entry in entries} == {0o644}
    assert {entry.create_system for entry in entries} == {3}


@given(selection=selections())
def test_a_part_is_a_valid_story_and_read_back_the_same(selection: Selection) -> None:
    visible = select(STORY, selection)
    with unpacked(visible) as folder:
        assert [str(fault) for fault in faults(folder)] == []
        again = read_story(folder)
        assert_equal(again, closed(visible))
        assert again.quotes["id"].tolist() == expected(selection)


@pytest.mark.parametrize("selection", TYPICAL, ids=label)
def test_a_part_of_a_draft_is_one_too(selection: Selection) -> None:
    visible = select(PARTLY, selection)
    with unpacked(visible) as folder:
        again = read_story(folder)
    assert_equal(again, closed(visible))
    there = {i for table in REVIEWED for i in again.tables[table]["id"]}
    assert set(again.reviews["record"]) - {REJECTED} == there & set(PARTLY.reviews["record"])
    assert (REJECTED in set(again.reviews["record"])) == (not selection.narrows)
    assert set(again.alternatives["record"]) == there & set(PARTLY.alternatives["record"])
    assert set(again.alternatives["actor"].dropna()) <= set(again.actors["id"])


@pytest.mark.parametrize("selection", TYPICAL, ids=label)
def test_a_part_has_whom_it_names_and_nobody_else(selection: Selection) -> None:
    part = closed(select(STORY, selection))
    for name in ("actors", "places"):
        named = {
            value
            for table, rows in part.tables.items()
            for column, target in references(table)
            if target == name
            for value in rows[column].dropna()
        }
        kept = set(part.tables[name]["id"])
        assert named <= kept
        if name == "places":
            assert kept == named
    assert_equal(closed(part), part)


@pytest.mark.parametrize("selection", TYPICAL, ids=label)
def test_a_part_is_a_data_package(selection: Selection) -> None:
    with unpacked(select(STORY, selection)) as folder:
        report: Any = frictionless.validate(str(folder / "datapackage.json"))
        assert report.valid, report.flatten(["name", "message"])


def test_of_a_part_nobody_stays_who_was_only_named_elsewhere() -> None:
    nothing = closed(select(STORY, Selection(text="no such word")))
    assert len(nothing.quotes) == 0
    part = closed(select(STORY, Selection(actors=("moaz-al-khatib",), places=("moscow",))))
    assert "mohammad-javad-zarif" not in set(part.actors["id"])
    assert {"moaz-al-khatib", "syrian-opposition"} <= set(part.actors["id"])
    assert "aleppo" not in set(part.places["id"])


@pytest.mark.parametrize("value", ALLOWED, ids=lambda v: ascii(v[:20]))
def test_hostile_texts_come_back(value: str) -> None:
    story = replace(spoilt(value), passages=TINY.passages)
    with unpacked(replace(story, title=TINY.title)) as folder:
        again = read_story(folder)
    for table in TABLES:
        pd.testing.assert_frame_equal(again.tables[table], story.tables[table])


@pytest.mark.parametrize("value", REFUSED, ids=lambda v: ascii(v[:20]))
def test_what_no_story_may_hold_is_told_and_not_lost(value: str) -> None:
    with unpacked(spoilt(value)) as folder, pytest.raises(StoryError, match="topics:2:"):
        read_story(folder)


def test_half_a_character_in_the_descriptor_survives() -> None:
    story = replace(TINY, descriptor=dict(TINY.descriptor) | {"note": "\ud83d \u2028 é"})
    with unpacked(story) as folder:
        assert read_story(folder).descriptor == story.descriptor
