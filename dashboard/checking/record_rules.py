"""Owns the rules of articles, places, actors, quotes, events and positions."""

from __future__ import annotations

import calendar
from datetime import date
from urllib.parse import urlsplit

from dashboard.checking.fault import SHOWN, Fault, shown
from dashboard.checking.package import Row
from dashboard.checking.rule import Faults, Tables, drafts, rule
from dashboard.schema import TABLES, columns, references

# (table, the column that says how we know, the columns it speaks of, the note it needs if inferred)
BASES = (
    ("articles", "published_basis", (), "published_note"),
    ("actors", "member_basis", ("member_of",), "member_note"),
    ("quotes", "said_basis", ("said_at", "said_on"), "said_note"),
    ("events", "basis", (), "note"),
)
MOST_NAMES = 100  # of a list


@rule("articles")
def has_article(tables: Tables) -> Faults:
    """A story has at least one article."""
    if not tables["articles"]:
        yield Fault("articles", None, None, "has no rows; add the article that the story rests on")


@rule()
def unique_ids(tables: Tables) -> Faults:
    """Ids are unique over the whole story."""
    first: dict[str, Row] = {}
    for table in TABLES:
        for row in tables.get(table, ()) if "id" in columns(table) else ():
            other = first.setdefault(row["id"], row) if row["id"] else row
            if other.table != table:
                at = f"{other.table} row {other.line}"
                yield row.fault("id", f"{shown(row['id'])} is also the id of {at}; rename one")


@rule("quotes", "reviews")
def paraphrase_where_indirect(tables: Tables) -> Faults:
    """`paraphrase` stands in indirect quotes alone, and in each of them that is no draft."""
    found = drafts(tables)
    for row in tables["quotes"]:
        if row["kind"] == "indirect" and not row["paraphrase"] and row["id"] not in found:
            yield row.fault("paraphrase", "is empty in an indirect quote; say it in our own words")
        elif row["kind"] in ("direct", "mixed") and row["paraphrase"]:
            yield row.fault(
                "paraphrase", f"stands beside the words of a {row['kind']} quote; empty it"
            )


@rule("actors", "quotes")
def basis_given(tables: Tables) -> Faults:
    """A basis is given exactly when there is something that it speaks of."""
    for table, basis, subjects, _ in BASES:
        for row in tables[table] if subjects else ():
            known, names = any(row[subject] for subject in subjects), " or ".join(subjects)
            if known and not row[basis]:
                yield row.fault(basis, f"is empty beside {names}; write stated or inferred")
            elif row[basis] and not known:
                yield row.fault(basis, f"is given without {names}; empty it or fill that in")


@rule("articles", "actors", "quotes", "events")
def inference_explained(tables: Tables) -> Faults:
    """What is inferred has a note that says why."""
    for table, basis, _, note in BASES:
        for row in tables[table]:
            if row[basis] == "inferred" and not row[note]:
                yield row.fault(note, f"is empty, but {basis} is inferred; say why")


@rule("actors")
def no_circles(tables: Tables) -> Faults:
    """Nobody is a member of itself, nor through others."""
    member_of = {row["id"]: row["member_of"] for row in tables["actors"]}
    circling = _circling(member_of)
    for row in tables["actors"]:
        if row["id"] not in circling:
            continue
        chain = [row["id"]]
        while len(chain) <= SHOWN // len(" > x") and (above := member_of[chain[-1]]) != row["id"]:
            chain.append(above)
        circle = shown(" > ".join([*chain, row["id"]]))
        yield row.fault("member_of", f"leads back to itself ({circle}); empty one of them")


def _circling(above: dict[str, str]) -> set[str]:
    """Those from whom a chain leads back to them; nobody is looked at twice."""
    found: set[str] = set()
    seen: set[str] = set()
    for one in above:
        chain: dict[str, int] = {}
        while one and one not in seen:
            seen.add(one)
            chain[one] = len(chain)
            one = above.get(one, "")
        if one in chain:
            found.update(list(chain)[chain[one] :])
    return found


@rule("places")
def coordinates(tables: Tables) -> Faults:
    """Latitude and longitude come together; a city or site has them."""
    for row in tables["places"]:
        for column, other in (("latitude", "longitude"), ("longitude", "latitude")):
            pinned = row["kind"] in ("city", "site")
            if row[column] is None and (pinned or row[other] is not None):
                why = f"a {row['kind']} is pinned on the map" if pinned else f"{other} is given"
                yield row.fault(column, f"is empty, but {why}; fill it in")


@rule("events")
def event_span(tables: Tables) -> Faults:
    """An event's span is its precision: one day (no end, or the same), seven days, a whole month
    or year (whole ones, if it is ongoing). A deadline's span is the period in which it falls.
    """
    for row in tables["events"]:
        start, end, precision = row["start"], row["end"], row["precision"]
        if start and end and end < start:
            yield row.fault("end", f"{end} is before the start {start}; correct one")
        elif start and precision and not _fits(start, end, precision, row["status"] == "ongoing"):
            yield row.fault(
                "end", f"{start} to {end or 'nothing'} is not {WHOLE[precision]}; correct it"
            )


WHOLE = {
    "day": "one day (end empty or the same)",
    "week": "seven days",
    "month": "the first to the last day of a month",
    "year": "1 January to 31 December",
}


def _fits(start: date, end: date | None, precision: str, ongoing: bool) -> bool:
    if precision == "day":
        return end in (None, start) or ongoing
    if end is None:
        return False
    if precision == "week":
        return (end - start).days == 6 or (ongoing and (end - start).days % 7 == 6)
    last = calendar.monthrange(end.year, end.month)[1]
    whole = start.day == 1 and end.day == last
    if precision == "year":
        return whole and (start.month, end.month) == (1, 12) and (ongoing or start.year == end.year)
    return whole and (ongoing or (start.year, start.month) == (end.year, end.month))


@rule("articles")
def address(tables: Tables) -> Faults:
    """An article's address is http or https, with a host."""
    for row in tables["articles"]:
        try:
            parts = urlsplit(row["url"] or "https://host")
            sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:  # a broken IPv6 host or port
            sound = False
        if not sound:
            yield row.fault(
                "url", f"{shown(row['url'])} has no usable host; copy the page's address"
            )


@rule("articles", "reviews")
def address_given(tables: Tables) -> Faults:
    """An article without address is allowed only while the story has drafts."""
    for row in () if drafts(tables) else tables["articles"]:
        if not row["url"]:
            yield row.fault("url", "is empty, and no record is a draft; fill in the page's address")


NAMING = (
    "articles", "places", "actors", "quotes", "events", "positions", "links", "mentions",
    "alternatives",
)  # fmt: skip


@rule(*NAMING)
def used(tables: Tables) -> Faults:
    """Every actor and place is mentioned, linked, or named by another row at least once."""
    for table in ("places", "actors"):
        used = {
            row[column]
            for other in NAMING
            for column, target in references(other)
            if target == table
            for row in tables[other]
        }
        for row in tables[table]:
            if row["id"] and row["id"] not in used:
                what = f"{shown(row['id'])} is neither mentioned nor linked"
                yield row.fault("id", f"{what}; add a mention or delete it")


@rule("positions")
def one_position(tables: Tables) -> Faults:
    """An actor has one position on a topic."""
    first: dict[tuple[str, str], int] = {}
    for row in tables["positions"]:
        line = first.setdefault((row["actor"], row["topic"]), row.line)
        if line != row.line and row["actor"] and row["topic"]:
            yield row.fault("actor", f"has a position on that topic in row {line}; merge them")


@rule("actors")
def lists(tables: Tables) -> Faults:
    """No name in a list is empty, padded or there twice, and a list has at most 100."""
    for row in tables["actors"]:
        names = row["aliases"]
        if any(not name.strip() or name != name.strip() for name in names):
            yield row.fault("aliases", "has an empty or padded name; put one | between two names")
        elif len(set(names)) < len(names):
            yield row.fault("aliases", "has a name twice; remove one")
        elif len(names) > MOST_NAMES:
            yield row.fault("aliases", f"has {len(names):,} names; keep {MOST_NAMES} of them")
