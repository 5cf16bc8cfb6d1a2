"""Names as ids."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.slug import LONGEST, slug


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Staffan de Mistura", "staffan-de-mistura"),
        ("Côte d'Ivoire", "cote-divoire"),
        ("  U.S. ", "u-s"),
        ("Лавров", "none"),
        ("", "none"),
        ("word " * 30, "-".join(["word"] * 12)),
        ("x" * 90, "x" * LONGEST),
    ],
)
def test_a_name_becomes_a_slug(name: str, made: str) -> None:
    assert slug(name, "none") == made


@given(st.text(max_size=200))
def test_what_is_made_is_a_slug_and_stays_one(name: str) -> None:
    made = slug(name, "none")
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= LONGEST
    assert slug(made) == made
