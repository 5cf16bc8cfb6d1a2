"""Whatever a reviewer does, the draft can be published and undone, and leaks nothing."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.review.copying import LONGEST_RUN, copied_run
from dashboard.review.draft import Draft, ReviewError
from dashboard.review.editing import current_faults
from dashboard.review.history import History, begin
from dashboard.review.publish import faults, files
from tests.review.drafts import DRAFT, TEXT, Operation, operations

SEQUENCES = st.lists(operations(), max_size=12)


def walked(sequence: list[tuple[str, Operation]], draft: Draft = DRAFT) -> History:
    history = begin(draft)
    for name, operation in sequence:
        try:
            history = history.then(name, operation(history.draft))
        except ReviewError as error:
            assert "\n" not in str(error)
    return history


@settings(max_examples=150)
@given(SEQUENCES)
def test_it_has_no_faults_after_any_operations(sequence: list[tuple[str, Operation]]) -> None:
    assert [str(fault) for fault in current_faults(walked(sequence).draft)] == []


@settings(max_examples=15)
@given(SEQUENCES)
def test_it_publishes_after_any_operations(sequence: list[tuple[str, Operation]]) -> None:
    assert [str(fault) for fault in faults(walked(sequence).draft)] == []


@given(SEQUENCES)
def test_undo_restores_and_redo_repeats(sequence: list[tuple[str, Operation]]) -> None:
    history = walked(sequence)
    last = history.draft
    drafts = [step.draft for step in history.steps]
    for draft in reversed(drafts[:-1]):
        history = history.undo()
        assert history.draft == draft
    assert history.draft == DRAFT
    while history.redoes:
        history = history.redo()
    assert history.draft == last


SPOKEN = re.compile("“([^”]*)”")


@settings(max_examples=15)
@given(SEQUENCES)
def test_the_report_is_in_no_file(sequence: list[tuple[str, Operation]]) -> None:
    """No run of narrative words leaves; what is marked as spoken may, as far as it is spoken."""
    draft = walked(sequence).draft
    kinds = {quote["id"]: quote["kind"] for quote in draft.rows("quotes")}
    spoken = {
        passage["exact"]
        for passage in draft.rows("passages")
        if kinds.get(passage["record"]) in ("direct", "mixed")
    }
    for name, content in files(draft).items():
        published = content.decode()
        for words in sorted(spoken, key=len, reverse=True):
            published = published.replace(words.replace('"', '""'), "\n")
        told = max((copied_run(line, TEXT) for line in published.splitlines()), key=len)
        assert len(told.split()) < LONGEST_RUN, (name, told)
