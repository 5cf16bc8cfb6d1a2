"""Quotebank: lines in, records and rejects out."""

from __future__ import annotations

import bz2
import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from dashboard.library.folding import searchable
from dashboard.library.sources.quotebank import QUOTEBANK
from dashboard.library.sources.source import Block, Source
from tests.library.sources.made import lines, quotation, read

SOURCE = Source(Path("made.json"), "quotebank", "made.json", "made.json", 0, 0)


def test_a_line_as_a_record(tmp_path: Path) -> None:
    (tmp_path / "made").write_bytes(lines(quotation()))
    (record,) = read(tmp_path, tmp_path / "made").records
    words = "The harbour of quarter 1 stays open for all who bring grain."
    bands = record.pop("bands")
    assert len(bands) == 12
    assert record == {
        "key": "2015-01-14-000001",
        "date": date(2015, 1, 14),
        "kind": 1,
        "words": words,
        "paraphrase": "",
        "context": "",
        "speaker": "Q58217",
        "speaker_name": "Ada Bell",
        **{name: [] for name in ("about", "about_names", "addressees", "addressees_names")},
        "said_at": "",
        "said_at_name": "",
        "about_places": [],
        "about_places_names": [],
        "topic": "",
        "topic_name": "",
        "outlets": ["north-example", "south-example"],
        "outlets_names": ["north.example", "south.example"],
        "urls": ["http://www.north.example/a/1", "https://south.example/1"],
        "title": "",
        "story": "",
        "quote": "",
        "printings": 2,
        "confidence": pytest.approx(0.8),
        "folded": searchable(words),
        "source": 0,
    }


@pytest.mark.parametrize(
    ("cells", "becomes"),
    [
        ({"speaker": "None"}, {"speaker": "", "speaker_name": "", "confidence": None}),
        ({"speaker": None, "qids": None}, {"speaker": "", "speaker_name": ""}),
        ({"qids": ["Q1", "Q2"]}, {"speaker": "ada-bell", "speaker_name": "Ada Bell"}),
        ({"qids": []}, {"speaker": "ada-bell"}),
        ({"qids": ["P12"]}, {"speaker": "ada-bell"}),
        ({"speaker": "Ада", "qids": []}, {"speaker": "n-8ae99f9c202a"}),
        ({"date": None}, {"date": None}),
        ({"date": ""}, {"date": None}),
        ({"date": "2016-02-29"}, {"date": date(2016, 2, 29)}),
        ({"numOccurrences": None}, {"printings": 1}),
        ({"probas": []}, {"confidence": None}),
        ({"probas": [["Ada Bell", 0.5]]}, {"confidence": 0.5}),
        ({"probas": [["Ada Bell", "7"]]}, {"confidence": None}),
        ({"quotation": " two\tlines\nof\u202e it "}, {"words": "two lines of it"}),
        (
            {"quotation": "“Élan” — it’s"},
            {"words": "“Élan” — it’s", "folded": " elan it s ", "bands": []},
        ),
        (
            {"urls": ["javascript:alert(1)", "ftp://a.example", "http://A.Example:80/x"]},
            {"urls": ["http://A.Example:80/x"], "outlets_names": ["a.example"]},
        ),
        ({"urls": None}, {"urls": [], "outlets": []}),
    ],
)
def test_what_a_cell_becomes(
    tmp_path: Path, cells: dict[str, Any], becomes: dict[str, Any]
) -> None:
    (tmp_path / "made").write_bytes(lines(quotation(), quotation(2, **cells)))
    record = read(tmp_path, tmp_path / "made").records[1]
    assert {name: record[name] for name in becomes} == becomes


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "is not JSON"),
        (b"", "is blank"),
        (b"[1]", "is no JSON object"),
        (
            b'"\xff"',
            "is not JSON",
        ),
        (quotation(9, quoteID=7), "quoteID is no id of at most 200 letters"),
        (quotation(9, quoteID="a\nb"), "quoteID is no id of at most 200 letters"),
        (quotation(9, quotation=None), "quotation is no text"),
        (quotation(9, quotation="\u2028 \x00"), "has no words"),
        (quotation(9, quotation="a" * 100_001), "words has more than 100,000 characters"),
        (quotation(9, speaker="a" * 501), "speaker_name has more than 500 characters"),
        (quotation(9, date="2015-02-30"), "date is no day from 1000-01-01 to 9999-12-31"),
        (quotation(9, date="0999-01-01"), "date is no day from 1000-01-01 to 9999-12-31"),
        (quotation(9, date="soon"), "date is no day from 1000-01-01 to 9999-12-31"),
        (quotation(9, date=2015), "date is no text"),
        (quotation(9, speaker=["Ada"]), "speaker is no text"),
        (quotation(9, qids="Q1"), "qids is no list of texts"),
        (quotation(9, urls=[1]), "urls is no list of texts"),
        (quotation(9, numOccurrences=-1), "numOccurrences is no number from 1"),
        (quotation(9, numOccurrences=True), "numOccurrences is no number from 1"),
        (quotation(9, numOccurrences=2**40), "numOccurrences is no number from 1"),
    ],
)
def test_a_bad_line_is_told_and_stops_nothing(tmp_path: Path, line: Any, reason: str) -> None:
    path = tmp_path / "made"
    path.write_bytes(lines(quotation(1), line, quotation(3)))
    reading = read(tmp_path, path)
    assert [r["key"][-1] for r in reading.records] == ["1", "3"]
    assert reading.counts == (3, 2, 1)
    (reject,) = reading.rejects
    assert (reject["file"], reject["line"]) == (str(path), 2)
    assert reject["reason"].split(" (")[0] == reason
    assert len(reject["text"]) <= 500


@pytest.mark.parametrize("packed", [bytes, gzip.compress, bz2.compress, zstandard.compress])
def test_a_file_packed_under_any_name(tmp_path: Path, packed: Any) -> None:
    path = tmp_path / "made.txt"
    path.write_bytes(packed(lines(*map(quotation, range(50)))))
    assert read(tmp_path, path).counts == (50, 50, 0)


def test_a_file_that_ends_too_early(tmp_path: Path) -> None:
    path = tmp_path / "made.gz"
    whole = gzip.compress(lines(*map(quotation, range(5000))))
    path.write_bytes(whole[: len(whole) // 2])
    reading = read(tmp_path, path)
    seen, records, rejected = reading.counts
    assert (seen, rejected) == (records + 1, 1)
    assert records > 100
    assert reading.rejects[0]["reason"].startswith("the file is damaged or unfinished from here on")


def mangled(line: bytes) -> st.SearchStrategy[bytes]:
    """The line, cut, doubled, with other bytes within, or with cells of other kinds."""
    at = st.integers(0, len(line))
    other = st.binary(max_size=4).map(lambda b: b.replace(b"\n", b""))
    values = st.none() | st.integers() | st.floats() | st.text() | st.lists(st.text() | st.none())
    cell = st.tuples(st.sampled_from(list(json.loads(line))), values)
    return st.one_of(
        st.just(line),
        at.map(lambda n: line[:n]),
        st.tuples(at, other).map(lambda c: line[: c[0]] + c[1] + line[c[0] :]),
        st.just(line + line),
        cell.map(lambda c: json.dumps(json.loads(line) | {c[0]: c[1]}).encode()),
        other,
    )


@given(st.lists(mangled(json.dumps(quotation()).encode()), max_size=8), st.booleans())
def test_read_and_rejected_are_all_lines(
    tmp_path_factory: pytest.TempPathFactory, found: list[bytes], ended: bool
) -> None:
    folder = tmp_path_factory.mktemp("mangled")
    good = json.dumps(quotation(2)).encode()
    content = b"\n".join([good, *found, good]) + b"\n" * ended
    (folder / "made").write_bytes(content)
    reading = read(folder, folder / "made")
    seen, records, rejected = reading.counts
    assert seen == len(found) + 2 == records + rejected
    assert rejected == len({reject["line"] for reject in reading.rejects})
    assert {record["folded"] for record in reading.records} == {
        searchable(record["words"]) for record in reading.records
    }


def test_a_line_longer_than_a_block_is_told() -> None:
    found = QUOTEBANK.read(SOURCE, Block(4, 10, 1, 99, (b'{"quoteID": "' + b"x" * 50,)))
    assert [(r.line, r.reason) for r in found.rejects] == [
        (10, "is longer than 8,000,000 bytes; leave the line out, or split it")
    ]
