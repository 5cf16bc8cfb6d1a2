"""The places that an article names: each once, with its mentions and the other places it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dashboard.extract.finds import Article, Candidate, Place, Span
from dashboard.extract.gazetteer.records import Record, key_of
from dashboard.extract.place_mentions import peoples
from dashboard.extract.place_names import records_of
from dashboard.extract.toponyms import Toponym, toponyms
from dashboard.extract.whereabouts import resolved, situations
from dashboard.slug import slug

if TYPE_CHECKING:
    from spacy.tokens import Doc

MOST_ALTERNATIVES = 6
# A dateline is set in capitals, which the language model reads badly, but it is a place for sure.
SURE_OF_DATELINE = 0.98
# A village that the gazetteer lacks stands at the region said to hold it: a guess, not measured
# (the annotated articles have four such names).
SURE_OF_HOLDER = 0.5


def find_places(doc: Doc, article: Article) -> tuple[Place, ...]:
    """The places named in the article's paragraphs and dateline, in the order of their names.

    `doc` is `article.text` as `language.parse` reads it. A candidate's confidence is the
    probability that the words name a place and that it is this one. Demonyms ("Syrian") name no
    place; they help to choose among places.
    """
    names = _names(doc, article)
    choices = resolved(names, peoples(doc))
    meant: dict[object, _Meant] = {}
    for name, choice, situation in zip(names, choices, situations(names), strict=True):
        if choice:
            best, sure = choice[0]
            meant.setdefault(best, _Meant()).add(name, best, sure, choice[1:])
        elif holder := next((h for h in situation.holders if h.kind != "country"), None):
            stand_in = _within(name.name, holder)
            meant.setdefault(key_of(name.name), _Meant()).add(name, stand_in, SURE_OF_HOLDER, ())
    return tuple(_places(meant.values()))


@dataclass
class _Meant:
    """Names that mean one place, while they are collected."""

    record: Record | None = None
    confidence: float = 0.0
    spans: list[Span] = field(default_factory=list)
    others: dict[Record, float] = field(default_factory=lambda: defaultdict(float))

    def add(
        self, name: Toponym, record: Record, sure: float, others: Iterable[tuple[Record, float]]
    ) -> None:
        self.record = record
        self.confidence = max(self.confidence, name.chance * sure)
        self.spans.append(name.span)
        for other, chance in others:
            self.others[other] = max(self.others[other], name.chance * chance)


def _names(doc: Doc, article: Article) -> list[Toponym]:
    spans = [*article.paragraphs]
    dateline = article.dateline
    if dateline is None:
        return toponyms(doc, spans)
    if not any(start <= dateline[0] and dateline[1] <= end for start, end in spans):
        spans.insert(0, dateline)
    found = toponyms(doc, spans)
    rest = [n for n in found if n.span[1] <= dateline[0] or dateline[1] <= n.span[0]]
    text = article.text[slice(*dateline)]
    there = next((n for n in found if n.span == dateline), None) or Toponym(
        span=dateline, name=text, records=records_of(text)
    )
    there = replace(there, chance=max(there.chance, SURE_OF_DATELINE), kind="city")
    return sorted([*rest, there], key=lambda name: name.span)


def _places(meant: Iterable[_Meant]) -> Iterable[Place]:
    taken: set[str] = set()
    for each in meant:
        if each.record is None:
            continue
        others = sorted(each.others.items(), key=lambda pair: (-pair[1], -pair[0].population))
        place_id = _new_id(each.record, taken)
        taken.add(place_id)
        yield Place(
            id=place_id,
            name=each.record.name,
            chosen=_candidate(each.record, each.confidence),
            alternatives=tuple(_candidate(r, sure) for r, sure in others[:MOST_ALTERNATIVES]),
            mentions=tuple(sorted(each.spans)),
        )


def _candidate(record: Record, confidence: float) -> Candidate:
    return Candidate(
        name=record.name,
        kind=record.kind,
        country=record.country,
        latitude=record.latitude,
        longitude=record.longitude,
        geonames=record.geonames,
        population=record.population,
        confidence=round(confidence, 3),
    )


def _within(name: str, holder: Record) -> Record:
    """A place that no table has, where the text says that it is: at the region that holds it."""
    return replace(holder, name=name, kind="site", geonames=None, population=0, curated=False)


def _new_id(record: Record, taken: set[str]) -> str:
    """A slug that is free: `springfield`, else `springfield-us-mo`, else with a number."""
    plain = slug(key_of(record.name)) or "place"
    longer = slug(f"{key_of(record.name)} {record.country} {record.division}")
    tries: Sequence[str] = (plain, longer, f"{longer}-{record.kind}")
    for wanted in tries:
        if wanted not in taken:
            return wanted
    number = 2
    while f"{longer}-{number}" in taken:
        number += 1
    return f"{longer}-{number}"
