"""What to do with words of the text: a new find, or where an open one begins and ends."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from dashboard.markdown import escape
from dashboard.panels.adding.acting import WORDS, do, open_record, reviewer
from dashboard.panels.adding.article import hold_words
from dashboard.panels.adding.fields import names_of
from dashboard.panels.text import note
from dashboard.plain import cut, line
from dashboard.review.adding import add_actor, add_event, add_mention, add_place, add_quote
from dashboard.review.draft import Draft, ReviewError, Span, paragraph_of
from dashboard.review.editing import respan
from dashboard.review.passages import quoted
from dashboard.review.queue import name
from dashboard.review.store import STORE
from dashboard.schema import field

Operation = Callable[[Draft], Draft]
KINDS = {
    "statement": "Statement",
    "person": "Person or group",
    "place": "Place",
    "event": "Event",
}
SPOKEN = {"direct": "Quoted", "mixed": "Partly quoted", "indirect": "Reported"}


def show_missed(token: str, draft: Draft, record: str) -> None:
    """What can be done with the chosen words."""
    words = st.session_state.get(WORDS)
    if words is None or words[1] > len(draft.text):
        return
    with st.container(border=True, key="missed"):
        said = escape(cut(line(draft.text[slice(*words)]), 200))
        number = paragraph_of(draft, *words)
        st.markdown(f":small[:gray[¶ {number:d}]] :yellow-background[{said}]", anchors=False)
        with st.container(horizontal=True, gap="small"):
            _show_for_open(token, draft, record, words)
            st.button("Leave them", key="leave words", type="tertiary", on_click=_leave)
        _show_new(token, draft, words)


def show_finder(token: str, draft: Draft) -> None:
    """Words by paragraph, for who does not select them in the text."""
    with st.popover("Add what was missed", icon=":material/add:", key="add missed"):
        note("Select words in the text, or name them here.")
        number = st.number_input(
            "Paragraph", 1, max(len(draft.paragraphs), 1), key="missed paragraph"
        )
        typed = st.text_input("Its words, as they stand there", key="missed words")
        st.button(
            "Find them",
            key="find missed",
            on_click=lambda: hold_words(token, int(number), str(typed or "")),
        )


def _show_for_open(token: str, draft: Draft, record: str, words: Span) -> None:
    """What the words can be for the record that is open."""
    table = draft.by_id.get(record, ("",))[0]

    def act(word: str, operation: str) -> None:
        if operation == "words":
            done = do(token, word, lambda d: respan(d, record, words))
        elif operation == "further":
            done = do(token, word, lambda d: respan(d, record, *_spans(d, record), words))
        else:
            done = do(token, word, lambda d: add_mention(d, record, words))
        if done:
            _leave()

    if table in ("quotes", "events"):
        st.button("These are the open one’s words", key="respan", on_click=act,
                  args=(f"Words of {record}", "words"))  # fmt: skip
        st.button("These, too", key="further span", on_click=act,
                  args=(f"Words of {record}", "further"))  # fmt: skip
    elif table in ("actors", "places"):
        called = cut(name(draft, table, draft.by_id[record][1]), 30)
        st.button(f"Names {escape(called)}", key="add mention", on_click=act,
                  args=(f"Mention of {record}", "mention"))  # fmt: skip


def _spans(draft: Draft, record: str) -> list[Span]:
    return [(int(a["start"]), int(a["end"])) for a in draft.anchors.get(record, ())]


def _show_new(token: str, draft: Draft, words: Span) -> None:
    what = st.segmented_control(
        "Or a new", list(KINDS), format_func=KINDS.__getitem__, key=f"missed as {words}"
    )
    if not what:
        return
    printed = line(draft.text[slice(*words)])
    with st.form(f"missed {what} {words}", border=False):
        added = FORMS[what](draft, words, printed)
        if st.form_submit_button("Add", key=f"add {what}"):
            before = set(draft.by_id)
            if do(token, f"Add {what}", added):
                _leave()
                _open_new(token, before)
            st.rerun(scope="fragment")


def _quote(draft: Draft, words: Span, printed: str) -> Operation:
    del printed
    names = names_of(draft, "actors")
    speaker = st.selectbox("Who says it", list(names), index=None, format_func=names.__getitem__)
    try:
        likely = quoted(draft, *words)
    except ReviewError:
        likely = "indirect"
    kind = st.segmented_control(
        "Kind", list(SPOKEN), format_func=SPOKEN.__getitem__, default=likely, required=True
    )
    cue = st.text_input("Reporting verb", "say")
    return lambda d: add_quote(
        d, [words], kind=str(kind), speaker=str(speaker or ""), cue=str(cue or ""), by=reviewer()
    )


def _person(draft: Draft, words: Span, printed: str) -> Operation:
    del draft
    called = st.text_input("Name, as the page shows it", printed)
    kind = st.selectbox("Kind", field("actors", "kind")["constraints"]["enum"])
    return lambda d: add_actor(d, words, name=str(called or ""), kind=str(kind), by=reviewer())


def _place(draft: Draft, words: Span, printed: str) -> Operation:
    del draft
    called = st.text_input("Name in English", printed)
    kind = st.selectbox("Kind", field("places", "kind")["constraints"]["enum"])
    cells = {
        "country": st.text_input("Country, two letters", placeholder="CH"),
        "latitude": st.text_input("Latitude, degrees north", placeholder="46.2"),
        "longitude": st.text_input("Longitude, degrees east", placeholder="6.15"),
    }
    return lambda d: add_place(
        d, words, name=str(called or ""), by=reviewer(), kind=str(kind),
        **{column: str(cell or "") for column, cell in cells.items()},
    )  # fmt: skip


def _event(draft: Draft, words: Span, printed: str) -> Operation:
    del printed
    title = st.text_input("Title, in your own words")
    start = st.date_input("Day, or first day", date.fromisoformat(draft.article["published"]))
    precision = st.selectbox("Known to the", field("events", "precision")["constraints"]["enum"])
    happens = st.selectbox(
        "Seen from the article", field("events", "status")["constraints"]["enum"]
    )
    note_given = st.text_input("How the date was read, if the article does not state it")
    return lambda d: add_event(
        d, words, title=str(title or ""), start=start.isoformat(), precision=str(precision),
        happens=str(happens), note=str(note_given or ""), by=reviewer(),
    )  # fmt: skip


FORMS = {"statement": _quote, "person": _person, "place": _place, "event": _event}


def _leave() -> None:
    st.session_state.pop(WORDS, None)


def _open_new(token: str, before: set[str]) -> None:
    room = STORE.look(token)
    if room is None:
        return
    new = [i for i in room.draft.by_id if i not in before]
    open_record(room.draft, next((i for i in new if not i.startswith("m-")), ""))
