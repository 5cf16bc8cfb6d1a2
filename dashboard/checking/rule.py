"""Owns what a rule is: a sentence for editors beside the function that checks it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard.checking.fault import Fault
from dashboard.checking.package import Row

Tables = dict[str, list[Row]]
Faults = Iterator[Fault]


@dataclass(frozen=True)
class Rule:
    """A rule: the sentence that tells an editor, the tables it needs, the function that checks."""

    sentence: str
    tables: tuple[str, ...]
    check: Callable[[Tables], Faults]

    def applies(self, tables: Tables) -> bool:
        """Tell whether every table that the rule needs could be read."""
        return all(table in tables for table in self.tables)


def rule(*tables: str) -> Callable[[Callable[[Tables], Faults]], Rule]:
    """Make a Rule of a function, whose docstring is the sentence.

    The function gets all tables, of which these can be read; values in their rows may be None.
    """
    return lambda check: Rule(" ".join((check.__doc__ or "").split()), tables, check)


def drafts(tables: Tables) -> frozenset[str]:
    """Ids of the records that a program found and nobody has reviewed."""
    return frozenset(row["record"] for row in tables["reviews"] if row["status"] == "draft")
