"""One record: what the program thinks of it, its words, the decision, and its fields."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from dashboard.markdown import escape
from dashboard.panels.adding import events, people, places, statements
from dashboard.panels.adding.acting import act, choose, decide, order, reviewer, table
from dashboard.plain import cut
from dashboard.review import decisions
from dashboard.review.draft import ACCEPTED, DRAFT, REJECTED, Draft
from dashboard.review.naming import printed
from dashboard.review.queue import queue

BADGES = {
    DRAFT: ":gray-badge[:material/help: To decide]",
    ACCEPTED: ":green-badge[:material/check: Accepted]",
    REJECTED: ":red-badge[:material/close: Rejected]",
}
LONGEST = 600  # characters of a passage; the text beside it has all
MENTIONS = 6
Form = Callable[[str, Draft, str], None]
FORMS: dict[str, Form] = {
    "quotes": statements.show_statement,
    "actors": people.show_person,
    "places": places.show_place,
    "events": events.show_event,
}


def show_record(token: str, draft: Draft, record: str) -> None:
    """The open record."""
    kind, _ = draft.by_id[record]
    with st.container(border=True, key="record"):
        st.markdown(f"{_estimate(draft, record)}\n\n{_words(draft, record)}", anchors=False)
        _show_decision(token, draft, record)
        FORMS[kind](token, draft, record)


def _estimate(draft: Draft, record: str) -> str:
    status = decisions.status(draft, record)
    sure = decisions.confidence(draft, record)
    review = draft.reviews.get(record)
    told = decisions.in_words(sure) + (f" ({sure:.0%})" if sure is not None else "")
    by = f" · {escape(review['decided_by'])}" if review else ""
    return f"{BADGES[status]} :small[:gray[{told}{by}]]"


def _words(draft: Draft, record: str) -> str:
    anchors = draft.anchors.get(record, ())
    if draft.by_id[record][0] in ("actors", "places"):
        named = dict.fromkeys(f"“{printed(draft, anchor)}”" for anchor in anchors)
        shown = ", ".join(escape(cut(name, 60)) for name in list(named)[:MENTIONS])
        many = "once" if len(anchors) == 1 else f"{len(anchors)} times"
        return f"Named {many}: {shown}" if anchors else "Never named in the text."
    return "\n\n".join(
        f":small[:gray[¶ {escape(a['paragraph'])}]] {escape(cut(printed(draft, a), LONGEST))}"
        for a in anchors
    )


def _show_decision(token: str, draft: Draft, record: str) -> None:
    status = decisions.status(draft, record)
    records = queue(draft, table(), order())
    at = records.index(record)
    with st.container(horizontal=True, key="decision", gap="small"):
        st.button(
            "Accept",
            key="accept",
            icon=":material/check:",
            shortcut="a",
            disabled=status == ACCEPTED,
            on_click=decide,
            args=(token, record, "Accept"),
        )
        st.button(
            "Reject",
            key="reject",
            icon=":material/close:",
            shortcut="x",
            disabled=status == REJECTED,
            on_click=decide,
            args=(token, record, "Reject"),
        )
        st.button(
            "Back",
            key="previous",
            type="tertiary",
            icon=":material/arrow_back:",
            shortcut="k",
            on_click=choose,
            args=(records[at - 1],),
        )
        st.button(
            "Next",
            key="next",
            type="tertiary",
            icon=":material/arrow_forward:",
            shortcut="j",
            on_click=choose,
            args=(records[(at + 1) % len(records)],),
        )
        if status != DRAFT:
            st.button(
                "Undecided",
                key="undecide",
                type="tertiary",
                on_click=act,
                args=(token, f"Leave open {record}",
                      lambda draft: decisions.restore(draft, record, reviewer())),
            )  # fmt: skip
