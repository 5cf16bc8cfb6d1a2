"""Owns who is known of an article: one referent for each actor, and where it is meant."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dashboard.extract.appositions import Role
    from dashboard.extract.finds import Span
    from dashboard.extract.names import Name

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SUBORDINATE = 1.8  # the weight of a subject of no main clause


@dataclass(eq=False)
class Referent:
    """Somebody that an article names or quotes; what it calls them is gathered as it is read.

    `words` is the fullest name, or the phrase of somebody who is not named (`anonymous`). `places`
    are the tokens where it is named, with the weight that this has for a pronoun.
    """

    words: tuple[str, ...]
    kind: str = ""
    gender: str = ""
    guess: str = ""  # the gender as pronouns near the name have it
    anonymous: bool = False
    plural: bool = False
    ages: set[str] = field(default_factory=set)
    roles: list[Role] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)  # of tokens
    places: list[tuple[int, float]] = field(default_factory=list)
    acronyms: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The fullest name that is printed, without honorific."""
        return " ".join(self.words)

    def belongs_to(self, gender: str) -> bool:
        """Whether the article names them by whose they are: "her mother", "his deputy, NAME"."""
        owner = {"m": "his", "f": "her"}[gender]
        other = self.anonymous or self.gender != gender
        return other and any(owner in role.words for role in self.roles)

    def add_role(self, role: Role) -> None:
        """Notes a role, and the gender that it tells."""
        if all(role.text != known.text for known in self.roles):
            self.roles.append(role)
        self.gender = self.gender or role.noun.gender


@dataclass
class Cast:
    """Everybody in an article; `by_token` tells whose name, or whose role, a token belongs to."""

    doc: Doc
    named: list[Referent] = field(default_factory=list)
    unnamed: list[Referent] = field(default_factory=list)
    by_token: dict[int, Referent] = field(default_factory=dict)
    by_role: dict[int, Referent] = field(default_factory=dict)

    def everybody(self) -> list[Referent]:
        """All referents, named ones first."""
        return [*self.named, *self.unnamed]


def weight_of(head: Token) -> float:
    """How much a phrase draws later pronouns to it: a main clause's subject most."""
    if head.dep_ in SUBJECTS:
        return SUBORDINATE if head.head.dep_ in ("advcl", "relcl", "acl") else 2.2
    return 0.8 if head.dep_ == "poss" else 1.0
