"""Owns JSON lines: each an object, or a reason why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from dashboard.library.sources.source import Block, Reject, shown

Object = dict[str, Any]
LONGEST = "is longer than 8,000,000 bytes; leave the line out, or split it"


class Lines:
    """A block's lines: those that are objects, their numbers, and the others as rejects."""

    def __init__(self, block: Block) -> None:
        import orjson

        self.objects: list[Object] = []
        self.numbers: Sequence[int] = []
        self.rejects: list[Reject] = []
        self._first = block.first
        if isinstance(block.content, tuple):
            self._lines = list(block.content)
            self._refuse(block.first, LONGEST)
            return
        self._lines = block.content.removesuffix(b"\n").split(b"\n")
        if block.damage:
            self._refuse(block.first, block.damage)
            return
        try:
            self.objects = list(map(orjson.loads, self._lines))
            self.numbers = range(block.first, block.first + len(self.objects))
        except ValueError:
            self.objects, self.numbers = self._one_by_one(orjson.loads)
        self.keep(lambda found: "" if isinstance(found, dict) else "is no JSON object")

    def keep(self, fault: Callable[[Any], str]) -> None:
        """Refuse every line whose object has a fault."""
        if not any(map(fault, self.objects)):
            return
        kept = []
        for number, found in zip(self.numbers, self.objects, strict=True):
            if reason := fault(found):
                self._refuse(number, reason)
            else:
                kept.append((number, found))
        self.numbers, self.objects = [n for n, _ in kept], [o for _, o in kept]

    def text(self, number: int) -> str:
        """A line as a reject shows it."""
        return shown(self._lines[number - self._first])

    def _refuse(self, number: int, reason: str) -> None:
        self.rejects.append(Reject(number, reason, self.text(number)))

    def _one_by_one(self, loads: Callable[[bytes], Any]) -> tuple[list[Any], list[int]]:
        objects, numbers = [], []
        for number, line in enumerate(self._lines, self._first):
            try:
                objects.append(loads(line))
                numbers.append(number)
            except ValueError as error:
                reason = f"is not JSON ({error})" if line.strip() else "is blank"
                self._refuse(number, reason)
        return objects, numbers


def text_or_nothing(found: Object, *names: str) -> str:
    """Which of these is there and is no text; "" when all are right."""
    for name in names:
        value = found.get(name)
        if value is not None and not isinstance(value, str):
            return f"{name} is no text"
    return ""


def texts(found: Object, name: str) -> str:
    """The same of a list of texts."""
    value = found.get(name)
    if value is None or (isinstance(value, list) and all(isinstance(v, str) for v in value)):
        return ""
    return f"{name} is no list of texts"
