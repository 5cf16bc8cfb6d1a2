"""Bands: like sentences share one, unlike ones do not."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest
from rapidfuzz.distance import Levenshtein

from dashboard.library.bands import BANDS, bands

WORDS = [
    first + middle + last
    for first in ("ka", "lo", "mi", "nu", "se", "ta")
    for middle in ("", "r", "st", "nd", "ll")
    for last in ("an", "el", "ir", "o", "us", "y", "em", "ath")
]


def of(*texts: str) -> list[list[int]]:
    found: list[list[int]] = bands(pa.array([f" {t} " if t else "" for t in texts])).to_pylist()
    return found


def sentence(chance: random.Random) -> list[str]:
    # Zipf's law: the n-th most common word is n times as rare as the first.
    weights = [1 / n for n in range(1, len(WORDS) + 1)]
    return chance.choices(WORDS, weights, k=chance.randint(8, 40))


def edited(words: list[str], chance: random.Random) -> list[str]:
    words = list(words)
    for _ in range(chance.randint(1, len(words) // 4)):
        at = chance.randrange(len(words))
        words[at : at + chance.randint(0, 1)] = chance.choices(WORDS, k=chance.randint(0, 1))
    return words


def test_like_sentences_share_a_band() -> None:
    chance = random.Random(1)  # noqa: S311
    pairs = []
    while len(pairs) < 3000:
        one = sentence(chance)
        other = edited(one, chance)
        if one != other and Levenshtein.normalized_similarity(one, other) >= 0.75:
            pairs.append((" ".join(one), " ".join(other)))
    ones, others = of(*(one for one, _ in pairs)), of(*(other for _, other in pairs))
    shared = [bool(set(a) & set(b)) for a, b in zip(ones, others, strict=True)]
    assert sum(shared) / len(shared) >= 0.95


def test_unlike_sentences_seldom_do() -> None:
    chance = random.Random(2)  # noqa: S311
    found = [set(each) for each in of(*(" ".join(sentence(chance)) for _ in range(600)))]
    pairs = [(a, b) for n, a in enumerate(found) for b in found[:n]]
    assert sum(bool(a & b) for a, b in pairs) / len(pairs) < 0.02


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("a", 0), ("a b c d", 0), ("a b c d e", BANDS), ("а б в г д", BANDS)],
)
def test_short_texts_have_none(text: str, count: int) -> None:
    assert len(of(text)[0]) == count


def test_they_are_the_same_in_every_company() -> None:
    chance = random.Random(3)  # noqa: S311
    texts = [" ".join(sentence(chance)) for _ in range(300)] + ["", "x " * 90_000 + "y"]
    assert of(*texts) == [of(text)[0] for text in texts]
    assert bands(pa.array([f" {t} " for t in texts[:9]]).slice(3, 4)).to_pylist() == of(*texts[3:7])
