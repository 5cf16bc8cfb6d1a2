"""What bears a record out: its passage in the original, the statements behind a position."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.links import is_web, passage_url
from dashboard.records import articles, statements
from dashboard.selection import Selection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.model import Passage, Position
    from dashboard.story import Story


def original(story: Story, passages: Sequence[Passage]) -> tuple[str, str]:
    """The paragraphs' numbers, and the address of the first passage on the article's own page.

    Both are "" without passages; the address is "" when the article has none that may be a link.
    """
    if not passages:
        return "", ""
    first = passages[0]
    urls = {article.id: article.url for article in articles(story)}
    numbers = ", ".join(dict.fromkeys(str(p.paragraph) for p in passages))
    address = passage_url(
        urls[first.article], exact=first.exact, first=first.first, last=first.last
    )
    return numbers, address


def passages_lead(story: Story) -> str:
    """Where each ¶ leads: a draft's article may have no address yet."""
    if any(is_web(article.url) for article in articles(story)):
        return "each ¶ opens it, at the passage if your browser can scroll to text."
    return "each ¶ is the number of a paragraph there."


def own_words(story: Story, position: Position) -> Selection | None:
    """The actor's own statements on the topic of a position; None if there are none."""
    said = (s.speaker == position.actor and s.topic == position.topic for s in statements(story))
    if not any(said):
        return None
    return Selection(actors=(position.actor.id,), actor_role="by", topics=(position.topic,))
