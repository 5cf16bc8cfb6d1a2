"""What a reader has chosen, and the part of a story that answers it.

Written in narwhals, so that the same code runs on pandas (one story) and, as lazy frames, on
DuckDB and Ibis tables.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

import narwhals as nw
import pandas as pd

from dashboard.plain import fold
from dashboard.search import index

if TYPE_CHECKING:
    from dashboard.story import Story

ACTOR_ROLES = ("any", "by", "about")
PLACE_ROLES = ("any", "in", "about")
MANY = ("actors", "about", "places", "kinds", "topics")


@dataclass(frozen=True)
class Selection:
    """A reader's choice: values of one facet are alternatives, facets combine.

    `actors` are chosen in the role `actor_role`: who said it (`by`), whom it is about (`about`) or
    either (`any`). `about` narrows further to statements about any of these actors, so that "Kerry
    about Assad" can be said. `places` likewise: where it was said (`in`), or talked about.
    `quote` points one statement out and narrows nothing.

    Two selections that choose the same are equal: values are sorted, text has single spaces.
    """

    actors: tuple[str, ...] = ()
    actor_role: str = "any"
    about: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    place_role: str = "any"
    kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    text: str = ""
    quote: str = ""

    def __post_init__(self) -> None:
        for name in MANY:
            object.__setattr__(self, name, tuple(sorted(set(getattr(self, name)))))
        object.__setattr__(self, "text", " ".join(self.text.split()))

    def role(self, facet: str) -> str:
        """The role in which a facet's values are chosen; "any" where there is but one."""
        return {"actors": self.actor_role, "places": self.place_role}.get(facet, "any")

    @property
    def narrows(self) -> bool:
        """Whether anything is left out because of it."""
        return bool(self.text) or any(getattr(self, name) for name in MANY)

    def but(self, **changes: Any) -> Self:
        """The same selection with some fields changed."""
        return replace(self, **changes)


WHOLE = Selection()


def select(story: Story, selection: Selection) -> Story:
    """The part of the story that answers the selection, as a story of the same shape.

    Statements answer every facet. Events and positions answer those facets that they have:
    events their participants, places and title; positions their actor, topic and note. Mentions
    are kept of the actors and places that are chosen. Links, passages, reviews and alternatives go
    with their records; rejected finds, which have none, are of the whole story alone. What
    statements are made of (articles, places, actors, topics) and figures stay whole.
    """
    if not selection.narrows:
        return story
    # One part for all selections that narrow alike: what points or has no values does not count.
    return _select(
        story,
        selection.but(
            quote="",
            actor_role=selection.actor_role if selection.actors else "any",
            place_role=selection.place_role if selection.places else "any",
        ),
    )


@lru_cache(maxsize=64)
def point(story: Story, quote: str) -> Story:
    """The story with one statement alone, for a panel that shows nothing else."""
    quotes = among(nw.from_native(story.quotes), "id", [quote])
    return replace(story, quotes=_reset(quotes), part_of=story.whole)


@lru_cache(maxsize=256)
def _select(story: Story, selection: Selection) -> Story:
    kept = {
        "quotes": among(nw.from_native(story.quotes), "id", matching(story, selection)),
        "events": _events(story, selection),
        "positions": _positions(story, selection),
        "mentions": _mentions(story, selection),
    }
    records = [i for name in ("quotes", "events", "positions") for i in column(kept[name], "id")]
    for name in ("figures", "actors", "places"):
        records += story.tables[name]["id"].tolist()
    for name in ("links", "passages", "reviews", "alternatives"):
        rows = story.tables[name]
        if not rows.empty:
            kept[name] = among(nw.from_native(rows), "record", records)
    frames: dict[str, Any] = {name: _reset(frame) for name, frame in kept.items()}
    return replace(story, **frames, part_of=story.whole)


@lru_cache(maxsize=64)
def ties(story: Story, facet: str, role: str = "any") -> nw.DataFrame[Any]:
    """Which statement has which value of a facet in a role: columns `quote`, `value`, no repeats.

    `role` is one of `ACTOR_ROLES` or `PLACE_ROLES`; facets without roles ignore it.
    """
    quotes, links = nw.from_native(story.quotes), nw.from_native(story.links)
    about = links.filter(nw.col("role") == "about")

    def own(name: str) -> nw.DataFrame[Any]:
        return quotes.filter(~nw.col(name).is_null()).select(quote=nw.col("id"), value=nw.col(name))

    def told(name: str) -> nw.DataFrame[Any]:
        return about.filter(~nw.col(name).is_null()).select(
            quote=nw.col("record"), value=nw.col(name)
        )

    match facet, role:
        case "actors", "by":
            found = own("speaker")
        case "actors", "any":
            found = nw.concat([own("speaker"), told("actor")])
        case "places", "in":
            found = own("said_at")
        case "places", "any":
            found = nw.concat([own("said_at"), told("place")])
        case (("actors" | "about"), _):
            found = told("actor")
        case "places", _:
            found = told("place")
        case "kinds", _:
            found = own("kind")
        case _:
            found = own("topic")
    # Of events and positions, too, links say "about"; here only statements count.
    return among(found, "quote", column(quotes, "id")).unique(["quote", "value"])


@lru_cache(maxsize=256)
def matching(story: Story, selection: Selection) -> frozenset[str]:
    """Ids of the statements that answer every facet of the selection."""
    found = _every(story)
    for name in MANY:
        if values := getattr(selection, name):
            found &= _chosen(story, name, values, selection.role(name))
    return found & _told(story, selection.text) if selection.text else found


# What one facet chooses outlives the selection that it was chosen in: readers change one at a time.
@lru_cache(maxsize=512)
def _chosen(story: Story, facet: str, values: tuple[str, ...], role: str) -> frozenset[str]:
    tied = ties(story, facet, role).filter(nw.col("value").is_in(values))
    return frozenset(column(tied, "quote"))


@lru_cache(maxsize=64)
def _told(story: Story, text: str) -> frozenset[str]:
    words = [nw.col("folded").str.contains(w, literal=True) for w in fold(text).split()]
    found = nw.from_native(index(story))
    return frozenset(column(found.filter(*words) if words else found, "quote"))


@lru_cache(maxsize=16)
def _every(story: Story) -> frozenset[str]:
    return frozenset(column(nw.from_native(story.quotes), "id"))


def _events(story: Story, selection: Selection) -> nw.DataFrame[Any]:
    found, links = nw.from_native(story.events), nw.from_native(story.links)
    for actors in filter(None, (selection.actors, selection.about)):
        tied = links.filter(nw.col("actor").is_in(actors))
        found = among(found, "id", column(tied, "record"))
    if selection.places:
        here = nw.col("place").is_in(selection.places)
        found = found.filter(here | nw.col("id").is_in(column(links.filter(here), "record")))
    return _titled(found, "title", selection)


def _positions(story: Story, selection: Selection) -> nw.DataFrame[Any]:
    found = nw.from_native(story.positions)
    if selection.actors:
        found = among(found, "actor", selection.actors)
    if selection.topics:
        found = among(found, "topic", selection.topics)
    return _titled(found, "note", selection)


def _mentions(story: Story, selection: Selection) -> nw.DataFrame[Any]:
    found = nw.from_native(story.mentions)
    actors = selection.actors + selection.about
    if not actors and not selection.places:
        return found
    return found.filter(nw.col("actor").is_in(actors) | nw.col("place").is_in(selection.places))


def _titled(found: nw.DataFrame[Any], title: str, selection: Selection) -> nw.DataFrame[Any]:
    if not selection.text:
        return found
    texts = [fold(text) for text in column(found, title)]
    wanted = fold(selection.text).split()
    ids = column(found, "id")
    return among(
        found, "id", [i for i, t in zip(ids, texts, strict=True) if all(w in t for w in wanted)]
    )


def among(frame: nw.DataFrame[Any], column: str, values: Iterable[str]) -> nw.DataFrame[Any]:
    """The rows whose column has one of the values."""
    # A semi-join says the same and costs pandas four times as much on a story's few rows.
    return frame.filter(nw.col(column).is_in(list(values)))


def column(frame: nw.DataFrame[Any], name: str) -> list[Any]:
    """A column's values in order."""
    return frame.get_column(name).to_list()


def _reset(frame: nw.DataFrame[Any]) -> pd.DataFrame:
    native: pd.DataFrame = frame.to_native()
    return native.reset_index(drop=True)
