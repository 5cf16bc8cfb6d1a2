"""Drafts under review: kept in memory, for a time, as many as fit; undone and redone."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.review.decisions import accept, reject, status
from dashboard.review.draft import Draft, ReviewError
from dashboard.review.editing import describe
from dashboard.review.history import LONGEST, begin
from dashboard.review.store import HELD, MOST_OF_ONE, TOKEN, Store, size
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


LIMITS = pytest.mark.parametrize("limits", [{"most": 4}, {"largest": 4 * size(DRAFT) + 1}])


@LIMITS
def test_without_room_the_one_used_least_recently_goes(limits: dict[str, int]) -> None:
    clock = Clock()
    store = Store(**limits, clock=clock)
    first, *others = [store.open(DRAFT) for _ in range(4)]
    assert store.look(first)  # used again
    clock.now = HELD + 1
    last = store.open(DRAFT)
    assert store.look(others[0]) is None
    assert store.look(first)
    assert store.look(last)


@LIMITS
def test_nobody_takes_the_room_of_a_draft_that_was_used_within_the_hour(
    limits: dict[str, int],
) -> None:
    clock = Clock()
    store = Store(**limits, clock=clock)
    tokens = [store.open(DRAFT) for _ in range(4)]
    clock.now = HELD - 1
    for _ in range(40):
        with pytest.raises(ReviewError, match="too many drafts are open; try again in an hour"):
            store.open(DRAFT)
    kept = [store.look(token) for token in tokens[1:]]
    assert all(kept)
    clock.now = HELD + 1
    last = store.open(DRAFT)
    assert [store.look(token) is None for token in [*tokens, last]] == [True, *[False] * 4]
    store.forget(last)
    assert store.open(DRAFT)


def test_a_draft_grows_into_the_room_of_those_that_rest_only() -> None:
    clock = Clock()
    store = Store(largest=5 * size(DRAFT) + 2_500, clock=clock)
    mine, oldest, other, *_ = [store.open(DRAFT) for _ in range(5)]

    def more(draft: Draft) -> Draft:
        return draft.having(topics=[*draft.rows("topics"), *[{"name": "n" * 500}] * 2])

    store.change(mine, "Describe", lambda draft: describe(draft, "t", "d" * 1_000))
    with pytest.raises(ReviewError, match="too many drafts are open"):
        store.change(mine, "Add", more)
    room = store.look(mine)
    assert room
    assert (room.revision, room.draft.description) == (1, "d" * 1_000)
    clock.now = HELD + 1
    store.change(mine, "Add", more)
    assert [store.look(token) is None for token in (mine, oldest, other)] == [False, True, False]


def test_one_reader_has_three_drafts_in_use() -> None:
    clock = Clock()
    store = Store(clock=clock)
    tokens = [store.open(DRAFT, by="one") for _ in range(MOST_OF_ONE)]
    with pytest.raises(ReviewError, match="3 drafts open; go on with one of them"):
        store.open(DRAFT, by="one")
    assert store.open(DRAFT, by="another")
    assert all(map(store.look, tokens))
    clock.now = HELD + 1
    assert store.open(DRAFT, by="one")


def test_nobody_guesses_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two servers that begin alike, at one instant and from one seed, have nothing in common."""
    for name in ("time", "time_ns", "monotonic", "monotonic_ns"):
        monkeypatch.setattr(time, name, lambda: 1_700_000_000)

    def opened() -> list[str]:
        random.seed(1)
        store = Store(clock=Clock())
        return [store.open(DRAFT) for _ in range(30)]

    here, there = opened(), opened()
    assert len({*here, *there}) == 60
    assert all(len(set(digits)) > 5 for digits in zip(*here, strict=True))


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
