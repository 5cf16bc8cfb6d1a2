"""The first shipped story: as a `Story`, as plain rows, and as selections to draw from it.

What a selection shows is told here a second time, row by row over the CSV files: the tests compare
it with what the code under test says.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from dashboard.selection import MANY, Selection
from dashboard.story import read_story

FOLDER = Path(__file__).parent.parent / "data" / "stories" / "moscow-talks"
STORY = read_story(FOLDER)

Row = dict[str, str]


def _rows(table: str) -> list[Row]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS: dict[str, list[Row]] = {path.stem: _rows(path.stem) for path in FOLDER.glob("*.csv")}
BY_ID: dict[str, Row] = {row["id"]: row for table in ROWS.values() for row in table if "id" in row}


def ids(table: str) -> list[str]:
    return [row["id"] for row in ROWS[table]]


def linked(record: str, column: str, role: str = "") -> set[str]:
    """What a record's links name: actors or places, in one role or in any."""
    found = (r for r in ROWS["links"] if r["record"] == record and role in ("", r["role"]))
    return {r[column] for r in found if r[column]}


def spoken(quote: str) -> str:
    """The words of a statement inside quotation marks."""
    return " ".join(
        r["exact"] for r in ROWS["passages"] if r["record"] == quote and r["exact"]
    )  # fmt: skip


def values(quote: Row, facet: str, selection: Selection) -> set[str]:
    """The values of a facet that a statement has, in the selection's roles."""
    about = {name: linked(quote["id"], name, "about") for name in ("actor", "place")}
    own = {"actor": {quote["speaker"]} - {""}, "place": {quote["said_at"]} - {""}}
    roles = {
        "actors": ("actor", selection.actor_role, "by"),
        "places": ("place", selection.place_role, "in"),
    }
    if facet in roles:
        name, role, said = roles[facet]
        return {"any": own[name] | about[name], said: own[name], "about": about[name]}[role]
    if facet == "about":
        return about["actor"]
    return {quote["kind" if facet == "kinds" else "topic"]} - {""}


def searched(quote: Row) -> str:
    """What free text is looked for in: words, our own lines, names and aliases."""
    of = quote["id"]
    people = {quote["speaker"]} | linked(of, "actor")
    where = {quote["said_at"]} - {""} | linked(of, "place", "about")
    texts = [spoken(of), quote["paraphrase"], quote["context"]]
    texts += [BY_ID[i]["name"] for i in people | where]
    texts += [BY_ID[i]["aliases"].replace("|", " ") for i in people]
    return _simple(" ".join(texts))


def _simple(text: str) -> str:
    return text.replace("’", "'").replace("‘", "'").replace("–", "-").lower()


def answers(quote: Row, selection: Selection) -> bool:
    chosen = [(name, getattr(selection, name)) for name in MANY]
    return all(values(quote, name, selection) & set(v) for name, v in chosen if v) and all(
        word in searched(quote) for word in _simple(selection.text).split()
    )


def expected(selection: Selection) -> list[str]:
    """Ids of the statements that a selection shows, in the story's order."""
    return [quote["id"] for quote in ROWS["quotes"] if answers(quote, selection)]


def expected_counts(facet: str, selection: Selection) -> dict[str, int]:
    """Statements per value of a facet, that facet's own choice aside."""
    others = selection.but(**{facet: ()})
    shown = [quote for quote in ROWS["quotes"] if answers(quote, others)]
    return dict(Counter(v for quote in shown for v in values(quote, facet, selection)))


CHOICES: dict[str, list[str]] = {
    "actors": ids("actors"),
    "about": ids("actors"),
    "places": ids("places"),
    "kinds": ["direct", "mixed", "indirect"],
    "topics": ids("topics"),
}
_TEXTS = [searched(quote) for quote in ROWS["quotes"]]
WORDS = sorted(set(re.findall(r"[a-z'-]{2,}", " ".join(_TEXTS))))


def _some(choices: list[str]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(choices), max_size=4).map(tuple)


def selections(**fixed: Any) -> st.SearchStrategy[Selection]:
    """Selections made of the story's own ids and words."""
    # Most facets stay empty most of the time: five at once leave nothing over.
    fields: dict[str, st.SearchStrategy[Any]] = {
        name: st.just(()) | _some(choices) for name, choices in CHOICES.items()
    }
    fields |= {
        "actor_role": st.sampled_from(["any", "by", "about"]),
        "place_role": st.sampled_from(["any", "in", "about"]),
        "text": st.just("") | st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join),
        "quote": st.just("") | st.sampled_from(ids("quotes")),
    }
    return st.builds(Selection, **(fields | {k: st.just(v) for k, v in fixed.items()}))


# One selection of each sort, for what is too slow or too plain to be drawn at random.
TYPICAL = (
    Selection(),
    Selection(actors=("john-kerry",)),
    Selection(actors=("sergey-lavrov", "staffan-de-mistura"), actor_role="by"),
    Selection(actors=("bashar-al-assad",), actor_role="about"),
    Selection(about=("russian-government",)),
    Selection(places=("geneva",), place_role="in"),
    Selection(places=("aleppo", "moscow"), place_role="about"),
    Selection(kinds=("direct",)),
    Selection(topics=("iran-accord",)),
    Selection(text="opposition"),
    Selection(actors=("john-kerry",), places=("aleppo",), kinds=("mixed",)),
    Selection(text="no such word"),
)


def label(value: object) -> str | None:
    """A selection's name in a table of tests: what it chooses, nothing else."""
    if isinstance(value, Selection):
        fields = ((k, v) for k, v in vars(value).items() if v not in ((), "", "any"))
        return " ".join(f"{k}={v if isinstance(v, str) else '|'.join(v)}" for k, v in fields)
    return None
