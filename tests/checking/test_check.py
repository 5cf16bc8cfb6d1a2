"""Spoil one thing in a good story, and read exactly what `check` says of it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dashboard.checking.anchors import digest
from dashboard.checking.check import faults
from dashboard.checking.fault import Fault
from dashboard.checking.package import read_package
from dashboard.checking.rules import RULES
from dashboard.schema import TABLES, columns, story_format

Edit = Callable[[Path], None]


def rows_of(folder: Path, table: str) -> list[list[str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write(folder: Path, table: str, rows: list[list[str]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def cell(table: str, line: int, column: str, text: str) -> Edit:
    def edit(folder: Path) -> None:
        rows = rows_of(folder, table)
        rows[line - 1][columns(table).index(column)] = text
        write(folder, table, rows)

    return edit


def add(table: str, *cells: str) -> Edit:
    return lambda folder: write(folder, table, [*rows_of(folder, table), list(cells)])


def drop(table: str, line: int) -> Edit:
    def edit(folder: Path) -> None:
        rows = rows_of(folder, table)
        del rows[line - 1]
        write(folder, table, rows)

    return edit


def header_only(table: str) -> Edit:
    return lambda folder: write(folder, table, rows_of(folder, table)[:1])


def text(name: str, change: Callable[[bytes], bytes]) -> Edit:
    def edit(folder: Path) -> None:
        (folder / name).write_bytes(change((folder / name).read_bytes()))

    return edit


def package(*keys: str | int, to: Any) -> Edit:
    """Set what is at these keys of `datapackage.json`, or delete it (`to=None`)."""

    def edit(folder: Path) -> None:
        path = folder / "datapackage.json"
        inside = descriptor = json.loads(path.read_text(encoding="utf-8"))
        for key in keys[:-1]:
            inside = inside[key]
        if to is None:
            del inside[keys[-1]]
        else:
            inside[keys[-1]] = to
        path.write_text(json.dumps(descriptor), encoding="utf-8")

    return edit


def remove(name: str) -> Edit:
    return lambda folder: (folder / name).unlink()


def both(*edits: Edit) -> Edit:
    def edit(folder: Path) -> None:
        for part in edits:
            part(folder)

    return edit


def link_to(table: str, target: str) -> Edit:
    def edit(folder: Path) -> None:
        (folder / f"{table}.csv").unlink()
        (folder / f"{table}.csv").symlink_to(target)

    return edit


def reviewed(record: str, status: str, *where: str) -> Edit:
    """Say what was decided of a record; `where` a rejected find stood: article, start, end."""
    return add("reviews", record, status, "dateline 0.1 rules", "0.5", *(where or ("", "", "")))


TEXT_HASH = "f6f72a39f9e07bc825874640e44aa8bbfb64dee9af8d4d42581301566342ebc7"
WRONG = "0" * 64

SCHEMA: list[tuple[str, Edit, list[str]]] = [
    (
        "required",
        cell("places", 3, "name", ""),
        ["places:3:name: is empty; fill it in: Name in English."],
    ),
    (
        "enum",
        cell("positions", 2, "stance", "maybe"),
        [
            "positions:2:stance: 'maybe' is not among the choices; write one of supports,"
            " conditional, doubts, opposes, undeclared"
        ],
    ),
    (
        "enum on which rules build",
        cell("events", 3, "precision", "quarter"),
        [
            "events:3:precision: 'quarter' is not among the choices; write one of day, week,"
            " month, year"
        ],
    ),
    (
        "slug",
        cell("topics", 2, "id", "Ferries"),
        [
            "topics:2:id: 'Ferries' is no slug; write small letters, digits, hyphens,"
            " like john-kerry",
            "quotes:2:topic: 'ferries' is no id in topics; correct it or add it there",
            "quotes:3:topic: 'ferries' is no id in topics; correct it or add it there",
            "positions:2:topic: 'ferries' is no id in topics; correct it or add it there",
            "positions:3:topic: 'ferries' is no id in topics; correct it or add it there",
        ],
    ),
    (
        "country code",
        cell("places", 2, "country", "gb"),
        ["places:2:country: 'gb' is no country code; write the two capitals of ISO 3166, like CH"],
    ),
    (
        "wikidata",
        cell("actors", 4, "wikidata", "42"),
        ["actors:4:wikidata: '42' is no Wikidata id; write it like Q22316"],
    ),
    (
        "language",
        cell("articles", 2, "language", "English"),
        ["articles:2:language: 'English' is no language tag; write it like en or en-US"],
    ),
    (
        "whole number",
        cell("places", 2, "geonames", "1_000"),
        ["places:2:geonames: '1_000' is no whole number; write digits only, like 12"],
    ),
    (
        "not a number",
        cell("figures", 2, "value", "NaN"),
        ["figures:2:value: 'NaN' is no number; write it like 12 or 33.5"],
    ),
    (
        "no such day",
        cell("events", 2, "start", "2024-02-30"),
        ["events:2:start: '2024-02-30' is no date; write a day that exists, like 2015-01-14"],
    ),
    (
        "date in words",
        cell("quotes", 2, "said_on", "6 May 2024"),
        ["quotes:2:said_on: '6 May 2024' is no date; write a day that exists, like 2015-01-14"],
    ),
    (
        "maximum",
        cell("places", 2, "latitude", "91"),
        ["places:2:latitude: '91' is out of range; write at least -90 and at most 90"],
    ),
    (
        "minimum",
        cell("mentions", 2, "start", "-1"),
        ["mentions:2:start: '-1' is out of range; write at least 0"],
    ),
    (
        "foreign key",
        cell("quotes", 4, "speaker", "ada"),
        ["quotes:4:speaker: 'ada' is no id in actors; correct it or add it there"],
    ),
    (
        "unique",
        add("topics", "ferries", "Again", "Again?"),
        ["topics:3:id: 'ferries' is also in row 2; give each row its own"],
    ),
    (
        "composite key",
        cell("passages", 3, "n", "1"),
        ["passages:3:n: record and n are those of row 2; give each row its own"],
    ),
    (
        "line break",
        cell("actors", 2, "role", "mayor\nof Quayside"),
        ["actors:2:role: 'mayor\\nof Quayside' has a line break or control character; remove it"],
    ),
    (
        "text that runs backwards",
        cell("actors", 2, "name", "Ada \u202elleB"),
        ["actors:2:name: 'Ada \\u202elleB' has a line break or control character; remove it"],
    ),
    (
        "padded",
        cell("actors", 2, "name", "Ada Bell "),
        ["actors:2:name: 'Ada Bell ' begins or ends with a space; remove it"],
    ),
    (
        "long cell",
        cell("quotes", 2, "context", "x" * 10_001),
        ["quotes:2:context: has 10,001 characters; keep below 10,000"],
    ),
    (
        "status that there is not",
        reviewed("q-bell-sail", "maybe"),
        [
            "reviews:2:status: 'maybe' is not among the choices; write one of draft, accepted,"
            " rejected"
        ],
    ),
    (
        "decided by nobody",
        both(reviewed("q-bell-sail", "draft"), cell("reviews", 2, "decided_by", "")),
        [
            "reviews:2:decided_by: is empty; fill it in: Who or what decided: a person's name, or"
            " the program with its version and rule, like `dateline 0.1 rules`."
        ],
    ),
    (
        "more than certain",
        both(reviewed("q-bell-sail", "draft"), cell("reviews", 2, "confidence", "1.5")),
        ["reviews:2:confidence: '1.5' is out of range; write at least 0 and at most 1"],
    ),
    (
        "decided twice",
        both(reviewed("q-bell-sail", "draft"), reviewed("q-bell-sail", "accepted")),
        ["reviews:3:record: 'q-bell-sail' is also in row 2; give each row its own"],
    ),
    (
        "rejected in no article",
        reviewed("q-no-quote", "rejected", "herald", "5", "9"),
        ["reviews:2:article: 'herald' is no id in articles; correct it or add it there"],
    ),
    (
        "alternative twice",
        both(
            add("alternatives", "q-bell-sail", "1", "0.4", "pilots", *[""] * 5),
            add("alternatives", "q-bell-sail", "1", "0.3", "council", *[""] * 5),
        ),
        ["alternatives:3:n: record and n are those of row 2; give each row its own"],
    ),
    (
        "another speaker whom nobody knows",
        add("alternatives", "q-bell-sail", "1", "0.4", "ada", *[""] * 5),
        ["alternatives:2:actor: 'ada' is no id in actors; correct it or add it there"],
    ),
    (
        "long value is cut",
        cell("actors", 4, "wikidata", "x" * 99),
        [f"actors:4:wikidata: '{'x' * 39}…' is no Wikidata id; write it like Q22316"],
    ),
]

OURS: list[tuple[str, Edit, list[str]]] = [
    (
        "no article",
        both(*(header_only(table) for table in TABLES)),
        ["articles:-:-: has no rows; add the article that the story rests on"],
    ),
    (
        "id in two tables",
        add("topics", "marsh", "Marsh", "Drain it?"),
        ["topics:3:id: 'marsh' is also the id of places row 4; rename one"],
    ),
    (
        "link to nothing",
        add("links", "e-nothing", "venue", "", "marsh"),
        [
            "links:6:record: 'e-nothing' is no quote, event, position or figure;"
            " correct it or add it"
        ],
    ),
    (
        "link to actor and place",
        cell("links", 2, "place", "marsh"),
        ["links:2:actor: names an actor and a place; split it into two rows"],
    ),
    (
        "mention of nobody",
        add("mentions", "m-nobody", "gazette", "3", "324", "329", "", ""),
        ["mentions:8:actor: names neither actor nor place; name one"],
    ),
    (
        "link twice",
        add("links", "e-talks", "venue", "", "quayside"),
        ["links:6:record: is the same link as in row 5; delete one"],
    ),
    (
        "no passage",
        drop("passages", 10),
        ["figures:2:id: 'f-pay' has no passage; add where the article says it"],
    ),
    (
        "gap",
        cell("passages", 3, "n", "3"),
        ["passages:3:n: is 3, but 'q-bell-sail' has no 2; renumber"],
    ),
    (
        "span backwards",
        cell("mentions", 6, "end", "273"),
        ["mentions:6:end: 273 is not after the start 273; correct one"],
    ),
    (
        "span beyond the article",
        cell("mentions", 7, "end", "9999"),
        ["mentions:7:end: 9999 is beyond the article's 345 characters; correct one"],
    ),
    (
        "span too long",
        both(cell("articles", 2, "characters", "9999"), cell("mentions", 7, "end", "9998")),
        ["mentions:7:end: is 9,674 after the start; keep within 500"],
    ),
    (
        "too many names",
        cell("actors", 2, "aliases", "|".join(f"Ada {n}" for n in range(101))),
        ["actors:2:aliases: has 101 names; keep 100 of them"],
    ),
    (
        "paragraph beyond the article",
        cell("mentions", 7, "paragraph", "4"),
        [
            "mentions:7:paragraph: 4 is beyond the article's 3 paragraphs; correct one",
            "mentions:7:start: 324 in paragraph 4 lies before 330, where paragraph 3 still runs;"
            " correct paragraph or offsets",
        ],
    ),
    (
        "paragraphs out of order",
        cell("mentions", 4, "paragraph", "3"),
        [
            "mentions:4:start: 158 in paragraph 3 lies before 270, where paragraph 2 still runs;"
            " correct paragraph or offsets"
        ],
    ),
    (
        "direct without words",
        cell("passages", 3, "exact", ""),
        [
            "passages:3:exact: is empty in a direct quote; copy the spoken words",
            "passages:3:first: is empty; copy the first words of the passage, three at most",
            "passages:3:last: is empty; copy the last words of the passage, three at most",
        ],
    ),
    (
        "words nobody spoke",
        cell("quotes", 3, "kind", "indirect"),
        [
            "quotes:3:paraphrase: is empty in an indirect quote; say it in our own words",
            "passages:4:exact: carries words of an indirect quote, which nobody spoke; empty it",
        ],
    ),
    (
        "words of the wrong length",
        cell("passages", 4, "exact", "paper boat"),
        ["passages:4:exact: has 10 characters, its span 12; copy the words again"],
    ),
    (
        "other words of that length",
        cell("passages", 4, "exact", "a paper goat"),
        ["passages:4:sha256: is not the SHA-256 of exact; copy the words or compute it again"],
    ),
    (
        "paraphrase beside words",
        cell("quotes", 2, "paraphrase", "Ferries must run."),
        ["quotes:2:paraphrase: stands beside the words of a direct quote; empty it"],
    ),
    (
        "no first words",
        cell("passages", 9, "first", ""),
        ["passages:9:first: is empty; copy the first words of the passage, three at most"],
    ),
    (
        "four last words",
        cell("passages", 9, "last", "in Farland doubt it"),
        ["passages:9:last: has 4 words; keep three at most"],
    ),
    (
        "first beside exact",
        cell("passages", 4, "first", "a paper"),
        [
            "passages:4:first: stands beside exact, which finds the passage already; empty it",
        ],
    ),
    (
        "date inferred, why?",
        cell("articles", 2, "published_note", ""),
        ["articles:2:published_note: is empty, but published_basis is inferred; say why"],
    ),
    (
        "membership inferred, why?",
        cell("actors", 2, "member_note", ""),
        ["actors:2:member_note: is empty, but member_basis is inferred; say why"],
    ),
    (
        "saying inferred, why?",
        cell("quotes", 2, "said_basis", "inferred"),
        ["quotes:2:said_note: is empty, but said_basis is inferred; say why"],
    ),
    (
        "event inferred, why?",
        cell("events", 3, "note", ""),
        ["events:3:note: is empty, but basis is inferred; say why"],
    ),
    (
        "place without basis",
        cell("quotes", 2, "said_basis", ""),
        ["quotes:2:said_basis: is empty beside said_at or said_on; write stated or inferred"],
    ),
    (
        "basis of nothing",
        cell("quotes", 3, "said_basis", "stated"),
        ["quotes:3:said_basis: is given without said_at or said_on; empty it or fill that in"],
    ),
    (
        "membership without basis",
        cell("actors", 4, "member_of", "council"),
        ["actors:4:member_basis: is empty beside member_of; write stated or inferred"],
    ),
    (
        "circle",
        both(
            cell("actors", 3, "member_of", "ada-bell"), cell("actors", 3, "member_basis", "stated")
        ),
        [
            "actors:2:member_of: leads back to itself ('ada-bell > council > ada-bell');"
            " empty one of them",
            "actors:3:member_of: leads back to itself ('council > ada-bell > council');"
            " empty one of them",
        ],
    ),
    (
        "site off the map",
        both(cell("places", 4, "latitude", ""), cell("places", 4, "longitude", "")),
        [
            "places:4:latitude: is empty, but a site is pinned on the map; fill it in",
            "places:4:longitude: is empty, but a site is pinned on the map; fill it in",
        ],
    ),
    (
        "half a coordinate",
        cell("places", 3, "longitude", "1.5"),
        ["places:3:latitude: is empty, but longitude is given; fill it in"],
    ),
    (
        "event ends before it starts",
        cell("events", 3, "end", "2024-05-30"),
        ["events:3:end: 2024-05-30 is before the start 2024-06-01; correct one"],
    ),
    (
        "a day of two days",
        cell("events", 2, "end", "2024-05-07"),
        [
            "events:2:end: 2024-05-06 to 2024-05-07 is not one day (end empty or the same);"
            " correct it"
        ],
    ),
    (
        "a week of one day",
        cell("events", 2, "precision", "week"),
        ["events:2:end: 2024-05-06 to nothing is not seven days; correct it"],
    ),
    (
        "a month of 29 days",
        cell("events", 3, "end", "2024-06-29"),
        [
            "events:3:end: 2024-06-01 to 2024-06-29 is not the first to the last day of a month;"
            " correct it"
        ],
    ),
    (
        "a year of a month",
        cell("events", 3, "precision", "year"),
        ["events:3:end: 2024-06-01 to 2024-06-30 is not 1 January to 31 December; correct it"],
    ),
    (
        "an ongoing event of many months",
        both(cell("events", 3, "status", "ongoing"), cell("events", 3, "end", "2024-08-31")),
        [],
    ),
    (
        "address without host",
        cell("articles", 2, "url", "https://[gazette"),
        ["articles:2:url: 'https://[gazette' has no usable host; copy the page's address"],
    ),
    (
        "address that runs code",
        cell("articles", 2, "url", "javascript:alert(1)"),
        [
            "articles:2:url: 'javascript:alert(1)' is no web address; begin it with https:// or"
            " http://"
        ],
    ),
    (
        "place never used",
        drop("mentions", 5),
        ["places:3:id: 'farland' is neither mentioned nor linked; add a mention or delete it"],
    ),
    (
        "actor never used",
        both(
            drop("links", 4),
            cell("actors", 2, "member_of", ""),
            cell("actors", 2, "member_basis", ""),
            cell("actors", 2, "member_note", ""),
        ),
        ["actors:3:id: 'council' is neither mentioned nor linked; add a mention or delete it"],
    ),
    (
        "two positions on a topic",
        cell("positions", 3, "actor", "ada-bell"),
        ["positions:3:actor: has a position on that topic in row 2; merge them"],
    ),
    (
        "empty alias",
        cell("actors", 2, "aliases", "Ms. Bell||Bell"),
        ["actors:2:aliases: has an empty or padded name; put one | between two names"],
    ),
    (
        "alias twice",
        cell("actors", 2, "aliases", "Bell|Bell"),
        ["actors:2:aliases: has a name twice; remove one"],
    ),
    (
        "no paraphrase of what was accepted",
        both(reviewed("q-bell-resume", "accepted"), cell("quotes", 4, "paraphrase", "")),
        ["quotes:4:paraphrase: is empty in an indirect quote; say it in our own words"],
    ),
    (
        "no paraphrase yet of a draft",
        both(reviewed("q-bell-resume", "draft"), cell("quotes", 4, "paraphrase", "")),
        [],
    ),
    (
        "no address",
        cell("articles", 2, "url", ""),
        ["articles:2:url: is empty, and no record is a draft; fill in the page's address"],
    ),
    (
        "no address of what was accepted",
        both(reviewed("ada-bell", "accepted"), cell("articles", 2, "url", "")),
        ["articles:2:url: is empty, and no record is a draft; fill in the page's address"],
    ),
    (
        "no address yet of a draft",
        both(reviewed("ada-bell", "draft"), cell("articles", 2, "url", "")),
        [],
    ),
    (
        "every kind of record is decided on",
        both(
            reviewed("q-bell-sail", "draft"),
            reviewed("e-talks", "accepted"),
            reviewed("p-bell-ferries", "draft"),
            reviewed("f-pay", "draft"),
            reviewed("ada-bell", "draft"),
            reviewed("marsh", "accepted"),
            reviewed("q-no-quote", "rejected", "gazette", "63", "88"),
        ),
        [],
    ),
    (
        "decided on what is not there",
        both(reviewed("ferries", "draft"), reviewed("q-no-quote", "accepted")),
        [
            "reviews:2:record: 'ferries' is no quote, event, position, figure, actor or place;"
            " correct it or delete the row",
            "reviews:3:record: 'q-no-quote' is no quote, event, position, figure, actor or place;"
            " correct it or delete the row",
        ],
    ),
    (
        "rejected, and there still",
        reviewed("q-bell-sail", "rejected", "gazette", "63", "88"),
        ["reviews:2:record: 'q-bell-sail' is rejected, but in quotes; delete it there"],
    ),
    (
        "rejected, but where?",
        reviewed("q-no-quote", "rejected"),
        [
            "reviews:2:article: is empty in a rejected find; say where it stood",
            "reviews:2:start: is empty in a rejected find; say where it stood",
            "reviews:2:end: is empty in a rejected find; say where it stood",
        ],
    ),
    (
        "where a draft stood",
        reviewed("q-bell-sail", "draft", "gazette", "63", ""),
        [
            "reviews:2:article: is given, but the record is draft, not rejected; empty it",
            "reviews:2:start: is given, but the record is draft, not rejected; empty it",
        ],
    ),
    (
        "rejected backwards",
        reviewed("q-no-quote", "rejected", "gazette", "88", "63"),
        ["reviews:2:end: 63 is not after the start 88; correct one"],
    ),
    (
        "rejected beyond the article",
        reviewed("q-no-quote", "rejected", "gazette", "63", "346"),
        ["reviews:2:end: 346 is beyond the article's 345 characters; correct one"],
    ),
    (
        "other answers",
        both(
            add("alternatives", "q-bell-sail", "1", "0.4", "pilots", *[""] * 5),
            add("alternatives", "q-bell-sail", "2", "", "council", *[""] * 5),
            add("alternatives", "marsh", "1", "0.3", "", "Marsh", "GB", "51.9", "-1.1", "2643000"),
        ),
        [],
    ),
    (
        "other answer of an event",
        add("alternatives", "e-talks", "1", "", "pilots", *[""] * 5),
        ["alternatives:2:record: 'e-talks' is no quote or place; correct it or delete the row"],
    ),
    (
        "other answers with a gap",
        add("alternatives", "q-bell-sail", "2", "", "pilots", *[""] * 5),
        ["alternatives:2:n: is 2, but 'q-bell-sail' has no 1; renumber"],
    ),
    (
        "other speaker without name",
        add("alternatives", "q-bell-sail", "1", "0.4", *[""] * 6),
        ["alternatives:2:actor: is empty in an alternative of a quote; fill it in"],
    ),
    (
        "other speaker on the globe",
        add("alternatives", "q-bell-sail", "1", "0.4", "pilots", "Pilots", "GB", "", "", ""),
        [
            "alternatives:2:name: does not belong to an alternative of a quote; empty it",
            "alternatives:2:country: does not belong to an alternative of a quote; empty it",
        ],
    ),
    (
        "other place off the globe",
        add("alternatives", "marsh", "1", "0.4", "pilots", *[""] * 5),
        [
            "alternatives:2:actor: does not belong to an alternative of a place; empty it",
            "alternatives:2:name: is empty in an alternative of a place; fill it in",
            "alternatives:2:latitude: is empty in an alternative of a place; fill it in",
            "alternatives:2:longitude: is empty in an alternative of a place; fill it in",
        ],
    ),
]

HEADER = ",".join(columns("topics"))
FIRST = "resources", 0
FILES: list[tuple[str, Edit, list[str]]] = [
    (
        "file missing",
        remove("figures.csv"),
        ["figures:-:-: figures.csv is missing; add it (a table may have its header row only)"],
    ),
    (
        "descriptor missing",
        remove("datapackage.json"),
        [
            "datapackage.json:-:-: datapackage.json is missing;"
            " add it (a table may have its header row only)"
        ],
    ),
    (
        "a folder for a file",
        both(remove("figures.csv"), lambda folder: (folder / "figures.csv").mkdir()),
        ["figures:-:-: figures.csv is no regular file; put the file itself there, not a link"],
    ),
    (
        "a pipe for a file",
        both(remove("figures.csv"), lambda folder: os.mkfifo(folder / "figures.csv")),
        ["figures:-:-: figures.csv is no regular file; put the file itself there, not a link"],
    ),
    (
        "link out of the folder",
        link_to("figures", "/etc/passwd"),
        ["figures:-:-: figures.csv is no regular file; put the file itself there, not a link"],
    ),
    (
        "too large",
        lambda folder: os.truncate(folder / "figures.csv", 20_000_001),
        ["-:-:-: has more than 8,000,000 bytes in its files; split the story"],
    ),
    (
        "field too large",
        text("figures.csv", lambda raw: raw.replace(b"share", b"x" * 200_000)),
        ["figures:2:unit: has 200,000 characters; keep below 10,000"],
    ),
    (
        "no header",
        text("figures.csv", lambda raw: b""),
        ["figures:-:-: is empty; begin it with its header row"],
    ),
    (
        "not UTF-8",
        text("quotes.csv", lambda raw: raw.replace("\u2019".encode(), b"\x92")),
        ["quotes:-:-: quotes.csv is not UTF-8 (line 3); save it so"],
    ),
    (
        "byte order mark",
        text("topics.csv", lambda raw: b"\xef\xbb\xbf" + raw),
        [
            "topics:-:-: topics.csv begins with a byte order mark; save as UTF-8 without BOM",
        ],
    ),
    (
        "quotation mark not closed",
        text("topics.csv", lambda raw: raw + b'"x'),
        [
            "topics:-:-: is not CSV near line 3 (unexpected end of data);"
            " save it so from a spreadsheet"
        ],
    ),
    (
        "semicolons",
        text("topics.csv", lambda raw: raw.replace(b",", b";")),
        [
            "topics:1:-: column 1, 'id;name;question', is unknown; remove or rename it",
            f"topics:1:id: the column is missing; the header is {HEADER}",
            f"topics:1:name: the column is missing; the header is {HEADER}",
            f"topics:1:question: the column is missing; the header is {HEADER}",
        ],
    ),
    (
        "columns in another order",
        text("topics.csv", lambda raw: raw.replace(b"id,name", b"name,id")),
        [f"topics:1:-: the columns are in another order; put them as {HEADER}"],
    ),
    (
        "column twice",
        text("topics.csv", lambda raw: raw.replace(b"question", b"question,id")),
        ["topics:1:id: the column is there twice; remove one"],
    ),
    (
        "too many cells",
        text("topics.csv", lambda raw: raw.replace(b"again?", b"again, now?")),
        ["topics:2:-: does not have 3 cells; quote a cell that holds a comma, or mend the commas"],
    ),
    (
        "too few cells",
        text("figures.csv", lambda raw: raw.replace(b",0.3,share,", b"")),
        ["figures:2:-: does not have 6 cells; quote a cell that holds a comma, or mend the commas"],
    ),
    (
        "blank row",
        text("topics.csv", lambda raw: raw.replace(b"\n", b"\n\n", 1)),
        ["topics:2:-: is a blank row; delete it"],
    ),
    (
        "row of commas",
        text("links.csv", lambda raw: raw + b",,,\n"),
        ["links:6:-: is a blank row; delete it"],
    ),
    (
        "not JSON",
        text("datapackage.json", lambda raw: raw[:15]),
        [
            "datapackage.json:-:-: is not JSON (Unterminated string starting at: line 2 column 11"
            " (char 12)); correct it there"
        ],
    ),
    (
        "JSON without end",
        text("datapackage.json", lambda raw: b"[" * 100_000),
        ["datapackage.json:-:-: is nested too deeply; write it as in another story"],
    ),
    (
        "JSON of another kind",
        text("datapackage.json", lambda raw: b"[]"),
        [
            "datapackage.json:-:-: is no JSON object; write name, title, description, resources",
        ],
    ),
    (
        "no title",
        package("title", to=""),
        ["datapackage.json:-:title: is no line of text; write the story's title"],
    ),
    (
        "name of another folder",
        package("name", to="../tiny"),
        [
            "datapackage.json:-:name: '../tiny' is not the folder's name; rename one of them",
            "datapackage.json:-:name: '../tiny' is no slug; write it like moscow-talks",
        ],
    ),
    (
        "no list of resources",
        package("resources", to={}),
        ["datapackage.json:-:resources: is no list; list the 13 tables"],
    ),
    (
        "resource missing",
        package(*FIRST, to=None),
        ["datapackage.json:-:resources: articles is not listed; add it"],
    ),
    (
        "resource twice",
        package("resources", 1, "name", to="articles"),
        [
            "datapackage.json:-:resources/articles: is listed twice; remove one",
            "datapackage.json:-:resources: places is not listed; add it",
            "datapackage.json:-:resources/articles/path: 'places.csv' is not allowed;"
            " write articles.csv",
            "datapackage.json:-:resources/articles/schema: differs from the format;"
            " copy it from the articles of a good story",
        ],
    ),
    (
        "resource of another kind",
        package(*FIRST, to=7),
        [
            "datapackage.json:-:resources: articles is not listed; add it",
            "datapackage.json:-:resources/0: 'None' is no table of a story; remove it",
        ],
    ),
    (
        "path out of the folder",
        package(*FIRST, "path", to="../../etc/passwd"),
        [
            "datapackage.json:-:resources/articles/path: '../../etc/passwd' is not allowed;"
            " write articles.csv"
        ],
    ),
    (
        "path on another host",
        package(*FIRST, "path", to="https://evil.example/articles.csv"),
        [
            "datapackage.json:-:resources/articles/path: 'https://evil.example/articles.csv' is"
            " not allowed; write articles.csv"
        ],
    ),
    (
        "schema elsewhere",
        package(*FIRST, "schema", to="https://evil.example/schema.json"),
        [
            "datapackage.json:-:resources/articles/schema: differs from the format;"
            " copy it from the articles of a good story"
        ],
    ),
    (
        "schema loosened",
        package(*FIRST, "schema", "fields", 0, "constraints", to={}),
        [
            "datapackage.json:-:resources/articles/schema: differs from the format;"
            " copy it from the articles of a good story"
        ],
    ),
    (
        "data within",
        package(*FIRST, "data", to=[]),
        [
            "datapackage.json:-:resources/articles/data: is not allowed;"
            " the tables are plain CSV, remove it"
        ],
    ),
    (
        "encoding",
        package(*FIRST, "encoding", to="latin-1"),
        ["datapackage.json:-:resources/articles/encoding: is not utf-8; save the table so"],
    ),
]

THERE = "resources/articles"
TEXT: list[tuple[str, Edit, list[str]]] = [
    (
        "characters",
        cell("articles", 2, "characters", "346"),
        ["articles:2:characters: 346 is not 345, as in the text; correct it"],
    ),
    (
        "words",
        cell("articles", 2, "words", "49"),
        ["articles:2:words: 49 is not 52, as in the text's paragraphs; correct one of them"],
    ),
    (
        "a paragraph too many",
        cell("articles", 2, "paragraphs", "4"),
        ["articles:2:words: 52 is not 54, as in the text's paragraphs; correct one of them"],
    ),
    (
        "paragraphs beyond the text",
        cell("articles", 2, "paragraphs", "5"),
        ["articles:2:paragraphs: 5 is more than the 4 of the text; correct it"],
    ),
    (
        "another text",
        cell("articles", 2, "text_sha256", WRONG),
        [
            f"articles:-:text_sha256: no article has the SHA-256 of the text given, {TEXT_HASH};"
            " give the right text"
        ],
    ),
    (
        "paragraph",
        cell("mentions", 4, "paragraph", "1"),
        [
            "mentions:4:paragraph: 1 is paragraph 2 of the text; correct it",
            "passages:9:start: 158 in paragraph 2 lies before 164, where paragraph 1 still runs;"
            " correct paragraph or offsets",
        ],
    ),
    (
        "span beyond its paragraph",
        cell("mentions", 7, "end", "334"),
        ["mentions:7:end: 334 is beyond its paragraph, which ends at 330; correct it"],
    ),
    (
        "hash",
        cell("passages", 9, "sha256", WRONG),
        [
            "passages:9:sha256: is not that of the text there ('Pilots in Farland doubt it.');"
            " correct offsets or hash"
        ],
    ),
    (
        "first words",
        cell("passages", 9, "first", "Pilots of Farland"),
        [
            "passages:9:first: 'Pilots of Farland' is not 'Pilots in Farland', as in the text;"
            " correct it"
        ],
    ),
    (
        "last words",
        cell("passages", 9, "last", "doubt"),
        ["passages:9:last: 'doubt' is not 'it', as in the text; correct it"],
    ),
    (
        "name of somebody else",
        cell("mentions", 3, "actor", "pilots"),
        [
            "mentions:3:actor: is not named by 'Mayor Ada Bell' in the text;"
            " correct offsets or aliases"
        ],
    ),
    (
        "name of another place",
        cell("mentions", 7, "place", "quayside"),
        [
            "mentions:7:place: is not named by 'Marsh' in the text; correct offsets or aliases",
        ],
    ),
]


def tabled(cases: list[tuple[str, Edit, list[str]]]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize(
        ("edit", "wanted"),
        [pytest.param(edit, wanted, id=name) for name, edit, wanted in cases],
    )


def said(folder: Path, article_text: str | None = None) -> list[str]:
    return [str(fault) for fault in faults(folder, article_text)]


def test_the_good_story_has_no_faults(story_folder: Path, article_text: str) -> None:
    assert said(story_folder) == []
    assert said(story_folder, article_text) == []


@tabled(SCHEMA + OURS + FILES)
def test_what_is_wrong_and_how_to_mend_it(
    story_folder: Path, edit: Edit, wanted: list[str]
) -> None:
    edit(story_folder)
    assert said(story_folder) == wanted


@tabled(TEXT)
def test_what_differs_from_the_text(
    story_folder: Path, article_text: str, edit: Edit, wanted: list[str]
) -> None:
    edit(story_folder)
    assert said(story_folder, article_text) == wanted


def test_a_text_without_a_paragraph(story_folder: Path) -> None:
    blank = " " * 345
    cell("articles", 2, "text_sha256", digest(blank))(story_folder)
    assert {fault.table for fault in faults(story_folder, blank)} >= {"passages", "mentions"}


def test_every_rule_has_a_case(story_folder: Path, tmp_path: Path) -> None:
    broken = set()
    for place, (_, edit, _) in enumerate(OURS):
        folder = Path(shutil.copytree(story_folder, tmp_path / str(place) / "tiny"))
        edit(folder)
        tables = read_package(folder).tables
        broken |= {rule.sentence for rule in RULES if any(rule.check(tables))}
    assert {rule.sentence for rule in RULES} == broken


def test_all_faults_come_at_once_in_the_order_of_tables_and_rows(
    story_folder: Path, article_text: str
) -> None:
    for edit in (
        package("title", to=""),
        cell("passages", 9, "sha256", WRONG),
        cell("articles", 2, "words", "49"),
        cell("actors", 4, "wikidata", "42"),
        cell("actors", 2, "member_note", ""),
        add("links", "e-talks", "venue", "", "quayside"),
    ):
        edit(story_folder)
    assert [message.split(": ")[0] for message in said(story_folder, article_text)] == [
        "datapackage.json:-:title",
        "articles:2:words",
        "actors:2:member_note",
        "actors:4:wikidata",
        "links:6:record",
        "passages:9:sha256",
    ]


def test_a_table_that_cannot_be_read_accuses_no_other(story_folder: Path) -> None:
    (story_folder / "actors.csv").write_bytes(b"\xff")
    cell("places", 3, "name", "")(story_folder)
    assert said(story_folder) == [
        "places:3:name: is empty; fill it in: Name in English.",
        "actors:-:-: actors.csv is not UTF-8 (line 1); save it so",
    ]


def test_a_header_alone_is_a_table(story_folder: Path) -> None:
    both(header_only("figures"), header_only("links"))(story_folder)
    drop("passages", 10)(story_folder)
    assert said(story_folder) == []


@pytest.mark.parametrize("name", ["nothing", "file", "bad\0name"])
def test_no_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    (message,) = said(tmp_path / name)
    assert message.startswith("-:-:-: ")
    assert message.endswith(" is no folder; give the folder of a story")


def test_nothing_is_ever_fetched(story_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a story opened a connection")

    for name in ("create_connection", "getaddrinfo", "socket"):
        monkeypatch.setattr(socket, name, refuse)
    for key in ("path", "schema"):
        package(*FIRST, key, to="http://127.0.0.1:9/articles.csv")(story_folder)
    package("profile", to="http://127.0.0.1:9/profile.json")(story_folder)
    assert len(faults(story_folder)) == 2


def test_the_tables_are_those_of_the_schema() -> None:
    assert tuple(story_format()["tables"]) == TABLES


@pytest.mark.parametrize(
    ("fault", "wanted"),
    [
        (Fault("quotes", 3, "topic", "is wrong; mend it"), "quotes:3:topic: is wrong; mend it"),
        (Fault("quotes", 3, None, "is wrong; mend it"), "quotes:3:-: is wrong; mend it"),
        (Fault("quotes", None, None, "is wrong; mend it"), "quotes:-:-: is wrong; mend it"),
        (Fault(None, None, None, "is wrong; mend it"), "-:-:-: is wrong; mend it"),
    ],
)
def test_how_a_fault_reads(fault: Fault, wanted: str) -> None:
    assert str(fault) == wanted
