"""The beginning: an article's text, or a story and its text to go on with."""

from __future__ import annotations

import secrets
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.checking.fault import StoryError, listed
from dashboard.markdown import escape
from dashboard.panels.adding.acting import TOKEN
from dashboard.panels.text import note
from dashboard.review.draft import Draft, ReviewError
from dashboard.review.extraction import MISSING, ExtractionError, extract_apart, installed
from dashboard.review.reopen import reopen
from dashboard.review.store import STORE

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

TYPES = ["txt", "md", "html", "htm"]
LONGEST_TEXT = 200_000  # characters that may be pasted; the reader of files counts bytes itself
READER = "who opens drafts"
LARGEST_UPLOAD = 2  # MB: a web page around its article
KEPT = (
    "Your text is kept in this server’s memory for 24 hours, never on a disk, and is not "
    "published: a story has the words that were spoken, facts, and your own sentences. Whoever has "
    "the address of the draft can open it."
)


def show_start() -> None:
    """The text, and what is known of it; or a story to go on with."""
    new, again = st.tabs(["A new article", "Go on with a story"], key="add tabs")
    with new:
        _show_new()
    with again:
        _show_again()
    note(KEPT)


def _show_new() -> None:
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.text_area(
            "The article’s text",
            key="article text",
            height=320,
            max_chars=LONGEST_TEXT,
            placeholder="Paste it here, headline and paragraphs, with empty lines between them.",
        )
        st.file_uploader(
            "Or its file",
            TYPES,
            key="article file",
            max_upload_size=LARGEST_UPLOAD,
            help="Plain text, Markdown, or a saved web page; English only.",
        )
    with right:
        st.markdown("**What you know of it.** Most is found in the text; all can be given later.")
        st.text_input("Headline", key="known title", max_chars=300)
        st.text_input("Publisher", key="known publisher", max_chars=200)
        st.text_input(
            "Address", key="known url", max_chars=2000, placeholder="https://…",
            help="Where readers find the original. It is never fetched from here.",
        )  # fmt: skip
        st.date_input(
            "Published",
            value=None,
            key="known date",
            min_value=date(1800, 1, 1),
            max_value=date(2200, 1, 1),
            help="“Next week” is counted from it; without it few events are found.",
        )
    if not installed():
        st.warning(escape(_sentence(MISSING)), icon=":material/deployed_code:")
    if st.button(
        "Find statements, people, places, events",
        icon=":material/manage_search:",
        key="extract",
        disabled=not installed(),
    ):
        _extract()


def _extract() -> None:
    given = st.session_state.get("article file")
    pasted = str(st.session_state.get("article text") or "")
    if not given and not pasted.strip():
        st.error("There is no text yet; paste it, or choose its file.", icon=":material/error:")
        return
    name, article = (given.name, given.getvalue()) if given else ("", pasted.encode())
    day = st.session_state.get("known date")
    facts = {key: str(st.session_state.get(f"known {key}") or "").strip()
             for key in ("title", "publisher", "url")}  # fmt: skip
    facts["published"] = day.isoformat() if day else ""
    bar = st.progress(0.0, "Starting")

    def report(share: float, step: str) -> None:
        bar.progress(min(share, 1.0), escape(step))

    try:
        _open(extract_apart(article, name, facts, report))
    except (ExtractionError, ReviewError) as error:
        bar.empty()
        for fault in str(error).splitlines():
            st.error(escape(_sentence(fault)), icon=":material/error:")


def _show_again() -> None:
    st.markdown("The story’s zip, and the text that it was made from: the story does not hold it.")
    left, right = st.columns(2, gap="large")
    with left:
        archive = st.file_uploader(
            "The story’s zip", ["zip"], key="story zip", max_upload_size=LARGEST_UPLOAD
        )
    with right:
        text = st.file_uploader(
            "The text that it was made from",
            ["txt", "md"],
            key="story text",
            max_upload_size=LARGEST_UPLOAD,
        )
        st.text_area("Or paste it", key="pasted again", height=120, max_chars=LONGEST_TEXT)
    pasted = str(st.session_state.get("pasted again") or "")
    if st.button(
        "Go on",
        icon=":material/edit_note:",
        key="go on",
        disabled=archive is None or (text is None and not pasted),
    ):
        _reopen(archive, text)


def _reopen(archive: UploadedFile | None, text: UploadedFile | None) -> None:
    pasted = str(st.session_state.get("pasted again") or "")
    if archive is None or (text is None and not pasted):
        st.error("Give both: the zip, and the text.", icon=":material/error:")
        return
    try:
        _open(reopen(archive.getvalue(), text.getvalue().decode() if text else pasted))
    except UnicodeDecodeError:
        st.error("The text is not UTF-8; save it so.", icon=":material/error:")
    except ReviewError as error:
        st.error(escape(_sentence(str(error))), icon=":material/error:")
    except StoryError as error:
        st.error("The story has faults:", icon=":material/error:")
        st.code(listed(error), language=None, wrap_lines=True)


def _open(draft: Draft) -> None:
    by = st.session_state.setdefault(READER, secrets.token_hex(8))
    st.query_params[TOKEN] = STORE.open(draft, by)
    st.rerun()


def _sentence(fault: str) -> str:
    return f"{fault[:1].upper()}{fault[1:]}"
