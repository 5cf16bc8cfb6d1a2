"""The review: how far it is, the text on the left, one record at a time on the right."""

from __future__ import annotations

import streamlit as st

from dashboard.markdown import escape
from dashboard.panels.adding.acting import (
    ARTICLE,
    ORDER,
    RECORD,
    TABLE,
    act,
    back,
    choose,
    order,
    reviewer,
    settle_table,
    show_said,
    table,
)
from dashboard.panels.adding.article import show_article, show_picker
from dashboard.panels.adding.facts import show_facts
from dashboard.panels.adding.missed import show_finder, show_missed
from dashboard.panels.adding.record import show_record
from dashboard.panels.text import note
from dashboard.review import decisions
from dashboard.review.draft import WALKED, Draft
from dashboard.review.queue import ORDERS, called, queue
from dashboard.review.store import GONE, STORE, Room

STEP = "step"
NAMES = {"quotes": "Statements", "actors": "People", "places": "Places", "events": "Events"}
SURE = (0.95, 0.9, 0.8, 0.7, 0.5)


@st.fragment
def show_room(token: str) -> None:
    """The review of the draft that a token opens; each step redraws this part of the page alone."""
    room = STORE.look(token)
    if room is None:
        st.error(GONE, icon=":material/error:")
        st.button("Begin anew", key="anew", on_click=st.query_params.clear)
        return
    draft = room.draft
    settle_table(draft)
    chosen = _chosen(draft)
    _show_progress(room)
    with st.container(horizontal=True, vertical_alignment="center", key="tools"):
        _show_tables(draft)
        _show_tools(token, room)
    left, right = st.columns([6, 5], gap="large")
    with left:
        show_article(draft, table(), chosen)
    with right:
        # In boxes that are always there: what stands below keeps its place, and is not drawn anew.
        with st.container():
            show_missed(token, draft, chosen)
        with st.container():
            show_said()
        if table() == ARTICLE:
            show_facts(token, draft)
        else:
            _show_list(draft, chosen)
            if chosen:
                show_record(token, draft, chosen)
            else:
                st.info("There are none. Select words in the text to add one.")
    show_picker(token, chosen)


def _chosen(draft: Draft) -> str:
    """The open record: the one that was chosen, else the first to decide of the table."""
    held = str(st.session_state.get(RECORD) or "")
    if draft.by_id.get(held, ("",))[0] == table():
        return held
    if table() == ARTICLE:
        return ""
    records = queue(draft, table(), order())
    undecided = (r for r in records if decisions.status(draft, r) == "draft")
    chosen = next(undecided, next(iter(records), ""))
    choose(chosen)
    return chosen


def _show_progress(room: Room) -> None:
    done, total = map(sum, zip(*(decisions.progress(room.draft, t) for t in WALKED), strict=True))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.markdown(f"## {escape(room.draft.title)}", anchors=False, width="stretch")
        if st.button("Preview and publish", key="finish", icon=":material/visibility:"):
            st.query_params[STEP] = "publish"
            st.rerun(scope="app")
    st.progress(done / total if total else 1.0, f"{done} of {total} decided")


def _show_tools(token: str, room: Room) -> None:
    history = room.history
    st.button(
        "Undo",
        key="undo",
        icon=":material/undo:",
        shortcut="u",
        disabled=not history.undoes,
        on_click=back,
        args=(token,),
        help=f"Take back: {escape(history.undoes)}" if history.undoes else None,
    )
    st.button(
        "Redo",
        key="redo",
        icon=":material/redo:",
        disabled=not history.redoes,
        on_click=back,
        args=(token,),
        kwargs={"again": True},
        help=f"Do again: {escape(history.redoes)}" if history.redoes else None,
    )
    _show_accept_all(token, room.draft)
    show_finder(token, room.draft)


def _show_accept_all(token: str, draft: Draft) -> None:
    with st.popover("Accept the surest", icon=":material/done_all:", key="accept all"):
        least = st.select_slider(
            "As sure as", SURE, value=SURE[1], format_func=lambda s: f"{s:.0%}", key="least sure"
        )
        many = sum(
            (decisions.confidence(draft, r["id"]) or 0.0) >= least
            and decisions.status(draft, r["id"]) == "draft"
            for t in WALKED
            for r in draft.rows(t)
        )
        st.button(
            f"Accept {many}",
            key="accept these",
            disabled=not many,
            on_click=act,
            args=(token, "Accept the surest",
                  lambda d: decisions.accept_all_above(d, least, reviewer())),
        )  # fmt: skip
        note("The program’s own estimate; reported statements wait for their paraphrase.")


def _show_tables(draft: Draft) -> None:
    counts = {t: "{}/{}".format(*decisions.progress(draft, t)) for t in WALKED}
    st.segmented_control(
        "What is reviewed",
        [*WALKED, ARTICLE],
        format_func=lambda t: f"{NAMES[t]}\u2002{counts[t]}" if t in NAMES else "Article",
        key=TABLE,
        required=True,
        wrap=True,
        label_visibility="collapsed",
    )


def _show_list(draft: Draft, chosen: str) -> None:
    records = queue(draft, table(), order())
    if not records:
        return
    names = {record: called(draft, record) for record in records}

    def on_change() -> None:
        choose(st.session_state["record list"])

    st.session_state["record list"] = chosen
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            f"{records.index(chosen) + 1:d} of {len(records)}",
            records,
            format_func=names.__getitem__,
            key="record list",
            on_change=on_change,
            filter_mode="contains",
        )
        st.selectbox("Order", list(ORDERS), format_func=ORDERS.__getitem__, key=ORDER, width=170)
