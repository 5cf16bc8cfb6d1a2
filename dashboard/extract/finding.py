"""Owns the order of the questions: an article is read by one module after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.extract.finds import Actor, Article, Attribution, Event, Place, Speaking, When
from dashboard.paragraphs import blocks

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dashboard.extract.marks import Quoted

Report = Callable[[float, str], None]


@dataclass
class Found:
    """All that was found in an article, before it becomes rows."""

    article: Article
    doc: Doc
    marks: tuple[Quoted, ...]
    attributions: tuple[Attribution, ...] = ()
    actors: tuple[Actor, ...] = ()
    speaking: tuple[Speaking | None, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[When, ...] = ()
    events: tuple[Event, ...] = ()


def find_all(article: Article, report: Report, *, model: bool = True) -> Found:
    """Read an article with every module in turn; `report` hears the share done and the step."""
    from dashboard.extract.actors import find_actors
    from dashboard.extract.dates import find_dates
    from dashboard.extract.events import find_events
    from dashboard.extract.language import parse
    from dashboard.extract.marks import quoted
    from dashboard.extract.places import find_places
    from dashboard.extract.quotations import find_quotations

    report(0.1, "Reading the sentences")
    doc = parse(article.text, tuple(blocks(article.text)))
    found = Found(article, doc, quoted(article.text, article.paragraphs))
    report(0.45, "Looking for statements")
    found.attributions = find_quotations(doc, article, model=model)
    report(0.6, "Working out who speaks")
    found.actors, found.speaking = find_actors(doc, article, found.attributions)
    report(0.7, "Placing the places")
    found.places = find_places(doc, article)
    report(0.9, "Dating what happened")
    found.dates = find_dates(doc, article)
    found.events = find_events(
        doc,
        article,
        found.dates,
        tuple(span for place in found.places for span in place.mentions),
        tuple(span for actor in found.actors for span in actor.mentions),
    )
    return found
