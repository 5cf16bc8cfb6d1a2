"""What was staged becomes a library: sorted, counted, each statement once, addresses kept."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.library.answers import LibraryError
from dashboard.library.building.laying import lay_out
from dashboard.library.folding import words
from dashboard.library.layout import TABLES
from tests.library.building.staged import resolved, rows, stage

SAID = "We will mend the old bridge before the first snow falls on the valley"
RECORDS: list[dict[str, Any]] = [
    {
        "key": "c/2",
        "date": date(2014, 3, 2),
        "words": SAID,
        "speaker": "Q7",
        "speaker_name": "Ada Hale",
        "about": ["tom-reed", "Q7", "tom-reed"],
        "about_names": ["Tom Reed", "Ada Hale", "Tom Reed"],
        "addressees": ["tom-reed"],
        "addressees_names": ["Tom Reed"],
        "said_at": "geonames:11",
        "said_at_name": "Port Vale",
        "about_places": ["geonames:11", "lunden"],
        "about_places_names": ["Port Vale", "Lunden"],
        "topic": "the-bridge",
        "topic_name": "The bridge",
        "outlets": ["the-gull", "the-post", "the-gull"],
        "outlets_names": ["The Gull", "The Post", "The Gull"],
        "urls": ["https://gull.example/1", "https://post.example/1", "https://gull.example/2"],
        "title": "A bridge, again",
        "printings": 5,
        "confidence": 0.9,
    },
    {"key": "c/3", "words": "No.", "speaker": "tom-reed", "speaker_name": "Tom Reed"},
    {
        "key": "c/1",
        "date": date(2014, 3, 2),
        "kind": 3,
        "paraphrase": "that Señora Díaz's plan of the harbour was not read by anybody",
        "speaker": "tom-reed",
        "speaker_name": "Tom Reed",
        "outlets": ["the-post"],
        "outlets_names": ["The Post"],
        "urls": ["https://post.example/9"],
    },
]
STORY: dict[str, Any] = {
    "actors": [
        {"ref": "Q7", "key": "ada", "name": "Ada M. Hale", "kind": "person", "aliases": ["Lady H"]},
    ],
    "places": [{"ref": "lunden", "key": "lunden", "name": "Lunden", "latitude": 1, "longitude": 2}],
    "topics": [
        {"ref": "the-bridge", "key": "bridge", "name": "The bridge", "question": "Mend it?"}
    ],
    "positions": [
        {
            "actor": "Q7",
            "topic": "the-bridge",
            "stance": "supports",
            "note": "She said so.",
            "story": "bridge",
            "record": "p-1",
            "date": date(2014, 3, 2),
        }
    ],
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that is only read."""
    folder = tmp_path_factory.mktemp("built")
    lay_out(stage(folder / "staging", RECORDS, **STORY), folder / "library.duckdb")
    return folder / "library.duckdb"


@pytest.fixture
def library(built: Path, tmp_path: Path) -> Path:
    """One of a test's own, and what it was made of."""
    shutil.copytree(built.parent, tmp_path, dirs_exist_ok=True)
    return tmp_path / "library.duckdb"


def found(library: Path, asked: str) -> list[int]:
    (name,) = [row["value"] for row in rows(library, "about_library") if row["key"] == "words"]
    with sqlite3.connect(f"file:{library.with_name(name)}?mode=ro&immutable=1", uri=True) as index:
        match = " ".join(f'"{word}"' for word in words(asked))
        return [
            n for (n,) in index.execute("SELECT rowid FROM words WHERE words MATCH ?", (match,))
        ]


def test_statements_are_numbered_by_date_then_key(built: Path) -> None:
    quotes = rows(built, "quotes")
    assert [(row["id"], row["key"]) for row in quotes] == [(1, "c/3"), (2, "c/1"), (3, "c/2")]
    assert [row["month"] for row in quotes] == [0, 2014 * 12 + 2, 2014 * 12 + 2]


def test_a_statement_has_each_value_once_and_the_speaker_first(built: Path) -> None:
    told = resolved(built)["quotes"]["c/2"]
    assert told == {
        "key": "c/2",
        "date": date(2014, 3, 2),
        "month": 2014 * 12 + 2,
        "kind": 1,
        "speaker": "ada",
        "said_at": "port-vale",
        "topic": "bridge",
        "source": "corpus",
        "actors": ["ada", "tom-reed"],
        "about": ["tom-reed", "ada"],
        "places": ["port-vale", "lunden"],
        "about_places": ["port-vale", "lunden"],
        "outlets": ["the-gull", "the-post"],
        "words": SAID,
        "paraphrase": "",
        "context": "",
        "folded": "",
        "title": "A bridge, again",
        "url": "https://gull.example/1",
        "story": "",
        "quote": "",
        "printings": 5,
        "confidence": 0.9,
    }


def test_every_printing_is_kept_in_order(built: Path) -> None:
    assert resolved(built)["printings"] == [
        ("c/1", "the-post", "https://post.example/9", ""),
        ("c/2", "the-gull", "https://gull.example/1", "A bridge, again"),
        ("c/2", "the-post", "https://post.example/1", "A bridge, again"),
        ("c/2", "the-gull", "https://gull.example/2", "A bridge, again"),
    ]


def test_a_printing_may_have_no_address_or_no_outlet(tmp_path: Path) -> None:
    odd = [
        {"key": "a", "words": "x", "outlets": ["gull"], "outlets_names": ["Gull"]},
        {"key": "b", "words": "x", "urls": ["https://post.example/"]},
    ]
    path = tmp_path / "library.duckdb"
    lay_out(stage(tmp_path / "staging", odd), path)
    assert resolved(path)["printings"] == [
        ("a", "gull", "", ""),
        ("b", "", "https://post.example/", ""),
    ]


def test_values_have_what_sources_tell_and_their_counts(built: Path) -> None:
    told = resolved(built)
    assert told["actors"]["ada"] == {
        "key": "ada",
        "name": "Ada M. Hale",
        "kind": "person",
        "role": "",
        "wikidata": "Q7",
        "said": 1,
        "told": 1,
        "either": 1,
    }
    assert [told["actors"]["tom-reed"][n] for n in ("said", "told", "either")] == [2, 1, 3]
    assert (told["places"]["lunden"]["latitude"], told["places"]["port-vale"]["latitude"]) == (
        1,
        None,
    )
    assert told["topics"]["bridge"]["question"] == "Mend it?"
    assert told["outlets"]["the-post"]["either"] == 2
    assert told["sources"]["corpus"]["read"] == 3
    assert told["sources"]["corpus"]["rejected"] == 1
    assert told["positions"] == [{**STORY["positions"][0], "actor": "ada", "topic": "bridge"}]


def test_totals_count_statements(built: Path) -> None:
    march = 2014 * 12 + 2
    assert resolved(built)["totals"] == sorted(
        [
            ("actors", "by", "ada", 1),
            ("actors", "by", "tom-reed", 2),
            ("actors", "about", "ada", 1),
            ("actors", "about", "tom-reed", 1),
            ("actors", "any", "ada", 1),
            ("actors", "any", "tom-reed", 3),
            ("about", "any", "ada", 1),
            ("about", "any", "tom-reed", 1),
            ("places", "in", "port-vale", 1),
            ("places", "about", "port-vale", 1),
            ("places", "about", "lunden", 1),
            ("places", "any", "port-vale", 1),
            ("places", "any", "lunden", 1),
            ("outlets", "any", "the-gull", 1),
            ("outlets", "any", "the-post", 2),
            ("topics", "any", "bridge", 1),
            ("kinds", "any", 1, 2),
            ("kinds", "any", 3, 1),
            ("months", "any", march, 2),
        ]
    )


def test_names_are_looked_up_from_each_of_their_words_on(built: Path) -> None:
    told = [
        text for facet, text, key in resolved(built)["names"] if (facet, key) == ("actors", "ada")
    ]
    assert told == ["ada m. hale", "h", "hale", "lady h", "m. hale"]


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ("bridge", ["c/2"]),
        ("BRIDGE valley", ["c/2"]),
        ("senora diaz", ["c/1"]),
        ("Señora", ["c/1"]),
        ("no", ["c/3"]),
        ("señ", []),
        ("bridge harbour", []),
    ],
)
def test_words_are_found_folded_and_whole(built: Path, asked: str, keys: list[str]) -> None:
    key = {row["id"]: row["key"] for row in rows(built, "quotes")}
    assert [key[number] for number in found(built, asked)] == keys


@pytest.mark.parametrize(
    ("table", "order"),
    [
        ("quotes", ["id"]),
        ("ties", ["tie", "value", "quote"]),
        ("bands", ["quote", "band"]),
        ("twins", ["band", "quote"]),
        ("names", ["facet", "folded", "value"]),
        ("printings", ["quote"]),
    ],
)
def test_tables_are_sorted_and_as_the_layout_says(
    tmp_path: Path, table: str, order: list[str]
) -> None:
    alike = [
        {"key": f"n/{n}", "date": date(2014, 1, 1 + n % 9), "words": f"{SAID} {'x' * n}", **also}
        for n, also in enumerate([RECORDS[0] | {"key": "", "words": ""}, {}, {}, {}])
        for also in [{k: v for k, v in also.items() if k not in ("key", "words", "date")}]
    ]
    path = tmp_path / "library.duckdb"
    lay_out(stage(tmp_path / "staging", [*RECORDS, *alike]), path)
    lying = rows(path, table)
    assert lying
    assert list(lying[0]) == list(TABLES[table])
    keys = [tuple(row[name] for name in order) for row in lying]
    assert keys == sorted(keys)


def test_statements_that_share_bands_are_neighbours(tmp_path: Path) -> None:
    twin = SAID.replace("first snow", "next snow")
    said = {
        "a": SAID,
        "b": twin,
        "c": "It is a matter of money and of nothing else, as all know here",
    }
    records = [{"key": key, "words": text} for key, text in said.items()]
    path = tmp_path / "library.duckdb"
    lay_out(stage(tmp_path / "staging", records), path)
    told = resolved(path)
    assert {key for key, _ in told["bands"]} == {"a", "b"}
    assert told["bands"] == told["twins"]
    shares = Counter(band for _, band in told["bands"])
    assert set(shares.values()) == {2}


def test_the_first_record_of_a_key_is_the_one(tmp_path: Path) -> None:
    staging = tmp_path / "staging"
    one = {"key": "k", "words": "One", "speaker": "ann", "speaker_name": "Ann"}
    stage(staging, [one, {**one, "words": "Two"}], part=0)
    stage(staging, [{**one, "words": "Three", "speaker": "bob", "speaker_name": "Bob"}], part=1)
    path = tmp_path / "library.duckdb"
    lay_out(staging, path)
    assert [row["words"] for row in rows(path, "quotes")] == ["One"]
    assert list(resolved(path)["actors"]) == ["ann"]


@pytest.mark.parametrize("again", ["with what was there", "anew"])
def test_laying_the_same_out_again_changes_nothing(library: Path, again: str) -> None:
    told = resolved(library)
    lay_out(library.parent / "staging", library, before=library if again != "anew" else None)
    assert resolved(library) == told


def test_a_build_adds_to_what_was_there(library: Path, tmp_path: Path) -> None:
    old = resolved(library)
    near = {"key": "d/1", "words": f"{SAID} again", "speaker": "Q7", "speaker_name": "A. Hale"}
    more = stage(tmp_path / "more", [near, {**RECORDS[1], "words": "Yes!"}], source="diary")
    lay_out(more, library, before=library)
    new = resolved(library)
    assert {key: new["quotes"][key] for key in old["quotes"]} == old["quotes"]
    assert new["quotes"]["d/1"]["speaker"] == "ada"
    assert new["actors"]["ada"]["name"] == "Ada M. Hale"
    assert new["actors"]["ada"]["said"] == 2
    assert list(new["sources"]) == ["corpus", "diary"]
    assert set(old["ties"]) < set(new["ties"])
    assert set(old["names"]) <= set(new["names"])
    assert new["positions"] == old["positions"]
    assert {key for key, _ in new["bands"]} == {"c/2", "d/1"}
    key = {row["id"]: row["key"] for row in rows(library, "quotes")}
    assert sorted(key[n] for n in found(library, "bridge")) == ["c/2", "d/1"]


def test_nothing_staged_is_an_empty_library(tmp_path: Path) -> None:
    (tmp_path / "staging").mkdir()
    path = tmp_path / "library.duckdb"
    lay_out(tmp_path / "staging", path)
    assert not any(rows(path, table) for table in TABLES if table != "about_library")
    assert found(path, "bridge") == []
    lay_out(stage(tmp_path / "more", RECORDS), path, before=path)
    assert len(rows(path, "quotes")) == 3


def test_it_can_be_opened_locked_and_cut_off(built: Path) -> None:
    import duckdb

    locked = {"enable_external_access": "false", "lock_configuration": "true"}
    with duckdb.connect(str(built), read_only=True, config=locked) as opened:
        assert opened.execute("SELECT count(*) FROM quotes").fetchone() == (3,)


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    lay_out(
        stage(tmp_path / "staging", RECORDS),
        tmp_path / "library.duckdb",
        report=lambda *step: told.append(step),
    )
    assert list(dict.fromkeys(step for step, _, _ in told)) == ["number", "order", "write", "words"]
    assert [(done, total) for _, done, total in told if done == total] == [(3, 3)] * 4


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("records-0002-000000.parquet", b"PAR1 no more", "this is no Parquet file"),
        ("actors-0002-000000.parquet", None, "its columns are not those of `actors`"),
    ],
)
def test_a_bad_part_is_named_and_the_old_library_stays(
    library: Path, name: str, content: bytes | None, message: str
) -> None:
    old = resolved(library)
    bad = library.parent / "staging" / name
    if content:
        bad.write_bytes(content)
    else:
        pq.write_table(pa.table({"ref": ["Q1"]}), bad)
    with pytest.raises(LibraryError, match=message) as caught:
        lay_out(bad.parent, library, before=library)
    assert str(bad) in str(caught.value)
    assert resolved(library) == old


@pytest.mark.parametrize("there", ["no", "text"])
def test_what_cannot_be_added_to_is_told(library: Path, tmp_path: Path, there: str) -> None:
    other = tmp_path / "other.duckdb"
    if there == "text":
        other.write_text("Dear diary, " * 1000)
    with pytest.raises(LibraryError, match=r"no library to add to .*build it anew"):
        lay_out(tmp_path / "staging", library, before=other)


def test_another_format_is_not_guessed_at(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dashboard.library.building.laying.FORMAT", 2)
    with pytest.raises(LibraryError, match="has format 1, not 2; build it anew"):
        lay_out(library.parent / "staging", library, before=library)


NAMES = st.sampled_from(["ann", "bob", "Q1", "Q2", ""])
RANDOM = st.fixed_dictionaries(
    {
        "key": st.sampled_from([f"k{n}" for n in range(12)]),
        "date": st.none() | st.dates(date(2014, 1, 1), date(2014, 2, 5)),
        "words": st.sampled_from(["Yes", "No", "Perhaps, señor"]),
        "speaker": NAMES,
        "about": st.lists(NAMES, max_size=4),
        "addressees": st.lists(NAMES, max_size=2),
    }
)


@given(st.lists(RANDOM, max_size=25), st.integers(0, 25))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_counts_and_ties_are_those_of_the_statements(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]], first: int
) -> None:
    folder = tmp_path_factory.mktemp("random")
    path = folder / "library.duckdb"
    for row in records:
        row["speaker_name"] = row["speaker"]
        row["about_names"], row["addressees_names"] = row["about"], row["addressees"]
    lay_out(stage(folder / "one", records[:first]), path)
    lay_out(stage(folder / "two", records[first:], source="other"), path, before=path)
    told = resolved(path)
    kept: dict[str, dict[str, Any]] = {}
    for row in records:
        kept.setdefault(row["key"], row)
    by_date = sorted(kept, key=lambda key: (kept[key]["date"] or date.min, key))
    assert told["order"] == by_date
    ties = set()
    for key, row in kept.items():
        ties |= {(1, row["speaker"].lower(), key)} if row["speaker"] else set()
        ties |= {(2, name.lower(), key) for name in row["about"] if name}
        ties |= {(6, name.lower(), key) for name in row["addressees"] if name}
    assert told["ties"] == sorted(ties)
    either = Counter(name for name, _ in {(n, key) for tie, n, key in ties if tie in (1, 2)})
    assert {key: row["either"] for key, row in told["actors"].items() if row["either"]} == either
    beside = {
        row["value"] for row in rows(path, "about_library") if row["key"] in ("words", "columns")
    }
    assert {p.name for p in folder.iterdir()} == {"library.duckdb", "one", "two", *beside}
