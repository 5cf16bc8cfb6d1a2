"""Owns the names in a text: which words are one, its title, and what kind of bearer it tells of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.extract.lexicon import countries, nations, of_body, word_class
from dashboard.extract.name_runs import OPENING, capital_word, initial, run_end
from dashboard.extract.name_titles import title

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dashboard.extract.finds import Span

GIVEN = frozenset({"ben", "al", "abu"})  # particles that are given names where they stand first
CLOSING = frozenset("”’\"'»") | {"''"}
ACRONYM = re.compile(r"[A-Z][A-Z.&-]*[A-Z]\.?")


@dataclass(frozen=True)
class Name:
    """A name where it stands, in tokens: `run` with its title, `core` without.

    `titles` are the roles before it in lower case ("transport minister", "judge"), `gender` is
    "m", "f" or "" as its honorific has it. `article` tells that "the" stands before it.
    """

    run: Span
    core: Span
    words: tuple[str, ...]
    titles: tuple[str, ...]
    gender: str
    honorific: bool
    label: str
    article: bool
    possessive: bool

    @property
    def acronym(self) -> bool:
        """Whether it is one word in capitals."""
        return len(self.words) == 1 and bool(ACRONYM.fullmatch(self.words[0]))

    @property
    def organized(self) -> bool:
        """Whether its words are those of an organization's name."""
        plain = [word.lower().rstrip(".") for word in self.words]
        return any(map(of_body, plain)) or "&" in plain or bool({"of", "for"} & set(plain[1:]))


def names(doc: Doc, spans: Iterable[Span]) -> tuple[Name, ...]:
    """The names in those stretches of the text (in characters), in order."""
    tokens = [_tokens(doc, span) for span in spans]
    lower = {t.text for run in tokens for t in doc[slice(*run)] if t.is_lower}
    capital = {
        t.text for run in tokens for t in doc[slice(*run)] if capital_word(t) and not initial(t)
    }
    found: list[Name] = []
    for first, last in tokens:
        at = first
        while at < last:
            end = run_end(doc, at, last, lower, capital)
            if end > at:
                found.extend(_names(doc, at, end))
            at = max(end, at + 1)
    return tuple(found)


@lru_cache(maxsize=4096)
def significant(name: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name as they are compared: no particles, initials, marks or capitals."""
    return tuple(
        plain.removeprefix("al-").removeprefix("el-")
        for n, word in enumerate(name)
        if (plain := word.lower().replace("’", "'").strip(".'"))
        and (plain not in word_class("particle") or (n == 0 and plain in GIVEN))
        and plain not in word_class("after_name")
        and not re.fullmatch(r"([a-z]\.?)+", word.lower() if len(plain) < 2 else "-")
    )


def _tokens(doc: Doc, span: Span) -> Span:
    found = doc.char_span(*span, alignment_mode="contract")
    return (found.start, found.end) if found is not None else (0, 0)


def _names(doc: Doc, first: int, last: int) -> Iterator[Name]:
    """The name that a run of words is; none when it is a title, a demonym or a day."""
    title_end, titles, gender, honorific = title(doc, first, last)
    core = (title_end, last)
    while core[1] - 1 > core[0] and doc[core[1] - 1].lower_.rstrip(".") in word_class("after_name"):
        core = (core[0], core[1] - 1)
    written = tuple(doc[slice(*core)].text.replace("’", "'").split())
    if not written or (not titles and not honorific and _adjective(doc, core)):
        return
    if _title_of_work(doc, core) or _dateline(doc, core):
        return
    if written[0] in ("of", "for"):  # "President of France": a role, no name
        return
    labels = [t.ent_type_ for t in doc[slice(*core)] if t.ent_type_]
    yield Name(
        run=(first, last),
        core=core,
        words=written,
        titles=titles,
        gender=gender,
        honorific=honorific,
        label=max(labels, key=labels.count) if labels else "",
        article=first > 0 and doc[first - 1].lower_ == "the",
        possessive=last < len(doc) and doc[last].tag_ == "POS",
    )


def _adjective(doc: Doc, core: Span) -> bool:
    """A demonym that is no country's name ("Danish", "Spanish") before a common noun, or alone."""
    text = doc[slice(*core)].text.lower()
    if text in nations():
        return text not in countries()
    following = doc[core[1]] if core[1] < len(doc) else None
    if core[1] - core[0] > 1 or following is None or not following.is_lower:
        return False
    only = doc[core[0]]
    return (only.pos_ == "ADJ" or only.ent_type_ == "NORP") and following.pos_ in ("NOUN", "ADJ")


def _title_of_work(doc: Doc, core: Span) -> bool:
    first, last = core
    if first == 0 or doc[first - 1].text not in OPENING or doc[first - 1].text in "—–([":
        return False
    return any(t.text in CLOSING for t in doc[last : last + 2]) and last - first < 6


def _dateline(doc: Doc, core: Span) -> bool:
    """A place in capitals at the head of a paragraph, before a dash."""
    if (core[0] and not doc[core[0] - 1].is_space) or not doc[slice(*core)].text.isupper():
        return False
    return any(t.text in ("—", "–", "-", "--") for t in doc[core[1] : core[1] + 14])
