"""Owns the order in which a reviewer meets the records, and what each is called in a list."""

from __future__ import annotations

from dashboard.model import GAP
from dashboard.plain import cut
from dashboard.review.decisions import confidence, status
from dashboard.review.draft import ACCEPTED, DRAFT, Draft, Row
from dashboard.review.naming import printed

ORDERS = {
    "text": "As in the text",
    "undecided": "Undecided first",
    "unsure": "Least sure first",
}
MARKS = {DRAFT: "○", ACCEPTED: "✓"}
LONGEST = 70  # characters of a record's words in a list


def queue(draft: Draft, table: str, order: str) -> list[str]:
    """Return the ids of a table's records in one of the orders."""
    records = [row["id"] for row in draft.rows(table)]

    def place(record: str) -> int:
        first = next(iter(draft.anchors.get(record, ())), None)
        return int(first["start"]) if first else len(draft.text)

    records.sort(key=place)
    if order != "text":
        records.sort(key=lambda record: status(draft, record) != DRAFT)
    if order == "unsure":
        records.sort(key=lambda r: (status(draft, r) != DRAFT, _sure(draft, r)))
    return records


def following(records: list[str], record: str, draft: Draft) -> str:
    """Return the next record that is not decided, after this one and then from the beginning.

    When all are decided it is the one that stands next; the same one if it is the last.
    """
    at = records.index(record) if record in records else -1
    ahead = [*records[at + 1 :], *records[: max(at, 0)]]
    undecided = (r for r in ahead if status(draft, r) == DRAFT)
    return next(undecided, next(iter(records[at + 1 :]), record))


def called(draft: Draft, record: str) -> str:
    """Return what a record is called in a list: its state, and its first words or its name."""
    table, row = draft.by_id[record]
    return f"{MARKS.get(status(draft, record), '✗')} {name(draft, table, row)}"


def name(draft: Draft, table: str, row: Row) -> str:
    """Return what a record is called: who says what, a name, a title."""
    if table == "quotes":
        who = draft.by_id[row["speaker"]][1]["name"]
        return f"{cut(who, 30)}: {cut(words(draft, row), LONGEST)}"
    return cut(row.get("title") or row["name"], LONGEST)


def words(draft: Draft, quote: Row) -> str:
    """Return a statement's words: spoken ones in quotation marks, else as they are reported."""
    found = GAP.join(printed(draft, p) for p in draft.anchors.get(quote["id"], ()))
    return found if quote["kind"] == "indirect" else f"“{found}”"


def _sure(draft: Draft, record: str) -> float:
    sure = confidence(draft, record)
    return 1.0 if sure is None else sure
