"""Owns whom and what a record is tied to: about whom, to whom, who took part."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.review.cells import cell_fault
from dashboard.review.decisions import revive
from dashboard.review.draft import Draft, ReviewError, find, row
from dashboard.review.editing import sound
from dashboard.schema import RECORDS


def tied(draft: Draft, record: str, role: str) -> tuple[str, ...]:
    """Return the ids of the actors and places to which a record is tied in a role."""
    return tuple(
        r["actor"] or r["place"]
        for r in draft.rows("links")
        if r["record"] == record and r["role"] == role
    )


def tie(draft: Draft, record: str, role: str, ids: Iterable[str], by: str = "reviewer") -> Draft:
    """Return the draft in which a record is tied to just these actors and places in a role.

    Raises ReviewError.
    """
    wanted = tuple(dict.fromkeys(ids))
    if find(draft, record)[0] not in RECORDS:
        raise ReviewError("only statements and events are about somebody; choose one")
    if fault := cell_fault("links", "role", role):
        raise ReviewError(fault)
    if set(wanted) == set(tied(draft, record, role)):
        return draft
    made = draft
    new = []
    for name in wanted:
        table, _ = find(draft, name)
        if table not in ("actors", "places"):
            raise ReviewError("a record is about people and places; choose these")
        made = revive(made, name, by)
        new.append(row("links", record=record, role=role, **{table.removesuffix("s"): name}))
    rows = made.rows("links")
    kept = [r for r in rows if (r["record"], r["role"]) != (record, role)]
    at = next((n for n, r in enumerate(kept) if r["record"] == record), len(kept))
    return sound(draft, made.having(links=(*kept[:at], *new, *kept[at:])))
