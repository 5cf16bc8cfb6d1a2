"""Why there is no answer."""

from __future__ import annotations

# What reading JSON of another shape raises, in geopy and here.
UNREADABLE = (AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError)


class GeocodeError(Exception):
    """No answer; `str()` is one line that says why and what to do."""


class QuestionError(GeocodeError, ValueError):
    """A question that is not worth asking: no name, no country code, no number of candidates."""


def unreadable() -> GeocodeError:
    """What is raised for an answer of another shape."""
    return GeocodeError(
        "the geocoding service answered something unreadable; look whether your network wants "
        "you to log in, or try again later"
    )
