"""Where the original says it: a link from a datum to its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.links import passage_url
from dashboard.markdown import link
from dashboard.records import articles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.model import Passage
    from dashboard.story import Story


def original(story: Story, passages: Sequence[Passage], words: str = "") -> str:
    """Markdown: the paragraph's number, linked to the passage on the article's own page."""
    if not passages:
        return ""
    first = passages[0]
    urls = {article.id: article.url for article in articles(story)}
    numbers = ", ".join(dict.fromkeys(str(p.paragraph) for p in passages))
    label = f"¶\u00a0{numbers}{words}"
    address = passage_url(
        urls[first.article], exact=first.exact, first=first.first, last=first.last
    )
    return link(label, address) if address else label
