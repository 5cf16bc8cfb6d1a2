"""Owns the names of months and weekdays, and reading dates that are printed in full."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
# "May" is a month, "may" a verb, "march" a walk; in capitals ("14 MAY") they are in date lines.
NAMES = "|".join(f"{month.title()}|{month.upper()}" for month in MONTHS)
SHORT = ("Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec")
ABBREVIATED = "|".join(f"{name}|{name.upper()}" for name in SHORT)
MONTH = rf"(?:(?:{NAMES})|(?:{ABBREVIATED})\.?)(?![A-Za-z])"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d%])"
YEAR = r"(?:1[89]|20)\d\d(?!\d)"
# "January 14, 2015", "14 January 2015", "2015-01-14"; the year may be left out of the first two.
PRINTED = re.compile(
    rf"\b(?:(?P<m1>{MONTH})\s+(?P<d1>{DAY})(?:(?:,\s*|\s+)(?P<y1>{YEAR}))?"
    rf"|(?P<d2>{DAY})\s+(?:of\s+)?(?P<m2>{MONTH})(?:,?\s+(?P<y2>{YEAR}))?"
    rf"|(?P<y3>{YEAR})-(?P<m3>0[1-9]|1[0-2])-(?P<d3>0[1-9]|[12]\d|3[01])\b)"
)


def month_number(name: str) -> int | None:
    """The month, 1 to 12, that a name or its abbreviation means."""
    key = name.lower().rstrip(".")
    if len(key) < 3:
        return None
    return next((n for n, month in enumerate(MONTHS, 1) if month.startswith(key)), None)


def printed(text: str) -> tuple[int, int, int | None] | None:
    """Month, day and year (None if left out) of the first date printed in a text."""
    for match in PRINTED.finditer(text):
        part = match.groupdict()
        n = next(n for n in "123" if part[f"m{n}"])
        month = int(part["m3"]) if n == "3" else month_number(part[f"m{n}"])
        if month is not None:
            day = int(re.sub(r"\D", "", part[f"d{n}"]))
            return month, day, int(part[f"y{n}"]) if part[f"y{n}"] else None
    return None


def full_date(text: str) -> date | None:
    """The first date printed in a text, if its year is printed too and there is such a day."""
    found = printed(text)
    if found is None or found[2] is None:
        return None
    return a_day(found[2], found[0], found[1])


def a_day(year: int, month: int, day: int) -> date | None:
    """The day, None when the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
