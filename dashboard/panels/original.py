"""Where the original says it: a link from a datum to its passage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.markdown import link
from dashboard.telling import evidence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.model import Passage
    from dashboard.story import Story


def original(story: Story, passages: Sequence[Passage], words: str = "") -> str:
    """Markdown: the paragraph's number, linked to the passage on the article's own page."""
    numbers, address = evidence.original(story, passages)
    label = f"¶\u00a0{numbers}{words}" if numbers else ""
    return link(label, address) if address else label
