"""A library's addresses: what they ask, what is left out, and that they say it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.library.addresses import demand, from_query, href, to_query
from dashboard.library.selection import EVERYTHING, LibrarySelection
from dashboard.links import MAX_VALUES, QueryError

KNOWN = {
    "actors": {"ada-hale": "Ada Hale", "нина-орлова": "Нина Орлова"},
    "places": {"norvik": "Norvik"},
    "outlets": {"harbour-post": "Harbour Post", "a&b": "A & B"},
    "topics": {"ferry": "Ferry talks"},
}


class Knowing:
    """Knows `KNOWN`, and counts how many keys it was asked for at most."""

    most = 0

    def known(self, facet: str, keys: Sequence[str]) -> Mapping[str, str]:
        self.most = max(self.most, len(keys))
        return {key: KNOWN[facet][key] for key in keys if key in KNOWN[facet]}


def read(query: str) -> tuple[LibrarySelection, tuple[str, ...]]:
    return from_query(parse_qs(query, keep_blank_values=True), Knowing())


@pytest.mark.parametrize(
    ("query", "chosen"),
    [
        ("", {}),
        ("actor=ada-hale&actor_role=by", {"actors": ("ada-hale",), "actor_role": "by"}),
        ("actor=ada-hale&actor=%D0%BD%D0%B8%D0%BD%D0%B0-%D0%BE%D1%80%D0%BB%D0%BE%D0%B2%D0%B0",
         {"actors": ("ada-hale", "нина-орлова")}),
        ("about=ada-hale", {"about": ("ada-hale",)}),
        ("place=norvik&place_role=about", {"places": ("norvik",), "place_role": "about"}),
        ("outlet=a%26b&outlet=harbour-post", {"outlets": ("a&b", "harbour-post")}),
        ("topic=ferry&kind=direct&kind=mixed",
         {"topics": ("ferry",), "kinds": ("direct", "mixed")}),
        ("q=%20night++ferry%00", {"text": "night ferry"}),
        ("from=2014", {"since": "2014-01-01"}),
        ("to=2014", {"until": "2014-12-31"}),
        ("from=2012-02&to=2012-02", {"since": "2012-02-01", "until": "2012-02-29"}),
        ("from=2014-03-31&to=2014-03-31", {"since": "2014-03-31", "until": "2014-03-31"}),
    ],
)  # fmt: skip
def test_what_an_address_asks(query: str, chosen: dict[str, object]) -> None:
    assert read(query) == (LibrarySelection(**chosen), ())


@pytest.mark.parametrize(
    ("query", "unknown"),
    [
        ("actor=nobody", ("actor=nobody",)),
        ("outlet=norvik", ("outlet=norvik",)),  # a place
        ("kind=spoken", ("kind=spoken",)),
        ("actor_role=by&actor_role=about", ("actor_role=about",)),
        ("from=2014-02-30", ("from=2014-02-30",)),
        ("from=2014-13", ("from=2014-13",)),
        ("from=2014-00", ("from=2014-00",)),
        ("from=0000", ("from=0000",)),
        ("from=14", ("from=14",)),
        ("from=%D9%A2%D9%A0%D9%A1%D9%A4", ("from=٢٠١٤",)),
        ("to=tomorrow", ("to=tomorrow",)),
        ("from=2014&from=2015", ("from=2015",)),
        ("from=2015&to=2014", ("to=2014-12-31",)),
        ("topic=" + "x" * 99, ("topic=" + "x" * 39 + "…",)),
    ],
)
def test_what_is_unknown_is_left_out_and_named(query: str, unknown: tuple[str, ...]) -> None:
    selection, left = read(query)
    assert left == unknown
    if len(parse_qs(query)) == 1 and not query.count("&"):
        assert selection == EVERYTHING


def test_no_more_keys_are_looked_up_than_may_be_chosen() -> None:
    library = Knowing()
    selection, unknown = from_query({"actor": [f"a{n}" for n in range(5000)]}, library)
    assert (selection, len(unknown)) == (EVERYTHING, 5000)
    assert library.most == MAX_VALUES + 1


days = st.sampled_from(["", "1999-01-01", "2014-03-31", "2014-12-31"])
selections = st.builds(
    LibrarySelection,
    actors=st.sets(st.sampled_from(sorted(KNOWN["actors"]))).map(tuple),
    actor_role=st.sampled_from(["any", "by", "about"]),
    about=st.sets(st.sampled_from(sorted(KNOWN["actors"]))).map(tuple),
    places=st.sets(st.sampled_from(sorted(KNOWN["places"]))).map(tuple),
    place_role=st.sampled_from(["any", "in", "about"]),
    kinds=st.sets(st.sampled_from(["direct", "mixed", "indirect"])).map(tuple),
    topics=st.sets(st.sampled_from(["ferry"])).map(tuple),
    outlets=st.sets(st.sampled_from(sorted(KNOWN["outlets"]))).map(tuple),
    text=st.text(st.sampled_from("abñ &=?#%+“"), max_size=20),
    since=st.sampled_from(["", "1999-01-01"]),
    until=days,
)


@given(selections)
def test_an_address_brings_the_selection_back(selection: LibrarySelection) -> None:
    page, _, query = href("library", selection).partition("?")
    assert page == "library"
    assert read(query) == (selection, ())
    assert demand(to_query(selection), Knowing()) == selection


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("actor=ada-hale&from=2014", []),
        ("actor=nobody&actor=ada-hale", ["actor"]),
        ("page=2", ["page"]),
        ("quote=q", ["quote"]),
        ("q=a&q=b", ["q"]),
        ("q=" + "a" * 201, ["q"]),
        ("from=x&to=2014-02-30&kind=k", ["kind", "from", "to"]),
        ("&".join(f"outlet=o{n}" for n in range(51)), ["outlet"] * 52),
    ],
)
def test_a_program_is_told_every_fault(query: str, parameters: list[str]) -> None:
    asked = parse_qs(query)
    if not parameters:
        assert demand(asked, Knowing()).actors == ("ada-hale",)
        return
    with pytest.raises(QueryError) as wrong:
        demand(asked, Knowing())
    assert [fault.parameter for fault in wrong.value.faults] == parameters
