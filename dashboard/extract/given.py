"""What somebody gives: an article's text, what came with it, and why it cannot be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Metadata:
    """What is known of an article beside its text; what is not known is "" (`published`: None).

    `published_note` says where the date comes from, in our words.
    """

    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    language: str = ""
    published: date | None = None
    published_note: str = ""


@dataclass(frozen=True)
class Input:
    """The text as it was given: all offsets are into it. `notes` say what was changed."""

    text: str
    metadata: Metadata = field(default_factory=Metadata)
    notes: tuple[str, ...] = ()


class InputError(ValueError):
    """What cannot be read; `faults` are all the reasons, each one line that names the remedy."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


def iso_date(text: str) -> date | None:
    """The date that an ISO 8601 date or time begins with, as printed there; None without one."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
