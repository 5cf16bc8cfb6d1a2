"""Where the names of an article are: each is read in the light of what the others are."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from dashboard.extract.gazetteer.records import Record, key_of
from dashboard.extract.place_choice import Context, Situation, holds, ranked
from dashboard.extract.toponyms import Toponym

# Of a long article, so many of the surest places are landmarks for the others.
MOST_POINTS, LEAST_SURE = 40, 0.4
LEAST_KNOWN = 50_000  # inhabitants of a city that shares a country's or state's name


def resolved(
    names: Sequence[Toponym], peoples: Mapping[str, int], rounds: int = 2
) -> list[list[tuple[Record, float]]]:
    """For each name its places with their probabilities, likeliest first.

    `peoples` counts the demonyms of countries. First each name is read by itself, then `rounds`
    times in the light of what the others were taken for.
    """
    damped = {country: math.log2(1 + times) for country, times in peoples.items()}
    about = situations(names)
    alone = Context(countries=damped)
    choices = [ranked(n.records, s, alone) for n, s in zip(names, about, strict=True)]
    for _ in range(rounds):
        context = contexts(names, choices, damped)
        choices = [
            ranked(name.records, situation, context[key_of(name.name)])
            for name, situation in zip(names, about, strict=True)
        ]
    return choices


def contexts(
    names: Sequence[Toponym],
    choices: Sequence[Sequence[tuple[Record, float]]],
    peoples: Mapping[str, float],
) -> dict[str, Context]:
    """For each name (by its key) what the others make of the article; every place counts once."""
    weights: dict[Record, float] = {}
    keys: dict[Record, set[str]] = defaultdict(set)
    for name, choice in zip(names, choices, strict=True):
        if choice:
            record, sure = choice[0]
            weights[record] = max(weights.get(record, 0.0), sure * name.chance)
            keys[record].add(key_of(name.name))
    marks = sorted((r for r in weights if r.kind != "country"), key=weights.__getitem__)
    marks = [r for r in marks[-MOST_POINTS:] if weights[r] > LEAST_SURE]
    found = {}
    for key in dict.fromkeys(key_of(name.name) for name in names):
        countries = defaultdict(float, peoples)
        divisions: dict[tuple[str, str], float] = defaultdict(float)
        for record, weight in weights.items():
            if keys[record] != {key} and record.country:
                countries[record.country] += weight
                if record.division:
                    divisions[record.country, record.division] += weight
        points = [r for r in marks if key not in keys[r]]
        found[key] = Context(countries=countries, divisions=divisions, points=points)
    return found


def situations(names: Sequence[Toponym]) -> list[Situation]:
    """What the text says of each name, by itself or where it says the name again."""
    holders: dict[int, list[Record]] = defaultdict(list)
    held: dict[int, list[tuple[Record, ...]]] = defaultdict(list)
    by_span = {name.span: i for i, name in enumerate(names)}
    for i, name in enumerate(names):
        if name.holder is None or name.holder not in by_span:
            continue
        j = by_span[name.holder]
        pairs = [
            (r, h)
            for r in name.records
            for h in names[j].records
            if holds(h, r) and not _listed(name, r)
        ]
        if pairs:
            holders[i] += dict.fromkeys(h for _, h in pairs)
            held[j].append(tuple(dict.fromkeys(r for r, _ in pairs)))
        elif not name.records:
            holders[i] += names[j].records
    elsewhere: dict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        elsewhere[key_of(name.name)].append(i)
    found = []
    for i, name in enumerate(names):
        beside = [by_span[span] for span in name.beside if span in by_span]
        if holders[i] or held[i]:
            beside = [j for j in beside if name.holder != names[j].span]
            beside = [j for j in beside if names[j].holder != name.span]
        same = elsewhere[key_of(name.name)]
        found.append(
            Situation(
                holders=tuple(holders[i]) or tuple(h for j in same for h in holders[j]),
                held=tuple(held[i]) or tuple(h for j in same for h in held[j]),
                kind=name.kind or next((names[j].kind for j in same if names[j].kind), ""),
                beside=tuple(names[j].records for j in beside),
            )
        )
    return found


def _listed(name: Toponym, record: Record) -> bool:
    """Whether "Mexico, New York" is a list rather than a village: the name is known for more."""
    known = any(r.curated for r in name.records)
    city = record.kind == "city" and record.population >= LEAST_KNOWN
    return known and not record.curated and not city
