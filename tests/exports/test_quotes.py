"""Statements as flat rows: what they say, and that each reader reads the same."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any

import frictionless
import jsonschema
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.quotes import (
    COLUMNS,
    QUOTES_CSV,
    QUOTES_JSON,
    QUOTES_JSONL,
    TYPES,
    quote_rows,
    read_quotes_csv,
    write_quotes_csv,
)
from dashboard.selection import Selection, select
from tests.drafted import ACCEPTED, DRAFT, PARTLY
from tests.exports.spoilt import ALLOWED, PAGE, REFUSED, TINY, spoilt
from tests.shipped import BY_ID, ROWS, STORY, expected, linked, selections

_JSON_TYPES: dict[str, Any] = {
    "text": {"type": ["string", "null"], "minLength": 1},
    "number": {"type": ["number", "null"]},
    "texts": {"type": "array", "items": {"type": ["string", "null"], "minLength": 1}},
    "numbers": {"type": "array", "items": {"type": ["number", "null"]}},
    "integers": {"type": "array", "items": {"type": "integer", "minimum": 0}},
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "array",
    "items": {
        "type": "object",
        "properties": {name: _JSON_TYPES[kind] for name, kind in TYPES.items()},
        "required": list(COLUMNS),
        "additionalProperties": False,
    },
}
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?(e-?[0-9]+)?")


def rows_of(content: bytes) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(content)
    return rows


def test_a_row_has_everything_resolved() -> None:
    first, second, third = quote_rows(TINY, PAGE)
    assert first | {"passage_sha256s": []} == {
        "id": "q-bell-sail",
        "permalink": "https://news.example/dateline/?quote=q-bell-sail",
        "article_id": "gazette",
        "article_headline": "Ferry Talks Open in Quayside",
        "article_publisher": "The Harbour Gazette",
        "article_republisher": None,
        "article_url": "https://gazette.example/ferry",
        "article_published": "2024-05-06",
        "kind": "direct",
        "words": "The boats must sail again … We have waited long enough.",
        "paraphrase": None,
        "speaker_id": "ada-bell",
        "speaker_name": "Ada Bell",
        "speaker_kind": "person",
        "speaker_role": "mayor of Quayside",
        "speaker_side_id": "council",
        "speaker_side_name": "Quayside Council",
        "speaker_wikidata": None,
        "cue": "say",
        "said_at_id": "quayside",
        "said_at_name": "Quayside",
        "said_at_latitude": 54.5,
        "said_at_longitude": -1.25,
        "said_on": "2024-05-06",
        "said_basis": "stated",
        "said_note": None,
        "context": "Opening the talks.",
        "topic_id": "ferries",
        "topic_name": "The ferries",
        "about_actor_ids": ["pilots"],
        "about_actor_names": ["Ferry pilots"],
        "about_place_ids": [],
        "about_place_names": [],
        "about_place_latitudes": [],
        "about_place_longitudes": [],
        "addressee_ids": [],
        "addressee_names": [],
        "relayed_ids": [],
        "relayed_names": [],
        "passage_paragraphs": [1, 1],
        "passage_starts": [63, 128],
        "passage_ends": [88, 155],
        "passage_sha256s": [],
        "passage_urls": [
            "https://gazette.example/ferry#:~:text=The%20boats%20must%20sail%20again",
            "https://gazette.example/ferry#:~:text=We%20have%20waited%20long%20enough",
        ],
        "status": None,
    }
    assert (second["topic_id"], second["said_at_id"], second["speaker_wikidata"]) == (
        "ferries",
        None,
        "Q42",
    )
    assert (third["words"], third["paraphrase"]) == (None, "More talks will follow in Marsh.")
    assert (third["about_place_latitudes"], third["about_place_longitudes"]) == ([54.0], [-1.0])


def test_without_the_address_of_the_page_there_is_no_link_to_it() -> None:
    assert {row["permalink"] for row in quote_rows(STORY, "")} == {None}


@pytest.mark.parametrize("row", quote_rows(STORY, ""), ids=lambda row: row["id"])
def test_a_row_says_what_the_tables_say(row: dict[str, Any]) -> None:
    quote = BY_ID[row["id"]]
    for name in ("kind", "paraphrase", "cue", "said_on", "said_basis", "said_note", "context"):
        assert (row[name] or "") == quote[name]
    assert row["speaker_name"] == BY_ID[quote["speaker"]]["name"]
    assert set(row["about_actor_ids"]) == linked(row["id"], "actor", "about")
    assert set(row["about_place_ids"]) == linked(row["id"], "place", "about")
    assert set(row["addressee_ids"]) == linked(row["id"], "actor", "addressee")
    assert set(row["relayed_ids"]) == linked(row["id"], "actor", "relayed")
    passages = [r for r in ROWS["passages"] if r["record"] == row["id"]]
    assert row["passage_sha256s"] == [r["sha256"] for r in passages]
    assert row["passage_starts"] == [int(r["start"]) for r in passages]


def test_a_draft_says_so_and_what_it_lacks_is_missing() -> None:
    rows = {row["id"]: row for row in quote_rows(DRAFT, PAGE)}
    assert {row["status"] for row in rows.values()} == {"draft"}
    assert {row["article_url"] for row in rows.values()} == {None}
    assert {row["paraphrase"] for row in rows.values()} == {None}
    assert {url for row in rows.values() for url in row["passage_urls"]} == {None}
    assert rows["q-kerry-goal"]["passage_paragraphs"] == [5]
    assert rows_of(QUOTES_JSON.make(DRAFT, PAGE)) == list(rows.values())
    assert read_quotes_csv(QUOTES_CSV.make(DRAFT, PAGE)) == list(rows.values())
    jsonschema.validate(list(rows.values()), SCHEMA)
    partly = {row["id"]: row["status"] for row in quote_rows(PARTLY, PAGE)}
    assert partly == {i: "accepted" if i in ACCEPTED else "draft" for i in partly}


@given(selection=selections())
def test_csv_json_and_json_lines_say_the_same(selection: Selection) -> None:
    visible = select(STORY, selection)
    rows = rows_of(QUOTES_JSON.make(visible, PAGE))
    assert [row["id"] for row in rows] == expected(selection)
    assert read_quotes_csv(QUOTES_CSV.make(visible, PAGE)) == rows
    lines = QUOTES_JSONL.make(visible, PAGE).decode().splitlines()
    assert [json.loads(line) for line in lines] == rows
    jsonschema.validate(rows, SCHEMA)


TEXT = st.text(min_size=1) | st.text(
    st.sampled_from("=+-@\t\r\n;,|\"' \\pN\ufeff\u2028é"), min_size=1
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
DRAWN = {
    "text": st.none() | TEXT,
    "number": st.none() | NUMBERS,
    "texts": st.lists(st.none() | TEXT, max_size=4),
    "numbers": st.lists(st.none() | NUMBERS, max_size=4),
    "integers": st.lists(st.integers(0), max_size=4),
}
VARIED = ("id", "words", "said_at_latitude", "about_actor_names", "about_place_latitudes",
          "passage_starts", "passage_urls")  # fmt: skip
BASE = quote_rows(TINY, PAGE)[0]


@given(changes=st.lists(st.fixed_dictionaries({n: DRAWN[TYPES[n]] for n in VARIED}), max_size=3))
def test_whatever_a_row_holds_the_csv_gives_it_back(changes: list[dict[str, Any]]) -> None:
    rows = [BASE | change for change in changes]
    again = read_quotes_csv(write_quotes_csv(rows))
    assert again == rows
    assert [[type(v) for v in row.values()] for row in again] == [
        [type(v) for v in row.values()] for row in rows
    ]


def test_other_columns_are_no_quotes_csv() -> None:
    with pytest.raises(ValueError, match=r"not the columns of quotes\.csv: id, name"):
        read_quotes_csv(b"id,name\r\n1,2\r\n")


def test_every_column_is_described_and_typed() -> None:
    assert list(COLUMNS) == list(TYPES) == list(BASE)
    assert all(says.endswith(".") for says in COLUMNS.values())
    assert set(TYPES.values()) == set(DRAWN)


@pytest.mark.parametrize("value", [*ALLOWED, *REFUSED], ids=lambda v: ascii(v[:20]))
def test_hostile_texts_run_nowhere_and_come_back(value: str) -> None:
    story = spoilt(value)
    rows = quote_rows(story, PAGE)
    content = QUOTES_CSV.make(story, PAGE)
    assert read_quotes_csv(content) == rows == rows_of(QUOTES_JSON.make(story, PAGE))
    lines = QUOTES_JSONL.make(story, PAGE).decode()
    assert [json.loads(line) for line in lines.splitlines()] == rows
    for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for cell in line:
            for part in (cell, *re.split("[;,\t\r\n|]", cell)):
                assert NUMBER.fullmatch(part) or not part.strip().startswith(tuple("=+-@＝＋－＠"))
    jsonschema.validate(rows, SCHEMA)


def test_pandas_reads_the_csv_and_the_json() -> None:
    table = pd.read_csv(io.BytesIO(QUOTES_CSV.make(STORY, PAGE)), encoding="utf-8-sig")
    assert table.columns.tolist() == list(COLUMNS)
    assert table["id"].tolist() == expected(Selection())
    assert table["said_at_latitude"].dtype == "float64"
    split = table["about_place_names"].fillna("").str.split("|").tolist()
    frame = pd.read_json(io.BytesIO(QUOTES_JSON.make(STORY, PAGE)))
    assert frame.columns.tolist() == list(COLUMNS)
    assert [[n for n in names if n] for names in split] == frame["about_place_names"].tolist()
    lines = pd.read_json(io.BytesIO(QUOTES_JSONL.make(STORY, PAGE)), lines=True)
    pd.testing.assert_frame_equal(lines, frame)


def test_frictionless_finds_nothing_wrong_with_the_csv() -> None:
    source = QUOTES_CSV.make(spoilt('a, "b"; c'), PAGE)
    resource = frictionless.Resource(source, format="csv", encoding="utf-8-sig")
    report = resource.validate()
    assert report.valid, report.flatten(["type", "message"])
    assert report.tasks[0].stats["rows"] == 3
