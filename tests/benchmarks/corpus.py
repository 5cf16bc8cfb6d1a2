"""Invents a corpus of quotations as JSON lines: the same for the same number, at any speed.

`python tests/benchmarks/corpus.py FOLDER [--count 1000000] [--shape mapped|quotebank]` writes
`quotations.json` and, of the copies that other outlets printed with a change, a sample as
`copies.csv`; `mapped` also writes `mapping.toml`. Nobody in it exists: names are syllables.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SEED = 20150114
BATCH = 50_000  # quotations at once
SPEAKERS, PLACES, OUTLETS, TOPICS, WORDS = 50_000, 2_000, 3_000, 60, 60_000
FIRST, LAST = date(2008, 1, 1), date(2020, 12, 31)
SHORTEST, LONGEST = 8, 32  # words of a text
UNKNOWN = 0.2  # the share of quotations that name no speaker
COPIED = 0.05  # copies of an earlier one by another outlet, with a word changed or left out
ELSEWISE = 0.1  # of these, the share that names another speaker
SAMPLED = 5_000  # copies that are noted

COMMON = (
    "the of and to in a is that it we for on are they with as not this be by have from will our "
    "you there but their has or an people was at if all would can no what which who must do when "
    "more been had one so them about now time other only new should than also its"
)
MAPPING = """\
name = "An invented corpus"

[columns]
id = "id"
words = "words"
date = "date"
speaker = "who"
wikidata = "item"
about = "about"
place = "where"
latitude = "latitude"
longitude = "longitude"
country = "country"
topic = "topic"
kind = "kind"
outlet = "outlet"
url = "url"
confidence = "confidence"
"""

Numbers = Any


@lru_cache(maxsize=1)
def syllables() -> tuple[str, ...]:
    """Syllables that can be spoken, the frequent first."""
    onsets = ("", "t", "m", "r", "l", "n", "s", "k", "d", "v", "b", "h", "p", "g", "st", "br", "tr")
    return tuple(o + v + c for c in ("", "n", "r", "l") for v in "aeiou" for o in onsets)


def names(count: int, seed: int, parts: int = 2) -> list[str]:
    """Different invented names of so many words."""
    dice = np.random.default_rng(seed)
    found: dict[str, None] = {}
    known = np.array(syllables())
    while len(found) < count:
        drawn = dice.integers(0, len(known), (count, parts, 3))
        for row in known[drawn]:
            found[" ".join("".join(word).capitalize() for word in row)] = None
    return list(found)[:count]


@lru_cache(maxsize=1)
def vocabulary() -> list[str]:
    """Words that look like English, the frequent ones first and short."""
    dice = np.random.default_rng(SEED)
    ends = ("", "", "s", "ing", "ed", "er", "ly", "tion", "ment", "al")
    known = syllables()
    found = dict.fromkeys(COMMON.split())
    while len(found) < WORDS:
        for first, second, third, end in dice.integers(0, 10**9, (WORDS, 4)):
            size = 1 if len(found) < 2_000 else 2 + int(third % 2)
            stem = "".join(known[int(n) % len(known)] for n in (first, second, third)[:size])
            found[stem + ends[int(end) % len(ends)] or "o"] = None
    return list(found)[:WORDS]


def zipf(count: int) -> Numbers:
    """Ranks from 0, each as often as 1 / rank: what a number below 2^20 means as a draw."""
    chances = np.cumsum(1 / np.arange(1, count + 1))
    at = (np.arange(1 << 20) + 0.5) / (1 << 20) * chances[-1]
    return np.searchsorted(chances, at).astype(np.int32)


@dataclass
class Batch:
    """Quotations as numbers: ranks of words, speakers and so on; -1 is none."""

    start: int
    words: Numbers  # one row a quotation, of which `lengths` count
    lengths: Numbers
    speakers: Numbers
    days: Numbers  # since FIRST
    outlets: Numbers

    def __len__(self) -> int:
        return len(self.lengths)


class Corpus:
    """Quotations by the batch; `copies` notes some (copy, original) by their ids as it goes."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.copies: list[tuple[str, str]] = []
        self.speakers = pa.array(names(SPEAKERS, 1))
        self.items = pa.array([f"Q{900_000_000 + 7 * rank}" for rank in range(SPEAKERS)])
        self.places = pa.array(names(PLACES, 2, 1))
        outlets = names(OUTLETS, 3)
        self.outlets = pa.array([f"The {name}" for name in outlets])
        self.hosts = pa.array([f"{name.replace(' ', '').lower()}.example" for name in outlets])
        self.topics = pa.array(names(TOPICS, 4, 1))
        self._words = pa.array(vocabulary())
        days = (LAST - FIRST).days + 1
        self._days = pa.array([str(FIRST + timedelta(days=day)) for day in range(days)])
        where = np.random.default_rng(5)
        latitudes, longitudes = where.uniform(-55, 70, PLACES), where.uniform(-170, 175, PLACES)
        self._located = pa.array(
            f'"latitude":{latitude:.4f},"longitude":{longitude:.4f},"country":"{_country(rank)}"'
            for rank, (latitude, longitude) in enumerate(zip(latitudes, longitudes, strict=True))
        )
        self._ranks = {n: zipf(n) for n in (SPEAKERS, PLACES, OUTLETS, TOPICS, WORDS)}
        self._dice = np.random.default_rng(SEED)
        self._earlier: Batch | None = None

    def lines(self, shape: str) -> Iterator[bytes]:
        """All quotations as JSON lines, a batch at a time."""
        made = {"mapped": self._mapped, "quotebank": self._quotebank}[shape]
        for start in range(0, self.count, BATCH):
            batch = self._batch(start, min(BATCH, self.count - start))
            texts = made(batch, self._ids(batch), self._texts(batch))
            yield texts.buffers()[2].to_pybytes()[: sum(pc.binary_length(texts).to_numpy())]

    def _mapped(self, batch: Batch, ids: pa.Array, texts: pa.Array) -> pa.Array:
        size = len(batch)
        places, topics = self._drawn(PLACES, size, 0.3), self._drawn(TOPICS, size, 0.3)
        about = [self._drawn(SPEAKERS, size, share) for share in (0.5, 0.9)]
        kinds = pa.array(["direct", "mixed"]).take(pa.array(self._dice.random(size) > 0.75, "i4"))
        return _joined(
            ('{"id":"', ids, '","words":"', texts, '","kind":"', kinds),
            ('","date":"', self._days.take(pa.array(batch.days)), '","who":"'),
            (_named(self.speakers, batch.speakers), '","item":"'),
            (_named(self.items, batch.speakers), '","about":"', _named(self.speakers, about[0])),
            (_named(self.speakers, about[1], "|"), '","topic":"', _named(self.topics, topics)),
            ('","outlet":"', self.outlets.take(pa.array(batch.outlets)), '","url":"'),
            (self._urls(batch.outlets, ids), '","confidence":', self._sure(size), ',"where":"'),
            (_named(self.places, places), '",', _named(self._located, places, "", _NOWHERE), "}\n"),
        )

    def _quotebank(self, batch: Batch, ids: pa.Array, texts: pa.Array) -> pa.Array:
        named = pa.array(batch.speakers >= 0)
        names_ = pc.if_else(named, _named(self.speakers, batch.speakers), "None")
        items = pc.if_else(named, _joined(('"', _named(self.items, batch.speakers), '"')), "")
        outlets = self._drawn(OUTLETS, len(batch), 0.9)
        more = _joined((',"', self._urls(np.maximum(outlets, 0), ids), '"'))
        more = pc.if_else(pa.array(outlets >= 0), more, "")
        count = pc.if_else(pa.array(outlets >= 0), "2", "1")
        sure = self._sure(len(batch))
        return _joined(
            ('{"quoteID":"', ids, '","quotation":"', texts, '","speaker":"', names_),
            ('","qids":[', items, '],"date":"', self._days.take(pa.array(batch.days))),
            (' 00:00:00","numOccurrences":', count, ',"probas":[["', names_, '","', sure),
            ('"],["Nobody At All","0.05"]],"urls":["', self._urls(batch.outlets, ids), '"', more),
            ('],"phase":"E"}\n',),
        )

    def _batch(self, start: int, size: int) -> Batch:
        """The next quotations; some are copies of earlier ones."""
        dice = self._dice
        drawn = Batch(
            start,
            self._drawn(WORDS, (size, LONGEST)),
            dice.integers(SHORTEST, LONGEST + 1, size),
            self._drawn(SPEAKERS, size, UNKNOWN),
            dice.integers(0, len(self._days), size),
            self._drawn(OUTLETS, size),
        )
        earlier = self._earlier
        copied = np.flatnonzero(dice.random(size) < COPIED) if earlier else np.empty(0, int)
        for row in copied.tolist():
            assert earlier
            of = int(dice.integers(0, len(earlier)))
            length, at = int(earlier.lengths[of]), int(dice.integers(0, SHORTEST))
            words = earlier.words[of].copy()
            if dice.random() < 0.5:
                words[at] = drawn.words[row, 0]
            else:
                words[at:-1], length = words[at + 1 :].copy(), length - 1
            drawn.words[row], drawn.lengths[row] = words, length
            if dice.random() >= ELSEWISE:
                drawn.speakers[row] = earlier.speakers[of]
            drawn.days[row] = min(int(earlier.days[of]) + row % 4, len(self._days) - 1)
            if len(self.copies) < SAMPLED:
                pair = (start + row, drawn), (earlier.start + of, earlier)
                self.copies.append((self._id(*pair[0]), self._id(*pair[1])))
        self._earlier = drawn
        return drawn

    def _drawn(self, of: int, size: int | tuple[int, int], none: float = 0.0) -> Numbers:
        ranks = self._ranks[of][self._dice.integers(0, 1 << 20, size, dtype=np.uint32)]
        if none:
            ranks[self._dice.random(size) < none] = -1
        return ranks

    def _texts(self, batch: Batch) -> pa.Array:
        inside = np.arange(LONGEST) < batch.lengths[:, None]
        offsets = np.concatenate([[0], np.cumsum(batch.lengths)]).astype(np.int32)
        words = self._words.take(pa.array(batch.words[inside]))
        return pc.binary_join(pa.ListArray.from_arrays(offsets, words), " ")

    def _ids(self, batch: Batch) -> pa.Array:
        numbers = pa.array(np.arange(batch.start, batch.start + len(batch)))
        padded = pc.utf8_lpad(numbers.cast(pa.string()), 9, "0")
        return _joined((self._days.take(pa.array(batch.days)), "-", padded))

    def _id(self, number: int, batch: Batch) -> str:
        return f"{self._days[int(batch.days[number - batch.start])]}-{number:09}"

    def _urls(self, outlets: Numbers, ids: pa.Array) -> pa.Array:
        return _joined(("https://www.", self.hosts.take(pa.array(outlets)), "/", ids))

    def _sure(self, size: int) -> pa.Array:
        shares = pa.array([f"0.{share}" for share in range(50, 100)])
        return shares.take(pa.array(self._dice.integers(0, 50, size)))


_NOWHERE = '"latitude":null,"longitude":null,"country":""'


def _joined(*parts: tuple[pa.Array | str, ...]) -> pa.Array:
    flat = [each for group in parts for each in group]
    return pc.binary_join_element_wise(*flat, "")


def _named(known: pa.Array, ranks: Numbers, before: str = "", none: str = "") -> pa.Array:
    """Names by their ranks; `none` for -1."""
    found = known.take(pa.array(ranks, mask=ranks < 0))
    return pc.fill_null(_joined((before, found)) if before else found, none)


def _country(rank: int) -> str:
    return chr(65 + rank % 26) + chr(65 + rank // 26 % 26)


def write(folder: Path, count: int, shape: str) -> Path:
    """The corpus as a file in a folder, with what goes with it; returns the file."""
    folder.mkdir(parents=True, exist_ok=True)
    corpus, path = Corpus(count), folder / "quotations.json"
    with path.open("wb") as file:
        for lines in corpus.lines(shape):
            file.write(lines)
    with (folder / "copies.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("copy", "original"), *corpus.copies])
    if shape == "mapped":
        (folder / "mapping.toml").write_text(MAPPING, encoding="utf-8")
    return path


def main() -> None:
    """Write a corpus."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--shape", choices=("mapped", "quotebank"), default="mapped")
    asked = parser.parse_args()
    start = time.perf_counter()
    path = write(asked.folder, asked.count, asked.shape)
    took = time.perf_counter() - start
    size = path.stat().st_size / 1e6
    print(f"{path}: {asked.count:,} quotations, {size:,.0f} MB, {asked.count / took:,.0f}/s")


if __name__ == "__main__":
    main()
