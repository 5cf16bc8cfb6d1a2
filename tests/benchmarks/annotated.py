"""The annotated articles: who says which words, and how much of that an extraction got right.

`tests/extract/articles/` has invented news articles, each with its annotations beside it:
`[quoted]` has the words in quotation marks and `[indirect]` reported ones, both by the full name of
who says them, and `[actors]` whom the article names. Of a long passage the first and last words are
written, with ` … ` between; `#2` is a passage's second occurrence. A name may be one of several
that are right, parted by ` | `.
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.extract.article import read_article
from dashboard.extract.finds import Actor, Article, Attribution, Span, Speaking

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "extract" / "articles"
STORIES = ROOT / "data" / "stories"
# The text of a real article is not ours to ship: it lies beside the repository, or where this says.
REAL = Path(os.environ.get("DATELINE_ARTICLES", ROOT.parent / "shared" / "article"))
COVERED = 0.8  # of a fragment's words, said by the right speaker
OVERLAP = 0.3  # of an indirect statement's words and those annotated (Jaccard)


@dataclass(frozen=True)
class Annotated:
    """An article and what a reader knows of it; a statement is its span and its speaker's names."""

    name: str
    article: Article
    quoted: tuple[tuple[Span, tuple[str, ...]], ...]
    indirect: tuple[tuple[Span, tuple[str, ...]], ...]
    actors: tuple[tuple[tuple[str, ...], str, str], ...]  # names, kinds, a part of the role


@dataclass(frozen=True)
class Score:
    """What was found of one article; `missed` are the fragments without the right speaker."""

    name: str
    fragments: int
    fragments_right: int
    indirect: int
    indirect_right: int
    false_finds: int
    missed: tuple[tuple[str, str, str], ...]  # kind, words, what was said of them

    def line(self) -> str:
        """One line of the benchmark."""
        return (
            f"{self.name:28} {self.fragments_right:4} / {self.fragments:<4}"
            f" {self.indirect_right:4} / {self.indirect:<4} {self.false_finds:6}"
        )


def invented() -> Iterator[Annotated]:
    """The articles of `tests/extract/articles/`, in the order of their names."""
    for path in sorted(FOLDER.glob("*.txt")):
        notes = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
        text = path.read_bytes().decode("utf-8")
        yield Annotated(
            path.stem,
            read_article(text),
            tuple(_statements(text, notes["quoted"])),
            tuple(_statements(text, notes["indirect"])),
            tuple(
                (tuple(name.split(" | ")), known["kind"], known.get("role", ""))
                for name, known in notes["actors"].items()
            ),
        )


def real() -> Iterator[Annotated]:
    """The articles that a shipped story rests on, as far as their texts are at hand."""
    for path in sorted(REAL.glob("*.txt")):
        raw = path.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        for folder in sorted(path.parent for path in STORIES.glob("*/quotes.csv")):
            if digest in (folder / "articles.csv").read_text(encoding="utf-8"):
                yield _of_story(path.stem, raw.decode("utf-8"), folder)


def places(text: str, words: str) -> list[Span]:
    """Where the words of an annotation stand in a text, every occurrence."""
    first, *last = words.partition("#")[0].split(" … ")
    pattern = re.escape(first) + "".join(r"[^\n]*?" + re.escape(part) for part in last)
    return [m.span() for m in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)]


def score(
    annotated: Annotated,
    attributions: tuple[Attribution, ...],
    actors: tuple[Actor, ...],
    speakings: tuple[Speaking | None, ...],
) -> Score:
    """What an extraction got right of an article."""
    text = annotated.article.text
    names = {actor.id: actor.name for actor in actors}
    said = [
        (one, plain(names[who.actor]) if who else "")
        for one, who in zip(attributions, speakings, strict=True)
    ]
    missed: list[tuple[str, str, str]] = []
    quoted = indirect = 0
    for span, right in annotated.quoted:
        wanted = words_of(text, [span])
        covered = {
            word
            for one, name in said
            if name in map(plain, right)
            for word in wanted & words_of(text, one.content)
        }
        if len(covered) >= COVERED * len(wanted):
            quoted += 1
        else:
            missed.append(("quoted", text[slice(*span)], _answer(text, span, said)))
    for span, right in annotated.indirect:
        wanted = words_of(text, [span])
        if any(
            name in map(plain, right) and _jaccard(wanted, words_of(text, one.content)) >= OVERLAP
            for one, name in said
        ):
            indirect += 1
        else:
            missed.append(("indirect", text[slice(*span)], _answer(text, span, said)))
    known = words_of(text, [span for span, _ in annotated.quoted])
    false = [
        one for one, _ in said if one.kind != "indirect" and not known & words_of(text, one.content)
    ]
    return Score(
        annotated.name,
        len(annotated.quoted),
        quoted,
        len(annotated.indirect),
        indirect,
        len(false),
        tuple(missed),
    )


def plain(name: str) -> str:
    """A name as it is compared: without initials, articles and differences of case."""
    words = re.sub(r"\b[A-Z]\.", " ", name).replace("’", "'").casefold().split()
    return " ".join(words[1:] if words[:1] in (["the"], ["a"], ["an"]) else words)


def words_of(text: str, spans: Iterable[Span]) -> set[int]:
    """Where the words of the spans begin."""
    return {a + match.start() for a, b in spans for match in re.finditer(r"\w+", text[a:b])}


def _jaccard(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0


def _answer(text: str, span: Span, said: list[tuple[Attribution, str]]) -> str:
    wanted = words_of(text, [span])
    found = [
        f"{name or 'nobody'} [{' '.join(text[a:b] for a, b in one.speaker)}]"
        f" {len(wanted & words_of(text, one.content))}/{len(wanted)}"
        for one, name in said
        if wanted & words_of(text, one.content)
    ]
    return "; ".join(found) or "not found"


def _statements(text: str, by_speaker: dict[str, Any]) -> Iterator[tuple[Span, tuple[str, ...]]]:
    for names, passages in by_speaker.items():
        for words in passages:
            n = int(words.partition("#")[2] or 1)
            yield places(text, words)[n - 1], tuple(names.split(" | "))


def _of_story(name: str, text: str, folder: Path) -> Annotated:
    def table(name: str) -> list[dict[str, str]]:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    actors = {row["id"]: row["name"] for row in table("actors")}
    quotes = {row["id"]: row for row in table("quotes")}
    spoken: list[tuple[Span, tuple[str, ...]]] = []
    reported: list[tuple[Span, tuple[str, ...]]] = []
    for row in table("passages"):
        if quote := quotes.get(row["record"]):
            kind = reported if quote["kind"] == "indirect" else spoken
            kind.append(((int(row["start"]), int(row["end"])), (actors[quote["speaker"]],)))
    return Annotated(name, read_article(text), tuple(spoken), tuple(reported), ())
