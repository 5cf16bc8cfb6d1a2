"""What is chosen in the library ↔ the address.

As on the story page (`address`) the widgets hold it, in the session's state, here under "library "
and the names of `LibrarySelection`'s fields. Every change writes the address; an address that this
page did not write is read into the widgets.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.address import ROLE_OF
from dashboard.library.addresses import KEYS, ORDERS, Query, from_query, to_query
from dashboard.library.selection import EVERYTHING, FACETS, LibrarySelection
from dashboard.library_shelf import MOST_PAGES, known, suggest
from dashboard.links import MAX_TEXT
from dashboard.plain import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.library.answers import Value
    from dashboard.library.library import Library

WRITTEN = "written"  # the address as we last wrote or read it
UNKNOWN = "unknown"
GUESSES = "guesses"  # facet → what was typed there, and what it may mean
COUNT_MARK = "\u2002"  # between a choice's name and its count


def key(name: str) -> str:
    """Where the session's state holds it."""
    return f"library {name}"


def held(name: str, default: Any = None) -> Any:
    """What the session's state holds."""
    return st.session_state.get(key(name), default)


def current() -> LibrarySelection:
    """The selection that the widgets hold."""
    many: dict[str, Any] = {name: tuple(held(name) or ()) for name in FACETS}
    since, until = held("since"), held("until")
    return LibrarySelection(
        **many,
        actor_role=held("actor_role") or "any",
        place_role=held("place_role") or "any",
        text=(held("text") or "")[:MAX_TEXT],
        since=since.isoformat() if since else "",
        until=until.isoformat() if until and not (since and until < since) else "",
    )


def order() -> str:
    """The order of the statements; relevance means something only for words."""
    return held("order") if held("order") in ORDERS and current().text else "newest"


def page_number() -> int:
    """The page of statements, from 1."""
    return int(held("page") or 1)


def read_address(library: Library) -> None:
    """Put the address into the widgets, if it is not one that they wrote."""
    query = _ours()
    # Another page was visited in between when the widgets are gone: Streamlit drops them.
    if held(WRITTEN) == query and key("actor_role") in st.session_state:
        return
    selection, unknown = from_query(query, _Knowing(library))
    wanted = query.get("order", ["newest"])[0]
    if wanted not in ORDERS:
        wanted, unknown = "newest", (*unknown, f"order={wanted[:40]}")
    asked = query.get("page", ["1"])[0]
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    if not 1 <= number <= MOST_PAGES:
        number, unknown = 1, (*unknown, f"page={asked[:40]}")
    _hold(selection, wanted, number)
    _set(UNKNOWN, unknown)
    _set(GUESSES, {})
    _set(WRITTEN, query)


def write_address() -> None:
    """Put the widgets into the address; parameters that are not ours stay as they are."""
    query = address_query()
    foreign = {
        name: st.query_params.get_all(name)
        for name in dict.fromkeys(st.query_params)
        if name not in (*KEYS, "order", "page")
    }
    st.query_params.from_dict(foreign | query)
    _set(UNKNOWN, ())
    _set(WRITTEN, query)


def address_query() -> Query:
    """The query of what the widgets hold."""
    query = to_query(current())
    if order() != "newest":
        query["order"] = [order()]
    if page_number() > 1:
        query["page"] = [str(page_number())]
    return query


def clear() -> None:
    """Choose nothing; the order of the statements stays."""
    hold(EVERYTHING)


def hold(selection: LibrarySelection) -> None:
    """Choose just this, from its first page on."""
    _hold(selection, held("order", "newest"), 1)
    _set(GUESSES, {})
    write_address()


def narrowed() -> None:
    """A filter has changed: the statements begin at their first page."""
    _set("page", 1)
    write_address()


def turn_to(page: int) -> None:
    """Show a page of statements; for the run of the script, before its widget is drawn."""
    _set("page", page)


def turned() -> None:
    """The page or the order has changed."""
    write_address()


def toggle(facet: str, value: str, role: str = "") -> None:
    """Choose a value of a facet, or release it if it is chosen already, in that role."""
    chosen = list(held(facet) or ())
    role_key = ROLE_OF.get(facet, "")
    if value in chosen and (not role_key or role in ("", held(role_key))):
        chosen.remove(value)
    elif value not in chosen:
        chosen.append(value)
    _set(facet, chosen)
    if role_key and role and chosen:
        _set(role_key, role)
    changed(facet)


def toggle_period(since: str, until: str) -> None:
    """Choose a period, or release it if it is just what is chosen."""
    now = current()
    same = (now.since, now.until) == (since, until)
    hold(now.but(since="", until="") if same else now.but(since=since, until=until))


def changed(facet: str) -> None:
    """A facet's values have changed: a role that nothing has any more goes, too."""
    if facet in ROLE_OF and not held(facet):
        _set(ROLE_OF[facet], "any")
    narrowed()


def picked(library: Library, facet: str) -> None:
    """Something was taken from a facet's box, or typed there and looked up.

    A word that means one value chooses it; of several they are offered (`guesses`).
    """
    box = key(f"{facet} pick")
    value = str(st.session_state.get(box) or "")
    st.session_state[box] = None
    others = {name: guess for name, guess in (held(GUESSES) or {}).items() if name != facet}
    _set(GUESSES, others)
    if not value:
        return
    if not known(library, facet, (value,)):
        word = value.split(COUNT_MARK)[0][:MAX_TEXT]
        values = suggest(library, facet, word)
        exact = [value for value in values if fold(value.name) == fold(word)]
        if len(sure := exact or values) != 1:
            _set(GUESSES, others | {facet: (word, values)})
            return
        value = sure[0].key
    if value not in (held(facet) or ()):
        toggle(facet, value)


def guessed(facet: str) -> None:
    """One of the offered values was taken."""
    if picked := st.session_state.get(key(f"{facet} guess")):
        _set(GUESSES, {f: g for f, g in (held(GUESSES) or {}).items() if f != facet})
        if picked not in (held(facet) or ()):
            toggle(facet, picked)


def guesses(facet: str) -> tuple[str, tuple[Value, ...]]:
    """What was typed in a facet's box that may mean several values, and these; else "" and none."""
    found: tuple[str, tuple[Value, ...]] = (held(GUESSES) or {}).get(facet, ("", ()))
    return found


class _Knowing:
    """What a library knows, asked once."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def known(self, facet: str, keys: Sequence[str]) -> Mapping[str, str]:
        return known(self.library, facet, tuple(keys))


def _hold(selection: LibrarySelection, wanted: str, page: int) -> None:
    for name in FACETS:
        _set(name, list(getattr(selection, name)))
    for name in ("actor_role", "place_role", "text"):
        _set(name, getattr(selection, name))
    for name in ("since", "until"):
        day = getattr(selection, name)
        _set(name, date.fromisoformat(day) if day else None)
    _set("order", wanted)
    _set("page", page)


def _set(name: str, value: Any) -> None:
    st.session_state[key(name)] = value


def _ours() -> Query:
    return {
        name: st.query_params.get_all(name)
        for name in (*KEYS, "order", "page")
        if name in st.query_params
    }
