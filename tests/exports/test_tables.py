"""A table as CSV is the table of the package, to the byte."""

from __future__ import annotations

import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.exports.tables import table_csv
from dashboard.spreadsheet import escape, unescape
from dashboard.story import TABLES
from tests.exports.spoilt import ALLOWED, TINY, spoilt
from tests.shipped import FOLDER, STORY


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_the_file_that_it_was_read_from(name: str) -> None:
    assert table_csv(STORY.tables[name]) == (FOLDER / f"{name}.csv").read_bytes()
    tiny = FOLDER.parents[2] / "tests" / "stories" / "tiny" / f"{name}.csv"
    assert table_csv(TINY.tables[name]) == tiny.read_bytes()


@given(value=st.floats(-1e14, 1e14).filter(lambda v: v == 0 or abs(v) > 1e-14))
def test_numbers_are_digits_and_a_point(value: float) -> None:
    content = table_csv(pd.DataFrame({"value": [value, None]}, dtype="float64")).decode()
    _, cell, missing = content.split("\n")[:3]
    assert float(cell) == value
    assert set(cell) <= set("-.0123456789")
    assert missing == '""'


@pytest.mark.parametrize("value", ALLOWED, ids=lambda v: ascii(v[:20]))
def test_what_a_reader_downloads_runs_nowhere(value: str) -> None:
    for rows in spoilt(value).tables.values():
        texts = [n for n in rows.columns if isinstance(rows[n].dtype, pd.StringDtype)]
        made = pd.read_csv(io.BytesIO(table_csv(rows)), dtype="str", keep_default_na=False)
        for name in texts:
            cells = made[name].tolist()
            assert cells == [escape(text) for text in rows[name].fillna("")]
            assert [unescape(cell) for cell in cells] == rows[name].fillna("").tolist()
