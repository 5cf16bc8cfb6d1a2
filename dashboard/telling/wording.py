"""Records in a reader's words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.dates import period
from dashboard.distance import kilometres, rounded
from dashboard.palette import STANCES
from dashboard.records import actors, positions, topics
from dashboard.selection import Selection

if TYPE_CHECKING:
    from dashboard.model import Actor, Event, Figure, Position, Statement, Topic
    from dashboard.story import Story


def number(figure: Figure) -> str:
    """A figure as a reader says it: "200,000+", "nearly half", "6"."""
    halves = {0.5: "half", 0.25: "a quarter", 0.75: "three quarters"}
    if figure.unit == "share":
        words = halves.get(figure.value, f"{figure.value:.0%}")
    else:
        words = f"{figure.value:,.10g}"
    if figure.qualifier in ("more than", "over", "at least"):
        return f"{words}+"
    return f"{figure.qualifier} {words}".strip()


def journey(event: Event) -> str:
    """A planned journey and how long it is; "" for an event that is none."""
    if not event.origin or not event.destination:
        return ""
    length = kilometres(event.origin, event.destination)
    far = f", {rounded(length)}" if length is not None else ""
    return f"Planned: {event.origin.name} → {event.destination.name}{far} ({period(event)})."


def side(story: Story, actor: Actor) -> str:
    """Name of the side that an actor speaks for, when it is somebody else."""
    return actors(story)[actor.side].name if actor.side and actor.side != actor.id else ""


def subjects(statement: Statement) -> list[tuple[str, Selection]]:
    """What a statement is about: names, each with what else is about it; one that two bear once."""
    who = {a.name for a in statement.about_actors}
    found = [
        (p.name, Selection(places=(p.id,), place_role="about"))
        for p in statement.about_places
        if p.name not in who
    ]
    return found + [(a.name, Selection(about=(a.id,))) for a in statement.about_actors]


def stands(story: Story, visible: Story) -> list[tuple[Topic, dict[str, list[Position]]]]:
    """Visible positions by topic, then by stance, both in their own order; empty ones left out."""
    found = positions(visible)
    return [
        (
            topic,
            {
                stance: held
                for stance in STANCES
                if (held := [p for p in found if p.topic == topic.id and p.stance == stance])
            },
        )
        for topic in topics(story).values()
        if any(p.topic == topic.id for p in found)
    ]
