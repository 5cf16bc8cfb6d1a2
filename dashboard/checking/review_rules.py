"""Owns the rules of what a program found: what was decided of it, and what else it may be."""

from __future__ import annotations

from collections import defaultdict

from dashboard.checking.fault import shown
from dashboard.checking.package import Row
from dashboard.checking.rule import Faults, Tables, rule
from dashboard.schema import REVIEWED

WHERE = ("article", "start", "end")
ON_THE_GLOBE = ("name", "latitude", "longitude")
OF_A_PLACE = (*ON_THE_GLOBE, "country", "geonames")


@rule(*REVIEWED, "reviews")
def reviewed_records(tables: Tables) -> Faults:
    """A draft or accepted record is in the story; a rejected one is in no table any more."""
    there = {row["id"]: table for table in REVIEWED for row in tables[table]}
    for row in tables["reviews"]:
        record, status, table = row["record"], row["status"], there.get(row["record"])
        if status == "rejected" and table:
            yield row.fault(
                "record", f"{shown(record)} is rejected, but in {table}; delete it there"
            )
        elif status in ("draft", "accepted") and record and not table:
            what = f"{shown(record)} is no quote, event, position, figure, actor or place"
            yield row.fault("record", f"{what}; correct it or delete the row")


@rule("reviews")
def rejected_where(tables: Tables) -> Faults:
    """A rejected find says where it stood: article, start and end. No other review does."""
    for row in tables["reviews"]:
        for column in WHERE:
            if row["status"] == "rejected" and row[column] is None:
                yield row.fault(column, "is empty in a rejected find; say where it stood")
            elif row["status"] in ("draft", "accepted") and row[column] is not None:
                yield row.fault(
                    column, f"is given, but the record is {row['status']}, not rejected; empty it"
                )


@rule("articles", "reviews")
def rejected_within(tables: Tables) -> Faults:
    """A rejected find starts before it ends, within its article."""
    lengths = {row["id"]: row["characters"] for row in tables["articles"]}
    for row in tables["reviews"]:
        start, end, length = row["start"], row["end"], lengths.get(row["article"])
        if None not in (start, end) and start >= end:
            yield row.fault("end", f"{end} is not after the start {start}; correct one")
        elif end and length and end > length:
            yield row.fault(
                "end", f"{end} is beyond the article's {length} characters; correct one"
            )


@rule("quotes", "places", "alternatives")
def alternatives_known(tables: Tables) -> Faults:
    """Alternatives are of a quote or a place."""
    known = {row["id"] for table in ("quotes", "places") for row in tables[table]}
    for row in tables["alternatives"]:
        if row["record"] and row["record"] not in known:
            what = f"{shown(row['record'])} is no quote or place"
            yield row.fault("record", f"{what}; correct it or delete the row")


@rule("alternatives")
def alternatives_numbered(tables: Tables) -> Faults:
    """The alternatives of a record are numbered from 1 without gaps."""
    numbers = defaultdict(set)
    for row in tables["alternatives"]:
        numbers[row["record"]].add(row["n"])
    for row in tables["alternatives"]:
        if row["n"] and row["n"] > 1 and not {row["n"] - 1, None} & numbers[row["record"]]:
            missing = row["n"] - 1
            yield row.fault(
                "n", f"is {row['n']}, but {shown(row['record'])} has no {missing}; renumber"
            )


@rule("quotes", "places", "alternatives")
def alternatives_answer(tables: Tables) -> Faults:
    """A quote's alternative names an actor alone; a place's has name, latitude and longitude."""
    quotes = {row["id"] for row in tables["quotes"]}
    places = {row["id"] for row in tables["places"]}
    for row in tables["alternatives"]:
        if row["record"] in quotes:
            yield from _answer(row, "a quote", ("actor",), OF_A_PLACE)
        elif row["record"] in places:
            yield from _answer(row, "a place", ON_THE_GLOBE, ("actor",))


def _answer(row: Row, of: str, needed: tuple[str, ...], other: tuple[str, ...]) -> Faults:
    for column in needed:
        if row[column] is None:
            yield row.fault(column, f"is empty in an alternative of {of}; fill it in")
    for column in other:
        if row[column] is not None:
            yield row.fault(column, f"does not belong to an alternative of {of}; empty it")
