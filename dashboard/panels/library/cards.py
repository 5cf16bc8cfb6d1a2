"""A statement of the library as a card: its words first, then who, where, when, in which print."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from dashboard.dates import day
from dashboard.describe import KINDS
from dashboard.library.addresses import href
from dashboard.library.selection import LibrarySelection
from dashboard.links import is_web, passage_url
from dashboard.markdown import escape, link
from dashboard.plain import cut

if TYPE_CHECKING:
    from dashboard.library.answers import Named, Quotation

LONGEST = 700  # letters of words on a card; the original has all of them
SHORT = 60  # letters of a name
PLACE = ":material/location_on: "  # Russia speaks, and is a place


@lru_cache(maxsize=2048)
def card(said: Quotation, served: str) -> str:
    """A statement as Markdown; `served` is the slug of the story that this page serves.

    Spoken words stand in quotation marks, paraphrases in italics; what a corpus does not tell is
    not there, and how sure its attribution is, where it says so, is.
    """
    lines = [
        f":small[:gray[{KINDS.get(said.kind, 'Statement').upper()}]]  \n{_words(said)}",
        _who(said),
        "  \n".join(filter(None, (_circumstances(said), _context(said)))),
        "  \n".join(filter(None, (_about(said), _printed(said), _links(said, served)))),
    ]
    return "\n\n".join(filter(None, lines))


def actor_link(actor: Named, label: str = "") -> str:
    """An actor's name, linked to the actor's page."""
    return link(label or escape(cut(actor.name, SHORT)), f"actor?{urlencode({'actor': actor.key})}")


def place_link(place: Named, label: str = "") -> str:
    """A place's name, linked to the place's page."""
    return link(label or escape(cut(place.name, SHORT)), f"place?{urlencode({'place': place.key})}")


def _words(said: Quotation) -> str:
    if said.kind == "indirect" or not said.words:
        told = escape(cut(said.paraphrase, LONGEST))
        return f"*{told}*" if told else ":gray[*Not yet paraphrased*]"
    spoken = f"“{escape(cut(said.words, LONGEST))}”"
    return f"… {spoken} …" if said.kind == "mixed" else spoken


def _who(said: Quotation) -> str:
    if not said.speaker:
        return ":gray[Speaker not known]"
    named = actor_link(said.speaker, f"**{escape(cut(said.speaker.name, SHORT))}**")
    if said.confidence is None:
        return named
    return f"{named}  \n:small[:gray[named by a program, {said.confidence:.0%} sure]]"


def _circumstances(said: Quotation) -> str:
    parts = [place_link(said.said_at)] if said.said_at else []
    parts += [day(said.date)] if said.date else []
    if not parts:
        return ":small[:gray[:material/location_on: Where and when: not stated]]"
    icon = ":material/location_on:" if said.said_at else ":material/calendar_today:"
    return f":small[:gray[{icon} {' · '.join(parts)}]]"


def _context(said: Quotation) -> str:
    told = said.context or said.title
    return f":small[{escape(cut(told, 200))}]" if told else ""


def _about(said: Quotation) -> str:
    chips = [actor_link(who, _chip(who)) for who in said.about[:8]]
    chips += [place_link(where, _chip(where, PLACE)) for where in said.about_places[:8]]
    return f":small[About] {' '.join(chips)}" if chips else ""


def _chip(named: Named, icon: str = "") -> str:
    return f":gray-badge[{icon}{escape(cut(named.name, 40))}]"


def _printed(said: Quotation) -> str:
    """Who printed it; a program that saw it more often than it names outlets says so."""
    if not said.outlets:
        return f":small[:gray[printed {said.printings:,} times]]" if said.printings > 1 else ""
    named = [
        link(
            escape(cut(outlet.name, SHORT)),
            href("library", LibrarySelection(outlets=(outlet.key,))),
        )
        for outlet in said.outlets[:2]
    ]
    rest = len(said.outlets) - len(named)
    more = f" and {rest:,} more" if rest else ""
    times = f", {said.printings:,} times" if said.printings > len(said.outlets) else ""
    return f":small[:gray[Printed by] {', '.join(named)}:gray[{more}{times}]]"


def _links(said: Quotation, served: str) -> str:
    found = []
    if said.story and said.story == served and said.quote:
        found.append(link("In its story", f"./?{urlencode({'quote': said.quote})}"))
    elif address := passage_url(said.url, exact=said.words, first="", last=""):
        found.append(link("In the original", address))
    elif is_web(said.url):
        found.append(link("In the original", said.url))
    found.append(link("Same words, other outlets", f"words?{urlencode({'quote': said.key})}"))
    return f":small[{' · '.join(found)}]"
