"""Owns what a source is: something on disk that is read block by block, each by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

    from dashboard.library.sources.mapping import Mapping as ColumnMapping

SHOWN = 500  # letters of a refused line that are kept


class SourceError(ValueError):
    """Sources that cannot be read at all; one line for each, with the remedy."""


@dataclass(frozen=True)
class Source:
    """A source as it was found: `size` in bytes and `changed` (mtime, ns) tell whether it is same.

    `key` names it at every build, `kind` is one of KINDS in `sources.kinds`.
    """

    path: Path
    kind: str
    key: str
    name: str
    size: int
    changed: int
    mapping: ColumnMapping | None = None

    @property
    def table(self) -> ColumnMapping:
        """The mapping of a table; it is for sources of the kind `mapped`."""
        if self.mapping is None:
            raise SourceError(f"{self.path}: has no mapping; say by --mapping what columns hold")
        return self.mapping

    @property
    def identity(self) -> tuple[str, str, int, int, str]:
        """What a build that continues compares: another identity is another source."""
        mapped = self.mapping.digest if self.mapping else ""
        return (str(self.path.resolve()), self.kind, self.size, self.changed, mapped)


class Block(NamedTuple):
    """A part of a source that can be read by itself.

    `first` is the number of its first line, `lines` how many it has, `at` how far into the source
    it reaches, in bytes. `damage` says why nothing more can be had of the source behind it.
    """

    number: int
    first: int
    lines: int
    at: int
    content: Any
    damage: str = ""


class Reject(NamedTuple):
    """A line that was refused, or a part of it."""

    line: int
    reason: str
    text: str


@dataclass
class Found:
    """What a block holds, as columns of raw values; those left out are empty in every record.

    The columns are those of `staging.RECORDS`, but `date` is text or a date, and where `outlets` is
    left out they are made of `urls`. `line` has each record's line, `parts` what it is called
    within it, if it is not all of it. `drafts` were left out.
    """

    columns: Mapping[str, Sequence[Any]]
    line: Sequence[int]
    rejects: list[Reject]
    text: Callable[[int], str]  # of a line, as a reject shows it
    parts: Sequence[str] = ()
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    drafts: int = 0
    lines: int = 0  # seen, where the block did not know


class Kind(NamedTuple):
    """A kind of source: how it falls into blocks, and how a block becomes records."""

    blocks: Callable[[Source], Iterator[Block]]
    read: Callable[[Source, Block], Found]


def shown(text: str | bytes) -> str:
    """A refused line as it is kept: bounded, and text whatever its bytes are."""
    if isinstance(text, bytes):
        return text[: 4 * SHOWN].decode("utf-8", "replace")[:SHOWN]
    return text[:SHOWN]
