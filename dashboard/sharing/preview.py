"""What a shared link says of itself: a title and a description of the selection."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.dates import day
from dashboard.describe import describe
from dashboard.plain import cut, line
from dashboard.records import articles, statements
from dashboard.telling import drafts

if TYPE_CHECKING:
    from dashboard.model import Article, Statement
    from dashboard.selection import Selection
    from dashboard.story import Story

# Longer ones are cut by those who show them, in the middle of a word.
TITLE, DESCRIPTION = 180, 300
PICTURE = (1200, 630)  # pixels of the card, as its template has them


@dataclass(frozen=True)
class Preview:
    """Title and description, each one line of plain text: escape it for where it goes."""

    title: str
    description: str


def preview(story: Story, selection: Selection) -> Preview:
    """A linked statement's speaker and words; else the sentence of what is shown; else the story's.

    Every description names the article and its publisher; a draft says so first.
    """
    article = article_of(story, selection)
    source = f"{article.headline}, {article.publisher}, {day(article.published)}"
    if statement := linked(story, selection):
        title, told = saying(statement), f"{statement.context} {source}"
    elif selection.narrows:
        title, told = describe(story, selection), f"{source}. {article.standfirst}"
    else:
        title, told = article.headline, f"{article.publisher}: {article.standfirst}"
    if draft := drafts.mark(story, statement):
        told = f"{draft}. {told}"
    return Preview(cut(line(title), TITLE), cut(line(told), DESCRIPTION))


def linked(story: Story, selection: Selection) -> Statement | None:
    """The statement that the selection points at."""
    return next((s for s in statements(story) if s.id == selection.quote), None)


def article_of(story: Story, selection: Selection) -> Article:
    """The article that the linked statement is from; without one, the story's first."""
    statement = linked(story, selection)
    found = (a for a in articles(story) if statement and a.id == statement.article)
    return next(found, articles(story)[0])


def saying(statement: Statement) -> str:
    """Who says what: the words in quotation marks if they were spoken, else our paraphrase."""
    if statement.spoken:
        return f"{statement.speaker.name}: “{statement.words}”"
    return f"{statement.speaker.name}, reported: {statement.paraphrase or 'not yet paraphrased'}"
