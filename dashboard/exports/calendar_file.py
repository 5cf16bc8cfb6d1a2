"""Owns what is planned or due as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from dashboard.dates import day, period
from dashboard.exports.format import Format
from dashboard.exports.identity import web
from dashboard.links import passage_url
from dashboard.plain import line
from dashboard.records import articles, events, is_draft
from dashboard.telling.drafts import NOT_REVIEWED

if TYPE_CHECKING:
    from icalendar import Event, Timezone

    from dashboard import model
    from dashboard.story import Story

# icalendar takes these two letters for a line break; a word joiner, which has no width, parts them.
_BREAK, _PARTED = "\\N", "\\\u2060N"
AHEAD = {"planned": "planned", "deadline": "a deadline"}


def _make(visible: Story, page: str) -> bytes:
    from icalendar import Calendar  # loaded for the few who ask

    calendar = Calendar()
    calendar.add("prodid", "-//Dateline//Events of a news story//EN")
    calendar.add("version", "2.0")
    calendar.add("name", _line(visible.title))
    calendar.add("x-wr-calname", _line(visible.title))
    told = {article.id: article for article in articles(visible)}
    ahead = [event for event in events(visible) if event.status in AHEAD]
    for event in ahead:
        calendar.add_component(_entry(visible, page, event, told[event.article]))
    if not ahead:
        calendar.add_component(_nothing())
    content: bytes = calendar.to_ical()
    return content


def _entry(story: Story, page: str, event: model.Event, article: model.Article) -> Event:
    from icalendar import Event

    entry = Event()
    entry.add("uid", f"{event.id}@{story.slug}.dateline")
    entry.add("dtstamp", datetime.combine(article.published, time(), UTC))
    entry.add("dtstart", event.start)
    if event.end < date.max:
        entry.add("dtend", event.end + timedelta(days=1))  # exclusive
    when = "" if event.precision == "day" else f" ({period(event)})"
    entry.add("summary", _line(event.title) + when)
    entry.add("status", "TENTATIVE")
    entry.add("transp", "TRANSPARENT")
    entry.add("categories", [event.status])
    place = event.place or event.destination
    if place:
        entry.add("location", _line(place.name))
        if place.latitude is not None and place.longitude is not None:
            entry.add("geo", (place.latitude, place.longitude))
    entry.add("description", "\n".join(_lines(event, article, draft=is_draft(story, event.id))))
    if address := _address(event, article) or page:
        entry.add("url", address)
    return entry


def _lines(event: model.Event, article: model.Article, *, draft: bool) -> list[str]:
    headline, publisher = _line(article.headline), _line(article.publisher)
    seen = f"As seen from “{headline}” ({publisher}, {day(article.published)}): "
    lines = [seen + AHEAD[event.status]]
    if event.participants:
        lines.append("With " + ", ".join(_line(actor.name) for actor in event.participants))
    if event.origin and event.destination:
        lines.append(f"From {_line(event.origin.name)} to {_line(event.destination.name)}")
    if event.note:
        lines.append(f"The date ({event.basis}): {_line(event.note)}")
    return lines + ([NOT_REVIEWED] if draft else [])


def _address(event: model.Event, article: model.Article) -> str:
    first = next(iter(event.passages), None)
    if first is None or not web(article.url):
        return ""
    return passage_url(web(article.url), exact=first.exact, first=first.first, last=first.last)


def _line(text: str) -> str:
    return line(text).replace(_BREAK, _PARTED)


def _nothing() -> Timezone:
    """What a calendar without events holds: RFC 5545, section 3.6, asks for one component."""
    from icalendar import Timezone, TimezoneStandard

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", datetime(1970, 1, 1))  # local time, as a zone has it
    standard.add("tzoffsetfrom", timedelta())
    standard.add("tzoffsetto", timedelta())
    zone.add_component(standard)
    return zone


EVENTS = Format(
    "events.ics",
    "text/calendar; charset=utf-8",
    "Planned events and deadlines for a calendar (iCalendar)",
    _make,
)
