"""From what somebody gave to a draft story: the one way in, for the command line and the page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.extract.article import read_article
from dashboard.extract.draft import draft_of
from dashboard.extract.finding import Report, find_all
from dashboard.extract.given import InputError
from dashboard.paragraphs import unwrapped

if TYPE_CHECKING:
    from dashboard.extract.given import Input, Metadata
    from dashboard.review.draft import Draft


class ExtractionError(ValueError):
    """An article that gives no story; the text is one line that says why, and the remedy."""


def extract(
    given: Input, facts: Metadata, report: Report, *, slug: str = "", model: bool = True
) -> Draft:
    """The draft story of an article; `facts` that are not empty count before what came with it.

    `report` hears the share that is done, 0 to 1, and what is done next. Raises InputError for a
    text without paragraphs, ExtractionError for one without statements.
    """
    known = {name: value for name, value in vars(facts).items() if value}
    article = read_article(unwrapped(given.text), replace(given.metadata, **known))
    if not article.paragraphs:
        raise InputError("the text has no paragraphs; give a whole article")
    found = find_all(article, report, model=model)
    report(0.95, "Putting the story together")
    made = draft_of(found, slug)
    if not made.rows("quotes"):
        raise ExtractionError(
            "no statement was found: nobody is quoted or reported in this text; "
            "give a news article, in whole paragraphs"
        )
    report(1.0, "Done")
    return made
