"""To whom printings of the same words attribute them, and whether they agree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from dashboard.library.answers import Entry, Named, Quotation
from dashboard.library.folding import words

MOST_SPEAKERS = 20  # that are told apart; as many are never named but of a formula


class Knowing(Protocol):
    """What knows actors: a `Library`."""

    def entry(self, facet: str, key: str) -> Entry | None:
        """An actor (`actors`)."""


@dataclass(frozen=True)
class Attribution:
    """Who is said to have spoken, and by whom: outlets, each once, and how many statements.

    `confidence` is the highest that any source tells, None when none does.
    """

    speaker: Named | None
    outlets: tuple[Named, ...]
    statements: int
    confidence: float | None


def attributions(statements: Iterable[Quotation]) -> tuple[Attribution, ...]:
    """Speakers by how many outlets name them; those statements that name none come last."""
    by: dict[str, list[Quotation]] = {}
    for said in statements:
        by.setdefault(said.speaker.key if said.speaker else "", []).append(said)
    found = [_attribution(together) for together in by.values()]
    return tuple(sorted(found, key=_rank))


def outlets_of(statements: Iterable[Quotation]) -> tuple[Named, ...]:
    """Who printed statements, each outlet once."""
    return tuple(dict.fromkeys(outlet for said in statements for outlet in said.outlets))


def conflicting(statements: Iterable[Quotation], library: Knowing) -> tuple[Attribution, ...]:
    """The different people to whom the same words are attributed; none unless there are several.

    Who names nobody contradicts nobody. The same Wikidata id is the same speaker, and so is a name
    that says less than another (Hale, Ada Hale), unless both have ids that differ.
    """
    every = tuple(statements)
    named = [each for each in attributions(every) if each.speaker][:MOST_SPEAKERS]
    if len(named) < 2:
        return ()
    people: list[_Person] = []
    for each in named:
        person = _person(each.speaker, library) if each.speaker else _Person("", set(), set())
        known = next((other for other in people if other.may_be(person)), None)
        if known:
            known.add(person)
        else:
            people.append(person)
    if len(people) < 2:
        return ()
    found = [
        _attribution([said for said in every if said.speaker and said.speaker.key in person.keys])
        for person in people
    ]
    return tuple(sorted(found, key=_rank))


@dataclass
class _Person:
    wikidata: str
    keys: set[str]
    words: set[str]

    def may_be(self, other: _Person) -> bool:
        if self.wikidata and other.wikidata:
            return self.wikidata == other.wikidata
        return bool(self.words and other.words) and (
            self.words <= other.words or other.words <= self.words
        )

    def add(self, other: _Person) -> None:
        self.wikidata = self.wikidata or other.wikidata
        self.keys |= other.keys
        self.words |= other.words


def _person(speaker: Named, library: Knowing) -> _Person:
    entry = library.entry("actors", speaker.key)
    return _Person(entry.wikidata if entry else "", {speaker.key}, set(words(speaker.name)))


def _attribution(statements: Sequence[Quotation]) -> Attribution:
    """What statements with one speaker say of them; named as most of them do."""
    names = [said.speaker for said in statements if said.speaker]
    sure = [said.confidence for said in statements if said.confidence is not None]
    return Attribution(
        max(names, key=names.count) if names else None,
        outlets_of(statements),
        len(statements),
        max(sure, default=None),
    )


def _rank(found: Attribution) -> tuple[bool, int, int, str]:
    name = found.speaker.name if found.speaker else ""
    return found.speaker is None, -len(found.outlets), -found.statements, name
