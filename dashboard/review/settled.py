"""Owns what is left of a draft when its rejected finds are gone: the tables that are published."""

from __future__ import annotations

from itertools import count

from dashboard.review.draft import REJECTED, Draft, Row
from dashboard.schema import REVIEWED, TABLES, references

NAMED = ("places", "actors")  # the format wants each of them named somewhere
# (table, what it names, the columns that go with that name)
LOOSENED = (
    ("actors", "member_of", ("member_basis", "member_note")),
    ("events", "place", ()),
    ("articles", "dateline", ()),
)


def settled(draft: Draft) -> Draft:
    """Return the draft without rejected records, whatever hangs on them, and whom nothing names.

    A rejected find leaves one trace: its review, with where it stood. Its id goes, which may have
    words of a title or a report that was taken for somebody's.
    """
    gone = {record for record, review in draft.reviews.items() if review["status"] == REJECTED}
    kept = _without(draft, gone)
    while unnamed := _unnamed(kept):
        kept = _without(kept, unnamed)
    return kept.having(reviews=_traces(draft, kept), alternatives=_numbered(kept))


def _without(draft: Draft, gone: set[str]) -> Draft:
    tables = {table: [r for r in draft.rows(table) if r["id"] not in gone] for table in REVIEWED}
    spans = {
        "passages": [r for r in draft.rows("passages") if r["record"] not in gone],
        "mentions": [r for r in draft.rows("mentions") if not {r["actor"], r["place"]} & gone],
        "links": [r for r in draft.rows("links")
                  if not {r["record"], r["actor"], r["place"]} & gone],
        "alternatives": [r for r in draft.rows("alternatives")
                         if not {r["record"], r["actor"]} & gone],
    }  # fmt: skip
    tables["articles"] = list(draft.rows("articles"))
    for table, column, others in LOOSENED:
        empty = dict.fromkeys((column, *others), "")
        tables[table] = [{**r, **empty} if r[column] in gone else r for r in tables[table]]
    tables["quotes"] = [_said_nowhere(r) if r["said_at"] in gone else r for r in tables["quotes"]]
    return draft.having(**tables, **spans)


def _said_nowhere(quote: Row) -> Row:
    return {**quote, "said_at": "", "said_basis": quote["said_basis"] if quote["said_on"] else ""}


def _unnamed(draft: Draft) -> set[str]:
    """Places and actors that nothing names: those that only what was rejected had named."""
    found = set()
    for table in NAMED:
        named = {
            r[column]
            for other in TABLES
            for column, target in references(other)
            if target == table
            for r in draft.rows(other)
        }
        found |= {r["id"] for r in draft.rows(table)} - named
    return found


def _traces(draft: Draft, kept: Draft) -> list[Row]:
    rows: list[Row] = []
    taken = {*draft.by_id, *draft.reviews}
    free = (name for n in count(1) if (name := f"rejected-{n}") not in taken)
    for review in draft.rows("reviews"):
        if review["status"] != REJECTED:
            rows += [review] if review["record"] in kept.by_id else []
        elif review["end"]:  # rejected in an earlier review: the record itself is gone
            rows.append(review)
        elif anchors := draft.anchors.get(review["record"]):
            first = anchors[0]
            where = {column: first[column] for column in ("article", "start", "end")}
            rows.append({**review, **where, "record": next(free)})
    return rows


def _numbered(draft: Draft) -> list[Row]:
    return [
        {**other, "n": str(n)}
        for record, others in draft.others.items()
        if record in draft.by_id
        for n, other in enumerate(others, start=1)
    ]
