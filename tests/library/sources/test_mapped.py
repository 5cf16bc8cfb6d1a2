"""Any table by a mapping: which column is what."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dashboard.library.sources.mapping import COLUMNS, Mapping, read_mapping
from dashboard.library.sources.recognize import recognize
from dashboard.library.sources.source import SourceError
from tests.library.sources.made import read

ALL = {name: name.upper() for name in COLUMNS}
ROW = {
    "id": "7",
    "words": "The well is dry.",
    "paraphrase": "",
    "context": "On the drought.",
    "kind": "mixed",
    "date": "14.01.2015",
    "speaker": "Ada Bell",
    "wikidata": "Q58217",
    "about": "Miller|Council of Wells",
    "addressee": "Farmers",
    "place": "Northport",
    "latitude": "10.5",
    "longitude": "-20.25",
    "country": "ch",
    "place_kind": "Site",
    "about_place": "Southport",
    "topic": "Water",
    "outlet": "The Gazette|The Echo",
    "url": "https://gazette.example/1|",
    "title": "Dry",
    "printings": "3",
    "confidence": "0.5",
}


def mapping(folder: Path, **columns: str) -> Mapping:
    path = folder / "mapping.toml"
    told = "\n".join(f'{name} = "{column}"' for name, column in columns.items())
    path.write_text(f'name = "Council debates"\ndates = "%d.%m.%Y"\n[columns]\n{told}\n')
    return read_mapping(path)


def write(path: Path, form: str, *rows: dict[str, Any]) -> None:
    named = [{name.upper(): cell for name, cell in row.items()} for row in rows]
    if form == "json":
        path.write_text("".join(f"{json.dumps(row)}\n" for row in named))
    elif form == "parquet":
        pq.write_table(pa.Table.from_pylist(named), path)
    else:
        header, *cells = [list(named[0]), *[list(row.values()) for row in named]]
        path.write_text("".join(",".join(f'"{c}"' for c in row) + "\n" for row in [header, *cells]))


@pytest.mark.parametrize("form", ["csv", "parquet", "json"])
def test_every_column(tmp_path: Path, form: str) -> None:
    write(tmp_path / "made", form, ROW)
    reading = read(tmp_path, tmp_path / "made", mapping=mapping(tmp_path, **ALL))
    (record,) = reading.records
    told = {name: value for name, value in record.items() if name not in ("bands", "source")}
    assert told == {
        "key": "council-debates/7",
        "date": date(2015, 1, 14),
        "kind": 2,
        "words": "The well is dry.",
        "paraphrase": "",
        "context": "On the drought.",
        "speaker": "Q58217",
        "speaker_name": "Ada Bell",
        "about": ["miller", "council-of-wells"],
        "about_names": ["Miller", "Council of Wells"],
        "addressees": ["farmers"],
        "addressees_names": ["Farmers"],
        "said_at": "northport",
        "said_at_name": "Northport",
        "about_places": ["southport"],
        "about_places_names": ["Southport"],
        "topic": "water",
        "topic_name": "Water",
        "outlets": ["the-gazette", "the-echo"],
        "outlets_names": ["The Gazette", "The Echo"],
        "urls": ["https://gazette.example/1", ""],
        "title": "Dry",
        "story": "",
        "quote": "",
        "printings": 3,
        "confidence": 0.5,
        "folded": " the well is dry on the drought ",
    }
    (place,) = reading.tables["places"]
    told = {name: place[name] for name in ("ref", "kind", "country", "latitude", "longitude")}
    assert list(told.values()) == ["northport", "site", "CH", 10.5, -20.25]
    assert [row["wikidata"] for row in reading.tables["actors"]] == ["Q58217"]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"words": "", "paraphrase": ""}, "has no words"),
        ({"kind": "shouted"}, "kind is none of direct, mixed, indirect"),
        ({"date": "2015-01-14"}, "date is not written as %d.%m.%Y"),
        ({"wikidata": "Ada"}, "wikidata is no item; write it like Q58217"),
        ({"latitude": "91"}, "latitude is not within -90 and 90"),
        ({"latitude": "north"}, "latitude is no number"),
        ({"longitude": ""}, "latitude or longitude is missing; give both, or neither"),
        ({"country": "Syria"}, "country is no code of two letters; write it like SY"),
        ({"place_kind": "town"}, "place_kind is none of city, site, region, country"),
        ({"id": ""}, "id is empty"),
        ({"printings": "0"}, "printings is not within 1 and 2,147,483,647"),
        ({"confidence": "2"}, "confidence is not within 0 and 1"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "parquet", "json"])
def test_a_bad_row_is_told(tmp_path: Path, form: str, cells: dict[str, str], reason: str) -> None:
    write(tmp_path / "made", form, ROW, ROW | {"id": "8"} | cells, ROW | {"id": "9"})
    reading = read(tmp_path, tmp_path / "made", mapping=mapping(tmp_path, **ALL))
    assert reading.counts == (3, 2, 1)
    assert reading.reasons == [(2, reason)]
    assert "Ada Bell" in reading.rejects[0]["text"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"one", "has 1 cells where the header has 2"),
        (b"one,two,three", "has 3 cells where the header has 2"),
        (b"\xff,two", "is not UTF-8"),
        (b'"' + b"x" * 1_000_001 + b'",two', "is no CSV (field larger than field limit (1000000))"),
    ],
)
def test_a_bad_row_of_csv(tmp_path: Path, row: bytes, reason: str) -> None:
    (tmp_path / "made").write_bytes(b"TEXT,WHO\n" + row + b"\nIt rains.,Ada\n")
    told = mapping(tmp_path, words="TEXT", speaker="WHO")
    reading = read(tmp_path, tmp_path / "made", mapping=told)
    assert reading.reasons == [(1, reason)]
    seen, records, rejected = reading.counts
    assert seen == records + rejected


def test_without_an_id_the_key_is_made_of_what_is_said(tmp_path: Path) -> None:
    write(tmp_path / "made", "csv", ROW, ROW, ROW | {"words": "It rains."})
    told = mapping(tmp_path, words="WORDS", speaker="SPEAKER")
    one, same, other = [r["key"] for r in read(tmp_path, tmp_path / "made", mapping=told).records]
    assert one == same != other


@pytest.mark.parametrize(
    ("toml", "faults"),
    [
        ("name =", ["is not TOML"]),
        (
            "",
            ["name is missing; name the collection", "[columns] is missing; say which columns"],
        ),
        (
            'name = "x"\nliste = ";"\ndelimiter = "::"\ndates = "%d"\n[columns]\nword = "t"',
            [
                "'liste' is unknown; there are name, list, delimiter, dates, [columns]",
                "delimiter is more than one character",
                "dates has no year",
                "columns.word is unknown; is words meant?",
                "columns.words is missing",
            ],
        ),
        (
            'name = 7\n[columns]\nwords = 3\nlatitude = "a"\nwikidata = "b"\ncountry = "c"',
            [
                "name is no text",
                "columns.words is no text",
                "columns.longitude is missing beside latitude",
                "columns.place is missing beside latitude",
                "columns.place is missing beside country",
                "columns.speaker is missing beside wikidata",
            ],
        ),
    ],
)
def test_every_fault_of_a_mapping_at_once(tmp_path: Path, toml: str, faults: list[str]) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(toml)
    with pytest.raises(SourceError) as caught:
        read_mapping(path)
    told = str(caught.value).splitlines()
    assert len(told) == len(faults)
    for line, fault in zip(told, faults, strict=True):
        assert line.startswith(f"{path}: {fault}")


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_columns_that_the_table_has_not(tmp_path: Path, form: str) -> None:
    write(tmp_path / "made", form, ROW)
    told = mapping(tmp_path, words="WORD", speaker="who")
    with pytest.raises(SourceError) as caught:
        recognize([tmp_path / "made"], told)
    first, second = str(caught.value).splitlines()
    assert first.endswith("columns.words: the table has no column 'WORD'; is 'WORDS' meant?")
    assert "columns.speaker: the table has no column 'who'; there are ID, WORDS" in second
