"""What is planned or due, as two other calendar libraries read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
import vobject
from hypothesis import given
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from dashboard.exports.calendar_file import EVENTS
from dashboard.selection import Selection, select
from dashboard.story import Story
from tests.drafted import DRAFT, drafted
from tests.exports.spoilt import ALLOWED, PAGE, REFUSED, TINY, spoilt
from tests.shipped import ROWS, STORY, ids, selections


def read(story: Story, page: str = PAGE) -> list[Event]:
    """Events in the order of their days, by one library, once another has found nothing wrong."""
    content = EVENTS.make(story, page).decode("utf-8")
    assert vobject.readOne(content).validate(raiseException=True)
    return list(IcsCalendarStream.calendar_from_ics(content).events)


def test_the_events_ahead_and_no_others() -> None:
    ahead = [row for row in ROWS["events"] if row["status"] in ("planned", "deadline")]
    found = {event.uid: event for event in read(STORY)}
    assert set(found) == {f"{row['id']}@moscow-talks.dateline" for row in ahead}
    for row in ahead:
        event = found[f"{row['id']}@moscow-talks.dateline"]
        assert event.dtstart == date.fromisoformat(row["start"])
        assert event.dtend == date.fromisoformat(row["end"] or row["start"]) + timedelta(days=1)
        assert event.dtstamp.date() == date(2015, 1, 14)
        assert event.categories == [row["status"]]
        assert (event.status, event.transparency) == ("TENTATIVE", "TRANSPARENT")
        assert event.summary.startswith(row["title"])
        assert ("(" in event.summary) == (row["precision"] != "day")
        assert row["note"] in event.description
        assert str(event.url).startswith(ROWS["articles"][0]["url"] + "#:~:text=")


def test_an_event_says_where_who_and_as_seen_from_when() -> None:
    talks = next(event for event in read(STORY) if event.uid.startswith("e-moscow-talks@"))
    assert (talks.location, talks.geo.lat, talks.geo.lng) == ("Moscow", 55.75222, 37.61556)
    first, second, third = talks.description.splitlines()
    assert first == (
        "As seen from “Kerry Supports Syrian Peace Talks in Russia” (The New York Times,"
        " Wed 14 Jan 2015): planned"
    )
    assert second == "With Russia, Syrian government, Syrian opposition"
    assert third.startswith("The date (stated): Day and month")
    trip = next(event for event in read(STORY) if event.uid.startswith("e-de-mistura-damascus@"))
    assert trip.summary == "De Mistura travels to Damascus (week of 19 Jan 2015)"
    assert "From Geneva to Damascus" in trip.description.splitlines()


@given(selection=selections())
def test_a_part_has_the_events_of_its_table(selection: Selection) -> None:
    visible = select(STORY, selection)
    ahead = visible.events[visible.events["status"].isin(["planned", "deadline"])]
    found = [event.uid.split("@")[0] for event in read(visible)]
    assert sorted(found) == sorted(ahead["id"])


def test_a_calendar_of_nothing_has_still_a_component() -> None:
    nothing = select(STORY, Selection(text="no such word"))
    assert read(nothing) == []
    assert b"BEGIN:VTIMEZONE" in EVENTS.make(nothing, "")
    assert b"BEGIN:VTIMEZONE" not in EVENTS.make(STORY, "")


def test_the_last_day_that_there_is_has_no_day_after() -> None:
    last = pd.Series(["9999-12-31"] * 2, dtype="datetime64[s]")
    events = TINY.events.assign(start=last, end=last, precision="day", status="planned")
    for event in read(replace(TINY, events=events)):
        assert event.dtstart == date(9999, 12, 31)


def test_an_article_at_no_address_leaves_the_page_or_nothing() -> None:
    nowhere = replace(TINY, articles=TINY.articles.assign(url="javascript:alert(1)"))
    assert [str(event.url) for event in read(nowhere)] == [PAGE]
    assert [event.url for event in read(nowhere, "")] == [None]


def test_a_draft_says_so_and_leads_to_the_page() -> None:
    for event in read(DRAFT):
        assert event.description.splitlines()[-1] == "Draft, not reviewed"
        assert str(event.url) == PAGE
    reviewed = drafted(accepted=ids("events"), url=True)
    for story in (STORY, reviewed):
        assert not any("Draft" in event.description for event in read(story))


AWKWARD = [*ALLOWED, *REFUSED, "a,b;c:d\\e\"f'", "é" * 80, "👩‍⚖️" * 40, "END:VEVENT", " x\ty "]


@pytest.mark.parametrize("value", AWKWARD, ids=lambda v: ascii(v[:20]))
def test_awkward_texts_come_back_folded_and_escaped(value: str) -> None:
    story = spoilt(value)
    content = EVENTS.make(story, PAGE)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75  # octets, RFC 5545, section 3.1
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode("utf-8")  # no character is cut in two
    shown = " ".join(value.replace("\u202e", " ").split()).replace("\\N", "\\\u2060N")
    first, second = read(story)
    assert (first.summary.strip(), second.summary.strip()) == (shown, f"{shown} (by Jun 2024)")
    assert first.description.startswith(
        f"As seen from “{shown}” ({shown}, Mon 6 May 2024): planned"
    )
    entries: Any = vobject.readOne(content.decode()).vevent_list
    assert entries[0].summary.value.strip() == shown
