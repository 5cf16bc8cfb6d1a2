"""Which of the places of a name an article means: a softmax over a weighted sum of factors.

Each factor is a number between 0 and about 1 that a reader can check: how large the place is, how
much else in the article is in its country, division or neighbourhood, whether it lies in what the
text says holds it ("Aleppo, Syria"), whether the word beside it fits ("the province of Aleppo").
The weights are few; `python tests/benchmarks/extraction_places.py --fit GOLD` fits them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.extract.gazetteer.records import Record
from dashboard.extract.geocode import is_capital, within

EARTH = 6371.0  # mean radius in kilometres
NEAR = 150.0  # kilometres at which nearness has fallen to 1/e
# A curated region has a point and no code: what it holds is about so far away, in kilometres.
REACH_OF_REGION, REACH_OF_DISTRICT = 450.0, 90.0

REACH_OF_NAME = 100.0  # kilometres: a province and the city whose name it has
# Two names that news uses for a city, although a state of that name is larger: GeoNames' ids of
# Washington, D.C., and New York City.
USUAL = frozenset((4140963, 5128581))
SAME_SPOT = 50.0  # kilometres: for a map of the world, the same place
MOST_WEIGHED = 12

KINDS_OF_WORD = {
    **dict.fromkeys(("city", "town", "village", "villages", "suburb", "capital", "port"), "city"),
    **dict.fromkeys(("towns", "cities", "municipality"), "city"),
    **dict.fromkeys(("state", "province", "region", "prefecture", "governorate"), "region"),
    **dict.fromkeys(("provinces", "states", "county", "counties", "district", "island"), "region"),
}

WEIGHTS: dict[str, float] = {
    "beside its kind": 0.62,
    "by another name": -0.57,
    "capital": 1.84,
    "country": 4.21,
    "district": -0.08,
    "division": 0.4,
    "holds what it should": 0.39,
    "in what holds it": 6.55,
    "its division is named": 1.13,
    "named like its city": -1.93,
    "near another": 1.63,
    "none of these": -0.34,
    "share of its country": 2.19,
    "size of country": 0.31,
    "size of division": 0.49,
    "smaller than its namesake": -2.14,
    "usual meaning": 2.7,
    "well-known region": 3.95,
    "word does not fit": -0.47,
    "word fits": 0.66,
}


@dataclass(frozen=True)
class Context:
    """What the rest of the article is about: weights of countries and divisions, and points."""

    countries: Mapping[str, float] = field(default_factory=dict)
    divisions: Mapping[tuple[str, str], float] = field(default_factory=dict)
    points: Sequence[Record] = ()


@dataclass(frozen=True)
class Situation:
    """What the text says of one name: what holds it, what it holds, the word beside it (`kind`),
    and what the names before and after it in a list may be.
    """

    holders: tuple[Record, ...] = ()
    held: tuple[tuple[Record, ...], ...] = ()
    kind: str = ""
    beside: tuple[tuple[Record, ...], ...] = ()


def choice_factors(
    record: Record, situation: Situation, context: Context, namesakes: Sequence[Record] = ()
) -> dict[str, float]:
    """What speaks for one of the places of a name; each factor by itself, without weights.

    `namesakes` are all the places of that name.
    """
    inhabitants = [r.population for r in namesakes if r.kind == "city" and r.own]
    biggest = max(inhabitants, default=0)
    all_countries = sum(context.countries.values())
    wanted = KINDS_OF_WORD.get(situation.kind, "")
    factors = {
        "capital": float(record.geonames is not None and is_capital(record)),
        "country": float(record.kind == "country"),
        "size of country": math.log10(1 + record.population) / 9 * (record.kind == "country"),
        "well-known region": float(record.curated and record.kind != "country"),
        "division": float(record.kind == "region" and not record.curated and not record.district),
        "size of division": math.log10(1 + record.population)
        / 7
        * (record.kind == "region" and not record.curated),
        "named like its city": float(
            record.kind == "region"
            and not record.curated
            and any(r.kind == "city" and kilometres(r, record) < REACH_OF_NAME for r in namesakes)
        ),
        "district": float(record.district),
        "by another name": float(not (record.own or record.curated or record.geonames in USUAL)),
        "share of its country": context.countries.get(record.country, 0.0) / (all_countries + 1.0),
        "smaller than its namesake": math.log10((1 + biggest) / (1 + record.population))
        if record.kind == "city" and biggest > record.population
        else 0.0,
        "its division is named": min(
            1.0, context.divisions.get((record.country, record.division), 0.0)
        )
        if record.division
        else 0.0,
        "near another": max(
            (math.exp(-kilometres(record, p) / NEAR) for p in context.points), default=0.0
        )
        if record.kind != "country"
        else 0.0,
        "in what holds it": float(any(holds(h, record) for h in situation.holders)),
        "holds what it should": sum(any(holds(record, r) for r in each) for each in situation.held)
        / max(1, len(situation.held)),
        "beside its kind": float(any(_alike(record, each) for each in situation.beside)),
        "usual meaning": float(record.geonames in USUAL),
        "word fits": float(wanted != "" and wanted == record.kind),
        "word does not fit": float(wanted != "" and wanted != record.kind),
    }
    return {name: value for name, value in factors.items() if value}


def _alike(record: Record, other: Sequence[Record]) -> bool:
    """Whether a name in the same list is of the record's kind: states stand beside states."""
    known = [r for r in other if r.curated]
    if record.kind == "region":
        return any(r.kind == "region" and r.country == record.country for r in known)
    if record.kind == "country":
        return any(r.kind == "country" for r in known)
    return record.kind == "city" and not known and bool(other)


def holds(holder: Record, record: Record) -> bool:
    """Whether a place lies in another: by codes, or by distance where the holder has none."""
    if holder.kind in ("country",) or (holder.division and not holder.district):
        return within(record, holder)
    if holder.kind != "region" or record.kind == "country" or record == holder:
        return False
    if holder.country and record.country != holder.country:
        return False
    if holder.district:
        return record.kind == "city" and kilometres(holder, record) < REACH_OF_DISTRICT
    return kilometres(holder, record) < REACH_OF_REGION


def kilometres(here: Record, there: Record) -> float:
    """Great-circle distance. A sphere will do: this ranks places, nothing is shown of it."""
    a, b = math.radians(here.latitude), math.radians(there.latitude)
    c = math.radians(there.longitude - here.longitude)
    h = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(c / 2) ** 2
    return 2 * EARTH * math.asin(min(1.0, math.sqrt(h)))


def ranked(
    records: Iterable[Record], situation: Situation, context: Context
) -> list[tuple[Record, float]]:
    """The places of a name with their probabilities, likeliest first.

    The first one's is that of its spot: a city and the province of its name are as good as one.
    What is missing to 1 is for a place that the gazetteer does not have.
    """
    records = tuple(records)
    scored = [
        (weight_of(choice_factors(record, situation, context, records)), record)
        for record in records
    ]
    if not scored:
        return []
    top = max(score for score, _ in scored)
    total = sum(math.exp(score - top) for score, _ in scored)
    total += math.exp(WEIGHTS.get("none of these", -30.0) - top)
    chances = [(record, math.exp(score - top) / total) for score, record in scored]
    chances.sort(key=lambda pair: (-pair[1], -pair[0].population, pair[0].name))
    few = chances[:MOST_WEIGHED]
    spots = [
        sum(chance for other, chance in few if kilometres(record, other) < SAME_SPOT)
        for record, _ in few
    ]
    likeliest = max(range(len(few)), key=lambda i: (round(spots[i], 3), few[i][1]))
    record, _ = few[likeliest]
    rest = [pair for i, pair in enumerate(chances) if i != likeliest]
    return [(record, spots[likeliest]), *rest]


def weight_of(factors: Mapping[str, float]) -> float:
    """The factors' weighted sum."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in factors.items())
