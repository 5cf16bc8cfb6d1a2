"""Where to start: the questions that readers of this story have, one click each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.links import href
from dashboard.markdown import escape, link
from dashboard.telling.questions import questions

if TYPE_CHECKING:
    from dashboard.story import Story


def show_start(story: Story) -> None:
    """Links to selections that the story's own numbers suggest, and to the panels below."""
    asked = [link(escape(words), href(answer, only=True)) for words, answer in questions(story)]
    asked.append(link("what is planned next", "#before-and-after-the-article"))
    asked.append(link("whose voice fills the article", "#the-article-paragraph-by-paragraph"))
    st.markdown(f":small[**Start with** {' · '.join(asked)}]")
