"""Names and addresses of actors, places, outlets and topics."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.library.building.naming import endings, name_values


def told(ref: str, key: str = "", name: str = "", **more: Any) -> dict[str, Any]:
    return {"ref": ref, "key": key, "name": name, "kind": "", "role": "", "wikidata": "", **more}


@pytest.mark.parametrize(
    ("before", "stories", "votes", "keys"),
    [
        ([], [], [("ann-lee", "Ann Lee", 3)], {"ann-lee": "ann-lee"}),
        ([], [], [("Q5", "Ann Lee", 3)], {"Q5": "ann-lee"}),
        ([], [told("Q5", "ann", "Ann Lee")], [("Q5", "A. Lee", 9)], {"Q5": "ann"}),
        # Taken by another: with its id in Wikidata, else a number; who is met more often is first.
        ([], [], [("Q5", "Al", 1), ("Q6", "Al", 2)], {"Q6": "al", "Q5": "al-q5"}),
        ([], [], [("Q5", "Ann", 2), ("ann", "Ann", 1)], {"Q5": "ann", "ann": "ann-2"}),
        ([], [], [("Q5", "Ann", 1), ("ann", "Ann", 2)], {"Q5": "ann-q5", "ann": "ann"}),
        ([], [told("Q5", "ann"), told("Q6", "ann")], [], {"Q5": "ann", "Q6": "ann-q6"}),
        ([], [told("ann", "ann")], [("Q5", "Ann", 99)], {"ann": "ann", "Q5": "ann-q5"}),
        # What stood in addresses before stands there for good.
        ([told("Q5", "ann-q5", "Ann")], [told("Q5", "ann", "Ann")], [], {"Q5": "ann-q5"}),
        ([told("Q5", "ann", "Ann")], [told("Q6", "ann", "Ann")], [], {"Q5": "ann", "Q6": "ann-q6"}),
        ([told("al", "al-2", "Al")], [], [("Q5", "Al", 1)], {"al": "al-2", "Q5": "al"}),
        # Names without Latin letters.
        ([], [], [("Q5", "سيرغي", 1)], {"Q5": "q5"}),
        ([], [], [("n-1f", "王", 1), ("!", "?", 1)], {"n-1f": "n-1f", "!": "actor"}),
    ],
)  # fmt: skip
def test_keys(
    before: list[Any], stories: list[Any], votes: list[Any], keys: dict[str, str]
) -> None:
    assert name_values("actors", before, stories, votes).keys == keys
    assert name_values("actors", before, stories, list(reversed(votes))).keys == keys


@pytest.mark.parametrize(
    ("before", "stories", "votes", "name"),
    [
        ([], [], [("Q5", "Ann Lee", 2), ("Q5", "A. Lee", 3)], "A. Lee"),
        ([], [], [("Q5", "B", 2), ("Q5", "A", 2)], "A"),
        ([], [told("Q5", "a", "Dr Lee")], [("Q5", "A. Lee", 3)], "Dr Lee"),
        ([told("Q5", "a", "Lee")], [], [("Q5", "A. Lee", 3)], "Lee"),
        ([told("Q5", "a", "Lee")], [told("Q5", "a", "Dr Lee")], [], "Dr Lee"),
        ([told("Q5", "a", "Lee", kind="person")], [told("Q5", "a", "Dr Lee")], [], "Lee"),
        ([], [], [("Q5", "", 3)], "Q5"),
    ],
)
def test_names(before: list[Any], stories: list[Any], votes: list[Any], name: str) -> None:
    assert name_values("actors", before, stories, votes).names == {"Q5": name}


def test_details_are_the_first_that_are_told() -> None:
    rows = [told("Q5", kind="person"), told("Q5", kind="group", role="Mayor")]
    found = name_values("actors", [], rows, []).columns()
    assert (found["kind"], found["role"], found["wikidata"]) == (["person"], ["Mayor"], ["Q5"])


def test_a_geonames_place_is_told_apart_by_its_number() -> None:
    votes = [("geonames:12", "Newport", 2), ("geonames:7", "Newport", 1)]
    assert name_values("places", [], [], votes).keys["geonames:7"] == "newport-7"


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ann Lee", ["ann lee", "ann lee", "lee"]),
        (
            "Jean-Marie d'Arc",
            ["jean-marie d'arc", "jean-marie d'arc", "marie d'arc", "d'arc", "arc"],
        ),
        ("“Señor”", ['"senor"', 'senor"']),
        ("…", ["..."]),
        ("", []),
    ],
)
def test_endings(name: str, found: list[str]) -> None:
    assert list(endings(name)) == found
