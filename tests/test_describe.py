"""The sentence that says what is shown."""

from __future__ import annotations

import pytest
from hypothesis import given

from dashboard.describe import KINDS, describe
from dashboard.selection import MANY, WHOLE, Selection
from tests.shipped import BY_ID, STORY, expected, label, selections

DIRECT, MIXED = KINDS["direct"].lower(), KINDS["mixed"].lower()


@pytest.mark.parametrize(
    ("selection", "sentence"),
    [
        (WHOLE, "All 24 statements"),
        (Selection(actor_role="by", place_role="in"), "All 24 statements"),
        (Selection(quote="q-kerry-goal"), "All 24 statements"),
        (
            Selection(actors=("sergey-lavrov",), actor_role="by"),
            "2 of 24 statements: by Sergey V. Lavrov",
        ),
        (
            Selection(actors=("john-kerry",), actor_role="about"),
            "3 of 24 statements: about John Kerry",
        ),
        (Selection(actors=("john-kerry",)), "10 of 24 statements: by or about John Kerry"),
        (
            Selection(actors=("john-kerry", "sergey-lavrov", "emile-hokayem"), actor_role="by"),
            "12 of 24 statements: by Emile Hokayem, John Kerry or Sergey V. Lavrov",
        ),
        (
            Selection(actors=("john-kerry",), actor_role="by", about=("bashar-al-assad",)),
            "2 of 24 statements: by John Kerry, about Bashar al-Assad",
        ),
        (
            Selection(places=("moscow",), place_role="in"),
            "2 of 24 statements: in Moscow",
        ),
        (
            Selection(places=("iran",), place_role="about"),
            "2 of 24 statements: about Iran",
        ),
        (Selection(kinds=("mixed",)), f"1 of 24 statements: {MIXED}"),
        (
            Selection(topics=("iran-accord",)),
            f"1 of 24 statements: on {BY_ID['iran-accord']['name']}",
        ),
        (Selection(text="irons"), "1 of 24 statements: with “irons”"),
        (
            Selection(actors=("john-kerry",), places=("iran",), kinds=("direct", "mixed")),
            f"1 of 24 statements: by or about John Kerry, in or about Iran, {DIRECT} or {MIXED}",
        ),
        (
            Selection(text="*no* such <b>words</b>"),
            "0 of 24 statements: with “*no* such <b>words</b>”",
        ),
    ],
    ids=label,
)
def test_a_selection_in_words(selection: Selection, sentence: str) -> None:
    assert describe(STORY, selection) == sentence


@given(selection=selections())
def test_it_counts_what_is_shown_and_names_all_that_is_chosen(selection: Selection) -> None:
    said = describe(STORY, selection)
    head, _, rest = said.partition(": ")
    if selection.narrows:
        assert head == f"{len(expected(selection))} of 24 statements"
    else:
        assert (head, rest) == ("All 24 statements", "")
    for name in MANY:
        for value in getattr(selection, name):
            if value in BY_ID:
                assert BY_ID[value]["name"] in rest
    assert selection.text in rest
