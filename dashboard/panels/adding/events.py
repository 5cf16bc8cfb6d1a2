"""The fields of an event: our title, its date, and where it is."""

from __future__ import annotations

import streamlit as st

from dashboard.markdown import escape
from dashboard.panels.adding.acting import reviewer, stamp
from dashboard.panels.adding.fields import choice, day, end_form, names_of, one_of, text
from dashboard.panels.adding.statements import choose_ties
from dashboard.panels.text import note
from dashboard.review.draft import Draft
from dashboard.review.linking import tie


def show_event(token: str, draft: Draft, record: str) -> None:
    """All fields are saved together; the last day follows from the first and the precision."""
    _, row = draft.by_id[record]
    mark = stamp(draft, record)
    with st.form(f"event {record}", border=False):
        cells = {"title": text(mark, row, "title", "Title, in your own words")}
        left, right = st.columns(2)
        with left:
            cells["start"] = day(mark, row, "start", "Day, or first day")
            cells["status"] = choice(mark, "events", row, "status", "Seen from the article")
            cells["place"] = one_of(
                mark, row, "place", names_of(draft, "places", empty="Not stated"), "Where"
            )
        with right:
            cells["precision"] = choice(mark, "events", row, "precision", "Known to the")
            cells["basis"] = choice(mark, "events", row, "basis", "The date is")
            cells["note"] = text(mark, row, "note", "How the date was read")
        part = choose_ties(
            draft, record, "participant", "Taking part", names_of(draft, "actors"), mark
        )
        end_form(token, record, cells, lambda d: tie(d, record, "participant", part, reviewer()))
    if row["end"]:
        note(f"From {escape(row['start'])} to {escape(row['end'])}.")
