"""The Global Quotation Graph: an article a line, many records each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.library.sources.made import article, lines, read


def test_a_line_gives_a_record_a_quotation(tmp_path: Path) -> None:
    (tmp_path / "made").write_bytes(lines(article(1), article(2)))
    reading = read(tmp_path, tmp_path / "made")
    assert reading.counts == (2, 4, 0)
    first, second, *_ = reading.records
    assert first["words"] == "We will mend bridge 1."
    assert (first["date"], first["title"]) == (date(2019, 11, 28), "Bridges")
    assert (first["speaker"], first["printings"], first["confidence"]) == ("", 1, None)
    assert first["outlets_names"] == ["news.north.example"]
    assert first["urls"] == second["urls"] == ["https://news.north.example/1"]
    assert len({record["key"] for record in reading.records}) == 4


def test_what_stands_around_a_quotation_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "made").write_bytes(lines(article(1)))
    assert "narrator" not in str(read(tmp_path, tmp_path / "made").tables)


def test_a_key_is_permanent(tmp_path: Path) -> None:
    """It is in addresses that readers keep: another one would break them."""
    (tmp_path / "made").write_bytes(lines(article(1)))
    keys = [record["key"] for record in read(tmp_path, tmp_path / "made").records]
    assert keys == ["gqg-99b66437b8c1fead7e71abf3", "gqg-39994f780df5a692ed98352f"]


@pytest.mark.parametrize(
    ("cells", "counts", "reasons"),
    [
        ({"date": "20191128004500"}, (1, 2, 0), []),
        ({"quotes": []}, (1, 0, 0), []),
        ({"quotes": "none"}, (1, 0, 1), ["quotes is no list"]),
        ({"url": ""}, (1, 0, 1), ["url is no text"]),
        ({"title": 7}, (1, 0, 1), ["title is no text"]),
        (
            {"quotes": [{"quote": "All is well."}, {"quote": 5}, {"quote": " "}]},
            (1, 1, 0),
            ["quotes[1] has no text named quote", "quotes[2]: has no words"],
        ),
        (
            {"quotes": [{"quote": ""}, {"pre": "x"}]},
            (1, 0, 1),
            ["quotes[0]: has no words", "quotes[1] has no text named quote"],
        ),
        (
            {"date": "x"},
            (1, 0, 1),
            [f"quotes[{n}]: date is no day from 1000-01-01 to 9999-12-31" for n in (0, 1)],
        ),
    ],
)
def test_a_line_counts_once(
    tmp_path: Path, cells: dict[str, Any], counts: tuple[int, int, int], reasons: list[str]
) -> None:
    (tmp_path / "made").write_bytes(lines(article(1), article(2, **cells)))
    reading = read(tmp_path, tmp_path / "made")
    lines_, records, rejected = reading.counts
    assert (lines_ - 1, records - 2, rejected) == counts
    assert sorted(reason for _, reason in reading.reasons) == reasons
    assert [reject.get("part", False) for reject in reading.rejects] == [not rejected] * len(
        reasons
    )
