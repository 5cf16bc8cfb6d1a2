"""One library, any engine: equal answers, to the type."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.library.layout import KINDS
from dashboard.library.library import Library
from dashboard.library.selection import LibrarySelection
from tests.library.contract.answering import (
    ACTOR_KEYS,
    ASKED,
    ASKED_OF_SOME,
    ENGINES,
    OUTLET_KEYS,
    PLACE_KEYS,
    QUESTIONS,
    SELECTIONS,
    SOME,
    TOPIC_KEYS,
    plain,
)
from tests.library.small import STATEMENTS

Libraries = dict[str, Library]


EVERY = [(name, asked) for name in SELECTIONS for asked in ASKED]
EVERY += [(name, asked) for name in SOME for asked in ASKED_OF_SOME]


@lru_cache(maxsize=1_000)
def _wanted(library: Library, name: str, asked: str) -> Any:
    if asked in QUESTIONS:
        return plain(QUESTIONS[asked](library))
    return plain((ASKED | ASKED_OF_SOME)[asked](library, SELECTIONS[name]))


@pytest.mark.parametrize(("name", "asked"), EVERY)
def test_a_selection_shows_the_same(
    name: str, asked: str, other: str, libraries: Libraries
) -> None:
    answer = (ASKED | ASKED_OF_SOME)[asked](libraries[other], SELECTIONS[name])
    assert plain(answer) == _wanted(libraries["pandas"], name, asked)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_the_same(question: str, other: str, libraries: Libraries) -> None:
    answer = QUESTIONS[question](libraries[other])
    assert plain(answer) == _wanted(libraries["pandas"], "", question)


def _some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3).map(tuple)


DAYS = st.just("") | st.dates(date(2013, 11, 1), date(2016, 6, 1)).map(date.isoformat)
DRAWN = st.builds(
    LibrarySelection,
    actors=_some((*ACTOR_KEYS, "nobody")),
    actor_role=st.sampled_from(("any", "by", "about")),
    about=_some(ACTOR_KEYS),
    places=_some(PLACE_KEYS),
    place_role=st.sampled_from(("any", "in", "about")),
    kinds=_some(KINDS[1:]),
    topics=_some(TOPIC_KEYS),
    outlets=_some(OUTLET_KEYS),
    text=st.sampled_from(("", "", "ferry", "bridge's", "ночью", "Hale night", "in Norvik")),
    since=DAYS,
    until=DAYS,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(selection=DRAWN)
def test_any_selection_shows_the_same(
    selection: LibrarySelection, other: str, libraries: Libraries
) -> None:
    for asked in ("facets", "records", "located"):
        ask = ASKED[asked]
        assert plain(ask(libraries[other], selection)) == plain(ask(libraries["pandas"], selection))


@pytest.mark.parametrize("engine", ENGINES)
def test_all_is_there_and_newest_first(engine: str, libraries: Libraries) -> None:
    batches = list(libraries[engine].export(LibrarySelection(), 10_000))
    found = [quotation for batch in batches for quotation in batch]
    assert [q.key for q in found] == [made.key for made in reversed(STATEMENTS)]
    assert [q.date for q in found] == [made.date for made in reversed(STATEMENTS)]


@pytest.mark.parametrize(
    ("selection", "right"),
    [
        (LibrarySelection(actors=("ada-hale",), actor_role="by"), lambda made: made.speaker == 1),
        (LibrarySelection(actors=("ada-hale",)), lambda made: 1 in made.actors),
        (LibrarySelection(places=("eastport",)), lambda made: 2 in made.places),
        (LibrarySelection(kinds=("mixed",)), lambda made: made.kind == 2),
        (LibrarySelection(text="night"), lambda made: " night " in made.folded),
        (
            LibrarySelection(since="2014-03-01", until="2014-09-30"),
            lambda made: made.date and date(2014, 3, 1) <= made.date <= date(2014, 9, 30),
        ),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_counts_are_right_and_not_only_equal(
    engine: str, selection: LibrarySelection, right, libraries: Libraries
) -> None:
    wanted = [made.key for made in reversed(STATEMENTS) if right(made)]
    library = libraries[engine]
    assert library.facets(selection).shown == len(wanted) > 0
    assert [quotation.key for quotation in library.records(selection, size=500)] == wanted
