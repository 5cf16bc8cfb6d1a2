"""What a reader has chosen in a library: a story's selection, and an outlet and a period more."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.selection import MANY, Selection

FACETS = (*MANY, "outlets")


@dataclass(frozen=True)
class LibrarySelection(Selection):
    """A story's `Selection`, and who printed it, and when: `since` and `until` are days (ISO 8601).

    Both days are inclusive; "" is no bound. A statement without a date is in no period.
    """

    outlets: tuple[str, ...] = ()
    since: str = ""
    until: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "outlets", tuple(sorted(set(self.outlets))))

    @property
    def narrows(self) -> bool:
        """Whether anything is left out because of it."""
        return super().narrows or bool(self.outlets or self.since or self.until)


EVERYTHING = LibrarySelection()
