"""Owns where a name may be, offline: a geopy geocoder over tables that come with the program."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from geopy.geocoders.base import Geocoder
from geopy.location import Location

from dashboard.extract.gazetteer.records import (
    Record,
    capitals,
    country_records,
    division_names,
    key_of,
    meanings,
)

GENERIC = re.compile(
    r"^(?:(?:the|greater|metropolitan|downtown|province of|state of|city of|county of) )+"
    r"|(?: (?:province|state|region|prefecture|oblast|governorate|city|department|district|"
    r"county|island|metropolitan area))+$"
)


class Gazetteer(Geocoder):  # type: ignore[misc]
    """Places by name, from tables on this machine: no network, no key, no limit.

    Tables: countries and well-known regions of our own, GeoNames' places of 500 inhabitants or
    more and administrative divisions (CC BY 4.0). They are read at the first question.
    """

    def __init__(self) -> None:
        super().__init__(user_agent="dateline-offline")

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        country: str | None = None,
        limit: int = 10,
    ) -> Location | list[Location] | None:
        """The places of that name, the most populous first; `raw` is the `Record`.

        "Aleppo, Syria" asks for an Aleppo within Syria. `country` (ISO 3166 alpha-2) keeps the
        places of one country. None when there is none, as geopy has it.
        """
        name, *containers = (part.strip() for part in query.split(","))
        found = [r for r in lookup(name) if country is None or r.country == country.upper()]
        for container in containers:
            holders = lookup(container)
            found = [r for r in found if any(within(r, h) for h in holders)]
        found.sort(key=prominence, reverse=True)
        answers = [Location(title(r), (r.latitude, r.longitude, 0.0), r) for r in found[:limit]]
        if exactly_one:
            return answers[0] if answers else None
        return answers or None

    def reverse(self, query: Any, **_: Any) -> Location:
        """Not offered: the program never asks what is at a point."""
        raise NotImplementedError("the offline gazetteer answers names only")


@lru_cache(maxsize=8192)
def lookup(name: str) -> tuple[Record, ...]:
    """Every meaning of a name, in no order; if there is none, of the name less "Province"."""
    key = key_of(name)
    found = meanings(key)
    shorter = GENERIC.sub("", key)
    if shorter != key and shorter and (not found or key.startswith(("the ", "greater "))):
        found += tuple(replace(r, own=False) for r in meanings(shorter))
    return found


def named(name: str) -> bool:
    """Whether the tables have exactly that name."""
    return bool(meanings(key_of(name)))


def within(record: Record, holder: Record) -> bool:
    """Whether a place lies in a country or a first-level division, by their codes."""
    if holder.kind == "country":
        return record.country == holder.country and record.kind != "country"
    if holder.kind == "city" or not holder.country or record.country != holder.country:
        return False
    return bool(holder.division) and not holder.district and holder.division == record.division


def prominence(record: Record) -> float:
    """How much a name calls for this place if nothing else is known; larger is likelier."""
    weight = {"country": 1e9, "region": 3e6, "site": 1e6}.get(record.kind, 0.0)
    weight *= record.curated or record.kind == "country"
    return (weight + record.population) * (1 if record.own else 0.3)


def title(record: Record) -> str:
    """A place as a person tells it from its namesakes: "Springfield, Missouri, United States"."""
    parts = [record.name]
    if record.kind != "country":
        division = division_names().get((record.country, record.division))
        country = country_records().get(record.country)
        parts += [p for p in (division, country.name if country else "") if p]
    return ", ".join(dict.fromkeys(parts))


def is_capital(record: Record) -> bool:
    """Whether a city is the capital of its country."""
    return (
        record.own
        and record.kind == "city"
        and capitals().get(record.country) == key_of(record.name)
    )
