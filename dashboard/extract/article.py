"""Owns what stands around an article's paragraphs: masthead, headline, byline, credits."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from dashboard.extract.datelines import Dateline, dateline
from dashboard.extract.days import MONTH, PRINTED, a_day, full_date
from dashboard.extract.finds import Article, Span
from dashboard.extract.given import Metadata
from dashboard.extract.outlets import looks_like_outlet, outlet_name
from dashboard.paragraphs import blocks

LONGEST_HEADLINE = 180  # characters
NAME = r"[A-ZÀ-Þ][\w.’'-]*"
NAMES = rf"{NAME}(?:\s(?:(?:de|da|del|van|von|der|den|al|bin|ibn|la|le|el)\s)*{NAME}){{0,4}}"
BYLINE = re.compile(
    rf"(?:(?:Story |Text |Written |Reporting |Analysis )?(?:[Bb]y|BY):?\s+(?!{MONTH})"
    rf"(?P<who>{NAMES}(?:(?:,\s|,?\s(?:and|AND|&)\s){NAMES})*)"
    rf"(?:\s*(?:[|/•·–—,-]|\bin\b|\bfor\b)\s*(?P<rest>[^\n]{{0,80}}?))?"
    rf"|(?P<signed>{NAMES})\s*\|\s*(?P<outlet>{NAME}[^\n]{{0,60}}?))\.?"
)
WHEN = re.compile(
    rf"(?:(?i:(?:first |last )?(?:published|posted|updated|modified|filed)(?: on| at)?:?\s*))?"
    rf"(?:[A-Z][a-z]{{2,8}}\.?,?\s+)?{PRINTED.pattern}(?:[\s,T|·•-]*(?:at\s+)?\d{{1,2}}[:.]\d\d.{{0,30}})?\.?"
)
# What pages and databases print around an article.
FURNITURE = re.compile(
    r"(?:advertisement|share(?: this)?|listen|abstract|full text|print|comments?|photos?"
    r"|video|letters|\d+ min(?:ute)?s? read|(?:related|read more|see also)\b.{0,200}|\W{2,}"
    r"|\W*(?:30|ends?)\W*)\.?",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"[(\[]?(?:(?:additional |with )?(?:reporting|writing|editing|compiled|translated)"
    r" (?:and \w+ )?by\b.*"
    r"|.{3,200}\bcontributed (?:reporting|to this (?:report|story|article))\b.*"
    r"|(?:copyright|all rights reserved)\b.*|©.*|follow .{3,80} (?:@|on )\w+.*"
    r"|(?:source|via): ?.{2,60})",
    re.IGNORECASE,
)
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?!\d)")


@dataclass(frozen=True)
class _Around:
    """What is known so far of an article's surroundings; `outlet` is named by agency or credit."""

    headline: str = ""
    masthead: str = ""
    byline: str = ""
    outlet: str = ""
    day: date | None = None


def read_article(text: str, metadata: Metadata | None = None) -> Article:
    """Find an article's paragraphs and what is around them.

    The paragraphs are consecutive blocks (`dashboard.paragraphs`), without white space at their
    ends. Metadata says more than the text: what it gives is taken as it is. Without a date in
    either, `published` is None, and only the caller can tell.
    """
    given = metadata or Metadata()
    parts = [_stripped(text, part) for part in blocks(text)]
    lines = [text[start:end] for start, end in parts]
    first, around = _header(lines, text, given.title)
    last, around = _trailer(lines, first, around)
    found, place = None, None
    for n in range(min(first + 2, last)):  # in a line of its own, or before the first paragraph
        found = dateline(lines[n], text)
        if found and (n >= first or found.line == lines[n]):
            place = (parts[n][0] + found.place[0], parts[n][0] + found.place[1])
            break
        found = None
    outlet = around.outlet or (outlet_name(found.agency) if found and found.agency else "")
    publisher, republisher = _publishers(outlet, outlet_name(around.masthead), given.publisher)
    day, basis, note = _published(around.day, found, given)
    return Article(
        text=text,
        paragraphs=tuple(parts[first:last]),
        headline=given.title or around.headline,
        byline=around.byline or given.author,
        publisher=publisher,
        republisher=republisher,
        url=given.url,
        language=given.language or "en",
        dateline=place,
        published=day,
        published_basis=basis,
        published_note=note,
    )


def _stripped(text: str, part: Span) -> Span:
    start, end = part
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _header(lines: list[str], text: str, title: str) -> tuple[int, _Around]:
    """How many lines come before the first paragraph, and what they say.

    A line is a headline only if what follows it looks like more of an article: wire copy has none
    and begins at once. At least one line is left as a paragraph.
    """
    around = _Around()
    for n, line in enumerate(lines[:-1]):
        if around.day is None and WHEN.fullmatch(line) and (day := full_date(line)):
            around = replace(around, day=day)
        elif WHEN.fullmatch(line) or FURNITURE.fullmatch(line):
            continue
        elif not around.byline and (signed := _byline(line)):
            around = replace(around, byline=signed[0], outlet=around.outlet or signed[1])
        elif (found := dateline(line, text)) and found.line == line and len(line) < 80:
            continue
        elif title and _same(line, title):
            around = replace(around, headline=line)
        elif not around.masthead and not around.headline and _masthead(lines, n, text):
            around = replace(around, masthead=line)
        elif _headline(lines, n, text) and (not around.headline or len(line.split()) > 3):
            around = replace(around, headline=around.headline or line.rstrip(".;"))
        else:
            return n, around
    return max(len(lines) - 1, 0), around


def _headline(lines: list[str], n: int, text: str) -> bool:
    """Whether a line may be a headline, or the deck under it."""
    line, words = lines[n], lines[n].split()
    if not 2 <= len(words) <= 30 or len(line) > LONGEST_HEADLINE or dateline(line, text):
        return False
    bare = line.rstrip("”’\"' ")
    if bare.endswith((",", ":", "…", "—")):
        return False
    if not bare.endswith((".", "!", "?")):
        return True
    long_words = [word for word in words[1:] if len(word) > 3 and word[0].isalpha()]
    raised = sum(word[0].isupper() for word in long_words)
    if len(long_words) > 1 and raised >= 0.7 * len(long_words):
        return True
    after = lines[n + 1]
    begins = bool(dateline(after, text) or _byline(after) or WHEN.fullmatch(after))
    return begins and len(words) <= 20


def _masthead(lines: list[str], n: int, text: str) -> bool:
    """Whether a line names who publishes: what it is like, and a headline or dateline after it."""
    if not looks_like_outlet(lines[n]) or n + 2 > len(lines):
        return False
    after = lines[n + 1]
    if dateline(after, text) or WHEN.fullmatch(after) or _byline(after):
        return len(lines[n].split()) <= 5
    return n + 2 < len(lines) and _headline(lines, n + 1, text)


def _byline(line: str) -> tuple[str, str] | None:
    """Who signs, and the outlet named beside; None when the line is no byline."""
    match = BYLINE.fullmatch(line)
    if match is None or len(line.split()) > 24:
        return None
    beside = (match["rest"] or match["outlet"] or "").strip()
    outlet = outlet_name(beside) if beside and looks_like_outlet(beside) else ""
    if match["signed"]:
        return (match["signed"], outlet) if outlet else None
    who, _, last = match["who"].rpartition(", ")
    if who and looks_like_outlet(last):
        return who, outlet_name(last)
    return match["who"], outlet


def _trailer(lines: list[str], first: int, around: _Around) -> tuple[int, _Around]:
    """Where the paragraphs end, and what the lines after them say. One paragraph is left."""
    last = len(lines)
    while last - 1 > first:
        line = lines[last - 1]
        loud = line.isupper() and len(line.split()) <= 6 and line[-1:] not in '?!:”"'
        named = looks_like_outlet(line.strip("()[]—–- "))
        if named or (loud and any(c.isalpha() for c in line)):
            around = replace(around, outlet=outlet_name(line.strip("()[]—–- ")))
        elif WHEN.fullmatch(line):
            around = replace(around, day=around.day or full_date(line))
        elif _byline(line) and not around.byline:
            around = replace(around, byline=(_byline(line) or ("", ""))[0])
        elif not (FURNITURE.fullmatch(line) or CREDIT.match(line)):
            break
        last -= 1
    return last, around


def _publishers(outlet: str, masthead: str, site: str) -> tuple[str, str]:
    """Who wrote it, and who printed it again: an agency or credit goes before masthead and site."""
    shown = site or masthead
    if outlet and shown and outlet.casefold() != shown.casefold():
        return outlet, shown
    return (shown or outlet), ""


def _published(
    day: date | None, found: Dateline | None, given: Metadata
) -> tuple[date | None, str, str]:
    """The date of publication, how it is known, and our note: the surest source first."""
    if given.published:
        return given.published, "stated", given.published_note or "Given with the article."
    if day:
        return day, "stated", "A date line beside the article gives it."
    in_address = IN_ADDRESS.search(given.url)
    address = a_day(*(int(part) for part in in_address.groups())) if in_address else None
    if found and found.day:
        month, number, year = found.day
        if year and (full := a_day(year, month, number)):
            return full, "stated", "The dateline gives it."
        if address and (near := _nearest(address, month, number)):
            return (
                near,
                "inferred",
                "The dateline gives day and month, the page’s address the year.",
            )
    if address:
        return address, "inferred", "The page’s address contains this date."
    return None, "", ""


def _nearest(other: date, month: int, number: int) -> date | None:
    found = (a_day(year, month, number) for year in (other.year - 1, other.year, other.year + 1))
    return min(filter(None, found), key=lambda day: abs(day - other), default=None)


def _same(line: str, title: str) -> bool:
    return re.findall(r"\w+", line.casefold()) == re.findall(r"\w+", title.casefold())
