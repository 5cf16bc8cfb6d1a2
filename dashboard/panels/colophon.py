"""How this was made: sources, rights, method, what is inferred, how to report an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.basemap import CREDIT
from dashboard.dates import day
from dashboard.links import is_web
from dashboard.markdown import escape, link
from dashboard.panels.text import note
from dashboard.records import articles
from dashboard.telling import drafts
from dashboard.telling.evidence import passages_lead
from dashboard.telling.inferences import inferences

if TYPE_CHECKING:
    from streamlit.navigation.page import StreamlitPage

    from dashboard.story import Story


def show_colophon(
    method: StreamlitPage, add: StreamlitPage | None, library: StreamlitPage | None
) -> None:
    """The foot of the story page: a promise, how it is kept, and the ways to all other stories.

    `add` is None where no stories are added, `library` where none is served.
    """
    st.divider()
    with st.container(horizontal=True, vertical_alignment="center"):
        note(
            "**Dateline.** Every datum here points at its passage (¶) in the original. What we "
            "infer says so. The article itself is not reproduced.",
        )
        st.page_link(
            method,
            label="How this was made",
            icon=":material/info:",
            query_params={key: st.query_params.get_all(key) for key in st.query_params},
        )
        if library:
            st.page_link(library, label="Library", icon=":material/local_library:")
        if add:
            st.page_link(add, label="Add a story", icon=":material/post_add:")


def show_method(story: Story, home: StreamlitPage) -> None:
    """Sources, rights, method, inferences, and how to report an error."""
    st.page_link(
        home,
        label="Back to the story",
        icon=":material/arrow_back:",
        query_params={key: st.query_params.get_all(key) for key in st.query_params},
    )
    st.title("How this was made", anchor=False)
    left, _ = st.columns([8, 4])
    with left:
        for heading, text in (
            ("Sources", _sources(story)),
            ("Rights", f"{_RIGHTS} {passages_lead(story)}"),
            ("Method", _METHOD),
            ("What a program found", _decisions(story)),
            ("What is inferred", _inferences(story)),
            ("The map", f"{CREDIT} Distances are geodesics on the WGS 84 ellipsoid."),
            ("Found an error?", _report(story)),
        ):
            if text:
                st.header(heading, anchor=False)
                st.markdown(text)


def _sources(story: Story) -> str:
    lines = []
    for article in articles(story):
        named = f"*{escape(article.headline)}*"
        named = link(named, article.url) if is_web(article.url) else named
        through = f", republished by {escape(article.republisher)}" if article.republisher else ""
        lines.append(
            f"- {named}, {escape(article.publisher)}, {day(article.published)}{through}. "
            f"{article.words:,} words in {article.paragraphs:,} paragraphs."
        )
    return "\n".join(lines)


_RIGHTS = """\
The article belongs to its publisher and is not reproduced here. This page has the words that were \
spoken (they stand in quotation marks), facts, and sentences of our own: the standfirst, the \
contexts, the paraphrases, the titles of events. For everything else there is the original:"""

_METHOD = """\
The article was read sentence by sentence and put into tables: who speaks, in whose words, where, \
when, to whom, about whom; what happened and what is planned; who stands where. Each record points \
at its passage by paragraph, by character and by a checksum, and a program compares all of them \
with the article.

- **Quoted** statements are whole sentences in quotation marks; **part-quoted** ones are a few \
words in quotation marks within a report; **reported** ones have no quotation marks, and we \
paraphrase them. A comma or full stop that the newspaper sets before the closing mark is left out; \
an ellipsis stands where the article interrupts a speaker.
- A **side** is the government, organization or group that an actor speaks for.
- **Said here** is where a statement was made. It stays empty when the article does not say.
- A **position** is our reading of what the article reports, in one of five words.
- Words are counted between blanks."""


def _decisions(story: Story) -> str:
    lines = [f"- {escape(line)}" for line in drafts.decisions(story)]
    if drafts.notice(story):
        lines.append(f"- {drafts.MEANING}")
    return "\n".join(lines)


def _inferences(story: Story) -> str:
    lines = [f"- **{escape(what)}.** {escape(why)}" for what, why in inferences(story)]
    return "\n".join(lines) or "Nothing."


def _report(story: Story) -> str:
    return (
        "Tell whoever runs this page: name the statement (its “Link to this” address says which "
        "one it is) and the passage that says otherwise. Corrections are made in the story’s "
        f"tables ({escape(story.slug)}), where every change stays on record."
    )
