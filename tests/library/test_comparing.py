"""Printings of the same words: found, grouped, compared, and to whom they are attributed."""

from __future__ import annotations

from datetime import date
from zlib import crc32

import pytest

from dashboard.library.answers import Entry, Named, Quotation
from dashboard.library.comparing import MOST_PRINTINGS, Comparison, compare
from dashboard.library.comparison_told import quarrel, summed_up, told

LOSE = (
    "Those who decide not to take part in this event, they will lose in terms of their positions "
    "in the peace talks process as a whole"
)
LOSE_SANA = LOSE.replace("event, they", "event")
NIGHT = "The ferry will run at night from the first of May"

PEOPLE = {  # key → name, Wikidata
    "hale": ("Ada Hale", "Q101"),
    "ada-hale": ("Ada Hale", ""),
    "a-hale": ("Hale", ""),
    "orlova": ("Nina Orlova", "Q105"),
    "smith": ("John Smith", "Q102"),
    "smith-2": ("John Smith", "Q103"),
    "lavrov": ("Sergey V. Lavrov", "Q58217"),
}


def said(
    key: str,
    words: str,
    *outlets: str,
    by: str = "",
    day: str = "",
    sure: float | None = None,
) -> Quotation:
    """A statement with what matters here."""
    return Quotation(
        id=crc32(key.encode()),
        key=key,
        date=date.fromisoformat(day) if day else None,
        kind="direct" if words else "indirect",
        words=words,
        paraphrase="" if words else "That it will run",
        context="",
        speaker=Named(by, PEOPLE[by][0]) if by else None,
        about=(),
        said_at=None,
        about_places=(),
        topic=None,
        outlets=tuple(Named(outlet, outlet.title()) for outlet in outlets),
        title="",
        url="",
        story="",
        quote="",
        source="",
        printings=1,
        confidence=sure,
    )


class Shelf:
    """Stands in for a library in which everything shares a band with everything."""

    def __init__(self, *statements: Quotation) -> None:
        self.statements = {each.key: each for each in statements}

    def quotation(self, key: str) -> Quotation | None:
        return self.statements.get(key)

    def twins(self, key: str, most: int = 200) -> tuple[Quotation, ...]:
        return tuple(each for each in self.statements.values() if each.key != key)[:most]

    def entry(self, facet: str, key: str) -> Entry | None:
        name, wikidata = PEOPLE[key]
        return Entry(key, name, "person", wikidata=wikidata) if facet == "actors" else None


def compared(*statements: Quotation) -> Comparison:
    found = compare(Shelf(*statements), statements[0].key)
    assert found
    return found


def test_the_two_printings_of_lavrovs_sentence() -> None:
    found = compared(
        said("q-lavrov-lose", LOSE, "observatory", by="lavrov", day="2015-01-14"),
        said("q-sana", LOSE_SANA, "al-manar", by="lavrov", day="2015-01-14"),
        said("q-other", NIGHT, "al-manar", by="hale"),
    )
    assert [other.words for other in found.others] == [LOSE_SANA]
    assert summed_up(found) == (
        "2 printings in 2 outlets; they differ in 1 place: “they” stands in one."
    )
    assert told(found.others[0]) == "Differs in 1 place: “they” is missing."
    assert found.conflicts == ()


def test_an_unknown_key_is_none() -> None:
    assert compare(Shelf(said("a", LOSE)), "b") is None


@pytest.mark.parametrize("words", [LOSE, ""])
def test_what_has_no_twins_stands_alone(words: str) -> None:
    found = compared(said("a", words, "post"), said("b", "", "star"), said("c", NIGHT))
    assert found.others == ()
    assert found.own.statements == (found.asked,)
    assert summed_up(found) == "1 printing in 1 outlet."


def test_identical_words_are_one_printing_with_all_its_outlets() -> None:
    found = compared(
        said("c", NIGHT, "star", day="2014-05-02"),
        said("b", f"“{NIGHT.upper()}!”", "post", day="2014-05-01"),
        said("d", NIGHT, "star", "gull"),
    )
    assert found.others == ()
    assert [each.key for each in found.own.statements] == ["c", "b", "d"]  # the asked one first
    assert [outlet.key for outlet in found.own.outlets] == ["star", "post", "gull"]
    assert summed_up(found) == "1 printing in 3 outlets: all have just the same words."


def test_other_printings_are_grouped_and_the_most_like_come_first() -> None:
    one = NIGHT.replace("May", "June")
    two = NIGHT.replace("May", "June").replace("ferry", "boat")
    found = compared(
        said("a", NIGHT, "post"),
        said("b", two, "star"),
        said("c", one, "gull", day="2014-05-03"),
        said("d", one, "herald", day="2014-05-01"),
    )
    assert [other.words for other in found.others] == [one, two]
    assert [each.key for each in found.others[0].statements] == ["d", "c"]  # the oldest first
    assert summed_up(found) == (
        "3 printings in 4 outlets; the others differ from the one asked for in 1 to 2 places."
    )


@pytest.mark.parametrize(
    ("theirs", "sentence"),
    [
        (NIGHT.replace("May", "June"), "Differs in 1 place: “June” instead of “May”."),
        (NIGHT.replace("will run", "will not run"), "Differs in 1 place: “not” is added."),
        (
            f"{NIGHT}, and every night of the week, for as long as anybody pays",
            "These words and mo",
        ),
    ],
)
def test_differences_are_told_in_words(theirs: str, sentence: str) -> None:
    found = compared(said("a", NIGHT), said("b", theirs))
    assert told(found.others[0]).startswith(sentence)


def test_a_part_of_longer_words_says_so() -> None:
    longer = f"{NIGHT}, and every night of the week, for as long as anybody pays"
    found = compared(said("a", longer), said("b", NIGHT))
    assert told(found.others[0]) == (
        "A part of these words: “and every night of the week, for as long as anybody pays” "
        "is missing."
    )


def test_two_printings_that_differ_in_other_words_name_both() -> None:
    found = compared(said("a", NIGHT), said("b", NIGHT.replace("May", "June")))
    assert summed_up(found) == (
        "2 printings; they differ in 1 place: “May” stands in one, “June” in the other."
    )


def test_of_very_many_printings_some_are_shown_and_the_others_counted() -> None:
    several = [f"{NIGHT} {number}" for number in range(MOST_PRINTINGS + 5)]
    found = compared(
        said("a", NIGHT), *(said(f"b{n}", words, f"o{n}") for n, words in enumerate(several))
    )
    assert (len(found.others), found.left_out) == (MOST_PRINTINGS, 5)
    assert found.printings == found.outlets + 1 == MOST_PRINTINGS + 6


@pytest.mark.parametrize(
    ("speakers", "conflict"),
    [
        (("hale", "hale"), []),
        (("hale", ""), []),  # who names nobody contradicts nobody
        (("hale", "orlova"), ["Ada Hale", "Nina Orlova"]),
        (("hale", "ada-hale"), []),  # the same name, and nothing that tells them apart
        (("hale", "a-hale"), []),
        (("smith", "smith-2"), ["John Smith", "John Smith"]),  # two people of one name
        (("hale", "orlova", "orlova", ""), ["Nina Orlova", "Ada Hale"]),
        (("ada-hale", "hale", "a-hale", "orlova"), ["Ada Hale", "Nina Orlova"]),
    ],
)
def test_who_contradicts_whom(speakers: tuple[str, ...], conflict: list[str]) -> None:
    found = compared(
        *(
            said(f"k{n}", NIGHT if n % 2 else f"{NIGHT} now", f"outlet-{n}", by=by)
            for n, by in enumerate(speakers)
        )
    )
    assert [each.speaker.name for each in found.conflicts if each.speaker] == conflict


def test_a_conflict_tells_outlets_and_how_sure_each_is() -> None:
    found = compared(
        said("a", NIGHT, "post", "star", by="hale", sure=0.5),
        said("b", NIGHT, "gull", by="hale", sure=0.875),
        said("c", f"{NIGHT} now", by="orlova"),
    )
    assert quarrel(found.conflicts) == (
        "Ada Hale in 3 outlets, by a program that is 88% sure; Nina Orlova in 1 statement."
    )
    assert quarrel(()) == ""
