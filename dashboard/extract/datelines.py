"""Owns datelines: the place, day and agency before an article's first words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.extract.days import PRINTED, printed
from dashboard.extract.outlets import agencies

if TYPE_CHECKING:
    from dashboard.extract.finds import Span

CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.’'-]+"
CAPITALISED = r"[A-ZÀ-Þ][\w.’'-]*"
PARTICLE = r"(?:de|del|la|le|los|las|san|al|el|of|the|on|upon|di|do|da|dos|am|an|im)"
LOUD = rf"{CAPITALS}(?:[ ](?:{CAPITALS}|{PARTICLE}[ ]{CAPITALS})){{0,3}}"
QUIET = rf"{CAPITALISED}(?:[ -](?:{PARTICLE}[ -])?{CAPITALISED}){{0,2}}"
REGION = rf"(?:{CAPITALISED}(?:[ ]{CAPITALISED}){{0,2}}|[A-Z]\.(?:[A-Z]\.)+)"
DATELINE = re.compile(
    rf"(?P<place>(?P<loud>{LOUD})|{QUIET})(?:(?:/|[ ]and[ ]|[ ]&[ ]){QUIET})?"
    rf"(?P<region>,[ ](?!{PRINTED.pattern.replace('?P<', '?P<x_')}){REGION})?"
    rf"(?P<day>[ ]?[,|][ ](?:[A-Z][a-z]+day,?[ ])?(?P<printed>[\w.,: -]{{4,24}}?))?"
    rf"(?:,?[ ](?P<agency>[(\[][^()\[\]\n]{{2,40}}[)\]]))?"
    rf"(?P<mark>\s*(?:—|―|–|-{{2,3}})\s*|\s+-\s+|:\s+|\s*$)",
)
# What else stands before a dash or colon, at the start of an article.
LABELS = frozenset(
    {
        "analysis", "breaking", "byline", "comment", "column", "editorial", "exclusive",
        "explainer", "factbox", "feature", "interview", "letters", "live", "opinion", "photos",
        "poll", "q", "a", "report", "review", "update", "updated", "video", "watch", "warning",
        "correction", "note",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Dateline:
    """A dateline: `line` is all of it, `place` where its place stands in it, from 0.

    `agency` is what its brackets print; `day` is month, day and year (None if left out).
    """

    line: str
    place: Span
    agency: str
    day: tuple[int, int, int | None] | None


def dateline(paragraph: str, text: str) -> Dateline | None:
    """The dateline that a paragraph begins with, None without one.

    A place in capitals before a dash is one, and a place with an agency or a date. Anything else
    (`Geneva: …`) is one only if the text speaks of that place elsewhere ("in Geneva").
    """
    match = DATELINE.match(paragraph)
    if match is None:
        return None
    day = printed(match["printed"]) if match["printed"] else None
    if match["printed"] and day is None:
        return None
    place, mark = match["place"].rstrip(" ,"), match["mark"].strip()
    agency = (match["agency"] or "").strip("()[] ")
    rest = paragraph[match.end() :]
    if place.lower().rstrip(".") in LABELS or place.upper() in agencies():
        return None
    if not mark and not (day and not rest):  # a line of its own: "GENEVA, January 14, 2015"
        return None
    if mark and rest and not re.match(r"[A-ZÀ-Þ\d“\"'‘$£€(]", rest):
        return None
    loud = bool(match["loud"]) and match["loud"] == match["place"]
    sure = bool(agency or day) or (loud and mark != ":") or bool(match["region"] and mark != ":")
    if not sure and not _spoken_of(place, text):
        return None
    return Dateline(paragraph[: match.end()], (0, len(place)), agency, day)


def _spoken_of(place: str, text: str) -> bool:
    pattern = rf"\b(?:in|from|near|outside) {re.escape(place)}\b(?![’'])"
    return re.search(pattern, text, re.IGNORECASE) is not None
