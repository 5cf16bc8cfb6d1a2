"""The fields of a statement: who says it, of what kind it is, our sentences about it."""

from __future__ import annotations

import streamlit as st

from dashboard.panels.adding.acting import do, reviewer, stamp
from dashboard.panels.adding.fields import (
    choice,
    day,
    end_form,
    later,
    lines,
    names_of,
    one_of,
    text,
)
from dashboard.review.adding import new_speaker
from dashboard.review.draft import Draft
from dashboard.review.editing import change_kind
from dashboard.review.linking import tie, tied
from dashboard.review.reassign import speaker
from dashboard.schema import field

KINDS = {"direct": "Quoted", "mixed": "Partly quoted", "indirect": "Reported"}


def show_statement(token: str, draft: Draft, record: str) -> None:
    """Speaker and kind change at once; sentences are saved together."""
    _, row = draft.by_id[record]
    _choose_speaker(token, draft, record)
    _choose_kind(token, draft, record)
    mark = stamp(draft, record)
    with st.form(f"statement {record}", border=False):
        cells = {}
        if row["kind"] == "indirect":
            cells["paraphrase"] = lines(
                mark, row, "paraphrase", "Paraphrase, in your own words",
                placeholder="What was said, not how the article says it.",
            )  # fmt: skip
        cells["context"] = lines(mark, row, "context", "Context, one line of your own")
        end_form(token, record, cells)
    if box := later("Where, when, to whom, about whom", f"circumstances {record}"):
        with box:
            _show_circumstances(token, draft, record)


def _show_circumstances(token: str, draft: Draft, record: str) -> None:
    _, row = draft.by_id[record]
    mark = stamp(draft, record)
    people, where = names_of(draft, "actors"), names_of(draft, "places")
    with st.form(f"circumstances {record}", border=False):
        both = people | {place: f"{name} (place)" for place, name in where.items()}
        about = choose_ties(draft, record, "about", "About", both, mark)
        told = choose_ties(draft, record, "addressee", "Said to", people, mark)
        left, right = st.columns(2)
        with left:
            cells = {
                "said_at": one_of(mark, row, "said_at", {"": "Not stated"} | where, "Said in"),
                "said_basis": choice(
                    mark, "quotes", row, "said_basis", "How we know", optional=True
                ),
            }
        with right:
            cells["said_on"] = day(mark, row, "said_on", "Said on")
            cells["cue"] = text(mark, row, "cue", "Reporting verb")
        cells["said_note"] = text(mark, row, "said_note", "Why we infer it")
        if draft.rows("topics"):
            topics = names_of(draft, "topics", empty="None")
            cells["topic"] = one_of(mark, row, "topic", topics)
        end_form(
            token,
            record,
            cells,
            lambda d: tie(d, record, "about", about, reviewer()),
            lambda d: tie(d, record, "addressee", told, reviewer()),
            accepts=False,
        )


def _choose_speaker(token: str, draft: Draft, record: str) -> None:
    _, row = draft.by_id[record]
    others = {r["actor"]: r["confidence"] for r in draft.others.get(record, ()) if r["actor"]}
    names = names_of(draft, "actors")
    ids = list(dict.fromkeys([row["speaker"], *others, *names]))
    key = f"speaker {stamp(draft, record)}"

    def called(actor: str) -> str:
        sure = f"\u2002(perhaps, {float(others[actor]):.0%})" if others.get(actor) else ""
        return f"{names.get(actor, actor)}{sure}"

    def on_change() -> None:
        chosen = str(st.session_state[key] or "")
        if chosen in draft.by_id:
            do(token, f"Speaker of {record}", lambda d: speaker(d, record, chosen, reviewer()))
        elif chosen:
            do(token, f"Speaker of {record}",
               lambda d: new_speaker(d, record, name=chosen, by=reviewer()))  # fmt: skip

    st.selectbox(
        "Who says it",
        ids,
        format_func=called,
        key=key,
        on_change=on_change,
        accept_new_options=True,
        help="Type a name that is not listed to add it.",
    )


def _choose_kind(token: str, draft: Draft, record: str) -> None:
    _, row = draft.by_id[record]
    key = f"kind {stamp(draft, record)}"

    def on_change() -> None:
        kind = str(st.session_state[key])
        if not do(token, f"Kind of {record}", lambda d: change_kind(d, record, kind, reviewer())):
            st.session_state[key] = row["kind"]

    st.segmented_control(
        "Kind",
        field("quotes", "kind")["constraints"]["enum"],
        format_func=KINDS.__getitem__,
        default=row["kind"],
        key=key,
        required=True,
        on_change=on_change,
        label_visibility="collapsed",
    )


def choose_ties(
    draft: Draft, record: str, role: str, title: str, names: dict[str, str], mark: str
) -> list[str]:
    """Those to whom a record is tied in a role; returns their ids."""
    held = [name for name in tied(draft, record, role) if name in names]
    chosen = st.multiselect(
        title,
        list(names),
        held,
        format_func=names.__getitem__,
        key=f"{role} {mark} {' '.join(held)}",
        select_all=False,
    )
    return list(chosen)
