"""Owns how actors and places become rows: who is kept, and by which names as printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.checking.anchors import is_named
from dashboard.extract.statement_rows import UNATTRIBUTED
from dashboard.plain import line
from dashboard.review.copying import is_short
from dashboard.review.draft import row

if TYPE_CHECKING:
    from dashboard.extract.rows import Rows

PREPOSITION = re.compile(r",|\b(?:of|for|in|at|on|to|from|with|who|that|and)\b")


def add_actors(rows: Rows) -> None:
    """Those who speak, may have spoken, are spoken of or to, take part; whom they belong to."""
    named = {quote["speaker"] for quote in rows.tables["quotes"]}
    named |= {other["actor"] for t in ("links", "alternatives") for other in rows.tables[t]}
    belongs = {rows.actor_ids[a.id]: a.member_of for a in rows.found.actors if a.member_of}
    for one in tuple(named):
        above = belongs.get(one)
        while above:
            named.add(rows.actor_ids[above])
            above = belongs.get(rows.actor_ids[above])
    for actor in rows.found.actors:
        if (record := rows.actor_ids[actor.id]) not in named:
            continue
        # A name of many words is a part of a sentence, and that is the article's.
        spans = [span for span in actor.mentions if is_short(rows.cut(span))]
        names = [line(name) for name in actor.aliases if is_short(name)]
        for span in spans:
            if names and not is_named(rows.cut(span), names):
                names.append(line(rows.cut(span)).replace("|", " "))
        rows.tables["actors"].append(
            row(
                "actors",
                id=record,
                name=brief(line(actor.name)),
                kind=actor.kind,
                role=brief(line(actor.role)),
                member_of=rows.actor_ids.get(actor.member_of, ""),
                member_basis=actor.member_basis,
                member_note=actor.member_note,
                aliases="|".join(dict.fromkeys(names)),
            )
        )
        rows.mentions("actor", record, spans)
        rows.review(record, actor.confidence, "rules")
    if UNATTRIBUTED in named:
        name = "Not attributed"
        rows.tables["actors"].append(row("actors", id=UNATTRIBUTED, name=name, kind="group"))
        rows.review(UNATTRIBUTED, 0.0, "rules")


def add_places(rows: Rows) -> None:
    """Rows of all places that the article names, each with what else it may be."""
    for place in rows.found.places:
        chosen = place.chosen
        pinned = chosen.kind != "country"
        named = any(is_named(rows.cut(span), [place.name]) for span in place.mentions)
        printed = rows.cut(place.mentions[0])  # the gazetteer may spell it otherwise
        name = place.name if named else printed.title() if printed.isupper() else printed
        rows.tables["places"].append(
            row(
                "places",
                id=place.id,
                name=name,
                kind=chosen.kind,
                country=chosen.country,
                latitude=f"{chosen.latitude:.5f}" if pinned else "",
                longitude=f"{chosen.longitude:.5f}" if pinned else "",
                geonames=str(chosen.geonames or ""),
            )
        )
        spans = [span for span in place.mentions if is_named(rows.cut(span), [name])]
        rows.mentions("place", place.id, spans)
        rows.review(place.id, chosen.confidence, "gazetteer")
        for n, other in enumerate(place.alternatives, 1):
            rows.alternative(
                place.id,
                n,
                other.confidence,
                name=other.name,
                country=other.country,
                latitude=f"{other.latitude:.5f}",
                longitude=f"{other.longitude:.5f}",
                geonames=str(other.geonames or ""),
            )


def brief(role: str) -> str:
    """A role in so few words that it is a fact, and no sentence of the article's."""
    if is_short(role):
        return role
    words = role.split()
    while not is_short(" ".join(words)):
        words.pop()
    short = " ".join(words)
    ends = [m.start() for m in PREPOSITION.finditer(short) if m.start()]
    return (short[: ends[-1]] if ends else short).strip(" ,;") or "Not named"
