"""Owns what a story under review is: the package's own tables beside the article's text."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from dashboard.checking.anchors import digest
from dashboard.paragraphs import blocks
from dashboard.schema import TABLES, columns

Row = Mapping[str, str]
Span = tuple[int, int]

DRAFT, ACCEPTED, REJECTED = "draft", "accepted", "rejected"
LARGEST_TEXT = 200_000  # bytes in UTF-8: some 33,000 words, a long book review thirty times
# The tables that a reviewer walks through, in that order.
WALKED = ("quotes", "actors", "places", "events")


class ReviewError(ValueError):
    """What cannot be done to a draft; its text is one line that says why, and the remedy."""


@dataclass(frozen=True)
class Draft:
    """A story under review. Rows hold every column of their table, as text, as in the CSV.

    `text` is the article's, in memory only: offsets are into it. Records that a reviewer rejected
    keep their rows here, so that they can be restored; `settled` leaves them out. The derived
    properties are computed once a draft; nobody changes a draft or a row.
    """

    slug: str
    title: str
    description: str
    text: str
    tables: Mapping[str, tuple[Row, ...]]

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of a table, in order."""
        return self.tables.get(table, ())

    def having(self, **tables: Iterable[Row]) -> Draft:
        """Return the draft with other rows in these tables."""
        return replace(self, tables={**self.tables, **{k: tuple(v) for k, v in tables.items()}})

    @cached_property
    def by_id(self) -> Mapping[str, tuple[str, Row]]:
        """Table and row of every id."""
        return {
            row["id"]: (table, row)
            for table in TABLES
            if "id" in columns(table)
            for row in self.rows(table)
        }

    @cached_property
    def reviews(self) -> Mapping[str, Row]:
        """The review of each record that has one."""
        return {row["record"]: row for row in self.rows("reviews")}

    @cached_property
    def anchors(self) -> Mapping[str, tuple[Row, ...]]:
        """Where a record stands: its passages; an actor's or place's mentions."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("passages"):
            found[row["record"]].append(row)
        for rows in found.values():
            rows.sort(key=lambda row: int(row["n"]))
        for row in self.rows("mentions"):
            found[row["actor"] or row["place"]].append(row)
        own = self.article["id"]
        return {k: tuple(r for r in rows if r["article"] == own) for k, rows in found.items()}

    @cached_property
    def others(self) -> Mapping[str, tuple[Row, ...]]:
        """A record's alternatives, likeliest first."""
        found: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows("alternatives"):
            found[row["record"]].append(row)
        return {k: tuple(sorted(rows, key=lambda r: int(r["n"]))) for k, rows in found.items()}

    @cached_property
    def article(self) -> Row:
        """The article whose text this is. Raises ReviewError when there is none."""
        own = digest(self.text)
        for row in self.rows("articles"):
            if row["text_sha256"] == own:
                return row
        raise ReviewError("this is not the text that the story was made from; give that text")

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Start and end of each paragraph of the article proper.

        Which block of the text is paragraph 1 is what most anchors say, as `check` counts them.
        """
        parts = blocks(self.text)
        starts = [start for start, _ in parts]
        anchors = [
            row
            for table in ("passages", "mentions")
            for row in self.rows(table)
            if row["article"] == self.article["id"]
        ]
        votes = Counter(
            bisect_right(starts, int(row["start"])) - int(row["paragraph"]) for row in anchors
        )
        first = max(votes.most_common(1)[0][0], 0) if votes else 0
        return tuple(parts[first : first + int(self.article["paragraphs"])])


def row(table: str, **cells: str) -> Row:
    """Return a row of a table; columns that are not given are empty."""
    return {**dict.fromkeys(columns(table), ""), **cells}


def find(draft: Draft, record: str) -> tuple[str, Row]:
    """Return a record's table and row. Raises ReviewError when it is not there (any more)."""
    if record not in draft.by_id:
        raise ReviewError("this record is not there any more; choose another one")
    return draft.by_id[record]


def change(draft: Draft, record: str, **cells: str) -> Draft:
    """Return the draft with other cells in one row. Raises ReviewError when it is not there."""
    table, old = find(draft, record)
    new = {**old, **cells}
    if new == old:
        return draft
    return draft.having(**{table: (new if row is old else row for row in draft.rows(table))})


def paragraph_of(draft: Draft, start: int, end: int) -> int:
    """Return the number of the paragraph in which a span lies. Raises ReviewError."""
    for number, (first, last) in enumerate(draft.paragraphs, start=1):
        if first <= start < last:
            if end > last:
                raise ReviewError(
                    "the words run into the next paragraph; choose words of one paragraph"
                )
            return number
    raise ReviewError("the words stand in no paragraph of the article; choose others")


def free_id(draft: Draft, wanted: str) -> str:
    """Return an id that nothing has or had: the one that is wanted, else with a number."""
    if wanted not in draft.by_id and wanted not in draft.reviews:
        return wanted
    number = 2
    while f"{wanted}-{number}" in draft.by_id or f"{wanted}-{number}" in draft.reviews:
        number += 1
    return f"{wanted}-{number}"
