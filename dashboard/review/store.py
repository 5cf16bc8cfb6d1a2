"""Owns the drafts under review: in memory only, for a day, as many as fit."""

from __future__ import annotations

import re
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import RLock

from dashboard.review.draft import Draft, ReviewError
from dashboard.review.history import History, begin

TOKEN = re.compile(r"[0-9a-f]{32}")  # 128 bits: nobody guesses one
GONE = (
    "This draft is not kept any more, or its address is not right. Drafts are kept for 24 hours, "
    "and while there is room; to go on, give the story’s zip and the article’s text."
)


@dataclass(frozen=True)
class Room:
    """A draft under review: its history, how often it changed, its size, when it was opened."""

    history: History
    revision: int
    size: int
    opened: float

    @property
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self.history.draft


class Store:
    """Drafts by token; at most `most` of them and `largest` bytes, each for `lifetime` seconds.

    When there is no room, the one that was used least recently goes. Safe for threads.
    """

    def __init__(
        self,
        most: int = 40,
        largest: int = 80_000_000,
        lifetime: float = 24 * 3600,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most, self._largest, self._lifetime, self._clock = most, largest, lifetime, clock
        self._rooms: OrderedDict[str, Room] = OrderedDict()
        self._lock = RLock()

    def open(self, draft: Draft) -> str:
        """Keep a draft; return the token that opens it. Raises ReviewError when it is too large."""
        made = Room(begin(draft), 0, size(draft), self._clock())
        if made.size > self._largest // 4:
            raise ReviewError("the draft is too large to be kept; split the article")
        token = secrets.token_hex(16)
        with self._lock:
            self._rooms[token] = made
            self._tidy()
        return token

    def look(self, token: str) -> Room | None:
        """Return a draft under review; None when it is not kept (any more)."""
        with self._lock:
            self._tidy()
            if not TOKEN.fullmatch(token) or token not in self._rooms:
                return None
            self._rooms.move_to_end(token)
            return self._rooms[token]

    def change(self, token: str, word: str, operation: Callable[[Draft], Draft]) -> None:
        """Do something to the draft as it is now, whoever changed it last, as one step.

        Raises ReviewError when the operation does, or when the draft is not kept any more.
        """
        self._change(token, lambda history: history.then(word, operation(history.draft)))

    def undo(self, token: str) -> None:
        """Take the last step back. Raises ReviewError when the draft is not kept any more."""
        self._change(token, History.undo)

    def redo(self, token: str) -> None:
        """Do again what was taken back. Raises ReviewError when the draft is not kept any more."""
        self._change(token, History.redo)

    def forget(self, token: str) -> None:
        """Throw a draft away."""
        with self._lock:
            self._rooms.pop(token, None)

    def _change(self, token: str, step: Callable[[History], History]) -> None:
        with self._lock:
            room = self.look(token)
            if room is None:
                raise ReviewError(GONE)
            history = step(room.history)
            if history is room.history:
                return
            grown = max(room.size, size(history.draft))
            if grown > self._largest // 4:
                raise ReviewError("the draft has grown too large to be kept; split the article")
            changed = replace(room, history=history, revision=room.revision + 1, size=grown)
            self._rooms[token] = changed
            self._tidy()

    def _tidy(self) -> None:
        now = self._clock()
        for token in [t for t, r in self._rooms.items() if now - r.opened > self._lifetime]:
            del self._rooms[token]
        while len(self._rooms) > self._most or self._size() > self._largest:
            self._rooms.popitem(last=False)

    def _size(self) -> int:
        return sum(room.size for room in self._rooms.values())


def size(draft: Draft) -> int:
    """Return about how many bytes a draft and its history take.

    A row is a dict of some 500 bytes beside its cells; the steps of a history share rows, and what
    they add is counted as one draft more.
    """
    cells = sum(500 + sum(map(len, row.values())) for rows in draft.tables.values() for row in rows)
    return 2 * (2 * len(draft.text) + len(draft.title) + len(draft.description) + cells)


STORE = Store()
