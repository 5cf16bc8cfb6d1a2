"""Owns changes to the fields of a record: each is checked, and goes with what depends on it."""

from __future__ import annotations

import calendar
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from dashboard.checking.anchors import text_faults
from dashboard.checking.descriptor import SLUG
from dashboard.checking.fault import Fault
from dashboard.checking.rules import RULES
from dashboard.model import SPOKEN
from dashboard.review.cells import cell_fault, checked_tables, clean, label, refers_to
from dashboard.review.decisions import decide, revive, status
from dashboard.review.draft import ACCEPTED, DRAFT, Draft, ReviewError, Row, Span, change, find
from dashboard.review.passages import passage_row
from dashboard.review.settled import settled
from dashboard.schema import RECORDS, columns

# What follows from the text, or is public API: nobody types it.
FIXED = frozenset({"id", "article", "paragraphs", "words", "characters", "text_sha256"})

LONGEST_LINE = 2_000  # characters of a title or description


def edit(draft: Draft, record: str, by: str = "reviewer", **cells: str) -> Draft:
    """Return the draft with other cells in a record.

    An event's last day follows from its first and its precision; a date's or place's basis goes
    when they go. Raises ReviewError with what is wrong and the remedy, all faults in one line.
    """
    table, old = find(draft, record)
    cells = {column: clean(cell) for column, cell in cells.items()}
    if unknown := set(cells) - (set(columns(table)) - FIXED):
        raise ReviewError(f"{', '.join(sorted(unknown))} cannot be changed here")
    if "kind" in cells and table == "quotes" and cells["kind"] != old["kind"]:
        draft = change_kind(draft, record, cells["kind"], by)
        _, old = find(draft, record)
    new = _completed(table, {**old, **cells})
    faults = [cell_fault(table, column, new[column]) for column in cells]
    faults += [_reference_fault(draft, table, column, new[column]) for column in cells]
    if told := [fault for fault in faults if fault]:
        raise ReviewError("; ".join(told))
    for column in cells:
        if refers_to(table, column) in ("actors", "places") and new[column]:
            draft = revive(draft, new[column], by)
    return sound(draft, change(draft, record, **new))


def describe(draft: Draft, title: str, description: str) -> Draft:
    """Return the draft with another title and description. Raises ReviewError."""
    title, description = clean(title), clean(description)
    for name, cell in (("title", title), ("description", description)):
        if not cell:
            raise ReviewError(f"{label(name)} is empty; fill it in")
        if len(cell) > LONGEST_LINE:
            raise ReviewError(f"{label(name)} is too long; keep below {LONGEST_LINE:,} characters")
        if not cell.isprintable():
            raise ReviewError(f"{label(name)} holds characters that nobody sees; type it anew")
    return replace(draft, title=title, description=description)


def change_kind(draft: Draft, quote: str, kind: str, by: str = "reviewer") -> Draft:
    """Return the draft in which a statement is of another kind, its passages as the kind's.

    Spoken words need no paraphrase; a statement that becomes indirect has none yet, and is a draft
    until it has. Raises ReviewError.
    """
    table, old = find(draft, quote)
    if table != "quotes":
        raise ReviewError("only a statement is direct, mixed or indirect; choose one")
    if fault := cell_fault("quotes", "kind", kind):
        raise ReviewError(fault)
    if kind == old["kind"]:
        return draft
    spans = [(int(p["start"]), int(p["end"])) for p in draft.anchors.get(quote, ())]
    draft = change(draft, quote, kind=kind, paraphrase="" if kind in SPOKEN else old["paraphrase"])
    draft = respan(draft, quote, *spans)
    _, new = find(draft, quote)
    if kind == "indirect" and not new["paraphrase"] and status(draft, quote) == ACCEPTED:
        draft = decide(draft, quote, DRAFT, by)
    return draft


def respan(draft: Draft, record: str, *spans: Span) -> Draft:
    """Return the draft in which just these spans of the text are a record's passages.

    Raises ReviewError.
    """
    table, found = find(draft, record)
    if table not in RECORDS or not spans:
        raise ReviewError("choose a statement or event, and words of the article for it")
    kind = found["kind"] if table == "quotes" else ""
    made = [passage_row(draft, record, n, span, kind) for n, span in enumerate(spans, start=1)]
    rows = draft.rows("passages")
    at = next((n for n, r in enumerate(rows) if r["record"] == record), len(rows))
    others = [r for r in rows if r["record"] != record]
    return draft.having(passages=(*others[:at], *made, *others[at:]))


def sound(before: Draft, after: Draft) -> Draft:
    """Return the draft after an operation. Raises ReviewError with what is newly at fault."""
    held = Counter(fault.message for fault in current_faults(before))
    told = []
    for fault in current_faults(after):
        if held[fault.message]:
            held[fault.message] -= 1
        else:
            told.append(fault)
    if told:
        raise ReviewError("; ".join(f"{label(f.column or '')} {f.message}".strip() for f in told))
    return after


def period(start: date, precision: str) -> tuple[date, date | None]:
    """Return the first and last day of a day (None), week (seven days), month or year."""
    if precision == "week":
        return start, start + timedelta(days=6)
    if precision == "month":
        last = calendar.monthrange(start.year, start.month)[1]
        return start.replace(day=1), start.replace(day=last)
    if precision == "year":
        return start.replace(month=1, day=1), start.replace(month=12, day=31)
    return start, None


def _completed(table: str, cells: Row) -> dict[str, str]:
    new = dict(cells)
    if table == "quotes" and not new["said_at"] and not new["said_on"]:
        new["said_basis"] = ""
    elif table == "quotes" and not new["said_basis"]:
        new["said_basis"] = "inferred" if new["said_note"] else "stated"
    if table == "actors" and not new["member_of"]:
        new["member_basis"] = new["member_note"] = ""
    elif table == "actors" and not new["member_basis"]:
        new["member_basis"] = "inferred" if new["member_note"] else "stated"
    if (
        table == "events"
        and new["status"] != "ongoing"
        and not cell_fault(table, "start", new["start"])
    ):
        start, end = period(date.fromisoformat(new["start"]), new["precision"])
        new["start"], new["end"] = start.isoformat(), end.isoformat() if end else ""
    return new


def _reference_fault(draft: Draft, table: str, column: str, cell: str) -> str:
    target = refers_to(table, column)
    if target and cell and draft.by_id.get(cell, ("",))[0] != target:
        return f"{label(column)} is not among the {target} any more; choose another"
    return ""


def current_faults(draft: Draft) -> list[Fault]:
    """Return what the rules and the text say of what would be published, without the schema."""
    tables = checked_tables(settled(draft))
    found = [fault for rule in RULES if rule.applies(tables) for fault in rule.check(tables)]
    return [*found, *text_faults(tables, draft.text)]


def rename(draft: Draft, slug: str) -> Draft:
    """Return the draft with another slug, which names its folder. Raises ReviewError."""
    slug = clean(slug)
    if not SLUG.fullmatch(slug):
        raise ReviewError(f"“{slug}” is no slug; write small letters, digits, hyphens")
    return replace(draft, slug=slug)
