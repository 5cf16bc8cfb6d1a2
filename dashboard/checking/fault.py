"""Owns how a fault in a story is said: one value object, and the one error that lists them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SHOWN = 40
LISTED = 100


@dataclass(frozen=True)
class Fault:
    """One thing wrong in a story's files, and how to mend it.

    `table` is a table's name, `datapackage.json`, or None for the whole folder. `row` is the line
    that a spreadsheet shows (the header is 1), or None for the whole table. `column` is a column's
    name (in `datapackage.json` a property's path), or None for the whole row.
    """

    table: str | None
    row: int | None
    column: str | None
    message: str

    def __str__(self) -> str:
        """Return `table:row:column: what is wrong; the remedy`, `-` where a part does not apply."""
        parts = (self.table, self.row, self.column)
        return ":".join("-" if part is None else str(part) for part in parts) + f": {self.message}"


class StoryError(ValueError):
    """A story that cannot be read; `faults` holds every reason, and `str()` one a line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in the order in which they were found."""
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


def listed(error: StoryError) -> str:
    """Return the first faults one a line, and how many more there are: for a page or a log."""
    more = len(error.faults) - LISTED
    first = "\n".join(map(str, error.faults[:LISTED]))
    return f"{first}\nand {more:,} more" if more > 0 else first


def shown(value: object) -> str:
    """Return a value from somebody's file, quoted, escaped and cut: safe to print on one line."""
    text = value if isinstance(value, str) else str(value)
    return repr(text if len(text) <= SHOWN else text[: SHOWN - 1] + "…")
