"""What the naive variants are asked, and what they are given: one table of an invented corpus."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

COLUMNS = {
    "id": "VARCHAR",
    "words": "VARCHAR",
    "kind": "VARCHAR",
    "date": "DATE",
    "who": "VARCHAR",
    "about": "VARCHAR",
    "topic": "VARCHAR",
    "outlet": "VARCHAR",
    "url": "VARCHAR",
    "where": "VARCHAR",
}
FACETS = ("actor", "who", "other", "place", "outlet", "topic", "kind", "month")
MOST = 40  # values of a facet
CARDS = 30


@dataclass(frozen=True)
class Asked:
    """Names of actors, who speak or are spoken about, and of a place; or words; or nothing."""

    actors: tuple[str, ...] = ()
    place: str = ""
    text: str = ""


def load(corpus: Path, database: Path) -> None:
    """The corpus as one plain table `quotes`: as it comes, with the month and two of the actors."""
    with duckdb.connect(str(database)) as connection:
        connection.execute("SET preserve_insertion_order = true")
        connection.execute(
            """CREATE TABLE quotes AS
            SELECT id, words, kind, date, who, topic, outlet, url, "where" AS place,
                   split_part(about, '|', 1) AS other, strftime(date, '%Y-%m') AS month
            FROM read_json(?, format = 'newline_delimited', columns = ?)""",
            [str(corpus), COLUMNS],
        )
