"""Every answer of a library against counting statement by statement."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.library.answers import LibraryError, Named, Quotation, Value
from dashboard.library.layout import KINDS
from dashboard.library.library import Library
from dashboard.library.selection import LibrarySelection
from tests.library import naive
from tests.library.small import ACTORS, OUTLETS, PLACES, STATEMENTS, TOPICS, Made

ENGINES = ("pandas", "duckdb", "duckdb without columns")
HOSTILE = ("'; DROP TABLE quotes --", "%", "_", "\0", '"', "\\", "x" * 5000, "🙂", "NEAR(a b)", "*")


@pytest.fixture(params=ENGINES)
def library(request: pytest.FixtureRequest, libraries: dict[str, Library]) -> Library:
    return libraries[request.param]


def keys(rows: tuple[tuple[object, ...], ...], most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    known = [str(row[0]) for row in rows]
    return st.lists(st.sampled_from([*known, "nobody"]), max_size=most).map(tuple)


DATES = sorted({made.date.isoformat() for made in STATEMENTS if made.date})
DAYS = st.sampled_from(["", *DATES]) | st.dates(date(2013, 10, 1)).map(date.isoformat)
TEXTS = st.lists(
    st.sampled_from(
        [
            "ferry",
            "FERRY",
            "ночью",
            "l’été",
            "it's",
            "100%",
            "norvik",
            "talks",
            "ferr",
            '"',
            "العبارة",
        ]
    ),
    max_size=2,
).map(" ".join)
SELECTIONS = st.builds(
    LibrarySelection,
    actors=keys(ACTORS),
    actor_role=st.sampled_from(["any", "by", "about"]),
    about=keys(ACTORS, 1),
    places=keys(PLACES, 2),
    place_role=st.sampled_from(["any", "in", "about"]),
    kinds=st.lists(st.sampled_from(KINDS[1:]), max_size=2).map(tuple),
    topics=keys(TOPICS, 1),
    outlets=keys(OUTLETS, 2),
    since=DAYS,
    until=DAYS,
    text=TEXTS,
)


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=25, deadline=None)
@given(selection=SELECTIONS)
def test_answers_are_those_of_counting_one_by_one(
    libraries: dict[str, Library], engine: str, selection: LibrarySelection
) -> None:
    library = libraries[engine]
    expected = naive.shown(selection)

    counts = library.facets(selection)

    assert counts.total == len(STATEMENTS)
    assert counts.shown == len(expected)
    assert counts.at_most == 0
    for facet, values in counts.values.items():
        assert values == naive.values(selection, facet), facet
    assert counts.months == naive.months(selection)
    assert [told.key for told in library.records(selection)] == [m.key for m in expected[:30]]
    assert {place.key: (place.said, place.told) for place in library.located(selection)} == {
        key: n for key, n in located(expected).items() if any(n)
    }
    batches = list(library.export(selection, 50))
    assert [told.key for batch in batches for told in batch] == [m.key for m in expected[:50]]


def located(statements: list[Made]) -> dict[str, tuple[int, int]]:
    said = Counter(made.said_at for made in statements)
    told = Counter(place for made in statements for place in made.about_places)
    return {row[0]: (said[n], told[n]) for n, row in enumerate(PLACES, 1)}


def test_both_days_of_a_period_are_in_it(library: Library) -> None:
    first, last = DATES[10], DATES[40]
    found = library.export(LibrarySelection(since=first, until=last), 1_000)
    days = [str(told.date) for batch in found for told in batch]
    assert set(days) == set(DATES[10:41])


def test_whole_and_narrowed_by_nothing_are_counted_alike(library: Library) -> None:
    nothing = library.facets(LibrarySelection())
    assert nothing.shown == nothing.total == len(STATEMENTS)
    assert {facet: naive.values(LibrarySelection(), facet) for facet in nothing.values} == dict(
        nothing.values
    )


def test_a_card_says_all_that_the_statement_has(library: Library) -> None:
    made = next(m for m in STATEMENTS if m.speaker and len(m.about) > 1 and m.topic and m.outlets)

    def named(rows: tuple[tuple[object, ...], ...], *numbers: int) -> tuple[Named, ...]:
        return tuple(Named(*map(str, rows[number - 1][:2])) for number in numbers if number)

    assert library.quotation(made.key) == Quotation(
        id=made.id,
        key=made.key,
        date=made.date,
        kind=KINDS[made.kind],
        words=made.words,
        paraphrase=made.paraphrase,
        context=made.context,
        speaker=named(ACTORS, made.speaker)[0],
        about=named(ACTORS, *made.about),
        said_at=next(iter(named(PLACES, made.said_at)), None),
        about_places=named(PLACES, *made.about_places),
        topic=named(TOPICS, made.topic)[0],
        outlets=named(OUTLETS, *made.outlets),
        title=f"Title {made.id}",
        url=f"https://example.org/{made.id}",
        story="talks" if made.source == 1 else "",
        quote=f"q-{made.id}" if made.source == 1 else "",
        source="Stories" if made.source == 1 else "A made-up corpus",
        printings=len(made.outlets),
        confidence=None if made.source == 1 else 0.25 * (made.id % 4),
    )


def test_pages_are_the_newest_first_and_undated_last(library: Library) -> None:
    every = [
        q.key for page in range(5) for q in library.records(LibrarySelection(), page=page, size=45)
    ]
    assert every == [made.key for made in reversed(STATEMENTS)]
    assert library.records(LibrarySelection(), page=5, size=45) == ()


def test_most_values_and_the_chosen_ones(library: Library) -> None:
    selection = LibrarySelection(actors=("norvik",), actor_role="by", outlets=("evening-star",))
    whole = naive.values(selection, "actors")

    values = library.facets(selection, most=2).values["actors"]

    assert values[:2] == whole[:2]
    assert [value.key for value in values[2:]] == ["norvik"]


def test_relevant_puts_the_words_themselves_first(library: Library) -> None:
    found = library.records(LibrarySelection(text="talks"), order="relevant", size=200)
    spoken = ["talks" in (told.words or told.paraphrase).lower() for told in found]
    assert True in spoken
    assert False in spoken
    assert spoken == sorted(spoken, reverse=True)
    assert {told.key for told in found} == {
        made.key for made in naive.shown(LibrarySelection(text="talks"))
    }


@pytest.mark.parametrize(
    ("facet", "typed", "expected"),
    [
        ("actors", "smi", ["john-smith-2", "john-smith"]),
        ("actors", "zoe", ["zoe-l-ecuyer"]),
        ("actors", "ÉCU", ["zoe-l-ecuyer"]),
        ("actors", "L’éc", ["zoe-l-ecuyer"]),
        ("actors", "орл", ["нина-орлова"]),
        ("places", "norvik", ["norvik-city", "norvik-country"]),
        ("outlets", "", ["вестник", "daily-gull", "harbour-post"]),
        ("topics", "bri", ["bridge"]),
        ("actors", "smith john", []),
        ("actors", "%", []),
        ("actors", "_", []),
    ],
)
def test_suggestions(library: Library, facet: str, typed: str, expected: list[str]) -> None:
    found = library.suggest(facet, typed, most=3)
    assert [value.key for value in found] == expected
    assert list(found) == sorted(found, key=lambda value: -value.n)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_values_find_nothing_and_break_nothing(library: Library, hostile: str) -> None:
    chosen = LibrarySelection(actors=(hostile,), places=(hostile,), outlets=(hostile,))
    assert library.facets(chosen).shown == 0
    assert library.records(chosen) == ()
    library.records(LibrarySelection(text=hostile), order="relevant")
    assert library.suggest("actors", hostile) in ((), library.suggest("actors", ""))
    assert library.known("actors", [hostile]) == {}
    assert library.entry("places", hostile) is None
    assert library.quotation(hostile) is None
    assert library.printings(hostile) == ()
    assert library.twins(hostile) == ()
    assert library.stances(hostile) == library.answered(hostile) == ()
    assert library.total == len(STATEMENTS)


def test_a_day_that_is_none_is_refused(library: Library) -> None:
    with pytest.raises(LibraryError, match="since: “soon” is no day; give it like 2015-01-14"):
        library.facets(LibrarySelection(since="soon"))


def test_known_names_what_there_is(library: Library) -> None:
    assert library.known("about", ["ada-hale", "nobody", "ada-hale"]) == {"ada-hale": "Ada Hale"}
    assert library.known("kinds", ["direct", "", "x"]) == {"direct": "direct"}
    assert library.known("topics", []) == {}


def test_an_actor_and_a_place(library: Library) -> None:
    actor, place = library.entry("actors", "ada-hale"), library.entry("places", "lake-house")
    assert actor is not None
    assert place is not None
    assert (actor.name, actor.role, actor.wikidata) == ("Ada Hale", "minister", "Q101")
    assert (actor.said, actor.told) == (
        sum(made.speaker == 1 for made in STATEMENTS),
        sum(1 in made.about for made in STATEMENTS),
    )
    assert (place.latitude, place.kind, place.told) == (
        None,
        "site",
        sum(5 in made.about_places for made in STATEMENTS),
    )


def test_stances_the_newest_first_and_undated_last(library: Library) -> None:
    found = [(s.topic.key, s.stance, s.record) for s in library.stances("ada-hale")]
    assert found == [
        ("ferry", "conditional", "p-4"),
        ("ferry", "supports", "p-1"),
        ("bridge", "doubts", "p-2"),
    ]


def test_whom_an_actor_addresses(library: Library) -> None:
    counted = Counter(
        number for made in STATEMENTS if made.speaker == 1 for number in made.addressees
    )
    expected = [Value(*map(str, ACTORS[n - 1][:2]), count) for n, count in counted.items()]
    expected.sort(key=lambda value: (-value.n, value.name, value.key))
    assert list(library.answered("ada-hale")) == expected


def test_printings_name_outlet_address_and_title(library: Library) -> None:
    made = next(made for made in STATEMENTS if len(made.outlets) == 2)
    assert {(outlet.key, url, title) for outlet, url, title in library.printings(made.key)} == {
        (OUTLETS[n - 1][0], f"https://example.org/{made.id}/{n}", f"Title {made.id}")
        for n in made.outlets
    }


def test_twins_by_shared_bands_then_newest(library: Library) -> None:
    made = next(made for made in STATEMENTS if made.bands)
    shared = {
        other.key: (len(set(other.bands) & set(made.bands)), other.id)
        for other in STATEMENTS
        if other is not made and set(other.bands) & set(made.bands)
    }
    expected = sorted(shared, key=lambda key: shared[key], reverse=True)
    assert [twin.key for twin in library.twins(made.key)] == expected
    assert [twin.key for twin in library.twins(made.key, most=2)] == expected[:2]


def test_an_export_is_cut_and_batched(
    libraries: dict[str, Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.library.library.BATCH", 40)
    batches = list(libraries["duckdb"].export(LibrarySelection(), 100))
    assert [len(batch) for batch in batches] == [40, 40, 20]
    assert batches[0][0].key == STATEMENTS[-1].key
