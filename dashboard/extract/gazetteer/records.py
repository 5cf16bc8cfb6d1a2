"""Owns the gazetteer's tables: what they hold, read at the first question and kept."""

from __future__ import annotations

import csv
import gzip
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

TABLES = Path(__file__).parent
GEONAMES = TABLES / "geonames.csv.gz"

# A second-level division is a region of the story format, but a rarer meaning of a bare name.
KINDS = {"district": "region"}

ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort", "pt": "port"}
NOT_LETTERS = re.compile(r"[\s\-‐-―/]+")
DROPPED = re.compile(r"[.'’‘`´ʻ,]")


@dataclass(frozen=True)
class Record:
    """One meaning of a name, as our tables have it.

    `division` is GeoNames' code of the first-level division within `country` (ISO 3166 alpha-2),
    `own` whether the name asked for is its main name. `population` is inhabitants, 0 if unknown.
    """

    name: str
    kind: str
    country: str
    division: str
    latitude: float
    longitude: float
    geonames: int | None
    population: int
    own: bool = True
    district: bool = False
    curated: bool = False


@lru_cache(maxsize=65_536)
def key_of(name: str) -> str:
    """A name as it is looked up: no case, accents, punctuation; "St." and "Mt." spelt out."""
    if not name.isascii():
        name = name.replace("ł", "l").replace("Ł", "L").replace("ø", "o").replace("Ø", "O")
        name = name.replace("ı", "i").replace("đ", "d").replace("ß", "ss").replace("æ", "ae")
        name = "".join(
            c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)
        )
    words = NOT_LETTERS.sub(" ", DROPPED.sub("", name)).casefold().split()
    return " ".join(ABBREVIATED.get(word, word) if len(words) > 1 else word for word in words)


@lru_cache(maxsize=1)
def country_records() -> dict[str, Record]:
    """Each country by its ISO 3166 alpha-2 code."""
    return {row["country"]: _country(row) for row in _table("countries")}


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """The key of each country's capital, by the country's code."""
    return {row["country"]: key_of(row["capital"]) for row in _table("countries")}


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Words for a country's people and things ("syrian", "syrians"), and its code."""
    words: dict[str, str] = {}
    for row in sorted(_table("countries"), key=lambda row: int(row["population"])):
        for demonym in row["demonyms"].split("|"):
            if demonym:
                words[demonym.casefold()] = row["country"]
                words[demonym.casefold() + "s"] = row["country"]
    return words


@lru_cache(maxsize=1)
def division_names() -> dict[tuple[str, str], str]:
    """Names of the first-level divisions that our own table has, by country and code."""
    return {(r["country"], r["division"]): r["name"] for r in _table("regions") if r["division"]}


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """Keys of abbreviations with a full stop ("Miss."): without one, they are other words."""
    aliases = (alias for row in _table("regions") for alias in row["aliases"].split("|"))
    return frozenset(key_of(alias) for alias in aliases if alias.endswith("."))


@lru_cache(maxsize=16)
def words(use: str) -> frozenset[str]:
    """The words of one use that `words.csv` lists, such as the prepositions before places."""
    return frozenset(row["word"] for row in _table("words") if row["use"] == use)


@lru_cache(maxsize=32_768)
def meanings(key: str) -> tuple[Record, ...]:
    """Every meaning of exactly that name, as `key_of` has it, in no order."""
    ours = _curated().get(key, ())
    taken = {r.geonames for r in ours if r.geonames}
    # Our table's point of a division is better than the middle of its towns.
    divisions = {(r.country, r.name) for r in ours if r.kind == "region"}
    theirs = (
        r
        for r in _geonames(key)
        if r.geonames not in taken
        and not (r.kind == "region" and not r.district and (r.country, r.name) in divisions)
    )
    return (*ours, *theirs)


@lru_cache(maxsize=1)
def _curated() -> dict[str, tuple[Record, ...]]:
    names: dict[str, dict[Record, bool]] = {}
    for record, row in _curated_rows():
        keys = {key_of(record.name): True}
        for alias in filter(None, row["aliases"].split("|")):
            keys.setdefault(key_of(alias), False)
        for key in keys:
            names.setdefault(key, {})[record] = True
    return {key: tuple(records) for key, records in names.items()}


def _curated_rows() -> Iterator[tuple[Record, dict[str, str]]]:
    for row in _table("countries"):
        yield _country(row), row
    for row in _table("regions"):
        yield (
            Record(
                name=row["name"],
                kind=row["kind"],
                country=row["country"],
                division=row["division"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                geonames=int(row["geonames"]) if row["geonames"] else None,
                population=0,
                curated=True,
            ),
            row,
        )


def _country(row: dict[str, str]) -> Record:
    return Record(
        name=row["name"],
        kind="country",
        country=row["country"],
        division="",
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        geonames=int(row["geonames"]),
        population=int(row["population"]),
        curated=True,
    )


def _table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf8", newline="") as rows:
        return list(csv.DictReader(rows))


@lru_cache(maxsize=1)
def _lines() -> bytes:
    with gzip.open(GEONAMES) as packed:
        return b"\n" + packed.read()


def _geonames(key: str) -> Iterator[Record]:
    """Rows of a key, by bisection in the sorted text: parsing all of it would take seconds."""
    if not key:
        return
    text, wanted = _lines(), key.encode() + b"\t"
    low, high = 0, len(text) - 1  # positions of line ends
    while low < high:
        line_end = text.rfind(b"\n", low, (low + high) // 2 + 1)
        start = line_end + 1
        if text[start : start + len(wanted)] < wanted:
            low = text.find(b"\n", start)
            if low < 0:
                return
        else:
            high = line_end
    at = low + 1
    while text.startswith(wanted, at):
        end = text.index(b"\n", at)
        yield _record(text[at:end].decode())
        at = end + 1


def _record(line: str) -> Record:
    _, name, kind, country, division, latitude, longitude, geonames, population, own = line.split(
        "\t"
    )
    return Record(
        name=name,
        kind=KINDS.get(kind, kind),
        country=country,
        division=division,
        latitude=float(latitude),
        longitude=float(longitude),
        geonames=int(geonames) if geonames else None,
        population=int(population),
        own=own == "1",
        district=kind == "district",
    )
