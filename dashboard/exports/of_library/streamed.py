"""Owns what a format of a library's export is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.library.answers import Located, Quotation
    from dashboard.library.library import Library
    from dashboard.library.selection import LibrarySelection

CAP = 100_000  # statements in a file; the newest ones


@dataclass(frozen=True)
class Asked:
    """What is taken away: the statements of a selection; `page` is the story page's address."""

    library: Library
    selection: LibrarySelection
    page: str
    cap: int = CAP

    def statements(self) -> Iterator[tuple[Quotation, ...]]:
        """The newest that answer, as many as a file holds, in batches."""
        return self.library.export(self.selection, self.cap)

    def places(self) -> tuple[Located, ...]:
        """Places by the statements that answer, most first."""
        return self.library.located(self.selection)


@dataclass(frozen=True)
class StreamedFormat:
    """A way to take a library's statements away, piece by piece; pieces joined are the file.

    `counts` says that the file has counts over all that answers, not the newest statements.
    """

    name: str
    media_type: str
    title: str
    write: Callable[[Asked], Iterator[bytes]]
    counts: bool = False
