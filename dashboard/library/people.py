"""What a library knows of an actor."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw

from dashboard.library.answers import Entry, Named, Stance, Value
from dashboard.library.counting import ranked
from dashboard.library.layout import BY, TO
from dashboard.library.narrowing import names, numbers, one_of, tied

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine

_ENTRY = ("key", "name", "kind", "role", "wikidata", "said", "told")


def actor(engine: Engine, key: str) -> Entry | None:
    """An actor as its page begins."""
    found = numbers(engine, "actors", (key,))
    rows = engine.run(engine.table("actors").filter(one_of("id", found.values())).select(*_ENTRY))
    return Entry(**dict(zip(_ENTRY, rows[0], strict=True))) if rows else None


def stances(engine: Engine, key: str) -> tuple[Stance, ...]:
    """Where an actor stands, as the stories have it; the newest first."""
    found = numbers(engine, "actors", (key,))
    held = engine.table("positions").filter(one_of("actor", found.values()))
    rows = engine.run(held.select("topic", "stance", "note", "story", "record", "date"))
    named = names(engine, "topics", (row[0] for row in rows))
    known = [Stance(Named(*named[row[0]]), *row[1:]) for row in rows if row[0] in named]
    known.sort(key=lambda stance: (stance.story, stance.record))
    return tuple(sorted(known, key=lambda stance: stance.date or date.min, reverse=True))


def answered(engine: Engine, key: str, most: int) -> tuple[Value, ...]:
    """Whom an actor's statements address, most often first."""
    found = numbers(engine, "actors", (key,))
    if not found:
        return ()
    said = tied(engine, (BY,), found.values())
    addressed = engine.table("ties").filter(nw.col("tie") == TO)
    addressed = addressed.join(said, on="quote", how="semi")
    best = addressed.group_by("value").agg(n=nw.len())
    best = best.sort("n", "value", descending=[True, False]).head(most)
    rows = engine.run(best.select("value", "n"))
    named = names(engine, "actors", (value for value, _ in rows))
    return ranked(Value(*named[value], n) for value, n in rows if value in named)
