"""Owns what an export format is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.story import Story


@dataclass(frozen=True)
class Format:
    """A way to take the visible part of a story away.

    `name` follows `/api/` and `--format`; `media_type` has a charset where it is text; `title` is
    a line of a menu. `make` gets the visible part (what `select` returns) and the absolute address
    of the story page, which ends in "/", or "" when it is unknown; it returns the file. The same
    part and address give the same bytes.
    """

    name: str
    media_type: str
    title: str
    make: Callable[[Story, str], bytes]

    def file_name(self, slug: str) -> str:
        """What the file of a story is called: `moscow-talks-quotes.csv`, `moscow-talks.zip`."""
        stem, dot, ending = self.name.partition(".")
        return f"{slug}{dot}{ending}" if stem == "story" else f"{slug}-{self.name}"
