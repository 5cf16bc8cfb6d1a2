"""Owns the words that tell who somebody is: roles, titles, given names, nations.

`words.csv` has words by what they do in or beside a name, `roles.csv` nouns by the kind of who
bears them, `given_names.csv` common given names of many countries by gender: all from general
knowledge, not counted in any text. Nations and demonyms are the gazetteer's.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MASCULINE, FEMININE = "m", "f"

HONORIFICS = {
    "mr": "m", "mrs": "f", "ms": "f", "miss": "f", "mx": "", "dr": "", "sir": "m", "dame": "f",
    "lord": "m", "lady": "f", "madam": "f", "madame": "f", "monsieur": "m", "herr": "m",
    "frau": "f", "señor": "m", "señora": "f", "don": "m", "doña": "f", "sheikh": "m",
    "sheik": "m", "shaikh": "m", "saint": "", "hon": "", "baroness": "f", "ayatollah": "m",
    "mullah": "m", "maulana": "m", "haji": "m", "sister": "f", "brother": "m", "father": "m",
    "mother": "f", "aunt": "f", "uncle": "m",
}  # fmt: skip

# Titles as they are shortened before a name, and the roles that they mean.
SHORTENED = {
    "prof": "professor", "sen": "senator", "rep": "representative", "gov": "governor",
    "lt": "lieutenant", "gen": "general", "brig": "brigadier", "col": "colonel", "maj": "major",
    "capt": "captain", "cpt": "captain", "cmdr": "commander", "adm": "admiral", "sgt": "sergeant",
    "cpl": "corporal", "pvt": "private", "pte": "private", "insp": "inspector",
    "det": "detective", "supt": "superintendent", "ch": "chief", "pc": "constable",
    "dc": "constable", "cllr": "councillor", "rev": "reverend", "fr": "father", "amb": "ambassador",
    "pres": "president", "sec": "secretary", "atty": "attorney",
    "dep": "deputy", "asst": "assistant", "hon": "honourable", "dr": "doctor", "justice": "judge",
    "chief": "chief", "corporal": "corporal", "private": "private", "officer": "officer",
}  # fmt: skip

# One may be called the other when the article comes back to somebody.
ALIKE = (
    {"representative", "congressman", "congresswoman", "lawmaker", "legislator", "politician"},
    {"senator", "lawmaker", "legislator", "politician"},
    {"mp", "lawmaker", "legislator", "politician", "backbencher"},
    {"councillor", "councilor", "councilman", "councilwoman", "politician"},
    {"coach", "manager", "trainer"},
    {"lawyer", "attorney", "barrister", "solicitor", "counsel", "advocate"},
    {"professor", "scholar", "academic", "scientist", "researcher", "doctor"},
    {"doctor", "physician", "surgeon"},
    {"glaciologist", "biologist", "physicist", "geologist", "chemist", "scientist", "researcher"},
    {"spokesman", "spokeswoman", "spokesperson"},
    {"chairman", "chairwoman", "chair", "chairperson"},
    {"president", "leader"},
    {"prime", "premier"},
    {"chairman", "leader", "chief", "head", "director", "administrator", "commissioner"},
    {"judge", "justice", "magistrate"},
    {"writer", "author", "novelist", "playwright", "dramatist", "poet"},
    {"policeman", "policewoman", "officer", "constable", "detective", "inspector"},
    {"envoy", "ambassador", "diplomat", "mediator"},
    {"executive", "boss", "chief"},
    {"company", "firm", "group", "business", "corporation"},
    {"agency", "authority", "commission", "regulator", "body", "watchdog"},
    {"charity", "group", "organization", "organisation", "nonprofit"},
    {"orchestra", "philharmonic", "ensemble"},
    {"theatre", "theater", "playhouse"},
    {"team", "club", "side"},
    {"party", "alliance", "union", "movement"},
    {"federation", "union", "association"},
    {"centre", "center", "institute", "laboratory"},
)  # fmt: skip

# Nouns formed like this are persons.
FORMED = re.compile("(?:ologist|ician|ographer|writer|keeper|player|worker|driver|holder|smith)s?$")


@dataclass(frozen=True)
class Noun:
    """What a noun says of who bears it: `person`, `group`, `organization` …, and the gender."""

    kind: str
    gender: str


@lru_cache(maxsize=1)
def _roles() -> dict[str, Noun]:
    return {row["noun"]: Noun(row["kind"], row["gender"]) for row in _table("roles.csv")}


@lru_cache(maxsize=32)
def word_class(group: str) -> frozenset[str]:
    """The words of a class, in lower case.

    `organized` words make a name an organization's, `landscape` a place's; after `going_on` words
    a name goes on with "of" or "for"; a `portfolio` belongs to the title before it ("Secretary of
    State"); `particle`, `after_name`, `calendar`, `preposition`, `placing` and `determiner` are
    what they say.
    """
    return frozenset(row["word"] for row in _table("words.csv") if row["class"] == group)


def kind_of(word: str) -> str:
    """The kind of who bears a noun; "" when it says nothing."""
    found = noun(word)
    return found.kind if found else ""


def of_body(word: str) -> bool:
    """Whether a word makes a name an organization's or a government's."""
    body = kind_of(word) in ("organization", "government") and singular(word) == word
    return body or word in word_class("organized")


@lru_cache(maxsize=1)
def given_names() -> dict[str, str]:
    """The gender, `m` or `f`, of common given names, in lower case."""
    return {row["name"].lower(): row["gender"] for row in _table("given_names.csv")}


@lru_cache(maxsize=1)
def nations() -> dict[str, str]:
    """The country's English name by its names, demonyms and capital, all in lower case.

    "the Kremlin" and the like are not among them: an article names them as it means them.
    """
    found: dict[str, str] = {}
    for row in _table("gazetteer/countries.csv"):
        for name in (row["name"], *row["aliases"].split("|"), *row["demonyms"].split("|")):
            if len(name) > 1:
                found.setdefault(name.lower(), row["name"])
    return found


@lru_cache(maxsize=1)
def countries() -> frozenset[str]:
    """The names of countries, not their demonyms, in lower case."""
    return frozenset(
        name.lower()
        for row in _table("gazetteer/countries.csv")
        for name in (row["name"], *row["aliases"].split("|"))
        if len(name) > 1
    )


@lru_cache(maxsize=4096)
def noun(word: str) -> Noun | None:
    """What a noun says of who bears it, in singular or plural; None when it says nothing."""
    word = word.lower().rstrip(".")
    known = _roles()
    for form in (word, *_singulars(word)):
        if form in known:
            return known[form]
    head = word.rpartition("-")[2]
    if head != word:
        return known.get(head)
    return Noun("person", "") if FORMED.search(word) else None


@lru_cache(maxsize=4096)
def singular(word: str) -> str:
    """The singular of a role noun, in lower case; the word when it is no known plural."""
    word = word.lower().rstrip(".")
    known = _roles()
    if word in known:
        return SHORTENED.get(word, word)
    if form := next((form for form in _singulars(word) if form in known), ""):
        return form
    return word[:-1] if FORMED.search(word) and word.endswith("s") else SHORTENED.get(word, word)


def plural(word: str) -> bool:
    """Whether a role noun stands in the plural, or means several by itself."""
    found = noun(word)
    return singular(word) != word.lower() or bool(found and found.kind == "group")


@lru_cache(maxsize=4096)
def alike(one: str, other: str) -> bool:
    """Whether two role nouns (singular) may name the same somebody."""
    return one == other or any(one in group and other in group for group in ALIKE)


def _singulars(word: str) -> tuple[str, ...]:
    forms = []
    if word.endswith("men"):
        forms.append(word[:-3] + "man")
    if word.endswith("ies"):
        forms.append(word[:-3] + "y")
    if word.endswith("es"):
        forms.append(word[:-2])
    if word.endswith("s"):
        forms.append(word[:-1])
    if word == "people":
        forms.append("person")
    return tuple(forms)


def _table(name: str) -> list[dict[str, str]]:
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
