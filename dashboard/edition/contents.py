"""What an edition's template needs besides the story's records: pills, hashes, plain captions."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from dashboard.dates import day
from dashboard.describe import KINDS
from dashboard.facets import facets
from dashboard.links import is_web, to_query
from dashboard.records import topics
from dashboard.selection import WHOLE
from dashboard.telling.choices import actor_choices, place_choices

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.selection import Selection
    from dashboard.story import Story


class Pill(NamedTuple):
    """A value of a filter; `spare` values show only while they are chosen."""

    id: str
    name: str
    number: int
    spare: bool = False


def pills(story: Story, facet: str) -> list[Pill]:
    """A filter's values in the order of the page, with the statements that each would show."""
    counts = facets(story, WHOLE)
    match facet:
        case "actors":
            return [Pill(c.id, c.name, counts.actors.get(c.id, 0), c.spare)
                    for c in actor_choices(story)]  # fmt: skip
        case "places":
            return [Pill(c.id, c.name, counts.places.get(c.id, 0), c.spare)
                    for c in place_choices(story)]  # fmt: skip
        case "topics":
            return [Pill(t.id, t.name, counts.topics.get(t.id, 0)) for t in topics(story).values()]
        case _:
            return [Pill(kind, name, counts.kinds.get(kind, 0)) for kind, name in KINDS.items()]


def hashed(selection: Selection) -> str:
    """A selection as the address's hash has it, without the `#`."""
    return urlencode(to_query(selection), doseq=True)


def still(caption: str) -> str:
    """A chart's caption without the sentences on what can be clicked: without scripts nothing."""
    return re.sub(r" ?\b(Click|Filters|Only)\b[^.]*\.", "", caption)


def edition_of(descriptor: Mapping[str, Any]) -> str:
    """The edition's date and version, as its data say; never the clock."""
    try:
        created = day(datetime.fromisoformat(str(descriptor.get("created"))).date())
    except ValueError:
        created = ""
    version = f"version {descriptor['version']}" if descriptor.get("version") else ""
    return ", ".join(filter(None, (created, version)))


def licences(descriptor: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Name and address of each licence; no address where it is not of the web."""
    return [
        (str(found.get("title") or found.get("name") or ""), _web(found.get("path")))
        for found in descriptor.get("licenses") or ()
    ]


def _web(address: object) -> str:
    return address if isinstance(address, str) and is_web(address) else ""
