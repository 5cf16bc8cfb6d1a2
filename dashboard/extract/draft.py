"""From finds to a draft story: rows of the story format, all of them undecided."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dashboard.checking.anchors import digest
from dashboard.extract.event_rows import add_events
from dashboard.extract.named_rows import add_actors, add_places
from dashboard.extract.rows import Rows
from dashboard.extract.statement_rows import UNATTRIBUTED, add_statements
from dashboard.review import placeholders
from dashboard.review.draft import Draft, row
from dashboard.slug import slug

if TYPE_CHECKING:
    from dashboard.extract.finding import Found


def draft_of(found: Found, wanted: str = "") -> Draft:
    """The draft story of what was found; its slug is the wanted one, else the headline's.

    Statements and events come first: of the actors, those are kept whom a row names.
    """
    rows = Rows(found)
    for add in (add_statements, add_events, add_actors, add_places, add_article):
        add(rows)
    title = found.article.headline or placeholders.HEADLINE
    return Draft(
        slug=wanted or slug(title, "story"),
        title=title,
        description=f"Who said what, where, about whom in one article: {title}",
        text=found.article.text,
        tables={table: tuple(kept) for table, kept in rows.tables.items()},
    )


def add_article(rows: Rows) -> None:
    """The row of the article; what nobody knows yet has a placeholder."""
    article, text = rows.found.article, rows.found.article.text
    speakers = {quote["speaker"] for quote in rows.tables["quotes"]} - {UNATTRIBUTED}
    dated = article.published is not None
    rows.tables["articles"].append(
        row(
            "articles",
            id=rows.article,
            headline=article.headline or placeholders.HEADLINE,
            publisher=article.publisher or placeholders.PUBLISHER,
            republisher=article.republisher,
            url=article.url,
            dateline=rows.place_at(article.dateline),
            published=(article.published or date.today()).isoformat(),
            published_basis=article.published_basis if dated else "inferred",
            published_note=article.published_note
            if dated
            else "The text has no date: this is the day on which the draft was made.",
            language=article.language,
            standfirst=placeholders.standfirst(len(rows.tables["quotes"]), len(speakers)),
            words=str(sum(len(text[a:b].split()) for a, b in article.paragraphs)),
            paragraphs=str(len(article.paragraphs)),
            characters=str(len(text)),
            text_sha256=digest(text),
        )
    )
