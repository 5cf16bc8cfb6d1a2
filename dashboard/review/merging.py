"""Owns the merge of two actors, or two places, that are the same."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.checking.anchors import is_named
from dashboard.review.decisions import revive, status
from dashboard.review.draft import REJECTED, Draft, ReviewError, Row, change, find
from dashboard.review.naming import named, names, printed
from dashboard.schema import TABLES, references

FILLED = {
    "actors": ("role", "wikidata"),
    "places": ("country", "geonames", "wikidata"),
}


def merge(draft: Draft, kept: str, gone: str, by: str = "reviewer") -> Draft:
    """Return the draft in which `gone` is `kept`, in every column that names it.

    The one that stays keeps its id, name and place on the map; what it does not know it takes
    over, as it does the names. Raises ReviewError when they are not two of the same table.
    """
    table, kept_row = find(draft, kept)
    other, gone_row = find(draft, gone)
    if kept == gone or table != other or table not in FILLED:
        raise ReviewError("these cannot be the same; choose two people or two places")
    was_rejected = status(draft, gone) == REJECTED
    draft = _renamed(draft, table, kept, gone)
    cells = {c: kept_row[c] or gone_row[c] for c in FILLED[table]}
    if table == "places" and not kept_row["latitude"]:
        cells |= {c: gone_row[c] for c in ("latitude", "longitude")}
    draft = change(draft, kept, **cells)
    if table == "actors":
        draft = _member(draft, kept, kept_row, gone_row)
        draft = named(draft, kept, *names(gone_row))
    else:
        draft = _named_so(draft, kept)
    draft = draft.having(
        **{table: [r for r in draft.rows(table) if r["id"] != gone]},
        reviews=[r for r in draft.rows("reviews") if r["record"] != gone],
    )
    return draft if was_rejected else revive(draft, kept, by)


def _renamed(draft: Draft, table: str, kept: str, gone: str) -> Draft:
    """The draft in which every column that named `gone` names `kept`."""
    changed: dict[str, Iterable[Row]] = {}
    for other in TABLES:
        named = [column for column, target in references(other) if target == table]
        if named and any(r[column] == gone for r in draft.rows(other) for column in named):
            changed[other] = [
                {**r, **{c: kept for c in named if r[c] == gone}}
                if any(r[c] == gone for c in named)
                else r
                for r in draft.rows(other)
            ]
    draft = draft.having(**changed)
    draft = draft.having(links=_once(draft.rows("links")))
    draft = draft.having(alternatives=_others(draft, gone))
    return _one_position(draft)


def _once(rows: Iterable[Row]) -> list[Row]:
    return list({tuple(r.values()): r for r in rows}.values())


def _others(draft: Draft, gone: str) -> list[Row]:
    rows: list[Row] = []
    for record, others in draft.others.items():
        speaker = draft.by_id[record][1].get("speaker", "") if record in draft.by_id else ""
        once = {
            r["actor"] or (r["name"], r["latitude"], r["longitude"]): r
            for r in reversed(others)
            if record != gone and (not r["actor"] or r["actor"] != speaker)
        }
        rows += [{**r, "n": str(n)} for n, r in enumerate(reversed(once.values()), start=1)]
    return rows


def _one_position(draft: Draft) -> Draft:
    """An actor has one position on a topic: the first one stays."""
    seen: set[tuple[str, str]] = set()
    lost = set()
    for r in draft.rows("positions"):
        key = (r["actor"], r["topic"])
        lost |= {r["id"]} if key in seen else set()
        seen.add(key)
    if not lost:
        return draft
    return draft.having(
        positions=[r for r in draft.rows("positions") if r["id"] not in lost],
        **{
            table: [r for r in draft.rows(table) if r["record"] not in lost]
            for table in ("passages", "links", "reviews")
        },
    )


def _member(draft: Draft, kept: str, kept_row: Row, gone_row: Row) -> Draft:
    columns = ("member_of", "member_basis", "member_note")
    source = kept_row if kept_row["member_of"] not in ("", gone_row["id"]) else gone_row
    cells = {column: source[column] for column in columns}
    made = change(draft, kept, **cells)
    chain = [kept]
    while (above := made.by_id[chain[-1]][1]["member_of"]) and above not in chain:
        chain.append(above)
    return change(draft, kept, **dict.fromkeys(columns, "")) if above else made


def _named_so(draft: Draft, place: str) -> Draft:
    """A place has one name: words that are no part of it cannot be mentions of it."""
    name = draft.by_id[place][1]["name"]
    lost = {
        m["id"] for m in draft.anchors.get(place, ()) if not is_named(printed(draft, m), [name])
    }
    return draft.having(mentions=[r for r in draft.rows("mentions") if r["id"] not in lost])
