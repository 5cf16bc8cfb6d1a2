"""All formats together: what they are called, and that they show the same statements."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile

import pytest
from hypothesis import given

from dashboard.exports.formats import FORMATS
from dashboard.selection import Selection, select
from dashboard.story import read_story
from tests.exports.spoilt import PAGE, TINY
from tests.shipped import BY_ID, FOLDER, STORY, expected, linked, selections

TEXTS = {
    "quotes.csv": "text/csv; charset=utf-8",
    "quotes.json": "application/json",
    "quotes.jsonl": "application/jsonl; charset=utf-8",
    "places.geojson": "application/geo+json",
    "events.ics": "text/calendar; charset=utf-8",
    "network.graphml": "application/graphml+xml; charset=utf-8",
    "annotations.jsonld": 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    "story.jsonld": "application/ld+json",
    "story.zip": "application/zip",
}


def test_the_menu() -> None:
    assert {name: made.media_type for name, made in FORMATS.items()} == TEXTS
    assert list(FORMATS) == list(TEXTS)
    assert [made.name for made in FORMATS.values()] == list(FORMATS)
    assert len({made.title for made in FORMATS.values()}) == len(FORMATS)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("quotes.csv", "moscow-talks-quotes.csv"),
        ("story.jsonld", "moscow-talks.jsonld"),
        ("story.zip", "moscow-talks.zip"),
    ],
)
def test_what_a_file_is_called(name: str, file: str) -> None:
    assert FORMATS[name].file_name("moscow-talks") == file


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("page", ["", PAGE])
def test_the_same_story_gives_the_same_bytes(name: str, page: str) -> None:
    again = read_story(FOLDER)
    chosen = Selection(actors=("john-kerry",), kinds=("direct", "indirect"))
    make = FORMATS[name].make
    assert make(STORY, page) == make(again, page)
    assert make(select(STORY, chosen), page) == make(select(again, chosen), page)
    assert make(STORY, page) != make(TINY, page)


@pytest.mark.parametrize("name", FORMATS)
def test_without_the_page_nothing_links_to_it(name: str) -> None:
    content = FORMATS[name].make(STORY, "")
    assert b"?quote=" not in content
    assert b"?place=" not in content


def mentioned(content: bytes) -> set[str]:
    """Ids of statements in a text."""
    return {found.decode() for found in re.findall(rb"\bq-[a-z0-9-]+", content)}


@given(selection=selections())
def test_every_format_shows_the_statements_of_the_selection(selection: Selection) -> None:
    visible, shown = select(STORY, selection), expected(selection)
    made = {name: found.make(visible, "") for name, found in FORMATS.items()}
    for name in ("quotes.csv", "quotes.json", "quotes.jsonl", "annotations.jsonld", "story.jsonld"):
        assert mentioned(made[name]) == set(shown), name
    rows = csv.DictReader(io.StringIO(made["quotes.csv"].decode("utf-8-sig"), newline=""))
    assert [row["id"] for row in rows] == shown
    assert [row["id"] for row in json.loads(made["quotes.json"])] == shown
    with zipfile.ZipFile(io.BytesIO(made["story.zip"])) as package:
        table = package.read("quotes.csv").decode()
        assert [row["id"] for row in csv.DictReader(io.StringIO(table))] == shown
        assert mentioned(package.read("passages.csv")) == set(shown)
    # The map and the network show the statements that have a place, that are about somebody.
    placed = {q for q in shown if BY_ID[q]["said_at"] or linked(q, "place", "about")}
    assert mentioned(made["places.geojson"]) == placed
    assert mentioned(made["network.graphml"]) == {q for q in shown if linked(q, "actor", "about")}
    assert mentioned(made["events.ics"]) == set()
