"""How two texts differ, and which pairs are the same words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.library.differing import (
    ADDED,
    CHANGED,
    MISSING,
    MOST_WORDS,
    SAME,
    is_same,
    parted,
    places,
    runs,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("—", ()),
        ("The ferry, they say, runs.", ("the", "ferry", "they", "say", "runs")),
        ("“Never”—he said … never", ("never", "he", "said", "never")),
        (" — No deal", ("no", "deal")),
        ("L’été 50% off 3.5 km/h", ("l'ete", "50%", "off", "3.5", "km", "h")),
        ("$5 and (5)", ("$5", "and", "5")),
        ("Паром пойдёт", ("паром", "поидет")),
        ("العبّارة ستبحر", ("العبارة", "ستبحر")),
        ("नौका रात", ("नौका", "रात")),
    ],
)
def test_words_compare_without_case_accents_and_punctuation_around_them(
    text: str, words: tuple[str, ...]
) -> None:
    assert parted(text).words == words


def test_of_a_very_long_text_the_beginning_is_compared() -> None:
    found = parted("word " * (MOST_WORDS + 50))
    assert len(found.words) == len(found.pieces) == MOST_WORDS


FERRY = "The ferry will run at night from the first of May"


@pytest.mark.parametrize(
    ("ours", "theirs", "kinds"),
    [
        (FERRY, FERRY.upper(), [SAME]),
        (FERRY, "The ferry will run from the first of May", [SAME, MISSING, SAME]),
        (FERRY, f"Well, {FERRY}", [ADDED, SAME]),
        (FERRY, FERRY.replace("ferry", "boat"), [SAME, CHANGED, SAME]),
        (FERRY, FERRY.replace("will", "is to").replace("May", "June"), [SAME, CHANGED] * 2),
    ],
)
def test_runs(ours: str, theirs: str, kinds: list[str]) -> None:
    assert [run.kind for run in runs(parted(ours), parted(theirs))] == kinds


def test_a_run_keeps_spelling_and_punctuation() -> None:
    found = runs(parted("This event, they will lose."), parted("This event will lose!"))
    assert [(run.ours, run.theirs) for run in found] == [
        ("This event, ", "This event "),
        ("they ", ""),
        ("will lose.", "will lose!"),
    ]


@given(st.text(st.characters(max_codepoint=127), max_size=12))
def test_ascii_words_are_as_any_other(text: str) -> None:
    plain = parted(text).words
    assert plain == parted(text + " …é").words[: len(plain)]
    accented = tuple(word.replace("é", "e") for word in parted(text.replace("e", "é")).words)
    assert plain == accented


SENTENCES = st.lists(
    st.sampled_from(["a,", "b", "“c”", "d.", "—", "…", "it’s", "ночь", "ليل", "é", "\n"]),
    max_size=30,
)


@given(SENTENCES, SENTENCES)
def test_runs_in_a_row_are_both_texts_and_never_two_of_a_kind(ours: list, theirs: list) -> None:
    left, right = parted(" ".join(ours)), parted(" ".join(theirs))
    found = runs(left, right)
    assert "".join(run.ours for run in found) == "".join(left.pieces)
    assert "".join(run.theirs for run in found) == "".join(right.pieces)
    differ = [run.kind != SAME for run in found]
    assert all(one != other for one, other in pairwise(differ))
    same = [run for run in found if run.kind == SAME]
    assert all(parted(run.ours).words == parted(run.theirs).words for run in same)
    assert bool(places(found)) is (left.words != right.words)


@given(SENTENCES)
def test_pieces_are_the_text(sentence: list) -> None:
    text = " ".join(sentence)
    found = parted(text)
    assert "".join(found.pieces) == (text if found.words else "")


LAVROV = (
    "Those who decide not to take part in this event, they will lose in terms of their positions "
    "in the peace talks process as a whole"
)


# What the thresholds were chosen on; all but the first pair are made up.
@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        (LAVROV, LAVROV.replace("event, they", "event"), True),
        ("The harbour belongs to all of us", "The harbour belongs to none of us", True),
        (
            "It was the harbour that we built first, and the bridge came ten years later",
            "It was the harbour we built first; the bridge came some ten years later",
            True,
        ),
        (  # a part of a longer printing
            "the harbour was here first, long before any of them",
            "These ships are too large, and the harbour was here first, long before any of them",
            True,
        ),
        (  # the part differs by a word
            "the harbour was here first, long before any of us came",
            "Too large they are, but the harbour was here first, long before any of them came",
            True,
        ),
        # Sentences of one pattern are not the same words.
        (
            "We will continue to support the people of Norvik",
            "We will continue to support the fishermen of Eastport",
            False,
        ),
        (
            "I want to thank everybody who came here tonight",
            "I want to thank everybody who voted for us",
            False,
        ),
        (
            "Nobody in this town has asked for a second bridge, and nobody will pay for it",
            "Nobody in this town has asked for a second ferry, and nobody has any need of it",
            False,
        ),
        ("No ferry, no deal", "No bridge, no deal", False),
        # A few words that stand in many sentences are no printing of them.
        (
            "The harbour was here first",
            "The harbour was here first, long before the ships came that are too large for it",
            False,
        ),
        ("Night", "", False),
    ],
)
def test_which_pairs_are_the_same_words(ours: str, theirs: str, same: bool) -> None:
    assert is_same(parted(ours).words, parted(theirs).words) is same
    assert is_same(parted(theirs).words, parted(ours).words) is same
