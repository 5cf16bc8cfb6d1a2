"""What a library needs of an engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import narwhals as nw

NOTHING: Mapping[str, Sequence[int] | None] = MappingProxyType({})


class Engine(Protocol):
    """Tables as narwhals frames, and running what is asked of them.

    A frame is of the thread that asked for it, for one question; a `with engine.asking():` holds
    what it needs of the engine (a cursor, a place in the queue) for as long.
    """

    def asking(self) -> Any:
        """A context in which tables are asked; raises TooSlow when no place comes free."""

    def table(self, name: str) -> nw.LazyFrame[Any]:
        """A table of the layout."""

    def run(self, frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
        """Its rows, in the order of its columns, as Python's values; dates are `date`.

        Raises TooSlow when it takes longer than the engine's limit, and then has stopped it.
        """

    def tally(
        self,
        frame: nw.LazyFrame[Any],
        columns: Mapping[str, bool],
        most: int,
        also: Mapping[str, Sequence[int] | None] = NOTHING,
    ) -> dict[str, list[tuple[int, int]]]:
        """Each column's most frequent values with their counts of rows; True: it holds lists.

        By falling count, then value. `also`: values of a column that are counted whatever their
        rank, as far as a row has them; None is all of them.
        """

    def found(self, words: tuple[str, ...], most: int = 0) -> tuple[nw.LazyFrame[Any], int, int]:
        """Statements with all these folded words: a frame with a column `quote`, newest first;
        how many there are; and how many the frame was cut to, 0 if it has them all.

        `most`: the frame may be cut to the newest so many; 0 is all."""
