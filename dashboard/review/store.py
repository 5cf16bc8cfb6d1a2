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
HELD = 3600  # seconds since it was used in which a draft goes for no other
MOST_OF_ONE = 3  # drafts in use that one reader opened
FULL = "too many drafts are open; try again in an hour"
GONE = (
    "This draft is not kept any more, or its address is not right. Drafts are kept for 24 hours, "
    "and while there is room; to go on, give the story’s zip and the article’s text."
)


@dataclass(frozen=True)
class Room:
    """A draft under review: its history, how often it changed, its size; when it was opened, by
    whom, and when it was used last.
    """

    history: History
    revision: int
    size: int
    opened: float
    by: str
    used: float

    @property
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self.history.draft


class Store:
    """Drafts by token; at most `most` of them and `largest` bytes, each for `lifetime` seconds.

    When there is no room, the one that was used least recently goes; when all were used within the
    hour, none does, and there is no room. Safe for threads.
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

    def open(self, draft: Draft, by: str = "") -> str:
        """Keep a draft; return the token that opens it. Raises ReviewError when there is no room.

        `by` is any word that is the same for all that one reader opens; "" for nobody's.
        """
        now = self._clock()
        made = Room(begin(draft), 0, size(draft), opened=now, by=by, used=now)
        if made.size > self._largest // 4:
            raise ReviewError("the draft is too large to be kept; split the article")
        token = secrets.token_hex(16)
        with self._lock:
            self._tidy()
            theirs = [room for room in self._rooms.values() if by and room.by == by]
            if sum(now - room.used < HELD for room in theirs) >= MOST_OF_ONE:
                raise ReviewError(
                    f"you have {MOST_OF_ONE} drafts open; go on with one of them, "
                    "or try again in an hour"
                )
            self._put(token, made)
        return token

    def look(self, token: str) -> Room | None:
        """Return a draft under review; None when it is not kept (any more)."""
        with self._lock:
            self._tidy()
            if not TOKEN.fullmatch(token) or token not in self._rooms:
                return None
            self._rooms[token] = replace(self._rooms[token], used=self._clock())
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
            self._put(token, changed)

    def _tidy(self) -> None:
        now = self._clock()
        for token in [t for t, r in self._rooms.items() if now - r.opened > self._lifetime]:
            del self._rooms[token]

    def _put(self, token: str, room: Room) -> None:
        """Keep a room, in the place of those that rest. Raises ReviewError when too few do."""
        others = [name for name in self._rooms if name != token]
        many, much = len(others) + 1, sum(self._rooms[name].size for name in others) + room.size
        going = []
        for name in others:
            if many <= self._most and much <= self._largest:
                break
            if room.used - self._rooms[name].used < HELD:
                raise ReviewError(FULL)
            going.append(name)
            many, much = many - 1, much - self._rooms[name].size
        for name in going:
            del self._rooms[name]
        self._rooms[token] = room


def size(draft: Draft) -> int:
    """Return about how many bytes a draft and its history take.

    A row is a dict of some 500 bytes beside its cells; the steps of a history share rows, and what
    they add is counted as one draft more.
    """
    cells = sum(500 + sum(map(len, row.values())) for rows in draft.tables.values() for row in rows)
    return 2 * (2 * len(draft.text) + len(draft.title) + len(draft.description) + cells)


STORE = Store()
