"""What the script of an edition filters: a story as columns of numbers, one array a field.

Actors, places and topics are told by their position in their table; -1 where there is none.
"""

from __future__ import annotations

from math import radians
from typing import TYPE_CHECKING, Any

from dashboard.charts.location_spec import ACROSS, DOWN, HEIGHT, NARROWEST
from dashboard.dates import period, soon
from dashboard.describe import KINDS
from dashboard.edition.charts import charts
from dashboard.plain import fold
from dashboard.projection import frame, mercator
from dashboard.records import actors, events, places, positions, statements, topics
from dashboard.telling.wording import journey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.model import Place
    from dashboard.story import Story


def rows(story: Story) -> dict[str, Any]:
    """All that filters, sentences and rows of charts are made of."""
    return {
        "actors": _columns(
            (
                {"id": a.id, "name": a.name, "text": fold(" ".join((a.name, *a.aliases)))}
                | {"person": int(a.kind == "person")}
                for a in actors(story).values()
            ),
            "id name text person",
        ),
        "places": _columns(
            (
                {"id": p.id, "name": p.name, "text": fold(p.name)}
                | {"country": p.country if p.kind == "country" else None}
                for p in places(story).values()
            ),
            "id name text country",
        ),
        "topics": _columns(
            ({"id": t.id, "name": t.name} for t in topics(story).values()), "id name"
        ),
        "kinds": {"id": list(KINDS), "name": list(KINDS.values())},
        "quotes": _quotes(story),
        "events": _events(story),
        "positions": _positions(story),
        "cities": _cities(story),
        "voices": charts(story)["voices"].rows.to_pylist(),
        "timeline": charts(story)["timeline"].rows.to_pylist(),
    }


def _columns(records: Iterable[Mapping[str, Any]], names: str) -> dict[str, list[Any]]:
    found = list(records)
    return {name: [record[name] for record in found] for name in names.split()}


def _numbers(table: Iterable[str]) -> dict[str, int]:
    return {key: number for number, key in enumerate(table)}


def _quotes(story: Story) -> dict[str, list[Any]]:
    who, where, what = map(_numbers, (actors(story), places(story), topics(story)))
    kinds = _numbers(KINDS)
    return _columns(
        (
            {
                "id": s.id,
                "speaker": who[s.speaker.id],
                "kind": kinds[s.kind],
                "said": where[s.said_at.id] if s.said_at else -1,
                "topic": what.get(s.topic, -1),
                "words": s.word_count,
                "actors": [who[a.id] for a in s.about_actors],
                "places": [where[p.id] for p in s.about_places],
                "others": [who[a.id] for a in (*s.addressees, *s.relayed)],
                "text": fold(" ".join((s.words, s.paraphrase, s.context))),
            }
            for s in statements(story)
        ),
        "id speaker kind said topic words actors places others text",
    )


def _events(story: Story) -> dict[str, list[Any]]:
    who, where = _numbers(actors(story)), _numbers(places(story))
    tied: dict[str, set[str]] = {}
    for record, actor, place in zip(
        *(story.links[name].tolist() for name in ("record", "actor", "place")), strict=True
    ):
        tied.setdefault(record, set()).add(actor if isinstance(actor, str) else place)

    def at(place: Place | None) -> int:
        return where[place.id] if place else -1

    return _columns(
        (
            {
                "id": e.id,
                "title": e.title,
                "text": fold(e.title),
                "period": period(e),
                "short": soon(e),
                "status": e.status,
                "place": at(e.place),
                "origin": at(e.origin),
                "destination": at(e.destination),
                "leg": journey(e),
                "actors": sorted(who[i] for i in tied.get(e.id, ()) if i in who),
                "places": sorted(
                    {where[i] for i in tied.get(e.id, ()) if i in where}
                    | ({where[e.place.id]} if e.place else set())
                ),
            }
            for e in events(story)
        ),
        "id title text period short status place origin destination leg actors places",
    )


def _positions(story: Story) -> dict[str, list[Any]]:
    who, what = _numbers(actors(story)), _numbers(topics(story))
    return _columns(
        (
            {"id": p.id, "actor": who[p.actor.id], "topic": what[p.topic], "text": fold(p.note)}
            for p in positions(story)
        ),
        "id actor topic text",
    )


def _cities(story: Story) -> dict[str, list[Any]]:
    """Places with a mark; `x`, `y` in pixels on the narrowest map, where labels are arranged."""
    found = [
        p for p in places(story).values() if p.kind in ("city", "site") and p.latitude is not None
    ]
    longitude, latitude, wide, high = frame(found)
    scale = min(NARROWEST * ACROSS / wide, HEIGHT * DOWN / high)
    where = _numbers(places(story))
    far = {row["place"]: row["distances"] for row in charts(story)["map"].rows.to_pylist()}
    return _columns(
        (
            {
                "place": where[p.id],
                "longitude": p.longitude,
                "latitude": p.latitude,
                "x": NARROWEST / 2 + scale * radians((p.longitude or 0.0) - longitude),
                "y": HEIGHT / 2 - scale * (mercator(p.latitude or 0.0) - mercator(latitude)),
                "distances": far[p.id],
            }
            for p in found
        ),
        "place longitude latitude x y distances",
    )
