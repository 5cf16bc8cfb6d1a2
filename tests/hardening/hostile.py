"""Stories and a corpus whose every text is hostile, in real files."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.library.building.build import build
from dashboard.library.sources.mapping import read_mapping
from dashboard.library.sources.recognize import recognize
from dashboard.schema import TABLES, fields, references
from dashboard.story import Story
from tests.drafted import unpacked
from tests.hardening.corpus import ADDRESSES, STORIES, TEXTS
from tests.shipped import STORY

KEYS = {"id", "record", "url", "language", "said_on", "exact", "first", "last"}


def free(table: str) -> list[str]:
    """The columns of a table that hold texts of any form."""
    tied = {column for column, _ in references(table)}
    return [
        f["name"]
        for f in fields(table)
        if f["type"] == "string"
        and f["name"] not in KEYS | tied
        and not {"enum", "pattern"} & set(f.get("constraints", ()))
    ]


def hostile(texts: Sequence[str] = STORIES, story: Story = STORY) -> Story:
    """The story with these texts, in turn, wherever it has one; its ids and ties are as they were.

    Spoken words keep their length, which their place in the article tells.
    """
    following = cycle(texts)
    made: dict[str, pd.DataFrame] = {}
    for table in TABLES:
        rows = story.tables[table]
        made[table] = rows.assign(
            **{name: rows[name].map(lambda _: next(following), na_action="ignore")
               for name in free(table)}
        )  # fmt: skip
    spoken = story.passages["exact"].map(
        lambda words: _fitted(next(following), len(words)), na_action="ignore"
    )
    digests = spoken.map(
        lambda words: hashlib.sha256(words.encode()).hexdigest(), na_action="ignore"
    )
    passages = story.passages.assign(
        exact=spoken, sha256=digests.where(spoken.notna(), story.passages["sha256"])
    )
    tables: dict[str, Any] = made | {"passages": passages}
    return replace(story, **tables)


def _fitted(text: str, length: int) -> str:
    """A text of so many characters that begins like this one."""
    fitted = (text + " x" * length)[:length]
    return fitted if not fitted.endswith(" ") else fitted[:-1] + "x"


MAPPING = """\
name = "<script>alert(30)</script> **A corpus**"

[columns]
id = "id"
words = "words"
date = "date"
speaker = "who"
about = "about"
place = "where"
latitude = "latitude"
longitude = "longitude"
topic = "topic"
outlet = "outlet"
url = "url"
title = "title"
context = "context"
"""


def write_corpus(folder: Path) -> tuple[Path, Path]:
    """A table of statements, every text of which is hostile, and the mapping of its columns.

    Of each two neighbours the second prints the words of the first with a change.
    """
    folder.mkdir()
    path, mapping = folder / "corpus.csv", folder / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = list(_statements())
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path, mapping


def build_library(folder: Path) -> Path:
    """A library of the hostile story and the corpus, built as the README builds one."""
    corpus, mapping = write_corpus(folder / "corpus")
    sources = recognize([unpacked(hostile(), folder), corpus], read_mapping(mapping))
    build(folder / "library.duckdb", sources, lambda *_: None, workers=0)
    return folder / "library.duckdb"


def _statements() -> Iterator[dict[str, str]]:
    """One statement a text, and one a text and an address."""
    links = cycle(ADDRESSES)
    for n, text in enumerate(TEXTS):
        text = text.replace("\x00", "")  # which CSV cannot hold
        following = TEXTS[(n + 1) % len(TEXTS)].replace("\x00", "")
        said = f"{text} is what nobody at all would ever say about the ferry in the harbour today"
        for change in ("", " again"):
            yield {
                "id": f"{text}{change}",
                "words": said + change,
                "date": f"201{n % 9}-0{n % 9 + 1}-11",
                "who": text,
                "about": following,
                "where": f"{text} {change}",
                "latitude": str(50 + n % 20),
                "longitude": str(n % 40),
                "topic": text,
                "outlet": f"{text} Post{change}",
                "url": next(links).replace("\x00", ""),
                "title": text,
                "context": text,
            }
