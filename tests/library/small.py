"""A small made-up library with every odd case, in layout form; the same at every import.

`STATEMENTS` is what it holds, for a test's own counting; `tables()` are its tables, which a test
loads into whichever engine it is about.
"""

from __future__ import annotations

import random
import re
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import pyarrow as pa

from dashboard.library.columns import write_columns
from dashboard.library.folding import searchable
from dashboard.library.keys import key_hash
from dashboard.library.layout import ABOUT, BY, FORMAT, IN, KINDS, OUTLET, PLACE, TABLES, TO
from dashboard.plain import fold

TYPES = {
    "id": pa.int64(),
    "int": pa.int32(),
    "text": pa.string(),
    "date": pa.date32(),
    "real": pa.float64(),
    "ints": pa.list_(pa.int32()),
}

# Two have one name, and names are written in several scripts; one says nothing and is not named.
ACTORS = (
    ("ada-hale", "Ada Hale", "person", "minister", "Q101"),
    ("john-smith", "John Smith", "person", "mayor", "Q102"),
    ("john-smith-2", "John Smith", "person", "footballer", "Q103"),
    ("zoe-l-ecuyer", "Zoë L’Écuyer", "person", "", ""),
    ("нина-орлова", "Нина Орлова", "person", "envoy", "Q105"),
    ("samira-haddad", "سميرة حداد", "person", "", ""),
    ("harbour-union", "Harbour Union", "organization", "", "Q107"),
    ("norvik", "Government of Norvik", "government", "", ""),
    ("o-brien", "O'Brien; DROP TABLE quotes --", "person", "100% _sure_", ""),
    ("silent", "Silent Witness", "person", "", ""),
)
PLACES = (
    ("norvik-city", "Norvik", "city", "NO", 61.5, 5.25),
    ("eastport", "Eastport", "city", "US", 44.9, -66.98),
    ("sao-bento", "São Bento", "city", "BR", -23.4, -46.5),
    ("norvik-country", "Norvik", "country", "NO", 62.0, 10.0),
    ("lake-house", "Lake House", "site", "", None, None),
    ("nowhere-yet", "Nowhere Yet", "region", "", None, None),
)
OUTLETS = (
    ("harbour-post", "Harbour Post"),
    ("evening-star", "Evening Star"),
    ("вестник", "Вестник"),
    ("daily-gull", "Daily Gull"),
)
TOPICS = (("ferry", "Ferry talks", "Should it run at night?"), ("bridge", "The bridge", ""))
SOURCES = (("stories", "Stories", "story"), ("corpus", "A made-up corpus", "quotebank"))

_PHRASES = (
    "The ferry will run at night",
    "We never promised the bridge",
    "L’été prochain, nous verrons",
    "Паром пойдёт ночью",
    "العبّارة ستبحر ليلا",
    "It's 100% our ferry; nobody's bridge",
    "Talks, talks and no ferry",
)


@dataclass(frozen=True)
class Made:
    """A statement with its references as positions from 1; 0 is none."""

    id: int
    key: str
    date: date | None
    kind: int
    speaker: int
    about: tuple[int, ...]
    said_at: int
    about_places: tuple[int, ...]
    topic: int
    outlets: tuple[int, ...]
    addressees: tuple[int, ...]
    words: str
    paraphrase: str
    context: str
    source: int
    bands: tuple[int, ...]

    @property
    def month(self) -> int:
        """As the layout has it."""
        return 12 * self.date.year + self.date.month - 1 if self.date else 0

    @property
    def actors(self) -> tuple[int, ...]:
        """Speaker and whom it is about, each once."""
        return tuple(dict.fromkeys(filter(None, (self.speaker, *self.about))))

    @property
    def places(self) -> tuple[int, ...]:
        """Said at and about, each once."""
        return tuple(dict.fromkeys(filter(None, (self.said_at, *self.about_places))))

    @property
    def folded(self) -> str:
        """What a text is looked for in."""
        return searchable(" ".join((self.words, self.paraphrase, self.context)))


def _made(n: int = 200) -> tuple[Made, ...]:
    chance = random.Random(5)  # noqa: S311
    # Without a date first; several on one day.
    days = sorted(chance.randrange(900) for _ in range(n - 12))
    dates = [None] * 12 + [date(2013, 11, 20) + timedelta(days=day) for day in days]
    return tuple(_statement(chance, number + 1, when) for number, when in enumerate(dates))


def _statement(chance: random.Random, number: int, when: date | None) -> Made:
    kind = chance.choice((0, 1, 1, 1, 2, 3))
    phrase = f"{chance.choice(_PHRASES)} {chance.choice(('', 'now', 'in Norvik', number))}".strip()
    said_at = chance.choice((0, 0, 1, 1, 2, 3, 5))
    told = chance.sample(range(1, 6), chance.choice((0, 0, 1, 1, 2)))
    if number % 20 == 0 and said_at:  # said where it is about
        told = [said_at, *(place for place in told if place != said_at)]
    return Made(
        id=number,
        key=f"made/{number:03}" if number % 3 else f"talks/q-{number}",
        date=when,
        kind=kind,
        speaker=chance.choice((0, 1, 1, 1, 1, 2, 3, 4, 5, 5, 6, 7, 9)),
        about=tuple(chance.sample(range(1, 10), chance.choice((0, 0, 1, 1, 2, 3)))),
        said_at=said_at,
        about_places=tuple(told),
        topic=chance.choice((0, 0, 1, 2)),
        outlets=tuple(chance.sample(range(1, 5), chance.choice((0, 1, 1, 1, 2, 4)))),
        addressees=tuple(chance.sample(range(1, 10), chance.choice((0, 0, 0, 1, 2)))),
        words="" if kind == 3 else phrase,
        paraphrase=f"That {phrase}" if kind == 3 else "",
        context=chance.choice(("", "", "after the talks in Eastport", "by telephone")),
        source=1 if number % 3 == 0 else 2,
        bands=tuple(chance.sample(range(1000, 1060), 3)) if number % 4 else (),
    )


STATEMENTS = _made()


def rows() -> dict[str, list[dict[str, object]]]:
    """The tables' rows, by the layout's columns."""
    by = _tied(STATEMENTS)
    n = {tie: Counter(value for kind, value, _ in by if kind == tie) for tie in range(1, 7)}
    either = {
        "actors": Counter(value for made in STATEMENTS for value in made.actors),
        "places": Counter(value for made in STATEMENTS for value in made.places),
        "topics": Counter(made.topic for made in STATEMENTS if made.topic),
    }
    shared = Counter(band for made in STATEMENTS for band in made.bands)
    bands = [(m.id, band) for m in STATEMENTS for band in sorted(m.bands) if shared[band] > 1]
    found: dict[str, list[dict[str, object]]] = {
        "quotes": [_quote(made) for made in STATEMENTS],
        "ties": [{"tie": t, "value": v, "quote": q} for t, v, q in sorted(by)],
        "actors": [
            dict(zip(("key", "name", "kind", "role", "wikidata"), actor, strict=True))
            | {"id": at, "said": n[BY][at], "told": n[ABOUT][at], "either": either["actors"][at]}
            for at, actor in enumerate(ACTORS, 1)
        ],
        "places": [
            dict(zip(("key", "name", "kind", "country", "latitude", "longitude"), p, strict=True))
            | {"id": at, "said": n[IN][at], "told": n[PLACE][at], "either": either["places"][at]}
            for at, p in enumerate(PLACES, 1)
        ],
        "outlets": [
            {"id": at, "key": key, "name": name, "either": n[OUTLET][at]}
            for at, (key, name) in enumerate(OUTLETS, 1)
        ],
        "topics": [
            {"id": at, "key": k, "name": name, "question": asked, "either": either["topics"][at]}
            for at, (k, name, asked) in enumerate(TOPICS, 1)
        ],
        "sources": [
            {"id": at, "key": key, "name": name, "kind": kind, "read": 100, "rejected": 0}
            for at, (key, name, kind) in enumerate(SOURCES, 1)
        ],
        "keys": sorted(
            ({"hash": key_hash(made.key), "quote": made.id} for made in STATEMENTS),
            key=lambda row: row["hash"],
        ),
        "printings": [
            {
                "quote": made.id,
                "outlet": outlet,
                "url": f"https://example.org/{made.id}/{outlet}",
                "title": f"Title {made.id}",
            }
            for made in STATEMENTS
            for outlet in made.outlets
        ],
        "positions": [
            _position(1, 1, "supports", "p-1", date(2014, 2, 1)),
            _position(1, 2, "doubts", "p-2", None),
            _position(2, 1, "opposes", "p-3", date(2014, 2, 1)),
            _position(1, 1, "conditional", "p-4", date(2015, 6, 30)),
        ],
        "bands": [{"quote": quote, "band": band} for quote, band in bands],
        "twins": [{"band": band, "quote": q} for band, q in sorted((b, q) for q, b in bands)],
        "about_library": [
            {"key": "format", "value": str(FORMAT)},
            {"key": "rows", "value": str(len(STATEMENTS))},
            {"key": "built", "value": "2026-01-01T00:00:00Z"},
        ],
    }
    found["refs"] = [
        {"facet": facet, "ref": row["key"], "value": row["id"]}
        for facet in ("actors", "places", "outlets", "topics")
        for row in found[facet]
    ]
    found["totals"] = _totals(n, either)
    found["names"] = _names(found)
    return found


@lru_cache(maxsize=1)
def tables() -> dict[str, pa.Table]:
    """The tables of the layout, with its columns in its order."""
    every = rows()
    return {name: pa.Table.from_pylist(every[name], schema(name)) for name in TABLES}


def schema(name: str) -> pa.Schema:
    """A table's columns with their types."""
    return pa.schema([(column, TYPES[kind.rstrip("?")]) for column, kind in TABLES[name].items()])


def write_duckdb(path: Path, *, columns: bool = True) -> Path:
    """The library as a DuckDB file with the files beside it, as building lays it out."""
    import duckdb

    words = path.with_suffix(".words")
    with duckdb.connect(path) as connection:
        for name, table in tables().items():
            connection.register("given", table)
            connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608
        connection.execute("UPDATE quotes SET folded = ''").fetchall()
        noted = [("words", words.name)]
        if columns:
            write_columns(connection, path.with_suffix(".columns"))
            noted.append(("columns", path.with_suffix(".columns").name))
        connection.executemany("INSERT INTO about_library VALUES (?, ?)", noted)
    with closing(sqlite3.connect(words)) as index:
        index.execute(
            "CREATE VIRTUAL TABLE words USING fts5(folded, content='', columnsize=0, detail=none, "
            "tokenize='ascii')"
        )
        told = [(made.id, made.folded) for made in STATEMENTS]
        index.executemany("INSERT INTO words(rowid, folded) VALUES (?, ?)", told)
        index.commit()
    return path


def _tied(statements: tuple[Made, ...]) -> set[tuple[int, int, int]]:
    return {
        (tie, value, made.id)
        for made in statements
        for tie, values in (
            (BY, (made.speaker,)),
            (ABOUT, made.about),
            (IN, (made.said_at,)),
            (PLACE, made.about_places),
            (OUTLET, made.outlets),
            (TO, made.addressees),
        )
        for value in values
        if value
    }


def _quote(made: Made) -> dict[str, object]:
    own = {name: getattr(made, name) for name in TABLES["quotes"] if hasattr(made, name)}
    story = made.source == 1
    lists = ("actors", "about", "places", "about_places", "outlets")
    return (
        own
        | {name: list(own[name]) for name in lists}
        | {
            "title": f"Title {made.id}" if made.outlets else "",
            "url": f"https://example.org/{made.id}" if made.outlets else "",
            "story": "talks" if story else "",
            "quote": f"q-{made.id}" if story else "",
            "printings": max(1, len(made.outlets)),
            "confidence": None if story else 0.25 * (made.id % 4),
        }
    )


def _position(actor: int, topic: int, stance: str, record: str, when: date | None) -> dict:
    return {
        "actor": actor,
        "topic": topic,
        "stance": stance,
        "note": f"Note on {record}",
        "story": "talks",
        "record": record,
        "date": when,
    }


def _totals(n: dict[int, Counter[int]], either: dict[str, Counter[int]]) -> list[dict]:
    kinds = Counter(made.kind for made in STATEMENTS if KINDS[made.kind])
    months = Counter(made.month for made in STATEMENTS if made.month)
    every = {
        ("actors", "by"): n[BY],
        ("actors", "about"): n[ABOUT],
        ("actors", "any"): either["actors"],
        ("about", "any"): n[ABOUT],
        ("places", "in"): n[IN],
        ("places", "about"): n[PLACE],
        ("places", "any"): either["places"],
        ("outlets", "any"): n[OUTLET],
        ("topics", "any"): either["topics"],
        ("kinds", "any"): kinds,
        ("months", "any"): months,
    }
    return [
        {"facet": facet, "role": role, "value": value, "n": count}
        for (facet, role), counted in every.items()
        for value, count in sorted(counted.items())
    ]


def _names(found: dict[str, list[dict[str, object]]]) -> list[dict[str, object]]:
    starts = set()
    for facet in ("actors", "places", "outlets", "topics"):
        for row in found[facet]:
            name = fold(str(row["name"]))
            begins = {0, *(word.start() for word in re.finditer(r"[^\W_]+", name))}
            starts |= {(name[at:], facet, row["id"], row["either"]) for at in begins}
    names = ("folded", "facet", "value", "n")
    return [dict(zip(names, row, strict=True)) for row in sorted(starts)]
