"""Owns what a build has done so far: a killed one continues behind it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from dashboard.files import write_beside
from dashboard.library.building.staging import PART, RECORDS
from dashboard.library.sources.source import Source

FORMAT = 1  # a journal of other rules, or of another layout of parts, is begun anew
NAME = "journal.jsonl"
REJECTS = "rejects-{source:04}-{part:06}.jsonl"


@dataclass(frozen=True)
class Done:
    """A block that has been read and whose parts are written: lines = taken + `rejected`."""

    source: int
    part: int
    lines: int
    records: int
    rejected: int
    drafts: int
    at: int


@dataclass(frozen=True)
class Ended:
    """A source that has been read to its end."""

    source: int
    ended: bool = True


class Journal:
    """The journal of a staging folder: blocks that are done, and sources that have ended."""

    def __init__(self, folder: Path, sources: Sequence[Source]) -> None:
        """Read what is there of these sources; remove all that is of others, or was cut short."""
        self._path = folder / NAME
        kept, ended = _read(self._path, sources)
        self.done: dict[tuple[int, int], Done] = {(each.source, each.part): each for each in kept}
        self.ended = set(ended)
        self._clear(folder)
        begin: list[object] = [_identities(sources), *map(asdict, self.done.values())]
        begin += [asdict(Ended(source)) for source in sorted(self.ended)]
        write_beside(self._path, "".join(f"{json.dumps(told)}\n" for told in begin).encode())

    def note(self, told: Done | Ended) -> None:
        """Write one thing down; before that it has not happened."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps(asdict(told))}\n")
        if isinstance(told, Done):
            self.done[told.source, told.part] = told
        else:
            self.ended.add(told.source)

    def of(self, source: int) -> list[Done]:
        """What has been done of a source."""
        return [done for done in self.done.values() if done.source == source]

    def _clear(self, folder: Path) -> None:
        for path in folder.iterdir():
            if path.suffix not in (".parquet", ".jsonl", ".part") or path == self._path:
                continue
            _, _, numbers = path.stem.partition("-")
            source, _, part = numbers.partition("-")
            if path.suffix == ".part" or not (
                part.isdigit() and (int(source), int(part)) in self.done
            ):
                path.unlink()


def _identities(sources: Iterable[Source]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "part": PART,
        "columns": RECORDS.names,
        "sources": [list(source.identity) for source in sources],
    }


def _read(path: Path, sources: Sequence[Source]) -> tuple[list[Done], list[int]]:
    try:
        first, *lines = path.read_text(encoding="utf-8").splitlines()
        before = json.loads(first)
        now = json.loads(json.dumps(_identities(sources)))
        if any(before[name] != now[name] for name in ("format", "part", "columns")):
            return [], []
        pairs = zip(before["sources"], now["sources"], strict=False)
        same = {number for number, (one, other) in enumerate(pairs) if one == other}
    except (OSError, ValueError, KeyError, TypeError):
        return [], []
    done: list[Done] = []
    ended: list[int] = []
    for line in lines:
        try:
            told = json.loads(line)
        except ValueError:  # the last line of a killed build
            break
        if told["source"] not in same:
            continue
        if "ended" in told:
            ended.append(told["source"])
        else:
            done.append(Done(**told))
    return done, ended
