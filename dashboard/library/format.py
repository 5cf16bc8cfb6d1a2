"""Whether a library is one that is read here."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.library.answers import LibraryError
from dashboard.library.layout import FORMAT


def check_format(about: Mapping[str, str]) -> None:
    """Raises LibraryError when a library was laid out by another format."""
    given = about.get("format", "")
    if given != str(FORMAT):
        raise LibraryError(
            f"This library is of format {given[:20] or 'unknown'}, and {FORMAT} is read here: "
            "build it anew with `python -m dashboard library build`."
        )
