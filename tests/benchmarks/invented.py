"""A story of any size, invented: for what the shipped one is too small to show."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from dashboard.story import Story, read_story

if TYPE_CHECKING:
    from collections.abc import Sequence

SHIPPED = Path(__file__).parents[2] / "data" / "stories" / "moscow-talks"
SYLLABLES = "ka lo mi ren sa tor vel du nar pe shi gra bo len ti mu fa ost ir eva".split()  # noqa: SIM905


def invented(number: int, seed: int = 1) -> Story:
    """A valid story of so many statements, all words made up; few speak and are spoken of much."""
    dice = random.Random(seed)  # noqa: S311
    shipped = read_story(SHIPPED)
    article = shipped.articles["id"][0]

    def word() -> str:
        return "".join(dice.choices(SYLLABLES, k=dice.randint(1, 3)))

    def name() -> str:
        return f"{word().title()} {word().title()}"

    def sentence(low: int, high: int) -> str:
        return " ".join(word() for _ in range(dice.randint(low, high))).capitalize()

    def zipf(values: Sequence[str], most: int) -> list[str]:
        weights = list(accumulate(1 / rank for rank in range(1, len(values) + 1)))
        return list(dict.fromkeys(dice.choices(values, cum_weights=weights, k=most)))

    governments = [
        {"id": f"g-{n}", "name": name(), "kind": "government", "role": sentence(3, 6)}
        for n in range(8)
    ]
    people = [
        {"id": f"a-{n}", "name": name(), "kind": "person", "role": sentence(2, 4)}
        | {"member_of": dice.choice(governments)["id"], "member_basis": "stated"}
        for n in range(72)
    ]
    actors = [row | {"aliases": ()} for row in governments + people]
    cities = [
        {"id": f"c-{n}", "name": name(), "kind": "city", "country": "FR"}
        | {"latitude": dice.uniform(15, 58), "longitude": dice.uniform(-10, 60)}
        for n in range(30)
    ]
    countries = [
        {"id": f"l-{code.lower()}", "name": name(), "kind": "country", "country": code}
        | {"latitude": 40.0, "longitude": 20.0}
        for code in ("FR", "DE", "PL", "UA", "TR", "EG", "IR", "SA", "RU", "IT")
    ]
    topics = [
        {"id": f"t-{n}", "name": sentence(2, 2), "question": sentence(6, 9) + "?"}
        for n in range(10)
    ]
    ids = {
        "people": [row["id"] for row in people],
        "actors": [row["id"] for row in actors],
        "cities": [row["id"] for row in cities],
        "places": [row["id"] for row in cities + countries],
        "topics": [row["id"] for row in topics],
    }
    quotes: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    passages: list[dict[str, Any]] = []

    def anchor(record: str, exact: str | None) -> None:
        where = {"paragraph": len(passages) // 3 + 1, "start": 10 * len(passages)}
        ends = {"first": None, "last": None} if exact else {"first": word(), "last": word()}
        passages.append(
            {"record": record, "n": 1, "article": article, "sha256": "0" * 64, "exact": exact}
            | where
            | {"end": where["start"] + 9}
            | ends
        )

    for n in range(number):
        quote = f"q-{n}"
        kind = dice.choice(("direct", "direct", "mixed", "indirect"))
        anchor(quote, None if kind == "indirect" else sentence(8, 40))
        said = dice.random() < 0.7
        quotes.append(
            {
                "id": quote, "article": article, "kind": kind, "cue": "say",
                "speaker": zipf(ids["people"], 1)[0],
                "paraphrase": sentence(8, 20) if kind == "indirect" else None,
                "said_at": zipf(ids["cities"], 1)[0] if said else None,
                "said_on": pd.Timestamp("2015-01-14") if said else pd.NaT,
                "said_basis": "stated" if said else None,
                "context": sentence(8, 16),
                "topic": zipf(ids["topics"], 1)[0],
            }
        )  # fmt: skip
        about = {"record": quote, "role": "about"}
        links += [about | {"actor": i} for i in zipf(ids["actors"], dice.randint(0, 3))]
        links += [about | {"place": i} for i in zipf(ids["places"], dice.randint(0, 2))]
    events: list[dict[str, Any]] = []
    for n in range(25):
        day = pd.Timestamp("2014-12-20") + pd.Timedelta(days=2 * n)
        late = day > pd.Timestamp("2015-01-14")
        events.append(
            {
                "id": f"e-{n}", "article": article, "title": sentence(3, 6), "start": day,
                "end": pd.NaT, "precision": "day", "status": "planned" if late else "past",
                "place": dice.choice(ids["cities"]), "basis": "stated",
            }
        )  # fmt: skip
        anchor(f"e-{n}", None)
        links.append(
            {"record": f"e-{n}", "role": "participant", "actor": dice.choice(ids["people"])}
        )
    positions = [
        {"id": f"p-{n}", "article": article, "actor": ids["actors"][n % 80], "topic": topic}
        | {"stance": dice.choice(("supports", "doubts", "opposes")), "note": sentence(6, 14)}
        for n, topic in enumerate(ids["topics"] * 12)
    ]
    for position in positions:
        anchor(position["id"], None)
    made = {
        "actors": actors,
        "places": cities + countries,
        "topics": topics,
        "quotes": quotes,
        "events": events,
        "positions": positions,
        "figures": [],
        "links": links,
        "mentions": [],
        "passages": passages,
    }
    frames = {table: _frame(rows, getattr(shipped, table)) for table, rows in made.items()}
    whole = shipped.articles.assign(paragraphs=len(passages) // 3 + 1, dateline=ids["cities"][0])
    return replace(shipped, slug="invented", articles=whole, **frames)


def _frame(rows: list[dict[str, Any]], like: pd.DataFrame) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=like.columns, index=pd.RangeIndex(len(rows)))
    return made.astype(dict(like.dtypes))
