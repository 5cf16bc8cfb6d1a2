"""What a reviewer does: a step in the kept draft, and what there is to say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.checking.fault import StoryError
from dashboard.markdown import escape
from dashboard.review import decisions
from dashboard.review.draft import DRAFT, WALKED, Draft, ReviewError
from dashboard.review.queue import following, queue
from dashboard.review.store import STORE

if TYPE_CHECKING:
    from collections.abc import Callable

TOKEN = "draft"  # noqa: S105 — a key of the address
RECORD = "reviewed record"
TABLE = "reviewed table"
LAST_TABLE = "last reviewed table"
OPENED = "record to open"
ORDER = "review order"
SAID = "review said"
WORDS = "chosen words"
REVIEWER = "reviewer"
ANONYMOUS = "reviewer"
ARTICLE = "articles"  # beside the tables of records: the article's own facts


def reviewer() -> str:
    """Who decides, as the record keeps it."""
    return " ".join(str(st.session_state.get(REVIEWER) or "").split())[:80] or ANONYMOUS


def do(token: str, word: str, operation: Callable[[Draft], Draft]) -> bool:
    """Do something to the draft, or say why it cannot be done; tells whether it could."""
    try:
        STORE.change(token, word, operation)
    except (ReviewError, StoryError) as error:
        say(str(error))
        return False
    st.session_state.pop(SAID, None)
    return True


def act(token: str, word: str, operation: Callable[[Draft], Draft]) -> None:
    """The same, for a button."""
    do(token, word, operation)


def decide(token: str, record: str, word: str) -> None:
    """Accept or reject a record, then open the next that is not decided."""
    room = STORE.look(token)
    records = queue(room.draft, table(), order()) if room else []
    step = decisions.accept if word == "Accept" else decisions.reject
    if do(token, f"{word} {record}", lambda draft: step(draft, record, reviewer())):
        changed = STORE.look(token)
        if changed:
            _go_on(changed.draft, following(records, record, changed.draft))


def _go_on(draft: Draft, record: str) -> None:
    """Open that record; when its table is done, the first of another that is not decided."""
    if decisions.status(draft, record) != DRAFT:
        open_next = (r["id"] for t in WALKED for r in draft.rows(t)
                     if decisions.status(draft, r["id"]) == DRAFT)  # fmt: skip
        open_record(draft, next(open_next, record))
    else:
        choose(record)


def back(token: str, *, again: bool = False) -> None:
    """Undo, or do again; and open the record that it was about."""
    room = STORE.look(token)
    if room is None:
        return
    word = room.history.redoes if again else room.history.undoes
    (STORE.redo if again else STORE.undo)(token)
    st.session_state.pop(SAID, None)
    now = STORE.look(token)
    record = word.split()[-1] if word else ""
    if now and record in now.draft.by_id:
        open_record(now.draft, record)


def say(message: str) -> None:
    """Have something said beside the record, in the next run."""
    st.session_state[SAID] = message


def show_said() -> None:
    """What there is to say of the last step: why it could not be done."""
    if said := st.session_state.get(SAID):
        st.error(escape(said[:1].upper() + said[1:]), icon=":material/error:")


def table() -> str:
    """The table under review."""
    return str(st.session_state.get(TABLE) or WALKED[0])


def order() -> str:
    """The order in which its records come."""
    return str(st.session_state.get(ORDER) or "text")


def choose(record: str) -> None:
    """Open a record of the table under review."""
    st.session_state[RECORD] = record


def open_record(draft: Draft, record: str) -> None:
    """Have a record opened, and its table, when the review is next drawn."""
    if draft.by_id.get(record, ("",))[0] in (*WALKED, ARTICLE):
        st.session_state[OPENED] = record
        st.session_state.pop(SAID, None)


def settle_table(draft: Draft) -> None:
    """Before the widgets are drawn: the table of the record to be opened, else the one before.

    Streamlit forgets what a widget held when another step of the page was shown in between.
    """
    record = str(st.session_state.pop(OPENED, ""))
    if record in draft.by_id:
        st.session_state[TABLE] = draft.by_id[record][0]
        st.session_state[RECORD] = record
    elif TABLE not in st.session_state:
        st.session_state[TABLE] = st.session_state.get(LAST_TABLE, WALKED[0])
    st.session_state[LAST_TABLE] = st.session_state[TABLE]


def stamp(draft: Draft, record: str) -> str:
    """What changes when a record does: its fields are then shown anew, else typing stays."""
    return f"{record} {hash(tuple(draft.by_id[record][1].values())):x}"
