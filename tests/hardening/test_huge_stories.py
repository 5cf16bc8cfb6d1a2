"""A story that is too large, too wide or too deep is one typed error, soon and in little memory."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.checking.package import MOST_ROWS
from tests.conftest import STORIES
from tests.hardening.bounded import asked

# What is loaded when a server starts is loaded here, too.
PREPARE = f"""
from dashboard.story import read_story
read_story(Path({str(STORIES / "tiny")!r}))
"""
Edit = Callable[[Path], object]
MILLION = 1_000_000
NEAR = MOST_ROWS - 100  # rows that a story may have


def more(table: str, text: str) -> Edit:
    def edit(folder: Path) -> None:
        with (folder / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write(text)

    return edit


def rows(table: str, row: Callable[[int], str], count: int = NEAR) -> Edit:
    return lambda folder: more(table, "".join(f"{row(n)}\n" for n in range(count)))(folder)


def described(text: str) -> Edit:
    return lambda folder: (folder / "datapackage.json").write_text(text)


TOO_MANY = "-:-:-: has more than 20,000 rows in its tables; split the story"
TOO_LARGE = "-:-:-: has more than 8,000,000 bytes in its files; split the story"
DEEP = "datapackage.json:-:-: is nested too deeply"
CASES: dict[str, tuple[Edit, str]] = {
    "a million rows": (rows("topics", lambda n: "a,,", MILLION), TOO_MANY),
    "a million full rows": (rows("topics", lambda n: f"t{n},T,Why?", MILLION), TOO_LARGE),
    "rows of several tables": (
        lambda folder: [
            rows(table, lambda n: ",,", MOST_ROWS // 2)(folder) for table in ("topics", "figures")
        ],
        TOO_MANY,
    ),
    "rows behind blank lines": (more("topics", "\n" * 7 * MILLION + "a,b,c\n"), TOO_MANY),
    "10,000 columns": (
        lambda folder: (folder / "topics.csv").write_text(",".join(map(str, range(10_000)))),
        "topics:1:-: has 10,000 columns; the header is id,name,question",
    ),
    "10,000 cells in each row": (
        rows("topics", lambda n: "," * 10_000, 700),
        "-:-:-: has more faults than are told here; mend these first",
    ),
    "a cell of 50 MB": (more("topics", "a,b," + "x" * 50 * MILLION), TOO_LARGE),
    "a cell of 7 MB": (more("topics", "a,b," + "x" * 7 * MILLION), "has 7,000,000 characters"),
    "a cell without end": (more("topics", 'a,b,"' + "x\n" * 3 * MILLION), "topics:-:-: is not CSV"),
    "a list of a million names": (
        more("actors", f"a,A,person,,,,,{'|' * MILLION},\n"),
        "actors:5:aliases: has 1,000,000 characters",
    ),
    "100,000 lists deep": (described("[" * 100_000), DEEP),
    "100,000 objects deep": (described('{"a":' * 100_000), DEEP),
    "deep, but not too deep for JSON": (described(f'{{"a":{"[" * 500}{"]" * 500}}}'), DEEP),
    "100 MB of JSON": (
        lambda folder: os.truncate(folder / "datapackage.json", 100 * MILLION),
        TOO_LARGE,
    ),
    "2 MB of JSON": (
        described(f'{{"resources": [{"[]," * 700_000}[]]}}'),
        "datapackage.json:-:-: datapackage.json exceeds 1,000,000 bytes",
    ),
    "300,000 resources": (
        described(f'{{"resources": [{"[]," * 300_000}[]]}}'),
        "datapackage.json:-:resources: lists 300,001 tables",
    ),
    "a fault in every cell": (
        rows("places", lambda n: "?, x,y,zz,a,b,c,d"),
        "has more faults than are told here",
    ),
    "one id for all": (rows("topics", lambda n: "ferries,A,B?"), "is also in row 2"),
    "a long chain of members": (
        rows("actors", lambda n: f"a{n},A,person,,a{n + 1},stated,,,"),
        f"'a{NEAR}' is no id in actors",
    ),
    "a large circle of members": (
        rows("actors", lambda n: f"a{n},A,person,,a{(n + 1) % NEAR},stated,,,"),
        "actors:5:member_of: leads back to itself",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_it_is_one_error_in_bounded_time_and_memory(case: str, story_folder: Path) -> None:
    edit, told = CASES[case]
    edit(story_folder)
    kind, text = asked(PREPARE, "read_story(Path(sys.argv[1]))", story_folder)
    assert (kind, told in text) == ("StoryError", True), text[:500]


def test_what_is_within_the_limits_is_read(story_folder: Path) -> None:
    rows("topics", lambda n: f"t{n},Topic {n},Is it {n}?")(story_folder)
    assert asked(PREPARE, "len(read_story(Path(sys.argv[1])).topics)", story_folder) == (
        "int",
        f"{NEAR + 1}\n",
    )
