"""Dates as a reader reads them, no more exact than the article."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.model import Event


def day(when: date) -> str:
    """A day with its weekday: "Wed 14 Jan 2015"."""
    return f"{when:%a} {when.day} {when:%b %Y}"


def soon(event: Event) -> str:
    """When a planned event is, without the year: "26 Jan", "week of 19 Jan"."""
    words = f"{event.start.day} {event.start:%b}"
    return f"week of {words}" if event.precision == "week" else words


def period(event: Event) -> str:
    """When an event is, as exactly as its precision allows: "week of 19 Jan", "by Jul 2015"."""
    start = event.start
    match event.precision:
        case "year":
            words = f"{start:%Y}"
        case "month":
            words = f"{start:%b %Y}"
        case "week":
            words = f"week of {start.day} {start:%b %Y}"
        case _:
            words = f"{start.day} {start:%b %Y}"
    return f"by {words}" if event.status == "deadline" else words
