"""From a selection to the conditions that a statement must meet to answer it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import narwhals as nw

from dashboard.library.answers import LibraryError
from dashboard.library.folding import words
from dashboard.library.layout import KINDS, ROLES
from dashboard.library.selection import FACETS, LibrarySelection

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine

# Counted beside the facets: the period's months, and who says how many, whatever role is chosen.
MONTHS = "months"
SPEAKERS = "speakers"
# Where the names of a facet's values are, and the column of `quotes` that has the values by role.
TABLE_OF = {
    "actors": "actors",
    "about": "actors",
    "places": "places",
    "topics": "topics",
    "outlets": "outlets",
    SPEAKERS: "actors",
}
COLUMN_OF = {
    ("actors", "by"): "speaker",
    ("actors", "about"): "about",
    ("actors", "any"): "actors",
    ("about", "any"): "about",
    ("places", "in"): "said_at",
    ("places", "about"): "about_places",
    ("places", "any"): "places",
    ("outlets", "any"): "outlets",
    ("kinds", "any"): "kind",
    ("topics", "any"): "topic",
    (SPEAKERS, "any"): "speaker",
    (MONTHS, "any"): "month",
}
NO_VALUE = -1  # what an unknown value is looked for as: no row has it
FEW = 8  # so many values are compared one by one


@dataclass(frozen=True)
class Condition:
    """One thing that a statement must meet: a facet's values, a period, or words.

    A facet's values are in a column of `quotes`, or the statements are tied to them (`ties`).
    `most`: the newest so many with the words are enough; 0 is all.
    """

    values: tuple[int, ...] = ()
    ties: tuple[int, ...] = ()
    column: str = ""
    since: date | None = None
    until: date | None = None
    words: tuple[str, ...] = ()
    most: int = 0

    def narrow(self, engine: Engine, quotes: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
        """The rows of `quotes` that meet it."""
        if self.words or self.ties:
            return quotes.join(self.ids(engine), left_on="id", right_on="quote", how="semi")
        if self.values:
            return quotes.filter(one_of(self.column, self.values))
        if self.since:
            quotes = quotes.filter(nw.col("date") >= self.since)
        return quotes.filter(nw.col("date") <= self.until) if self.until else quotes

    def ids(self, engine: Engine) -> nw.LazyFrame[Any]:
        """The statements that meet it, as a column `quote`, with repeats."""
        if self.words:
            return engine.found(self.words, self.most)[0]
        if self.ties:
            return tied(engine, self.ties, self.values)
        return self.narrow(engine, engine.table("quotes")).select(quote=nw.col("id"))


@dataclass(frozen=True)
class Chosen:
    """A selection with its values as the layout numbers them."""

    selection: LibrarySelection
    values: Mapping[str, tuple[int, ...]]
    words: tuple[str, ...]
    since: date | None
    until: date | None

    @property
    def facets(self) -> tuple[str, ...]:
        """Those in which something is chosen; "months" for the period."""
        return (*self.values, *([MONTHS] if self.since or self.until else ()))

    def column(self, facet: str) -> str:
        """The column of `quotes` that has the facet's values in the role that is chosen."""
        return COLUMN_OF[facet, self.selection.role(facet)]

    def text_alone(self, ignoring: str = "") -> bool:
        """Whether nothing but the text narrows, when a facet (or "months") is ignored."""
        return bool(self.words) and not [name for name in self.facets if name != ignoring]

    def conditions(self, ignoring: str = "", most: int = 0) -> tuple[Condition, ...]:
        """What a statement must meet to answer all facets but one, the period and the text.

        `ignoring` is a facet, or "months". `most`: where nothing but the text narrows, the newest
        so many are enough; 0 is all.
        """
        found = [
            Condition(
                values,
                ties=ROLES.get((facet, self.selection.role(facet)), ()),
                column=self.column(facet),
            )
            for facet, values in self.values.items()
            if facet != ignoring
        ]
        if ignoring != MONTHS and (self.since or self.until):
            found.append(Condition(since=self.since, until=self.until))
        if self.words:
            cut = most if self.text_alone(ignoring) else 0
            found.append(Condition(words=self.words, most=cut))
        return tuple(dict.fromkeys(found))  # two facets may ask one thing: about whom, twice


def resolve(engine: Engine, selection: LibrarySelection) -> Chosen:
    """Look the selection's keys up; an unknown one is a value that no statement has.

    Raises LibraryError when a bound of the period is no day.
    """
    values = {
        facet: tuple(sorted(numbers(engine, facet, keys).values())) or (NO_VALUE,)
        for facet in FACETS
        if (keys := getattr(selection, facet))
    }
    since, until = _day(selection.since, "since"), _day(selection.until, "until")
    return Chosen(selection, values, words(selection.text), since, until)


def numbers(engine: Engine, facet: str, keys: Sequence[str]) -> dict[str, int]:
    """The numbers of those keys that the library knows."""
    if facet == "kinds":
        return {key: KINDS.index(key) for key in keys if key and key in KINDS}
    asked = [key for key in keys if key and "\0" not in key]  # which no server's text can hold
    if not asked:
        return {}
    named = engine.table(TABLE_OF[facet]).filter(one_of("key", asked)).select("key", "id")
    return dict(engine.run(named))


def names(engine: Engine, table: str, values: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The keys and names of values, by number."""
    if not (wanted := set(values) - {0}):
        return {}
    named = engine.table(table).filter(one_of("id", wanted)).select("id", "key", "name")
    return {number: (key, name) for number, key, name in engine.run(named)}


def one_of(column: str, values: Iterable[Any]) -> nw.Expr:
    """Whether a column has one of the values; few are compared one by one."""
    # As a list, DuckDB would compare every row: it knows the least and the most of a block of rows,
    # but uses that for comparisons alone.
    several = sorted(set(values))
    if not several:
        return nw.col(column).is_in([])
    if len(several) <= FEW:
        each: nw.Expr = reduce(or_, (nw.col(column) == value for value in several))
        return each
    # `is_between` would take text for the names of columns.
    within: nw.Expr = (nw.col(column) >= several[0]) & (nw.col(column) <= several[-1])
    return within & nw.col(column).is_in(several)


def tied(engine: Engine, kinds: Sequence[int], values: Iterable[int]) -> nw.LazyFrame[Any]:
    """The statements tied to one of the values in one of the ways: `quote`, with repeats."""
    ties = engine.table("ties").filter(one_of("tie", kinds), one_of("value", values))
    return ties.select("quote")


def _day(text: str, name: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise LibraryError(f"{name}: “{text[:40]}” is no day; give it like 2015-01-14.") from None
