"""Owns the rules of what ties records to actors, places and the article: links and spans."""

from __future__ import annotations

import hashlib
from collections import defaultdict

from dashboard.checking.fault import shown
from dashboard.checking.package import Row
from dashboard.checking.rule import Faults, Tables, rule
from dashboard.schema import RECORDS

SPANS = ("mentions", "passages")
FRAGMENT_WORDS = 3
LONGEST_SPANS = {"mentions": 500, "passages": 10_000}  # characters


def kinds_of_records(tables: Tables) -> dict[str, str]:
    """Return, for each quote, event, position and figure, its table; for a quote, its kind."""
    records = (
        (row["id"], row["kind"] if t == "quotes" else t) for t in RECORDS for row in tables[t]
    )
    return {record: kind for record, kind in records if record}


@rule(*RECORDS, "links", "passages")
def known_records(tables: Tables) -> Faults:
    """`record` names a quote, event, position or figure."""
    records = {row["id"] for table in RECORDS for row in tables[table]}
    for row in (*tables["links"], *tables["passages"]):
        if row["record"] and row["record"] not in records:
            what = f"{shown(row['record'])} is no quote, event, position or figure"
            yield row.fault("record", f"{what}; correct it or add it")


@rule("links", "mentions")
def actor_or_place(tables: Tables) -> Faults:
    """A link or mention names an actor or a place: one of the two, not both."""
    for row in (*tables["links"], *tables["mentions"]):
        if row["actor"] and row["place"]:
            yield row.fault("actor", "names an actor and a place; split it into two rows")
        elif not row["actor"] and not row["place"]:
            yield row.fault("actor", "names neither actor nor place; name one")


@rule("links")
def links_once(tables: Tables) -> Faults:
    """No link is there twice."""
    first: dict[tuple[str, ...], int] = {}
    for row in tables["links"]:
        line = first.setdefault(row.cells, row.line)
        if line != row.line:
            yield row.fault("record", f"is the same link as in row {line}; delete one")


@rule(*RECORDS, "passages")
def passages_numbered(tables: Tables) -> Faults:
    """Every quote, event, position and figure has passages, numbered from 1 without gaps."""
    numbers = defaultdict(set)
    for row in tables["passages"]:
        numbers[row["record"]].add(row["n"])
    for table in RECORDS:
        for row in tables[table]:
            if row["id"] and row["id"] not in numbers:
                yield row.fault(
                    "id", f"{shown(row['id'])} has no passage; add where the article says it"
                )
    for row in tables["passages"]:
        if row["n"] and row["n"] > 1 and not {row["n"] - 1, None} & numbers[row["record"]]:
            missing = row["n"] - 1
            yield row.fault(
                "n", f"is {row['n']}, but {shown(row['record'])} has no {missing}; renumber"
            )


@rule("articles", *SPANS)
def spans_within(tables: Tables) -> Faults:
    """A span starts before it ends, within its article, in one of its paragraphs; a mention has
    at most 500 characters, a passage 10,000.
    """
    articles = {row["id"]: row for row in tables["articles"]}
    for row in (*tables["mentions"], *tables["passages"]):
        if None not in (row["start"], row["end"]) and row["start"] >= row["end"]:
            yield row.fault(
                "end", f"{row['end']} is not after the start {row['start']}; correct one"
            )
        if (article := articles.get(row["article"])) is None:
            continue
        for column, limit in (("end", "characters"), ("paragraph", "paragraphs")):
            if row[column] and article[limit] and row[column] > article[limit]:
                message = (
                    f"{row[column]} is beyond the article's {article[limit]} {limit}; correct one"
                )
                yield row.fault(column, message)
            elif column == "end" and None not in (row["start"], row["end"]):
                length, most = row["end"] - row["start"], LONGEST_SPANS[row.table]
                if length > most:
                    yield row.fault("end", f"is {length:,} after the start; keep within {most:,}")


@rule(*SPANS)
def spans_ordered(tables: Tables) -> Faults:
    """Spans lie in the order of their paragraphs."""
    spans: dict[str, dict[int, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in (*tables["mentions"], *tables["passages"]):
        if None not in (row["article"], row["paragraph"], row["start"], row["end"]):
            spans[row["article"]][row["paragraph"]].append(row)
    for paragraphs in spans.values():
        latest, before = 0, 0
        for paragraph in sorted(paragraphs):
            for row in paragraphs[paragraph]:
                if row["start"] < latest:
                    message = (
                        f"{row['start']} in paragraph {paragraph} lies before {latest}, where"
                        f" paragraph {before} still runs; correct paragraph or offsets"
                    )
                    yield row.fault("start", message)
            end = max(row["end"] for row in paragraphs[paragraph])
            latest, before = (end, paragraph) if end > latest else (latest, before)


@rule(*RECORDS, "passages")
def exact_where_spoken(tables: Tables) -> Faults:
    """`exact` stands in every passage of a direct or mixed quote, and in no other passage."""
    kinds = kinds_of_records(tables)
    for row in tables["passages"]:
        kind = kinds.get(row["record"])
        if kind in ("direct", "mixed") and not row["exact"]:
            yield row.fault("exact", f"is empty in a {kind} quote; copy the spoken words")
        elif kind and kind not in ("direct", "mixed") and row["exact"]:
            what = "an indirect quote" if kind == "indirect" else kind
            yield row.fault("exact", f"carries words of {what}, which nobody spoke; empty it")


@rule("passages")
def exact_is_the_span(tables: Tables) -> Faults:
    """`exact` is as long as its span, and has its SHA-256."""
    for row in tables["passages"]:
        if not row["exact"] or None in (row["start"], row["end"]):
            continue
        span, length = row["end"] - row["start"], len(row["exact"])
        if length != span:
            yield row.fault(
                "exact", f"has {length} characters, its span {span}; copy the words again"
            )
        elif row["sha256"] and hashlib.sha256(row["exact"].encode()).hexdigest() != row["sha256"]:
            yield row.fault(
                "sha256", "is not the SHA-256 of exact; copy the words or compute it again"
            )


@rule("passages")
def fragment_where_silent(tables: Tables) -> Faults:
    """`first` and `last`, at most three words each, stand in every passage without `exact`."""
    for row in tables["passages"]:
        for column in ("first", "last"):
            words = len((row[column] or "").split())
            if row["exact"] and words:
                yield row.fault(
                    column, "stands beside exact, which finds the passage already; empty it"
                )
            elif not row["exact"] and not words:
                yield row.fault(
                    column, f"is empty; copy the {column} words of the passage, three at most"
                )
            elif words > FRAGMENT_WORDS:
                yield row.fault(column, f"has {words} words; keep three at most")
