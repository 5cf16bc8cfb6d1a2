"""Which of the statements that have a text's words come first: a rule that can be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.library.folding import words
from dashboard.library.matching import fetched, matching
from dashboard.library.narrowing import Chosen

if TYPE_CHECKING:
    from dashboard.library.engines.engine import Engine

AMONG = 300  # the newest matches, which are compared; older ones follow by date


def most_relevant(engine: Engine, chosen: Chosen, most: int) -> list[int]:
    """Ids of the statements that answer, by relevance among the newest `AMONG`.

    First those with most of the words asked in what was spoken itself, not in our context; of
    those the shorter (half as many words again count as equal); then the newest.
    """
    enough = max(most, AMONG)
    ids = matching(engine, chosen.conditions(most=enough)).newest(enough)
    among, older = ids[:AMONG], ids[AMONG:]
    rows = fetched(engine, among, ("id", "words", "paraphrase"))
    rank = {number: _rank(spoken or told, chosen.words) for number, spoken, told in rows}
    # Sorting keeps the order of equals: the newest first.
    return [*sorted(among, key=rank.__getitem__), *older][:most]


def _rank(text: str, asked: tuple[str, ...]) -> tuple[int, int]:
    spoken = words(text)
    length = 0
    while 1.5**length < len(spoken):
        length += 1
    return -len(set(asked).intersection(spoken)), length
