"""Quoted words by speaker."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings

from dashboard.charts.voices import voices_chart
from dashboard.palette import INKS, SLOTS, slot
from dashboard.selection import Selection, select
from tests.shipped import BY_ID, STORY, expected, ids, label, selections, spoken

INK = INKS["light"]


def words(quotes: list[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for quote in quotes:
        found[BY_ID[quote]["speaker"]] += len(spoken(quote).split())
    return found


@settings(max_examples=40)
@given(selection=selections())
def test_a_bar_is_the_words_of_the_statements_shown(selection: Selection) -> None:
    chart = voices_chart(STORY, select(STORY, selection), INK)
    shown, whole = words(expected(selection)), words(ids("quotes"))
    rows = chart.rows.to_pylist()
    assert {r["actor"]: r["words"] for r in rows} == {actor: shown[actor] for actor in whole}
    assert {r["actor"]: r["all"] for r in rows} == dict(whole)
    speaking = {BY_ID[quote]["speaker"] for quote in expected(selection)}
    assert {r["actor"] for r in rows if r["shown"]} == speaking
    assert {r["actor"]: r["slot"] for r in rows} == {a: slot(STORY, a) for a in whole}


@settings(max_examples=40)
@given(selection=selections())
def test_the_table_and_the_caption_say_the_same(selection: Selection) -> None:
    chart = voices_chart(STORY, select(STORY, selection), INK)
    shown = words(expected(selection))
    table = dict(zip(chart.table["Speaker"], chart.table["Quoted words"], strict=True))
    assert table == {BY_ID[a]["name"]: shown[a] for a in words(ids("quotes"))}
    numbers = [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*", chart.caption)]
    assert numbers[:2] == [shown.total(), sum(n > 0 for n in shown.values())]


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(places=("iran",)),
        Selection(places=("moscow",)),
        Selection(topics=("moscow-talks",), kinds=("direct",)),
    ],
    ids=label,
)
def test_the_voice_named_is_the_most_quoted_of_those_shown(selection: Selection) -> None:
    most, number = words(expected(selection)).most_common(1)[0]
    caption = voices_chart(STORY, select(STORY, selection), INK).caption
    assert BY_ID[most]["name"] in caption
    assert str(number) in caption


def test_encodings() -> None:
    spec = voices_chart(STORY, STORY, INK).spec
    bars = [layer for layer in spec["layer"] if layer["mark"]["type"] == "bar"]
    assert {bar["encoding"]["x"]["field"] for bar in bars} == {"words", "all"}
    for bar in bars:
        assert bar["encoding"]["y"]["field"] == "name"
        assert bar["encoding"]["color"]["field"] == "slot"
        assert bar["encoding"]["color"]["scale"]["domain"] == list(SLOTS)
        assert bar["encoding"]["x"]["scale"]["domain"][0] == 0  # bars begin at nothing
    assert len({str(bar["encoding"]["x"]["scale"]) for bar in bars}) == 1  # one scale for both


def test_bars_stand_by_the_words_of_the_whole_story() -> None:
    chart = voices_chart(STORY, select(STORY, Selection(topics=("us-role",))), INK)
    order = chart.spec["layer"][0]["encoding"]["y"]["sort"]
    whole = words(ids("quotes"))
    lengths = [whole[next(i for i in whole if BY_ID[i]["name"] == name)] for name in order]
    assert lengths == sorted(whole.values(), reverse=True)
