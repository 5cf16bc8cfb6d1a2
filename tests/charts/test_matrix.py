"""Who speaks about whom, and where."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings

from dashboard.charts.matrix import matrix_chart
from dashboard.palette import INKS, SLOTS, slot
from dashboard.selection import Selection, select
from tests.shipped import BY_ID, ROWS, STORY, expected, linked, selections

INK = INKS["light"]
# A country and its government bear one name; the government stands for both.
DOUBLES = {
    p["id"] for p in ROWS["places"] if p["name"] in {actor["name"] for actor in ROWS["actors"]}
}


def pairs(quotes: list[str]) -> Counter[tuple[str, str]]:
    return Counter(
        (BY_ID[quote]["speaker"], about)
        for quote in quotes
        for about in linked(quote, "actor", "about") | linked(quote, "place", "about") - DOUBLES
    )


@settings(max_examples=40)
@given(selection=selections())
def test_a_number_is_the_statements_shown_by_one_about_the_other(selection: Selection) -> None:
    chart = matrix_chart(STORY, select(STORY, selection), INK)
    wanted = pairs(expected(selection))
    rows = chart.rows.to_pylist()
    assert {(r["speaker"], r["about"]): r["n"] for r in rows} == dict(wanted)
    for row in rows:
        assert (row["row"], row["column"]) == (
            BY_ID[row["speaker"]]["name"], BY_ID[row["about"]]["name"]
        )  # fmt: skip
        assert row["slot"] == slot(STORY, row["speaker"])


@settings(max_examples=40)
@given(selection=selections())
def test_the_table_says_the_same(selection: Selection) -> None:
    chart = matrix_chart(STORY, select(STORY, selection), INK)
    said = {(s, a): n for s, a, n in chart.table.itertuples(index=False)}
    assert said == {(r["row"], r["column"]): r["n"] for r in chart.rows.to_pylist()}
    assert list(chart.table["Statements"]) == sorted(said.values(), reverse=True)


def test_the_caption_names_the_most() -> None:
    ((speaker, about), number) = pairs([q["id"] for q in ROWS["quotes"]]).most_common(1)[0]
    caption = matrix_chart(STORY, STORY, INK).caption
    assert BY_ID[speaker]["name"] in caption
    assert str(number) in caption
    assert pairs([q["id"] for q in ROWS["quotes"]])[speaker, about] == number


@settings(max_examples=40)
@given(selection=selections())
def test_a_click_on_a_number_shows_as_many(selection: Selection) -> None:
    for row in matrix_chart(STORY, STORY, INK).rows.to_pylist():
        of = "about" if row["about"] in {a["id"] for a in ROWS["actors"]} else "places"
        clicked = Selection(
            actors=(row["speaker"],), actor_role="by", place_role="about", **{of: (row["about"],)}
        )
        assert len(select(STORY, clicked).quotes) == row["n"]


def test_encodings() -> None:
    spec = matrix_chart(STORY, STORY, INK).spec
    cells = spec["layer"][0]["encoding"]
    rows = matrix_chart(STORY, STORY, INK).rows.to_pylist()
    assert (cells["x"]["field"], cells["y"]["field"]) == ("column", "row")
    assert cells["color"]["scale"]["domain"] == list(SLOTS)
    assert set(cells["x"]["scale"]["domain"]) == {r["column"] for r in rows}
    assert {r["row"] for r in rows} <= set(cells["y"]["scale"]["domain"])
    digits = [layer for layer in spec["layer"] if layer["mark"]["type"] == "text"]
    assert [layer["encoding"]["text"]["field"] for layer in digits] == ["n"]  # not colour alone
