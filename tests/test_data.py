"""The stories that ship: they read, have no faults, and say where the article says it."""

from __future__ import annotations

import csv
import hashlib
import os
from collections import defaultdict
from pathlib import Path
from typing import Any

import frictionless
import pytest

from dashboard.checking.check import faults
from dashboard.schema import TABLES, columns
from dashboard.story import read_story

ROOT = Path(__file__).parent.parent
SHIPPED = sorted(path.parent for path in ROOT.glob("data/stories/*/datapackage.json"))
# The articles' texts are not ours to ship: they lie beside the repository, or where this says.
ARTICLES = sorted(
    Path(os.environ.get("DATELINE_ARTICLES", ROOT.parent / "shared" / "article")).glob("*.txt")
)
# Stories meet in a library: what an id says there must be the same in every story that has it.
SHARED = {
    "actors": ("name", "kind", "wikidata"),
    "places": ("name", "kind", "country", "latitude", "longitude", "geonames", "wikidata"),
    "topics": ("name", "question"),
}
# One sentence of Lavrov's, as two outlets print it.
PRINTINGS = {
    ("moscow-talks", "q-lavrov-lose"): "take part in this event, they will lose in terms of",
    ("lavrov-moscow-talks", "q-lavrov-lose-sana"): "take part in this event will lose in terms of",
}


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_two_stories_ship() -> None:
    assert {folder.name for folder in SHIPPED} >= {"moscow-talks", "lavrov-moscow-talks"}


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_it_reads_without_faults(folder: Path) -> None:
    assert [str(fault) for fault in faults(folder)] == []
    story = read_story(folder)
    assert story.slug == folder.name
    assert not story.quotes.empty


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_frictionless_finds_it_valid(folder: Path) -> None:
    report: Any = frictionless.validate(str(folder / "datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])
    assert report.stats["tasks"] == len(TABLES)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_its_tables_are_plain_csv(folder: Path, table: str) -> None:
    raw = (folder / f"{table}.csv").read_bytes()
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert raw.endswith(b"\n")
    header, *others = csv.reader(raw.decode("utf-8").splitlines(keepends=True), strict=True)
    assert header == list(columns(table))
    assert {len(row) for row in others} <= {len(header)}
    assert [cell for row in others for cell in row if cell != cell.strip()] == []


@pytest.mark.parametrize("table", SHARED)
def test_an_id_says_the_same_in_every_story(table: str) -> None:
    said = defaultdict(set)
    for folder in SHIPPED:
        for row in rows(folder, table):
            said[row["id"]].add(tuple(row[column] for column in SHARED[table]))
    assert {id_: facts for id_, facts in said.items() if len(facts) > 1} == {}


def test_people_places_and_a_topic_meet_in_the_two_stories() -> None:
    pair = [ROOT / "data" / "stories" / story for story, _ in PRINTINGS]
    met = {
        table: set.intersection(*({row["id"] for row in rows(folder, table)} for folder in pair))
        for table in SHARED
    }
    assert met["actors"] >= {"sergey-lavrov", "russian-government", "syrian-opposition"}
    assert met["places"] >= {"moscow", "russia", "syria"}
    assert "moscow-talks" in met["topics"]


@pytest.mark.parametrize(("story", "quote"), PRINTINGS)
def test_one_sentence_in_two_printings(story: str, quote: str) -> None:
    passages = rows(ROOT / "data" / "stories" / story, "passages")
    (words,) = [row["exact"] for row in passages if row["record"] == quote]
    (said,) = [
        row for row in rows(ROOT / "data" / "stories" / story, "quotes") if row["id"] == quote
    ]
    assert PRINTINGS[story, quote] in words
    assert (said["speaker"], said["said_on"], said["topic"]) == (
        "sergey-lavrov",
        "2015-01-14",
        "moscow-talks",
    )


if ARTICLES:

    @pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.stem)
    def test_every_passage_is_in_the_article(article: Path) -> None:
        raw = article.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        told = [f for f in SHIPPED if digest in (f / "articles.csv").read_text(encoding="utf-8")]
        assert told, f"no story rests on {article.name}"
        for folder in told:
            assert [str(fault) for fault in faults(folder, raw.decode("utf-8"))] == []
