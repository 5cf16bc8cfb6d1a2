"""Owns the story format's periods: a day, a week from Monday to Sunday, a month, a year."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

Period = tuple[date, date | None, str]


@dataclass(frozen=True)
class Reading:
    """A period that an expression means. Without a note the text itself states it."""

    period: Period
    note: str = ""


def a_week(day: date) -> Period:
    """The week of a day, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6), "week"


def a_month(year: int, month: int) -> Period:
    """A whole month; months below 1 and above 12 are those of other years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "month"


def a_year(year: int) -> Period:
    """A whole year."""
    return date(year, 1, 1), date(year, 12, 31), "year"
