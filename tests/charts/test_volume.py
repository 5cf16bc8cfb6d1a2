"""Statements over time: which months are one bar, what is pale, what a click means."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.chart import PICK
from dashboard.charts.volume import MOST_BARS, month_of, volume_chart
from dashboard.palette import INKS

INK = INKS["light"]
JAN_2014 = 12 * 2014


def bars(chart: object) -> list[dict[str, object]]:
    return [row for row in chart.rows.to_pylist() if row["kind"] == "bar"]


def every_month(first: int, number: int, n: int = 1) -> tuple[tuple[int, int], ...]:
    return tuple((first + i, n) for i in range(number))


@pytest.mark.parametrize(
    ("months", "number", "first"),
    [
        (1, 1, "January 2014"),
        (42, 42, "January 2014"),
        (43, 15, "Jan–Mar 2014"),
        (144, 48, "Jan–Mar 2014"),
        (145, 13, "2014"),
        (1200, 100, "2014"),
    ],
)
def test_a_bar_is_a_month_a_quarter_or_a_year(months: int, number: int, first: str) -> None:
    found = bars(volume_chart(every_month(JAN_2014, months), INK))
    assert (len(found), found[0]["label"]) == (number, first)


@given(
    st.dictionaries(st.integers(12 * 1500, 12 * 2100), st.integers(1, 10**9), min_size=1),
)
def test_no_statement_is_lost_between_bars_unless_there_are_too_many(
    counts: dict[int, int],
) -> None:
    chart = volume_chart(tuple(sorted(counts.items())), INK)
    found = bars(chart)
    assert len(found) <= MOST_BARS
    if max(counts) - min(counts) < 12 * (MOST_BARS - 2):
        assert sum(bar["n"] for bar in found) == sum(counts.values())
        assert chart.table["Statements"].tolist() == [bar["n"] for bar in found]
    for bar in found:
        assert 0 <= bar["from"] < bar["to"] <= 1 + 1e-9
        # What a click reports are the bar's own first and last day.
        last = date.fromisoformat(bar["until"])
        assert date.fromisoformat(bar["since"]).day == (last + timedelta(days=1)).day == 1


@pytest.mark.parametrize(
    ("period", "unit", "strong"),
    [
        (("2014-01-01", "2014-12-31"), "month", 12),
        (("2014-03-01", "2014-03-31"), "month", 1),
        (("2014-03-09", "2014-03-10"), "month", 1),
        (("", "2010-12-31"), "year", 11),
        (("2019-01-01", ""), "month", 24),
    ],
)
def test_a_period_that_is_chosen_is_strong_and_closer(
    period: tuple[str, str], unit: str, strong: int
) -> None:
    chart = volume_chart(every_month(12 * 2000, 12 * 21), INK, period=period)
    found = bars(chart)
    assert chart.caption.startswith(f"By {unit};")
    assert sum(bool(bar["on"]) for bar in found) == strong
    assert any(not bar["on"] for bar in found)


def test_a_single_month_is_a_bar_within_its_year() -> None:
    (bar,) = bars(volume_chart(((JAN_2014, 5),), INK))
    assert bar["to"] - bar["from"] == pytest.approx(1 / 12)


def test_a_period_beyond_all_statements_still_draws() -> None:
    found = bars(volume_chart(every_month(JAN_2014, 3), INK, period=("2050-01-01", "")))
    assert [bar["on"] for bar in found] == [False] * 3


def test_two_series_stand_above_and_below() -> None:
    chart = volume_chart(
        every_month(JAN_2014, 2, 5), INK, below=every_month(JAN_2014 + 1, 2, 3),
        words=("Said there", "Said about it"), undated=4,
    )  # fmt: skip
    assert [(bar["n"], bar["below"]) for bar in bars(chart)] == [(5, 0), (5, -3), (0, -3)]
    assert chart.table["Said about it"].tolist() == [0, 3, 3]
    assert "4 statements without a date" in chart.caption


def test_nothing_is_said_so() -> None:
    chart = volume_chart((), INK, undated=2)
    assert chart.caption == "No statement has a date."
    assert bars(chart) == []
    assert chart.spec == volume_chart(every_month(JAN_2014, 9), INK).spec


def test_a_click_reports_the_period() -> None:
    chart = volume_chart(every_month(JAN_2014, 9), INK)
    (param,) = (p for layer in chart.spec["layer"] for p in layer.get("params", ()))
    assert param["name"] == PICK
    assert tuple(param["select"]["fields"]) == chart.fields == ("since", "until")


def test_months_are_counted_as_the_layout_does() -> None:
    assert month_of("2014-01-31") == JAN_2014
    assert month_of("2013-12-01") == JAN_2014 - 1
