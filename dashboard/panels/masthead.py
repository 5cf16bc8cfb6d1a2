"""The masthead: headline, standfirst, dateline, whence it comes, and the story's key figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.dates import day
from dashboard.links import is_web
from dashboard.markdown import escape, link
from dashboard.model import Article
from dashboard.panels.original import original
from dashboard.panels.text import note
from dashboard.records import articles, figures
from dashboard.telling import drafts
from dashboard.telling.wording import number

if TYPE_CHECKING:
    from dashboard.story import Story


def show_masthead(story: Story) -> None:
    """Who reports what from where and when, what of that we infer, and what nobody has reviewed."""
    article = articles(story)[0]
    st.set_page_config(page_title=f"{article.headline} · Dateline")
    st.title(escape(article.headline), anchor=False)
    left, right = st.columns([7, 5], gap="large")
    with left:
        st.markdown(escape(article.standfirst))
        note(_credit(article), tip=_inferred(article))
    with right:
        st.markdown(_figures(story))
    if draft := drafts.notice(story):
        st.warning(escape(draft), icon=":material/edit_note:")


def _credit(article: Article) -> str:
    parts = [f"**{escape(article.publisher)}**"]
    if article.republisher:
        parts[0] += f", republished by {escape(article.republisher)}"
    if article.dateline:
        parts.append(f"Dateline **{escape(article.dateline.name)}**")
    inferred = " (date inferred)" if article.published_basis == "inferred" else ""
    parts.append(f"**{day(article.published)}**{inferred}")
    if is_web(article.url):
        parts.append(link("Read the original", article.url))
    return " · ".join(parts)


def _inferred(article: Article) -> str | None:
    note = article.published_note
    return f"Why this date: {escape(note)}" if note else None


def _figures(story: Story) -> str:
    return "  \n".join(
        f"**{escape(number(figure))}** :small[{escape(figure.label)} "
        f"{original(story, figure.passages)}]"
        for figure in figures(story)
    )
