"""What engines give Library: rows as Python's values, counts, and statements found by words."""

from __future__ import annotations

from collections import Counter
from datetime import date

import narwhals as nw
import pytest

from dashboard.library.library import Library
from tests.library.contract.answering import ENGINES
from tests.library.small import STATEMENTS

Libraries = dict[str, Library]
NEWEST = STATEMENTS[-1]


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, libraries: Libraries):
    found = libraries[request.param]._engine
    with found.asking():
        yield found


COMPUTED = {
    "a year of a date": (nw.col("date").dt.year(), NEWEST.date.year),
    "a day long ago": (nw.col("date") > nw.lit(date(1815, 6, 18)), True),
    "a comparison": (nw.col("kind") == NEWEST.kind, True),
    "no date": (nw.col("date").is_null(), False),
    "a constant": (nw.lit(1.5), 1.5),
    "a date": (nw.lit(date(1815, 6, 18)), date(1815, 6, 18)),
    "a list": (nw.col("outlets"), list(NEWEST.outlets)),
    "a number": (nw.col("id") + 1, NEWEST.id + 1),
    "text": (nw.col("key"), NEWEST.key),
    "a part of a text": (nw.col("key").str.contains(NEWEST.key[-3:], literal=True), True),
}


@pytest.mark.parametrize("name", COMPUTED)
def test_values_have_one_type_everywhere(name: str, engine) -> None:
    expression, wanted = COMPUTED[name]
    quotes = engine.table("quotes").filter(nw.col("id") == NEWEST.id)
    ((value,),) = engine.run(quotes.select(value=expression))
    assert (value, type(value)) == (wanted, type(wanted))


def test_a_sum_is_an_integer(engine) -> None:
    ((n,),) = engine.run(engine.table("actors").select(n=nw.col("said").sum()))
    assert n == sum(1 for made in STATEMENTS if made.speaker)
    assert type(n) is int


@pytest.mark.parametrize(("also", "more"), [({}, 0), ({"speaker": (9, 7777)}, 1)])
def test_the_most_frequent_and_those_that_are_asked(also, more: int, engine) -> None:
    quotes = engine.table("quotes").filter(nw.col("kind") == 1)
    tallied = engine.tally(quotes, {"speaker": False, "outlets": True}, 2, also)
    told = [made for made in STATEMENTS if made.kind == 1]
    counted = {
        "speaker": Counter(made.speaker for made in told),
        "outlets": Counter(outlet for made in told for outlet in made.outlets),
    }
    for name, n in counted.items():
        best = sorted(n.items(), key=lambda pair: (-pair[1], pair[0]))
        wanted = best[:2] + [pair for pair in best[2:] if pair[0] in also.get(name, ())]
        assert tallied[name] == wanted
        assert len(wanted) == 2 + (more if name in also else 0)


def test_all_values_of_a_column(engine) -> None:
    quotes = engine.table("quotes").filter(nw.col("kind") == 1)
    (tallied,) = engine.tally(quotes, {"month": False}, 1, {"month": None}).values()
    months = Counter(made.month for made in STATEMENTS if made.kind == 1)
    assert {value: n for value, n in tallied if value} == {m: n for m, n in months.items() if m}


@pytest.mark.parametrize(
    ("words", "most"), [(("ferry",), 0), (("ferry", "night"), 0), (("ferry",), 3), (("x",), 3)]
)
def test_statements_are_found_by_whole_words(words, most: int, engine) -> None:
    wanted = [m.id for m in reversed(STATEMENTS) if all(f" {w} " in m.folded for w in words)]
    frame, n, cut = engine.found(words, most)
    assert n == len(wanted)
    assert cut in (0, most)  # an engine may give all
    assert [row[0] for row in engine.run(frame)] == (wanted[:cut] if cut else wanted)
