"""The time that a question may take, and stopping it after."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from dashboard.library.answers import TooSlow

AGAIN = 0.05  # seconds between two tries to stop a question


class Alarm:
    """Calls `stop` once the seconds are over, again and again until the question is done.

    Once is not enough: what is interrupted may be between two queries, and about to begin one.
    """

    def __init__(self, seconds: float, stop: Callable[[], None]) -> None:
        self._seconds, self._stop = seconds, stop
        self._until = time.monotonic() + seconds
        self._done = threading.Event()
        self._guard = threading.Lock()
        threading.Thread(target=self._watch, name="library alarm", daemon=True).start()

    def _watch(self) -> None:
        left = self._seconds
        while not self._done.wait(left):
            with self._guard:
                if not self._done.is_set():
                    self._stop()
            left = AGAIN

    def done(self) -> None:
        """The question is over: when this returns, nothing is stopped any more."""
        with self._guard:
            self._done.set()

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._until

    def check(self) -> None:
        """Raises TooSlow when the time is over."""
        if self.over:
            raise self.too_slow()

    def too_slow(self) -> TooSlow:
        """What to raise when it was stopped."""
        return TooSlow(f"This takes longer than {self._seconds:g} seconds: choose something more.")
