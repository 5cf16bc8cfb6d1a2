"""The sentence that says what is shown of a library."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.library.answers import Counts
from dashboard.library.describing import describe, period
from dashboard.library.selection import LibrarySelection

NAMES = {
    "actors": {"a": "Ada Hale", "b": "Boris Orlov"},
    "places": {"n": "Norvik"},
    "outlets": {"p": "Harbour Post", "s": "Evening Star"},
    "topics": {"f": "Ferry talks"},
}


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"actors": ("a", "b")}, "by or about Ada Hale or Boris Orlov"),
        ({"actors": ("a",), "actor_role": "by", "about": ("b",)},
         "by Ada Hale, about Boris Orlov"),
        ({"places": ("n",), "place_role": "in"}, "in Norvik"),
        ({"outlets": ("p", "s")}, "printed by Harbour Post or Evening Star"),
        ({"topics": ("f",), "kinds": ("indirect", "direct")},
         "on Ferry talks, quoted or reported"),
        ({"text": " night  ferry ", "since": "2014-01-01"},
         "since 1 January 2014, with “night ferry”"),
        ({"outlets": ("gone",)}, "printed by gone"),  # a name that is not known is its key
    ],
)  # fmt: skip
def test_what_is_chosen_in_words(chosen: dict[str, Any], says: str) -> None:
    selection = LibrarySelection(**chosen)
    counts = Counts(total=1_000_000, shown=3_208)
    assert describe(selection, counts, NAMES) == f"3,208 of 1,000,000 statements: {says}"


@pytest.mark.parametrize(
    ("total", "says"),
    [(0, "All 0 statements"), (1, "The one statement"), (12_345, "All 12,345 statements")],
)
def test_nothing_chosen(total: int, says: str) -> None:
    assert describe(LibrarySelection(), Counts(total=total, shown=total), {}) == says


@pytest.mark.parametrize(
    ("since", "until", "says"),
    [
        ("2014-01-01", "2014-12-31", "in 2014"),
        ("2014-01-01", "2016-12-31", "from 2014 to 2016"),
        ("2012-02-01", "2012-02-29", "in February 2012"),
        ("2012-02-01", "2012-02-28", "from 1 February 2012 to 28 February 2012"),
        ("2014-03-01", "2014-05-31", "from March to May 2014"),
        ("2013-11-01", "2014-01-31", "from November 2013 to January 2014"),
        ("2014-03-03", "2014-03-03", "on 3 March 2014"),
        ("2014-03-03", "2014-04-01", "from 3 March 2014 to 1 April 2014"),
        ("2014-03-03", "", "since 3 March 2014"),
        ("", "2014-03-03", "until 3 March 2014"),
    ],
)
def test_a_period_in_words(since: str, until: str, says: str) -> None:
    assert period(since, until) == says
