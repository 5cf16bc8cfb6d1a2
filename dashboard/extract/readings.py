"""Owns what an expression of time means: one function for each kind, counted from publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dashboard.extract.days import (
    MONTHS,
    WEEKDAYS,
    a_day,
    month_number,
    printed,
)
from dashboard.extract.periods import Reading, a_month, a_week, a_year
from dashboard.extract.tenses import FUTURE, PAST, PRESENT

if TYPE_CHECKING:
    from spacy.tokens import Token

COUNTS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
# "Super Tuesday" is a name, "every Friday" no day.
NO_DAY = frozenset(
    {
        "super", "black", "good", "ash", "bloody", "cyber", "easter", "holy", "palm", "giving",
        "every", "each", "most", "some", "one",
    }
)  # fmt: skip
BEFORE_MONTH = frozenset(
    {
        "in", "by", "since", "until", "till", "last", "next", "this", "early", "late", "before",
        "after", "from", "of", "to", "during", "through", "mid", "-",
    }
)  # fmt: skip
BEFORE_YEAR = BEFORE_MONTH - {"to", "-"} | {"between", "around", "year"}
ROUGHLY = frozenset({"about", "almost", "around", "nearly", "over", "roughly", "some", "than"})
UNLIKELY_MONTHS = frozenset({"may", "march", "april", "june", "august"})  # verbs, walks, persons


@dataclass(frozen=True)
class Expression:
    """A match, the day of publication, what its clause speaks of, the two words before it."""

    match: re.Match[str]
    published: date
    direction: str
    before: tuple[str, str]
    token: Token


def nothing(expression: Expression) -> None:
    """What means no day, week, month or year: the words are taken, and left out."""


def whole_date(expression: Expression) -> Reading | None:
    """A printed day; without its year, the nearest one that the clause allows."""
    found = printed(expression.match.group())
    if found is None:
        return None
    month, number, year = found
    if year is not None:
        full = a_day(year, month, number)
        return Reading((full, None, "day")) if full else None
    published = expression.published
    years = (published.year - 1, published.year, published.year + 1)
    days = [day for year in years if (day := a_day(year, month, number))]
    if not days or published == date.max:
        return None
    if (month, number) == (9, 11) and expression.token.dep_ in ("compound", "nmod", "npadvmod"):
        return None  # the attacks of 2001
    words = f"{number} {MONTHS[month - 1].title()}"
    future = expression.direction == FUTURE or (
        expression.direction == PRESENT and _plans(expression)
    )
    if future and any(day >= published for day in days):
        coming = min(day for day in days if day >= published)
        return Reading(
            (coming, None, "day"), f"The text gives no year: the {words} that is to come."
        )
    if expression.direction == PAST and any(day <= published for day in days):
        latest = max(day for day in days if day <= published)
        return Reading((latest, None, "day"), f"The text gives no year: the last {words}.")
    near = min(days, key=lambda day: abs(day - published))
    return Reading(
        (near, None, "day"), f"The text gives no year: the {words} nearest to publication."
    )


def month_of_year(expression: Expression) -> Reading | None:
    """A month with its year."""
    month = month_number(expression.match["month"])
    return Reading(a_month(int(expression.match["year"]), month)) if month else None


def year_alone(expression: Expression) -> Reading | None:
    """A year, where a year may stand."""
    near, token = expression.before[0], expression.token
    compound = token.dep_ in ("compound", "nummod", "nmod") and token.head.pos_ in ("NOUN", "PROPN")
    if near in BEFORE_YEAR or token.ent_type_ == "DATE" or (near == "the" and compound):
        return Reading(a_year(int(expression.match["year"])))
    return None


def weekday(expression: Expression) -> Reading | None:
    """A day of the week: the latest up to publication, or the next one if it is to come."""
    match, published = expression.match, expression.published
    number, which = WEEKDAYS.index(match["weekday"].lower()), (match["which"] or "").lower()
    if expression.before[0] in NO_DAY or (
        expression.before[0] in ("a", "an") and expression.token.dep_ != "compound"
    ):
        return None
    name = match["weekday"]
    back = timedelta(days=(published.weekday() - number) % 7)
    ahead = timedelta(days=(number - published.weekday()) % 7)
    if which == "next":
        monday = published + timedelta(days=7 - published.weekday())
        return Reading(
            (monday + timedelta(days=number), None, "day"),
            f"The {name} of the week after publication.",
        )
    if which in ("last", "past"):
        day = published - (back or timedelta(days=7))
        return Reading((day, None, "day"), f"The last {name} before publication.")
    future = expression.direction == FUTURE or "coming" in which
    if future or (expression.direction == PRESENT and _plans(expression)):
        return Reading((published + ahead, None, "day"), f"The {name} on or after publication.")
    return Reading((published - back, None, "day"), f"The {name} on or before publication.")


def _plans(expression: Expression) -> bool:
    """Whether a clause in the present means a plan: "meets on Friday", not "says on Friday"."""
    from dashboard.extract.cues import LIKELY, cue_rate

    token = expression.token
    verb = token.head.head if token.head.pos_ == "ADP" else token.head
    return verb.pos_ in ("VERB", "AUX") and cue_rate(verb) < LIKELY


def near_day(expression: Expression) -> Reading | None:
    """Today, yesterday, tomorrow."""
    word = expression.match.group().lower().split()[0]
    following = expression.match.string[expression.match.end() :][:2]
    if word == "today" and following in ("’s", "'s"):
        return None  # "today's world"
    if word == "yesterday":
        return Reading(
            (expression.published - timedelta(days=1), None, "day"), "The day before publication."
        )
    if word == "tomorrow":
        return Reading(
            (expression.published + timedelta(days=1), None, "day"), "The day after publication."
        )
    return Reading((expression.published, None, "day"), "The day of publication.")


STEPS = {"last": -1, "previous": -1, "next": 1, "coming": 1, "this": 0, "the": 0}
OF = {-1: "before that of publication", 0: "of publication", 1: "after that of publication"}


def near_period(expression: Expression) -> Reading | None:
    """Last week, this month, next year; the end of the year."""
    match = expression.match
    return _stepped(match["unit"].lower(), STEPS[match["which"].lower()], expression.published)


def _stepped(unit: str, step: int, published: date) -> Reading:
    where = OF[step]
    if unit == "week":
        period = a_week(published + timedelta(weeks=step))
        return Reading(period, f"The week {where}, Monday to Sunday.")
    if unit == "month":
        return Reading(a_month(published.year, published.month + step), f"The month {where}.")
    return Reading(a_year(published.year + step), f"The year {where}.")


def counted(expression: Expression) -> Reading | None:
    """Two weeks ago, three days from now: as exact as its unit."""
    match, published = expression.match, expression.published
    words = match["count"].lower()
    count = int(words) if words.isdigit() else 1 if words in ("a", "an") else COUNTS.index(words)
    unit = match["unit"].lower()
    ahead = match["way"].lower() != "ago"
    rough = bool({*expression.before} & ROUGHLY)
    if (rough and unit in ("day", "year")) or (unit == "year" and count > 12):
        return None
    step = count if ahead else -count
    units, where = unit if count == 1 else f"{unit}s", "after" if ahead else "before"
    note = f"{words.capitalize()} {units} {where} publication"
    if unit == "day":
        return Reading((published + timedelta(days=step), None, "day"), f"{note}.")
    if unit == "week":
        return Reading(
            a_week(published + timedelta(weeks=step)), f"{note}: that week, Monday to Sunday."
        )
    if unit == "month":
        return Reading(
            a_month(published.year, published.month + step), f"{note}: that whole month."
        )
    return Reading(a_year(published.year + step), f"{note}: that whole year.")


def month_alone(expression: Expression) -> Reading | None:
    """A month without its year: the coming or the latest one, as the clause tells."""
    match, published = expression.match, expression.published
    name, which = match["month"], (match["which"] or "").lower()
    month, near = month_number(name), expression.before[0]
    dated = expression.token.ent_type_ == "DATE"
    if month is None or not (which or near in BEFORE_MONTH or dated):
        return None
    if name.lower() in UNLIKELY_MONTHS and not (which or near in BEFORE_MONTH):
        return None
    title = MONTHS[month - 1].title()
    this_year = published.year
    if which == "last" or (
        which != "next" and expression.direction != FUTURE and near not in ("by", "until")
    ):
        now = month == published.month and which != "last"
        year = this_year if month < published.month or now else this_year - 1
        return Reading(
            a_month(year, month), f"The text gives no year: the latest {title} up to publication."
        )
    year = this_year if month > published.month else this_year + 1
    return Reading(a_month(year, month), f"The text gives no year: the {title} after publication.")
