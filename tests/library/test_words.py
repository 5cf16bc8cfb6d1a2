"""How printings are marked: as Markdown in which data is never markup."""

from __future__ import annotations

import pytest

from dashboard.library.comparing import Comparison
from dashboard.library.differing import parted, runs
from dashboard.panels.library.words import LONGEST, asked_marked, marked
from tests.library.test_comparing import compared, said

NIGHT = "The ferry will run at night from May"


def pair(ours: str, theirs: str) -> Comparison:
    """Two printings of which one is asked for."""
    found = compared(said("a", ours), said("b", theirs))
    assert len(found.others) == 1
    return found


@pytest.mark.parametrize(
    ("theirs", "asked", "other"),
    [
        (
            NIGHT.replace("will", "shall"),
            "“The ferry :orange-background[**will**] run at night from May”",
            "“The ferry :gray[~~will~~] :orange-background[**shall**] run at night from May”",
        ),
        (
            NIGHT.replace("at night ", ""),
            "“The ferry will run :orange-background[**at night**] from May”",
            "“The ferry will run :gray[~~at night~~] from May”",
        ),
        (
            NIGHT.replace("May", "May on"),
            "“The ferry will run at night from May”",
            "“The ferry will run at night from May :orange-background[**on**]”",
        ),
        (
            NIGHT.replace("will", ":red[**x**]~~"),
            "“The ferry :orange-background[**will**] run at night from May”",
            "“The ferry :gray[~~will~~] "
            r":orange-background[**\:red\[\*\*x\*\*\]\~\~**] run at night from May”",
        ),
    ],
)
def test_what_differs_is_bold_and_what_is_missing_struck(
    theirs: str, asked: str, other: str
) -> None:
    found = pair(NIGHT, theirs)
    assert asked_marked(found) == asked
    assert marked(found.others[0].runs) == other


def test_right_to_left_text_is_ordered_as_one() -> None:
    ours = "ستبحر العبّارة ليلا من أول أيار كما قال المجلس"
    told = marked(pair(ours, ours.replace("ليلا", "نهارا")).others[0].runs)
    assert told.startswith("\u2068“")
    assert told.endswith("”\u2069")
    assert told.count("\u2068") == told.count("\u2069") == 1


def test_of_a_long_text_the_words_around_what_differs_are_shown() -> None:
    ours = " ".join(f"Word {number} of many." for number in range(400))
    theirs = ours.replace("Word 200 of", "Line 200 of")
    told = marked(runs(parted(ours), parted(theirs)))
    assert len(told) < LONGEST
    assert ":gray[~~Word~~] :orange-background[**Line**] 200 of many" in told
    assert told.count("…") == 2


def test_of_several_others_none_marks_what_was_asked_for() -> None:
    found = compared(said("a", NIGHT), said("b", f"{NIGHT} on"), said("c", f"But {NIGHT}"))
    assert asked_marked(found) == f"“{NIGHT}”"
    assert asked_marked(compared(said("a", ""))) == ""
