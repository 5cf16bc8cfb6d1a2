"""Drafts to review: the story `tiny` as if a program had found it, and operations on it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from dashboard.review import adding, decisions, editing, merging, reassign
from dashboard.review.draft import WALKED, Draft, Row, row
from dashboard.schema import TABLES

STORIES = Path(__file__).parent.parent / "stories"
TEXT = (STORIES / "tiny.txt").read_bytes().decode()
ME = "Ida Reviewer"
FOUND_BY = "dateline rules"
SURE = {"q-bell-sail": "0.95", "q-pilots-paper": "0.8", "q-bell-resume": "0.55", "marsh": "0.3"}


def _rows(table: str) -> tuple[Row, ...]:
    path = STORIES / "tiny" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def made() -> Draft:
    """The story `tiny` as its editors left it."""
    told = json.loads((STORIES / "tiny" / "datapackage.json").read_text(encoding="utf-8"))
    tables = {table: _rows(table) for table in TABLES}
    return Draft(told["name"], told["title"], told["description"], TEXT, tables)


def found(**changed: Any) -> Draft:
    """The same with everything still to be reviewed, another speaker, and two more Quaysides."""
    draft = made()
    reviews = [
        row("reviews", record=r["id"], status="draft", decided_by=FOUND_BY,
            confidence=SURE.get(r["id"], "0.7"))
        for table in WALKED
        for r in draft.rows(table)
    ]  # fmt: skip
    others = [
        row("alternatives", record="q-pilots-paper", n="1", confidence="0.4", actor="council"),
        row("alternatives", record="quayside", n="1", confidence="0.3", name="Quayside",
            country="US", latitude="40.5", longitude="-120.25", geonames="7"),
        row("alternatives", record="quayside", n="2", confidence="0.1", name="Old Harbour",
            country="CA", latitude="45", longitude="-63"),
    ]  # fmt: skip
    quotes = [
        {**r, "paraphrase": ""} if r["kind"] == "indirect" else r for r in draft.rows("quotes")
    ]
    return draft.having(reviews=reviews, alternatives=others, quotes=quotes, **changed)


DRAFT = found()
Operation = Callable[[Draft], Draft]


@st.composite
def operations(draw: st.DrawFn) -> tuple[str, Operation]:
    """Something that a reviewer does, allowed or not, to records that are there or not."""
    ids = [r["id"] for table in WALKED for r in DRAFT.rows(table)]
    record = draw(st.sampled_from([*ids, "nobody"]))
    other = draw(st.sampled_from(ids))
    start = draw(st.integers(-1, len(TEXT)))
    span = (start, start + draw(st.integers(0, 60)))
    words = draw(st.sampled_from(["Ferry", "Over there", "", "a|b", "x\ny", " ", "Ünsal", "-"]))
    kind = draw(st.sampled_from(["direct", "mixed", "indirect", "shouted"]))
    day = draw(st.sampled_from(["2024-05-06", "2024-02-29", "2023-02-29", "", "soon"]))
    precision = draw(st.sampled_from(["day", "week", "month", "year"]))
    column = draw(st.sampled_from(
        ["name", "kind", "role", "aliases", "member_of", "member_basis", "member_note", "speaker",
         "paraphrase", "cue", "context", "said_at", "said_on", "said_basis", "said_note", "topic",
         "title", "start", "precision", "status", "place", "basis", "note", "latitude", "country"]
    ))  # fmt: skip
    cell = draw(st.sampled_from([words, kind, day, precision, other, "inferred", "53.5", "person"]))
    name, operation = draw(st.sampled_from([
        ("accept", lambda d: decisions.accept(d, record, ME)),
        ("reject", lambda d: decisions.reject(d, record, ME)),
        ("restore", lambda d: decisions.restore(d, record, ME)),
        ("accept all", lambda d: decisions.accept_all_above(d, 0.6, ME)),
        ("edit", lambda d: editing.edit(d, record, ME, **{column: cell})),
        ("kind", lambda d: editing.change_kind(d, record, kind, ME)),
        ("respan", lambda d: editing.respan(d, record, span)),
        ("merge", lambda d: merging.merge(d, record, other, ME)),
        ("speaker", lambda d: reassign.speaker(d, record, other, ME)),
        ("place", lambda d: reassign.place(d, record, 1 + len(words) % 3, ME)),
        ("quote", lambda d: adding.add_quote(d, [span], kind=kind, speaker=other, by=ME)),
        ("event", lambda d: adding.add_event(
            d, span, title=words, start=day, precision=precision, by=ME)),
        ("actor", lambda d: adding.add_actor(d, span, name=words, by=ME)),
        ("place", lambda d: adding.add_place(d, span, name=words, kind="city", by=ME)),
        ("region", lambda d: adding.add_place(d, span, name=words, by=ME)),
        ("mention", lambda d: adding.add_mention(d, record, span)),
        ("drop", lambda d: adding.drop_mention(d, f"m-{record}")),
    ]))  # fmt: skip
    return name, operation
