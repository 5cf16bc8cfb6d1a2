"""What the article does not say outright, and why we think it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.records import actors, articles, events, statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.story import Story


def inferences(story: Story) -> Iterator[tuple[str, str]]:
    """What is inferred, and why: dates, sides, places and days of statements, events."""
    for article in articles(story):
        if article.published_basis == "inferred":
            yield "The date of the article", article.published_note
    for actor in actors(story).values():
        if actor.side_note:
            yield f"The side of {actor.name}", actor.side_note
    for s in statements(story):
        if s.said_basis == "inferred":
            where = f", ¶ {s.passages[0].paragraph}" if s.passages else ""
            yield f"Where or when {s.speaker.name} said it{where}", s.said_note
    for event in events(story):
        if event.basis == "inferred":
            yield event.title, event.note
