"""Free text: what of a statement is searched."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pandas as pd

from dashboard.plain import fold
from dashboard.records import statements

if TYPE_CHECKING:
    from dashboard.model import Statement
    from dashboard.story import Story


@lru_cache(maxsize=16)
def index(story: Story) -> pd.DataFrame:
    """What free text is searched in, by statement: columns `quote`, `folded`."""
    found = statements(story)
    return pd.DataFrame(
        {"quote": [s.id for s in found], "folded": [fold(" ".join(_texts(s))) for s in found]},
        dtype="str",
    )


def _texts(statement: Statement) -> list[str]:
    people = (
        statement.speaker,
        *statement.about_actors,
        *statement.addressees,
        *statement.relayed,
    )
    where = (statement.said_at, *statement.about_places)
    return [
        statement.words,
        statement.paraphrase,
        statement.context,
        *(name for actor in people for name in (actor.name, *actor.aliases)),
        *(place.name for place in where if place),
    ]
