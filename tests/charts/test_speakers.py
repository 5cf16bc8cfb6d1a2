"""The most frequent values as bars."""

from __future__ import annotations

from dashboard.charts.speakers import LONGEST, speakers_chart
from dashboard.library.answers import Value
from dashboard.palette import INKS

INK = INKS["light"]
VALUES = tuple(Value(f"v{n}", f"Name {n % 7}", 100 - n) for n in range(40))


def test_the_most_frequent_are_drawn_in_order_and_all_are_in_the_table() -> None:
    chart = speakers_chart(VALUES, (), 10, "Bars", INK)
    rows = chart.rows.to_pylist()
    assert [row["key"] for row in rows] == [f"v{n}" for n in range(10)]
    assert [row["rank"] for row in rows] == list(range(10))  # two of one name are two rows
    assert all(row["on"] for row in rows)
    assert chart.caption == "Most: Name 0 (100)."
    assert len(chart.table) == 40


def test_what_is_chosen_is_there_however_rare_and_the_others_pale() -> None:
    rows = speakers_chart(VALUES, ("v3", "v39"), 10, "Bars", INK).rows.to_pylist()
    assert [row["key"] for row in rows if row["on"]] == ["v3", "v39"]
    assert len(rows) == 11


def test_a_long_name_is_cut_and_whole_in_the_table() -> None:
    name = "Very " * 40
    chart = speakers_chart((Value("v", name, 1),), (), 10, "Bars", INK)
    assert len(chart.rows.to_pylist()[0]["name"]) <= LONGEST
    assert chart.table["Name"][0] == name


def test_one_spec_whatever_is_shown() -> None:
    assert speakers_chart((), (), 10, "Bars", INK).spec == speakers_chart(
        VALUES, ("v1",), 10, "Bars", INK
    ).spec  # fmt: skip
    assert speakers_chart((), (), 10, "Bars", INK).caption == ""
