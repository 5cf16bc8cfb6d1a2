"""Owns the comparison of a story with the text of an article: every offset, hash and count."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from dashboard.checking.fault import Fault, shown
from dashboard.checking.package import Row
from dashboard.checking.passage_rules import LONGEST_SPANS
from dashboard.checking.record_rules import MOST_NAMES
from dashboard.paragraphs import blocks
from dashboard.plain import fold

Tables = dict[str, list[Row]]
ROOM = 200  # characters that may stand between a passage's first words, and around them


@dataclass(frozen=True)
class Anchored:
    """One article, its text, and the rows anchored in it whose span can be cut from that text."""

    article: Row
    text: str
    passages: list[Row]
    mentions: list[Row]


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def anchored(tables: Tables, text: str) -> Anchored | None:
    """Return the article whose text this is, known by its SHA-256, with what is anchored in it."""
    for article in tables["articles"]:
        if article["text_sha256"] == digest(text):
            spans = [
                [
                    row
                    for row in tables[table]
                    if row["article"] == article["id"] and _has_span(row, text)
                ]
                for table in ("passages", "mentions")
            ]
            return Anchored(article, text, *spans)
    return None


def text_faults(tables: Tables, text: str) -> Iterator[Fault]:
    """Yield every difference between a story and the text of one of its articles."""
    found = anchored(tables, text)
    if found is None:
        message = (
            f"no article has the SHA-256 of the text given, {digest(text)}; give the right text"
        )
        yield Fault("articles", None, "text_sha256", message)
        return
    yield from _length(found)
    yield from _paragraphs(found)
    yield from _passages(found)
    yield from _mentions(found, tables)


def _has_span(row: Row, text: str) -> bool:
    if None in (row["start"], row["end"]):
        return False
    start, end = row["start"], row["end"]
    return bool(start < end <= min(len(text), start + LONGEST_SPANS[row.table]))


def _cut(row: Row, text: str) -> str:
    return text[row["start"] : row["end"]]


def _length(found: Anchored) -> Iterator[Fault]:
    article, counted = found.article, len(found.text)
    if article["characters"] not in (counted, None):
        yield article.fault(
            "characters", f"{article['characters']} is not {counted}, as in the text; correct it"
        )


def _paragraphs(found: Anchored) -> Iterator[Fault]:
    """Compare paragraph numbers with blocks of the text.

    Which block is paragraph 1 (mastheads and headlines come before it) is what most spans say it
    is; each span must then lie in the block of its number, and the words are those of the blocks.
    """
    parts = blocks(found.text)
    starts = [start for start, _ in parts]
    rows = [row for row in (*found.passages, *found.mentions) if row["paragraph"]]
    block = {id(row): bisect_right(starts, row["start"]) - 1 for row in rows}
    votes = Counter(block[id(row)] - row["paragraph"] + 1 for row in rows)
    if not votes or not parts:
        return
    first = votes.most_common(1)[0][0]
    for row in rows:
        paragraph, end = block[id(row)] - first + 1, parts[max(block[id(row)], 0)][1]
        if paragraph != row["paragraph"]:
            yield row.fault(
                "paragraph", f"{row['paragraph']} is paragraph {paragraph} of the text; correct it"
            )
        elif row["end"] > end:
            yield row.fault(
                "end", f"{row['end']} is beyond its paragraph, which ends at {end}; correct it"
            )
    yield from _words(found, parts[max(first, 0) :])


def _words(found: Anchored, parts: list[tuple[int, int]]) -> Iterator[Fault]:
    article = found.article
    if article["paragraphs"] is None:
        return
    if article["paragraphs"] > len(parts):
        message = f"{article['paragraphs']} is more than the {len(parts)} of the text; correct it"
        yield article.fault("paragraphs", message)
        return
    counted = sum(
        len(found.text[start:end].split()) for start, end in parts[: article["paragraphs"]]
    )
    if article["words"] not in (counted, None):
        message = (
            f"{article['words']} is not {counted}, as in the text's paragraphs; correct one of them"
        )
        yield article.fault("words", message)


def _passages(found: Anchored) -> Iterator[Fault]:
    for row in found.passages:
        cut = _cut(row, found.text)
        if row["sha256"] and digest(cut) != row["sha256"]:
            yield row.fault(
                "sha256", f"is not that of the text there ({shown(cut)}); correct offsets or hash"
            )
        if row["exact"] and row["exact"] != cut:
            yield row.fault(
                "exact", f"differs from the text there ({shown(cut)}); correct offsets or words"
            )
        for column in ("first", "last"):
            given = row[column] or ""
            words = _bare_words(given)
            near = len(given) + ROOM
            printed = _bare_words(cut[:near] if column == "first" else cut[-near:])
            there = printed[: len(words)] if column == "first" else printed[-len(words) :]
            if words and words != there:
                wanted = shown(" ".join(there))
                yield row.fault(
                    column, f"{shown(row[column])} is not {wanted}, as in the text; correct it"
                )


def _bare_words(text: str) -> list[str]:
    edges = "".join({c for c in text if not c.isalnum()})
    return [word for word in (word.strip(edges) for word in text.split()) if word]


def _mentions(found: Anchored, tables: Tables) -> Iterator[Fault]:
    names = {row["id"]: _known_as(row["aliases"][:MOST_NAMES]) for row in tables["actors"]}
    names |= {row["id"]: _known_as([row["name"]]) for row in tables["places"] if row["name"]}
    for row in found.mentions:
        cut = _cut(row, found.text)
        known = names.get(row["actor"] or row["place"])
        if known and known.names and not _is_one_of(cut, known):
            column = "actor" if row["actor"] else "place"
            yield row.fault(
                column, f"is not named by {shown(cut)} in the text; correct offsets or aliases"
            )


def is_named(printed: str, known: Iterable[str]) -> bool:
    """Tell whether what is printed is one of the names, part of one, has one in it, or initials.

    Case and accents do not count: GENÈVE in a dateline names Genève, and R.I. Rhode Island.
    """
    return _is_one_of(printed, _known_as(known))


class _Known(NamedTuple):
    """Somebody's names, folded; all of them in lines; and their initials."""

    names: tuple[str, ...]
    lines: str
    initials: frozenset[str]


def _known_as(known: Iterable[str]) -> _Known:
    names = tuple(map(fold, known))
    initials = frozenset("".join(word[0] for word in name.split()) for name in names)
    return _Known(names, "\n".join(names), initials)


def _is_one_of(printed: str, known: _Known) -> bool:
    short = fold(printed)
    return bool(short) and (
        short in known.lines
        or any(name in short for name in known.names)
        or "".join(filter(str.isalpha, short)) in known.initials
    )
