"""Owns the kinds of expressions of time: a pattern for each, and how it is read.

They are tried in this order; the first that matches some words decides on them. Those that need no
day of publication come first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from dashboard.extract.days import MONTH, PRINTED, YEAR
from dashboard.extract.periods import Reading
from dashboard.extract.readings import (
    COUNTS,
    Expression,
    counted,
    month_alone,
    month_of_year,
    near_day,
    near_period,
    nothing,
    weekday,
    whole_date,
    year_alone,
)


@dataclass(frozen=True)
class Rule:
    """A kind of expression; `read` returns None for what only looks like it.

    `counted`: it is counted from the day of publication.
    """

    pattern: re.Pattern[str]
    read: Callable[[Expression], Reading | None]
    counted: bool = True


def _full(pattern: str, read: Callable[[Expression], Reading | None]) -> Rule:
    return Rule(re.compile(pattern), read, counted=False)


def _rule(pattern: str, read: Callable[[Expression], Reading | None]) -> Rule:
    return Rule(re.compile(pattern), read)


WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
HOURS = r"(?:\s+(?:morning|afternoon|evening|night))?"
DATED = PRINTED.pattern
ISO = rf"\b{YEAR}-\d\d-\d\d\b"
COUNT = rf"(?P<count>an?|{'|'.join(COUNTS[1:])}|\d{{1,2}})"
UNIT = r"(?P<unit>week|month|year)\b"
SPAN = r"(?:hours?|days?|weeks?|months?|years?|decades?)\b"
WHICH = r"[Nn]ext|[Ll]ast|[Pp]ast|[Tt]his(?:\s+(?:coming|past))?|[Cc]oming|[Uu]pcoming"
PART = r"(?:[Ee]arlier\s+|[Ll]ater\s+|[Ee]nd\s+of\s+|[Ee]arly\s+|[Ll]ate\s+)?"
NEAR = r"[Yy]esterday|[Tt]oday|[Tt]omorrow|[Tt]onight|[Tt]his\s+(?:morning|afternoon|evening)"

RULES = (
    _full(rf"\b(?:{WEEKDAY}{HOURS},?\s+)?(?:{DATED})(?<=\d{{4}})\b|{ISO}", whole_date),
    # Decades, seasons and spans of years; sums of money and large numbers.
    _full(rf"\b(?:1[89]|20)?\d0s\b|\b{YEAR}\s?[-–/]\s?\d\d+", nothing),
    _full(r"[$£€]\s?\d[\d,.]*|\b\d+(?:,\d{3})+", nothing),
    _full(rf"\b(?P<month>{MONTH})(?:,|\s+of)?\s+(?P<year>{YEAR})", month_of_year),
    _full(r"(?<![\d.,-])\b(?P<year>(?:19[2-9]|20\d)\d)\b(?![\d%]|[.,]\d|-\w)", year_alone),
    _rule(rf"\b(?:{WEEKDAY}{HOURS},?\s+)?(?:{DATED})", whole_date),
    _rule(rf"\b(?:with)?in\s+the\s+(?:next|last|past|coming)\s+(?:\w+\s+)?{SPAN}", nothing),
    _rule(rf"\b(?:over|for|during)\s+the\s+(?:next|last|past|coming)\s+(?:\w+\s+)?{SPAN}", nothing),
    _rule(r"\b(?:once|twice|times)\s+an?\s+\w+", nothing),
    _rule(rf"\b(?:(?P<which>{WHICH})\s+)?(?P<weekday>{WEEKDAY}){HOURS}\b(?!s\b)", weekday),
    _rule(rf"\b(?:{NEAR}){HOURS}\b", near_day),
    _rule(rf"\b{PART}(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]revious)\s+{UNIT}(?!\s*-)", near_period),
    _rule(rf"\b[Ee]nd\s+of\s+(?P<which>the)\s+{UNIT}", near_period),
    _rule(
        rf"\b(?i:{COUNT})\s+(?P<unit>day|week|month|year)s?\s+(?P<way>ago|from\s+now)\b", counted
    ),
    _rule(
        rf"\b(?:(?P<which>[Nn]ext|[Ll]ast|[Tt]his)\s+)?(?:mid-)?"
        rf"(?P<month>{MONTH})(?!\s*\d|\s+[A-Z])",
        month_alone,
    ),
)  # fmt: skip
