"""The article's own facts, the story's title, and who reviews."""

from __future__ import annotations

import streamlit as st

from dashboard.markdown import escape
from dashboard.panels.adding.acting import REVIEWER, do, reviewer, stamp
from dashboard.panels.adding.fields import choice, day, lines, names_of, one_of, text
from dashboard.panels.text import note
from dashboard.review.draft import Draft
from dashboard.review.editing import describe, edit


def show_facts(token: str, draft: Draft) -> None:
    """Saved together; the text itself stands in no table."""
    article = draft.article
    record = article["id"]
    mark = stamp(draft, record)
    with st.container(border=True, key="facts"), st.form("facts form", border=False):
        cells = {
            "headline": text(mark, article, "headline", "Headline, as printed"),
            "standfirst": lines(
                mark, article, "standfirst", "Standfirst, one or two sentences of your own"
            ),
            "publisher": text(mark, article, "publisher"),
            "url": text(mark, article, "url", "Address of the original", placeholder="https://…"),
            "published": day(mark, article, "published"),
            "published_basis": choice(mark, "articles", article, "published_basis",
                                      "That date is"),
            "published_note": text(mark, article, "published_note", "Why we infer it"),
            "dateline": one_of(mark, article, "dateline",
                               names_of(draft, "places", empty="None"), "Dateline"),
            "republisher": text(mark, article, "republisher",
                                "Whose page that is, if not the publisher’s"),
        }  # fmt: skip
        title = st.text_input("Title of the story", draft.title, key=f"title {draft.title}")
        told = st.text_area(
            "What the story is, in a sentence or two",
            draft.description,
            key=f"description {hash(draft.description):x}",
            height=100,
        )
        saved = st.form_submit_button("Save", key="save facts", icon=":material/save:")
    if saved:
        do(
            token,
            f"Edit {record}",
            lambda d: describe(edit(d, record, reviewer(), **cells), title or "", told or ""),
        )
        st.rerun(scope="fragment")
    st.text_input(
        "Your name, as the record shall show who decided",
        key=REVIEWER,
        max_chars=80,
        persist_state="session",
    )
    note(
        f"{escape(article['words'])} words in {escape(article['paragraphs'])} paragraphs. The "
        "story keeps the text’s checksum, so that it can be recognised, not the text."
    )
