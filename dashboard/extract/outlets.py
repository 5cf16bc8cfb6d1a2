"""Owns the names of those who publish: agencies, and what a masthead or credit line looks like."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from pathlib import Path

# Of these words at least one is in nearly every newspaper's, agency's or station's name.
NAMING = frozenset(
    {
        "agency", "argus", "broadcasting", "bulletin", "chronicle", "courier", "daily",
        "dispatch", "echo", "examiner", "express", "gazette", "globe", "guardian", "herald",
        "independent", "inquirer", "journal", "ledger", "magazine", "mail", "mercury", "mirror",
        "monitor", "network", "news", "observatory", "observer", "post", "press", "radio",
        "record", "register", "reporter", "review", "service", "standard", "star", "sun",
        "telegraph", "television", "times", "tribune", "tv", "weekly", "wire",
    }
)  # fmt: skip
SMALL = frozenset({"a", "an", "and", "at", "by", "de", "for", "in", "of", "on", "the", "to"})
INITIALS = frozenset(
    {
        "abc", "bbc", "cbs", "cbc", "cnn", "nbc", "npr", "pbs", "rte", "tv", "uk", "us", "usa",
        "un",
    }
)  # fmt: skip
DOMAIN = re.compile(r"(?:www\.)?[a-z0-9-]{2,40}(?:\.[a-z]{2,12}){1,2}", re.IGNORECASE)


@lru_cache(maxsize=1)
def agencies() -> dict[str, str]:
    """Full names of agencies and stations, by what datelines print, in capitals."""
    path = Path(__file__).with_name("outlets.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return {row["printed"]: row["name"] for row in csv.DictReader(file)}


def outlet_name(printed: str) -> str:
    """An outlet's name as prose has it: "THE NEW YORK TIMES" is The New York Times."""
    name = " ".join(printed.split()).strip(" -–—|·•.")
    known = agencies().get(name.upper())
    if known and (known.upper() == name.upper() or name.isupper()):
        return known
    words = name.split(" ")
    if name.isupper():
        words = [word if word.lower() in INITIALS else _capital(word) for word in words]
    return " ".join(
        word.lower() if n and word.lower() in SMALL else word for n, word in enumerate(words)
    )


def looks_like_outlet(printed: str) -> bool:
    """Whether a line may be a masthead or credit: a known name, a domain, or a name of its kind."""
    name = printed.strip(" -–—|·•")
    if name.upper() in agencies() or DOMAIN.fullmatch(name):
        return True
    words = name.split()
    if not 1 <= len(words) <= 8 or name[-1:] in ".?!:,;" or any(c in name for c in ':;?!“”"'):
        return False
    proper = all(word[0].isupper() or word[0].isdigit() or word in SMALL for word in words)
    return proper and any(word.lower() in NAMING for word in words)


def _capital(word: str) -> str:
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))
