"""A selection in, the part of the story that answers it out."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.facets import facets
from dashboard.schema import REVIEWED, columns
from dashboard.selection import MANY, WHOLE, Selection, select
from dashboard.story import TABLES, Story
from tests.drafted import PARTLY, REJECTED
from tests.shipped import (
    BY_ID,
    CHOICES,
    ROWS,
    STORY,
    TYPICAL,
    expected,
    expected_counts,
    ids,
    label,
    selections,
)

KERRY = [i for i in ids("quotes") if BY_ID[i]["speaker"] == "john-kerry"]
STAYS = ("articles", "places", "actors", "topics", "figures")


def shown(selection: Selection, table: str = "quotes") -> list[str]:
    return list(select(STORY, selection).tables[table]["id"])


@pytest.mark.parametrize(
    ("chosen", "quotes"),
    [
        # Each facet, each role.
        ({}, ids("quotes")),
        ({"actors": ["sergey-lavrov"]}, ["q-lavrov-influence", "q-lavrov-lose"]),
        ({"actors": ["john-kerry"], "actor_role": "by"}, KERRY),
        (
            {"actors": ["john-kerry"], "actor_role": "about"},
            ["q-hokayem-weakness", "q-de-mistura-thanks", "q-zarif-important"],
        ),
        (
            {"actors": ["john-kerry"]},
            [*KERRY, "q-hokayem-weakness", "q-de-mistura-thanks", "q-zarif-important"],
        ),
        ({"actors": ["reporters"]}, []),  # spoken to, not about
        (
            {"about": ["bashar-al-assad"]},
            ["q-us-government-settlement", "q-kerry-goal", "q-kerry-people-first"],
        ),
        (
            {"places": ["moscow"], "place_role": "in"},
            ["q-lavrov-influence", "q-lavrov-lose"],
        ),
        ({"places": ["iran"], "place_role": "in"}, []),
        (
            {"places": ["iran"], "place_role": "about"},
            ["q-de-mistura-enough", "q-zarif-important"],
        ),
        ({"places": ["damascus"]}, []),  # events alone go there
        ({"kinds": ["mixed"]}, ["q-kerry-effect"]),
        ({"topics": ["iran-accord"]}, ["q-zarif-important"]),
        # Values of one facet are alternatives, facets combine.
        (
            {"actors": ["sergey-lavrov", "mohammad-javad-zarif"], "actor_role": "by"},
            ["q-lavrov-influence", "q-lavrov-lose", "q-zarif-important"],
        ),
        (
            {"actors": ["john-kerry"], "actor_role": "by", "about": ["bashar-al-assad"]},
            ["q-kerry-goal", "q-kerry-people-first"],
        ),
        (
            {"actors": ["john-kerry"], "places": ["aleppo"], "kinds": ["direct", "mixed"]},
            ["q-kerry-effect"],
        ),
        ({"actors": ["sergey-lavrov"], "topics": ["iran-accord"]}, []),
        ({"actor_role": "about", "place_role": "in"}, ids("quotes")),  # roles alone choose nothing
        ({"quote": "q-kerry-goal"}, ids("quotes")),  # points out, narrows nothing
        ({"actors": ["nobody"]}, []),
        # Words: of the quotation, of our lines, of names and aliases; all of them, in any order.
        ({"text": "irons"}, ["q-hokayem-irons"]),
        ({"text": "barrel bombing"}, ["q-de-mistura-aleppo"]),
        ({"text": "fire irons"}, ["q-hokayem-irons"]),
        ({"text": "IRONS"}, ["q-hokayem-irons"]),
        ({"text": "  ïrons \n fïre "}, ["q-hokayem-irons"]),
        ({"text": "don't"}, ["q-khatib-conditions"]),
        ({"text": "don’t"}, ["q-khatib-conditions"]),
        ({"text": "interim"}, ["q-kerry-goal"]),  # our paraphrase
        ({"text": "verdict"}, ["q-hokayem-irons"]),  # our context
        ({"text": "zarif"}, ["q-zarif-important"]),  # the speaker
        ({"text": "mr. zarif"}, ["q-zarif-important"]),  # an alias
        ({"text": "the official coordinating"}, []),
        ({"text": "irons aleppo"}, []),
        ({"text": ".*"}, []),  # words, not patterns
        ({"text": "zarif", "actors": ["john-kerry"]}, ["q-zarif-important"]),
    ],
    ids=label,
)
def test_a_selection_shows_these_statements(chosen: dict[str, object], quotes: list[str]) -> None:
    many = {name: tuple(v) if isinstance(v, list) else v for name, v in chosen.items()}
    assert shown(Selection(**many)) == quotes


@pytest.mark.parametrize(
    ("selection", "events"),
    [
        (
            Selection(actors=("sergey-lavrov",)),
            ["e-lavrov-news-conference"],
        ),
        (Selection(about=("syrian-opposition",)), ["e-moscow-talks"]),
        (
            Selection(actors=("john-kerry",), about=("mohammad-javad-zarif",)),
            ["e-kerry-zarif"],
        ),
        (Selection(places=("damascus",)), ["e-de-mistura-damascus"]),
        (Selection(places=("moscow",)), ["e-lavrov-news-conference", "e-moscow-talks"]),
        (Selection(text="DEADLINE accord"), ["e-iran-framework-deadline"]),
        (Selection(text="irons"), []),
        (Selection(kinds=("direct",)), ids("events")),  # an event has no kind and no topic
        (Selection(topics=("iran-accord",)), ids("events")),
    ],
    ids=label,
)
def test_events_answer_with_participants_places_and_title(
    selection: Selection, events: list[str]
) -> None:
    assert shown(selection, "events") == events


@pytest.mark.parametrize(
    ("selection", "positions"),
    [
        (
            Selection(actors=("sergey-lavrov", "emile-hokayem")),
            ["p-lavrov-moscow-talks", "p-hokayem-us-role"],
        ),
        (
            Selection(topics=("assad-departure",)),
            [
                "p-us-government-assad-departure",
                "p-kerry-assad-departure",
                "p-russia-assad-departure",
            ],
        ),
        (
            Selection(actors=("john-kerry",), topics=("aleppo-freeze",)),
            ["p-kerry-aleppo-freeze"],
        ),
        (Selection(text="hosts them"), ["p-russia-moscow-talks"]),
        (Selection(places=("geneva",)), ids("positions")),  # a position has no place and no kind
        (Selection(kinds=("mixed",)), ids("positions")),
    ],
    ids=label,
)
def test_positions_answer_with_actor_topic_and_note(
    selection: Selection, positions: list[str]
) -> None:
    assert shown(selection, "positions") == positions


@pytest.mark.parametrize(
    ("selection", "named"),
    [
        (Selection(actors=("moaz-al-khatib",)), {"moaz-al-khatib"}),
        (
            Selection(actors=("moaz-al-khatib",), about=("bashar-al-assad",), places=("aleppo",)),
            {"moaz-al-khatib", "bashar-al-assad", "aleppo"},
        ),
    ],
    ids=label,
)
def test_mentions_are_kept_of_whom_and_what_is_chosen(
    selection: Selection, named: set[str]
) -> None:
    wanted = [r["id"] for r in ROWS["mentions"] if {r["actor"], r["place"]} & named]
    assert wanted
    assert shown(selection, "mentions") == wanted
    assert shown(Selection(kinds=("direct",)), "mentions") == ids("mentions")


@given(selection=selections())
def test_it_shows_what_a_reader_would_find_row_by_row(selection: Selection) -> None:
    assert shown(selection) == expected(selection)


@given(selection=selections())
def test_links_and_passages_go_with_their_records(selection: Selection) -> None:
    part = select(STORY, selection)
    kept = {i for t in ("quotes", "events", "positions", "figures") for i in part.tables[t]["id"]}
    for table in ("links", "passages"):
        wanted = [row["record"] for row in ROWS[table] if row["record"] in kept]
        assert part.tables[table]["record"].tolist() == wanted


@pytest.mark.parametrize("table", STAYS)
@given(selection=selections())
def test_what_statements_are_made_of_stays(table: str, selection: Selection) -> None:
    pd.testing.assert_frame_equal(select(STORY, selection).tables[table], STORY.tables[table])


@settings(max_examples=50)
@given(selection=selections())
def test_a_part_has_the_shape_of_a_story_and_its_order(selection: Selection) -> None:
    part = select(STORY, selection)
    assert isinstance(part, Story)
    assert (part.slug, part.title) == (STORY.slug, STORY.title)
    for table in TABLES:
        frame, whole = part.tables[table], STORY.tables[table]
        assert tuple(frame.columns) == columns(table)
        assert frame.dtypes.equals(whole.dtypes)
        assert frame.index.equals(pd.RangeIndex(len(frame)))
        key = "id" if "id" in frame else "record"
        places = {value: n for n, value in enumerate(dict.fromkeys(whole[key]))}
        order = [places[value] for value in frame[key]]
        assert order == sorted(order)


@settings(max_examples=50)
@given(selection=selections())
def test_selecting_twice_selects_nothing_further(selection: Selection) -> None:
    once = select(STORY, selection)
    twice = select(once, selection)
    for table in TABLES:
        pd.testing.assert_frame_equal(twice.tables[table], once.tables[table])


@given(data=st.data(), selection=selections(), facet=st.sampled_from(MANY))
def test_narrowing_never_adds(data: st.DataObject, selection: Selection, facet: str) -> None:
    chosen = getattr(selection, facet) or data.draw(st.permutations(CHOICES[facet]))[:3]
    wide = selection.but(**{facet: getattr(selection, facet)})
    fewer = chosen[: data.draw(st.integers(1, len(chosen)))]
    narrow = selection.but(**{facet: tuple(fewer)})
    for table in ("quotes", "events", "positions", "links", "passages"):
        rows = [set(map(tuple, select(STORY, s).tables[table].astype(str).to_numpy()))
                for s in (narrow, wide)]  # fmt: skip
        assert rows[0] <= rows[1]


@given(data=st.data(), selection=selections(), facet=st.sampled_from(MANY))
def test_widening_within_a_facet_never_removes(
    data: st.DataObject, selection: Selection, facet: str
) -> None:
    chosen = getattr(selection, facet) or (data.draw(st.sampled_from(CHOICES[facet])),)
    narrow = selection.but(**{facet: chosen})
    wide = selection.but(**{facet: (*chosen, data.draw(st.sampled_from(CHOICES[facet])))})
    for table in ("quotes", "events", "positions"):
        assert set(shown(narrow, table)) <= set(shown(wide, table))


@given(selection=selections())
def test_facets_count_row_by_row(selection: Selection) -> None:
    counts = facets(STORY, selection)
    for facet in MANY:
        assert dict(getattr(counts, facet)) == expected_counts(facet, selection)


@given(selection=selections())
def test_facets_tell_how_many_are_shown(selection: Selection) -> None:
    counts = facets(STORY, selection)
    assert (counts.shown, counts.total) == (len(expected(selection)), len(ROWS["quotes"]))


@given(data=st.data(), selection=selections(), facet=st.sampled_from(MANY))
def test_counts_ignore_what_their_own_facet_chose(
    data: st.DataObject, selection: Selection, facet: str
) -> None:
    other = selection.but(**{facet: (data.draw(st.sampled_from(CHOICES[facet])),)})
    assert getattr(facets(STORY, other), facet) == getattr(facets(STORY, selection), facet)


@given(data=st.data(), selection=selections(), facet=st.sampled_from(MANY))
def test_a_count_is_what_a_click_on_it_shows(
    data: st.DataObject, selection: Selection, facet: str
) -> None:
    value = data.draw(st.sampled_from(CHOICES[facet]))
    clicked = selection.but(**{facet: (value,)})
    assert getattr(facets(STORY, selection), facet).get(value, 0) == len(shown(clicked))


def test_nothing_chosen_is_the_story_itself() -> None:
    assert not WHOLE.narrows
    assert select(STORY, WHOLE) is STORY


def test_selecting_changes_no_frame_of_the_story() -> None:
    before = {table: frame.copy(deep=True) for table, frame in STORY.tables.items()}
    for selection in TYPICAL:
        select(STORY, selection)
    for table in TABLES:
        pd.testing.assert_frame_equal(STORY.tables[table], before[table])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Selection(actors=("b", "a", "b")), Selection(actors=("a", "b"))),
        (Selection(text=" two \t words\n"), Selection(text="two words")),
    ],
    ids=label,
)
def test_selections_that_choose_the_same_are_equal(one: Selection, other: Selection) -> None:
    assert one == other
    assert hash(one) == hash(other)


@given(selection=selections())
def test_what_was_decided_goes_with_its_record(selection: Selection) -> None:
    part = select(PARTLY, selection)
    there = {i for table in REVIEWED for i in part.tables[table]["id"]}
    if not selection.narrows:  # rejected finds are of the whole story alone
        there.add(REJECTED)
    for table in ("reviews", "alternatives"):
        wanted = [i for i in PARTLY.tables[table]["record"] if i in there]
        assert part.tables[table]["record"].tolist() == wanted
