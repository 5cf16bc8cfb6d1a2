"""Fields of a record: what they hold now, and how they are handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.panels.adding.acting import decide, do, reviewer
from dashboard.review.cells import label
from dashboard.review.draft import Draft, Row
from dashboard.review.editing import edit
from dashboard.schema import field

EARLIEST, LATEST = date(1800, 1, 1), date(2200, 12, 31)
Further = Callable[[Draft], Draft]


def text(mark: str, row: Row, column: str, title: str = "", **options: Any) -> str:
    """A line of text."""
    shown = title or label(column)
    return str(st.text_input(shown, row[column], key=f"{column} {mark}", **options) or "")


def lines(mark: str, row: Row, column: str, title: str = "", **options: Any) -> str:
    """A sentence or two."""
    options = {"height": 76, **options}
    shown = title or label(column)
    return str(st.text_area(shown, row[column], key=f"{column} {mark}", **options) or "")


def choice(
    mark: str, table: str, row: Row, column: str, title: str = "", *, optional: bool = False
) -> str:
    """One of the values that the format knows."""
    values = [*([""] if optional else []), *field(table, column)["constraints"]["enum"]]
    return one_of(mark, row, column, {v: v.capitalize() or "—" for v in values}, title)


def one_of(
    mark: str, row: Row, column: str, names: Mapping[str, str], title: str = "", **options: Any
) -> str:
    """One of several, by id; `names` are what a reader sees."""
    ids = list(names)
    chosen = st.selectbox(
        title or label(column),
        ids,
        index=ids.index(row[column]) if row[column] in ids else 0,
        format_func=names.__getitem__,
        key=f"{column} {mark}",
        **options,
    )
    return str(chosen or "")


def day(mark: str, row: Row, column: str, title: str = "") -> str:
    """A date; it may be empty."""
    chosen = st.date_input(
        title or label(column),
        value=date.fromisoformat(row[column]) if row[column] else None,
        min_value=EARLIEST,
        max_value=LATEST,
        key=f"{column} {mark}",
    )
    return chosen.isoformat() if isinstance(chosen, date) else ""


def names_of(draft: Draft, table: str, *, but: str = "", empty: str = "") -> dict[str, str]:
    """Names of a table's records by id, in order of the alphabet; first, if named, none at all."""
    found = {r["id"]: r["name"] for r in draft.rows(table) if r["id"] != but}
    ordered = dict(sorted(found.items(), key=lambda item: item[1].casefold()))
    return ({"": empty} if empty else {}) | ordered


def later(title: str, key: str) -> DeltaGenerator | None:
    """A box for what is seldom changed, while it is open: each field costs time to draw."""
    box = st.expander(title, key=key, type="compact", on_change="rerun")
    return box if box.open else None


def end_form(
    token: str, record: str, cells: Mapping[str, str], *further: Further, accepts: bool = True
) -> None:
    """The end of a form: what was typed becomes one step; the record may be accepted with it."""
    with st.container(horizontal=True):
        # The first one is what Enter and Ctrl+Enter press.
        both = accepts and st.form_submit_button(
            "Save and accept", key=f"save and accept {record}", icon=":material/check:"
        )
        kept = "accept" if accepts else "further"
        saved = st.form_submit_button("Save", key=f"save {kept} {record}", icon=":material/save:")
    if saved or both:
        if _save(token, record, cells, *further) and both:
            decide(token, record, "Accept")
        st.rerun(scope="fragment")


def _save(token: str, record: str, cells: Mapping[str, str], *further: Further) -> bool:
    def operation(draft: Draft) -> Draft:
        made = edit(draft, record, reviewer(), **cells)
        for step in further:
            made = step(made)
        return made

    return do(token, f"Edit {record}", operation)
