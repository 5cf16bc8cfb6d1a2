"""Owns mapping files: which column of somebody's table holds what a library asks for.

A mapping is TOML:

    name = "Debates of the council"   # required; begins the permanent names of its records
    list = "|"                        # parts several values in one cell (this is the default)
    delimiter = ";"                   # of CSV; a comma unless given
    dates = "%d.%m.%Y"                # as strptime reads; ISO 8601 (2015-01-14) unless given

    [columns]                         # what a library asks for = the column that has it
    words = "text"                    # required: what was said, or `paraphrase`
    speaker = "who"

All that can be asked for: COLUMNS. Columns of the table that are not named are left alone.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dashboard.checking.fault import shown
from dashboard.library.sources.source import SourceError

COLUMNS = MappingProxyType(
    {
        "id": "its own name, which stays; made of the record where there is no such column",
        "words": "the words as spoken",
        "paraphrase": "what was said, in somebody else's words",
        "context": "one line on what it is about",
        "kind": "direct, mixed or indirect; by default direct, without words indirect",
        "date": "the day it was said or printed",
        "speaker": "who says it, by name",
        "wikidata": "the speaker's item: Q58217",
        "about": "whom it is about, by name; several",
        "addressee": "to whom it is said, by name; several",
        "place": "where it was said, by name",
        "latitude": "of that place, in degrees (WGS 84)",
        "longitude": "of that place, in degrees (WGS 84)",
        "country": "of that place: ISO 3166, SY",
        "place_kind": "of that place: city, site, region or country; only the first two are points",
        "about_place": "which places it is about, by name; several",
        "topic": "on what, by name",
        "outlet": "who printed it, by name; several, by default the hosts of `url`",
        "url": "where it was printed (http or https); several, in the order of `outlet`",
        "title": "the headline",
        "printings": "how often it was printed",
        "confidence": "in the attribution, 0 to 1",
    }
)
TOGETHER = (
    ("latitude", "longitude"),
    ("longitude", "latitude"),
    ("latitude", "place"),
    ("country", "place"),
    ("place_kind", "place"),
    ("wikidata", "speaker"),
)
LARGEST = 10_000  # bytes; one with every column has 1,000
SETTINGS = ("name", "list", "delimiter", "dates")


@dataclass(frozen=True)
class Mapping:
    """A mapping without faults; `digest` tells it from every other one."""

    name: str
    columns: dict[str, str]
    between: str
    delimiter: str
    dates: str
    digest: str


def read_mapping(path: Path) -> Mapping:
    """Read a mapping file; raise one SourceError with every fault in it."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise ValueError(f"more than {LARGEST:,} bytes")
        told = tomllib.loads(raw.decode("utf-8"))
    except OSError as error:
        raise SourceError(f"{path}: {error.strerror}; give the mapping's file") from None
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path}: is not TOML ({error}); see `library build --help`") from None
    if faults := _faults(told):
        raise SourceError("\n".join(f"{path}: {fault}" for fault in faults))
    return Mapping(
        name=told["name"].strip(),
        columns=dict(told["columns"]),
        between=told.get("list", "|"),
        delimiter=told.get("delimiter", ","),
        dates=told.get("dates", ""),
        digest=sha256(raw).hexdigest(),
    )


def missing(mapping: Mapping, header: list[str]) -> list[str]:
    """What is wrong with a mapping for a table with these columns."""
    faults = []
    for wanted, column in mapping.columns.items():
        if column not in header:
            near = get_close_matches(column, header, 1, 0.6)
            remedy = f"is {near[0]!r} meant?" if near else f"there are {', '.join(header[:20])}"
            faults.append(f"columns.{wanted}: the table has no column {shown(column)}; {remedy}")
    return faults


def _faults(told: dict[str, Any]) -> list[str]:
    columns = told.get("columns")
    faults = []
    for key in told:
        if key not in (*SETTINGS, "columns"):
            known = ", ".join((*SETTINGS, "[columns]"))
            faults.append(f"{shown(key)} is unknown; there are {known}")
    faults += [
        f'{key} is no text; write {key} = "…"'
        for key in SETTINGS
        if key in told and not (isinstance(told[key], str) and told[key])
    ]
    if "name" not in told:
        faults.append('name is missing; name the collection: name = "Debates of the council"')
    if isinstance(told.get("delimiter"), str) and len(told["delimiter"]) > 1:
        faults.append('delimiter is more than one character; give one, "\\t" for a tab')
    if isinstance(told.get("dates"), str) and "%Y" not in told["dates"]:
        faults.append('dates has no year; write it as strptime reads it: "%d.%m.%Y"')
    if not isinstance(columns, dict):
        return [*faults, '[columns] is missing; say which columns to read: words = "text"']
    for key, column in columns.items():
        if key not in COLUMNS:
            near = get_close_matches(key, COLUMNS, 1, 0.6)
            remedy = f"is {near[0]} meant?" if near else f"there are {', '.join(COLUMNS)}"
            faults.append(f"columns.{key} is unknown; {remedy}")
        elif not (isinstance(column, str) and column):
            faults.append(f"columns.{key} is no text; give the column's name")
    if "words" not in columns and "paraphrase" not in columns:
        faults.append('columns.words is missing; say which column has them: words = "text"')
    return faults + [
        f"columns.{other} is missing beside {one}; give both, or neither"
        for one, other in TOGETHER
        if one in columns and other not in columns
    ]
