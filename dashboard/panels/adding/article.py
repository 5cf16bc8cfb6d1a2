"""The text under review: paragraph by paragraph, each find marked where it stands."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.panels.adding.acting import SAID, WORDS, open_record, say
from dashboard.panels.text import note
from dashboard.review.adding import find_words
from dashboard.review.draft import Draft, ReviewError
from dashboard.review.marking import COLORS, finds, marked
from dashboard.review.store import STORE

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = "paragraphs from"
SHOWN = 40  # paragraphs at once
HEIGHT, ON_A_PHONE = 720, 300  # pixels
KEY = "review"
NAMES = {"quotes": "statement", "actors": "person", "places": "place", "events": "event"}


def show_article(draft: Draft, table: str, record: str) -> None:
    """The paragraphs around the chosen record, in a box that scrolls by itself."""
    number = next((int(a["paragraph"]) for a in draft.anchors.get(record, ())), 1)
    if st.session_state.get("paged for") != record:
        st.session_state["paged for"] = record
        st.session_state[PAGE] = (number - 1) // SHOWN * SHOWN
    first = int(st.session_state.get(PAGE, 0))
    found = finds(draft, [table] if table in NAMES else NAMES, record)
    with st.container(height=ON_A_PHONE if _is_phone() else HEIGHT, key="article"):
        for n, span in list(enumerate(draft.paragraphs, start=1))[first : first + SHOWN]:
            shown = marked(draft.text, span, found.get(n, ()), record)
            st.markdown(f":small[:gray[¶ {n:d}]] {shown}", anchors=False)
    _show_pages(len(draft.paragraphs), first)
    if table in NAMES:
        color, named = COLORS[table], NAMES[table]
        legend = f":{color}-background[{named} to decide] :{color}[{named} accepted] "
    else:
        legend = " ".join(f":{COLORS[t]}-background[{named}]" for t, named in NAMES.items())
    note(
        f"{legend} Click one to open it. Select words to add what was missed, or to correct where "
        "a find begins and ends."
    )


def show_picker(token: str, record: str) -> None:
    """The component that reports clicks on finds, and selected words."""

    def on_pick() -> None:
        room = STORE.look(token)
        if room and (picked := st.session_state[KEY].picked):
            open_record(room.draft, str(picked))

    def on_choose() -> None:
        if chosen := st.session_state[KEY].chosen:
            hold_words(token, int(chosen["paragraph"]), str(chosen["words"]), int(chosen["near"]))

    _component()(
        key=KEY,
        data={"record": record},
        on_picked_change=on_pick,
        on_chosen_change=on_choose,
        height=1,
    )


def hold_words(token: str, paragraph: int, words: str, near: int = 0) -> None:
    """Keep words of a paragraph for what is to be done with them; say so if they are not there."""
    room = STORE.look(token)
    if room is None:
        return
    try:
        st.session_state[WORDS] = find_words(room.draft, paragraph, words[:5000], near)
        st.session_state.pop(SAID, None)
    except ReviewError as error:
        st.session_state.pop(WORDS, None)
        say(str(error))


def _show_pages(paragraphs: int, first: int) -> None:
    if paragraphs <= SHOWN:
        return

    def turn(to: int) -> None:
        st.session_state[PAGE] = to

    last = min(first + SHOWN, paragraphs)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Earlier paragraphs", key="earlier", type="tertiary", disabled=first == 0,
                  icon=":material/arrow_upward:", on_click=turn, args=(first - SHOWN,))  # fmt: skip
        note(f"¶ {first + 1:d} to {last:d} of {paragraphs:d}")
        st.button("Later paragraphs", key="later", type="tertiary", on_click=turn,
                  icon=":material/arrow_downward:", args=(first + SHOWN,),
                  disabled=last == paragraphs)  # fmt: skip


def _is_phone() -> bool:
    return "Mobi" in str(st.context.headers.get("User-Agent", ""))


@lru_cache(maxsize=1)
def _component() -> Callable[..., Any]:
    script = files("dashboard") / "components" / "review.js"
    return st.components.v2.component("dateline.review", js=script.read_text(encoding="utf-8"))
