"""Owns undo and redo: the drafts of a review, each with the word for what led to it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dashboard.review.draft import Draft

LONGEST = 100  # steps; they share the rows that did not change


@dataclass(frozen=True)
class Step:
    """A draft, and what was done to get there: “Accept q-bell-sail”."""

    word: str
    draft: Draft


@dataclass(frozen=True)
class History:
    """The steps of a review, oldest first, and which of them is now."""

    steps: tuple[Step, ...]
    at: int = 0

    @property
    def draft(self) -> Draft:
        """The draft as it is now."""
        return self.steps[self.at].draft

    @property
    def undoes(self) -> str:
        """What undo would take back; "" when there is nothing."""
        return self.steps[self.at].word if self.at else ""

    @property
    def redoes(self) -> str:
        """What redo would do again; "" when there is nothing."""
        return self.steps[self.at + 1].word if self.at + 1 < len(self.steps) else ""

    def then(self, word: str, draft: Draft) -> History:
        """Return the history with a further step; what was undone is forgotten.

        A draft that is as the one before it makes no step.
        """
        if draft == self.draft:
            return self
        steps = (*self.steps[: self.at + 1], Step(word, draft))[-LONGEST:]
        return History(steps, len(steps) - 1)

    def undo(self) -> History:
        """Return the history one step back, or as it is."""
        return replace(self, at=max(self.at - 1, 0))

    def redo(self) -> History:
        """Return the history one step on, or as it is."""
        return replace(self, at=min(self.at + 1, len(self.steps) - 1))


def begin(draft: Draft) -> History:
    """Return the history of a draft that nothing has been done to."""
    return History((Step("", draft),))
