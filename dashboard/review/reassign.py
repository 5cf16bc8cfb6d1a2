"""Owns another answer to who speaks, and to where a place is."""

from __future__ import annotations

from dashboard.checking.anchors import is_named
from dashboard.review.decisions import confidence, revive
from dashboard.review.draft import Draft, ReviewError, Row, change, find, row
from dashboard.review.naming import printed

ON_THE_GLOBE = ("name", "country", "latitude", "longitude", "geonames")


def speaker(draft: Draft, quote: str, actor: str, by: str = "reviewer") -> Draft:
    """Return the draft in which somebody else says it; who did is kept as an alternative.

    Raises ReviewError.
    """
    table, found = find(draft, quote)
    if table != "quotes" or find(draft, actor)[0] != "actors":
        raise ReviewError("only a person or group of the story can be a speaker; choose one")
    if actor == found["speaker"]:
        return draft
    before = row(
        "alternatives", record=quote, actor=found["speaker"], confidence=_sure(draft, quote)
    )
    others = [r for r in draft.others.get(quote, ()) if r["actor"] != actor]
    draft = change(_with_others(draft, quote, [before, *others]), quote, speaker=actor)
    return revive(draft, actor, by)


def place(draft: Draft, place: str, n: int, by: str = "reviewer") -> Draft:
    """Return the draft in which a place is its n-th alternative; what it was takes that rank.

    Raises ReviewError.
    """
    table, found = find(draft, place)
    others = list(draft.others.get(place, ()))
    if table != "places" or not 1 <= n <= len(others):
        raise ReviewError("this place is not among the candidates any more; choose again")
    chosen = others[n - 1]
    before = {column: found[column] for column in ON_THE_GLOBE}
    if found["latitude"]:
        sure = _sure(draft, place)
        others[n - 1] = row("alternatives", record=place, confidence=sure, **before)
    else:
        del others[n - 1]
    cells = {column: chosen[column] for column in ON_THE_GLOBE}
    if not all(is_named(printed(draft, m), [chosen["name"]]) for m in draft.anchors.get(place, ())):
        cells["name"] = found["name"]  # the article has another name for it
    if chosen["geonames"] != found["geonames"]:
        cells["wikidata"] = ""  # it named the other place
    draft = change(_with_others(draft, place, others), place, **cells)
    return revive(draft, place, by)


def _sure(draft: Draft, record: str) -> str:
    return "" if confidence(draft, record) is None else draft.reviews[record]["confidence"]


def _with_others(draft: Draft, record: str, others: list[Row]) -> Draft:
    kept = [r for r in draft.rows("alternatives") if r["record"] != record]
    numbered = [{**r, "n": str(n)} for n, r in enumerate(others, start=1)]
    return draft.having(alternatives=[*kept, *numbered])
