"""Drafts under review: kept in memory, for a time, as many as fit; undone and redone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.review.decisions import accept, reject, status
from dashboard.review.draft import Draft, ReviewError
from dashboard.review.editing import describe
from dashboard.review.history import LONGEST, begin
from dashboard.review.store import TOKEN, Store, size
from tests.review.drafts import DRAFT, ME


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def sail(draft: Draft) -> Draft:
    return accept(draft, "q-bell-sail", ME)


def test_a_token_opens_a_draft_and_nothing_else_does() -> None:
    store = Store()
    token = store.open(DRAFT)
    assert TOKEN.fullmatch(token)
    room = store.look(token)
    assert room
    assert room.draft is DRAFT
    assert store.open(DRAFT) != token
    for other in ("", "x", "0" * 32, token.upper(), token + "\n", "../" + token):
        assert store.look(other) is None


def test_steps_are_undone_and_redone_and_counted() -> None:
    store = Store()
    token = store.open(DRAFT)
    store.change(token, "Accept q-bell-sail", sail)
    room = store.look(token)
    assert room
    assert (room.revision, room.history.undoes, room.history.redoes) == (
        1,
        "Accept q-bell-sail",
        "",
    )
    store.undo(token)
    room = store.look(token)
    assert room
    assert room.draft == DRAFT
    assert (room.revision, room.history.redoes) == (2, "Accept q-bell-sail")
    store.redo(token)
    store.change(token, "Again", sail)  # changes nothing, so it is no step
    room = store.look(token)
    assert room
    assert room.history.undoes == "Accept q-bell-sail"


def test_two_who_change_the_same_draft_lose_nothing() -> None:
    store = Store()
    token = store.open(DRAFT)
    records = ["q-bell-sail", "q-pilots-paper", "ada-bell", "council", "marsh", "e-talks"]
    with ThreadPoolExecutor(6) as people:
        for record in records:
            people.submit(store.change, token, record, lambda d, r=record: accept(d, r, ME))
    room = store.look(token)
    assert room
    assert {status(room.draft, record) for record in records} == {"accepted"}
    assert room.revision == len(records)


def test_what_cannot_be_done_changes_nothing() -> None:
    store = Store()
    token = store.open(DRAFT)
    with pytest.raises(ReviewError, match="speak in"):
        store.change(token, "Reject", lambda draft: reject(draft, "pilots", ME))
    room = store.look(token)
    assert room
    assert room.revision == 0


def test_a_draft_goes_a_day_after_it_was_opened() -> None:
    clock = Clock()
    store = Store(lifetime=24, clock=clock)
    token = store.open(DRAFT)
    clock.now = 23.0
    assert store.look(token)
    clock.now = 25.0
    assert store.look(token) is None
    with pytest.raises(ReviewError, match="not kept any more"):
        store.change(token, "Accept", sail)


@pytest.mark.parametrize("limits", [{"most": 2}, {"largest": 4 * size(DRAFT) + 1}])
def test_without_room_the_one_used_least_recently_goes(limits: dict[str, int]) -> None:
    store = Store(**limits)
    many = limits.get("most", 4)
    first, *others = [store.open(DRAFT) for _ in range(many)]
    assert store.look(first)  # used again
    last = store.open(DRAFT)
    assert store.look(others[0]) is None
    assert store.look(first)
    assert store.look(last)


def test_a_draft_that_fills_the_store_is_refused() -> None:
    with pytest.raises(ReviewError, match="too large"):
        Store(largest=size(DRAFT)).open(DRAFT)


def test_a_draft_can_be_thrown_away() -> None:
    store = Store()
    token = store.open(DRAFT)
    store.forget(token)
    assert store.look(token) is None


def test_a_history_is_bounded_and_forgets_what_was_undone() -> None:
    history = begin(DRAFT)
    for n in range(LONGEST + 10):
        history = history.then(f"step {n}", DRAFT.having(topics=[{"n": str(n)}]))
    assert len(history.steps) == LONGEST
    back = history.undo().undo().then("another", DRAFT)
    assert back.redoes == ""
    assert back.undoes == "another"
    for _ in range(LONGEST + 10):
        back = back.undo()
    assert back.undo() == back
    assert history.redo() == history


def test_what_a_draft_grows_by_counts() -> None:
    store = Store(largest=4 * (size(DRAFT) + 2_000))
    token = store.open(DRAFT)
    with pytest.raises(ReviewError, match="grown too large"):
        store.change(token, "Describe", lambda draft: describe(draft, "t", "d" * 1_999))
    assert store.look(token).draft == DRAFT
    with pytest.raises(ReviewError, match="too long"):
        store.change(token, "Describe", lambda draft: describe(draft, "t", "d" * 2_001))
