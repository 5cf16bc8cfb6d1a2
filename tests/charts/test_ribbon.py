"""The article, paragraph by paragraph."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from hypothesis import given, settings

from dashboard.charts.ribbon import ribbon_chart
from dashboard.palette import INKS, NO_SIDE, slot
from dashboard.selection import Selection, select
from tests.shipped import BY_ID, ROWS, STORY, expected, ids, selections

INK = INKS["light"]
Cell = tuple[str, int]


def heard(quotes: list[str]) -> dict[Cell, int]:
    """(speaker, paragraph) → words in quotation marks; 0 when only reported."""
    found: defaultdict[Cell, int] = defaultdict(int)
    for row in ROWS["passages"]:
        if row["record"] in quotes:
            cell = (BY_ID[row["record"]]["speaker"], int(row["paragraph"]))
            found[cell] += len(row["exact"].split())
    return dict(found)


def named(drawn: set[str]) -> Counter[Cell]:
    return Counter(
        (r["place"], int(r["paragraph"])) for r in ROWS["mentions"] if r["place"] in drawn
    )


@settings(max_examples=40)
@given(selection=selections())
def test_tiles_are_the_paragraphs_where_a_voice_is_heard(selection: Selection) -> None:
    rows = ribbon_chart(STORY, select(STORY, selection), INK).rows.to_pylist()
    tiles = {(r["who"], r["paragraph"]): r for r in rows if r["kind"] != "named"}
    assert {cell: r["n"] for cell, r in tiles.items()} == heard(ids("quotes"))
    assert {c for c, r in tiles.items() if r["on"]} == set(heard(expected(selection)))
    for (who, _), tile in tiles.items():
        assert (tile["kind"] == "quoted") == (tile["n"] > 0)
        assert tile["slot"] == slot(STORY, who)


@settings(max_examples=40)
@given(selection=selections())
def test_dots_are_the_paragraphs_that_name_a_place(selection: Selection) -> None:
    part = select(STORY, selection)
    rows = ribbon_chart(STORY, part, INK).rows.to_pylist()
    dots = {(r["who"], r["paragraph"]): r for r in rows if r["kind"] == "named"}
    drawn = {place for place, _ in dots}
    assert drawn >= {"geneva", "moscow", "aleppo", "damascus"}
    assert {cell: r["n"] for cell, r in dots.items()} == dict(named(drawn))
    kept = set(part.mentions["id"])
    on = {(r["place"], int(r["paragraph"])) for r in ROWS["mentions"] if r["id"] in kept}
    assert {cell for cell, r in dots.items() if r["on"]} == {c for c in on if c[0] in drawn}
    assert {r["slot"] for r in dots.values()} == {NO_SIDE}


@settings(max_examples=40)
@given(selection=selections())
def test_the_table_and_the_caption_say_the_same(selection: Selection) -> None:
    chart = ribbon_chart(STORY, select(STORY, selection), INK)
    on = [r for r in chart.rows.to_pylist() if r["on"]]
    told = Counter(chart.table[["Paragraph", "Who or where"]].itertuples(index=False, name=None))
    assert told == Counter((r["paragraph"], r["row"]) for r in on)
    assert chart.table["Paragraph"].is_monotonic_increasing
    voices = heard(expected(selection))
    paragraphs, whole, words = (int(n) for n in re.findall(r"\d+", chart.caption)[:3])
    assert paragraphs == len({paragraph for _, paragraph in voices})
    assert whole == int(ROWS["articles"][0]["paragraphs"])
    assert words == sum(voices.values())


def test_encodings() -> None:
    chart = ribbon_chart(STORY, STORY, INK)
    tiles = chart.spec["layer"][1]["encoding"]
    assert (tiles["x"]["field"], tiles["y"]["field"]) == ("paragraph", "row")
    whole = int(ROWS["articles"][0]["paragraphs"])
    assert tiles["x"]["scale"]["domain"] == list(range(1, whole + 1))
    assert {r["row"] for r in chart.rows.to_pylist()} <= set(tiles["y"]["scale"]["domain"])


def test_a_row_belongs_to_one_voice_or_place() -> None:
    rows: defaultdict[str, set[str]] = defaultdict(set)
    for row in ribbon_chart(STORY, STORY, INK).rows.to_pylist():
        rows[row["row"]].add(row["who"])
    assert [name for name, who in rows.items() if len(who) > 1] == []
