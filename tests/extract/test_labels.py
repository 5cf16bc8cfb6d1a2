"""Labels of words and the runs that they spell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.extract.labelling.labels import LETTERS, OUTSIDE, Run, read, write


@pytest.mark.parametrize(
    ("labels", "runs"),
    [
        ([], []),
        (["O", "O"], []),
        (["B-C", "I-C", "O"], [Run("content", 0, 2)]),
        (["B-S", "B-S"], [Run("speaker", 0, 1), Run("speaker", 1, 2)]),
        (["I-Q", "I-Q"], [Run("cue", 0, 2)]),
        (["B-F", "I-F", "B-Q"], [Run("content", 0, 2), Run("cue", 2, 3)]),
        (["B-C", "I-S"], [Run("content", 0, 1), Run("speaker", 1, 2)]),
        (["B-F", "I-C"], [Run("content", 0, 2)]),
    ],
)
def test_reading_labels(labels: list[str], runs: list[Run]) -> None:
    assert read(labels) == runs


def test_the_run_that_is_given_first_stays() -> None:
    assert write(4, [Run("content", 0, 3), Run("cue", 2, 4), Run("speaker", 3, 4)]) == [
        "B-C",
        "I-C",
        "I-C",
        "B-S",
    ]


RUNS = st.lists(
    st.builds(Run, st.sampled_from(sorted(LETTERS)), st.integers(0, 12), st.integers(0, 12)),
    max_size=6,
)


@given(RUNS)
def test_what_is_written_is_read(runs: list[Run]) -> None:
    labels = write(12, runs)
    again = read(labels)
    assert write(12, again) == [label.replace("F", "C") for label in labels]
    assert sum(run.last - run.first for run in again) == sum(x != OUTSIDE for x in labels)
