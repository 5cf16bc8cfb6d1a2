"""The library that is served: opened once, again when its file changes; its answers are kept.

While there is no file, or none that can be opened, the library as it was last opened is served on.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.library.answers import LibraryError, TooSlow
from dashboard.library.selection import EVERYTHING, LibrarySelection
from dashboard.settings import settings

if TYPE_CHECKING:
    from dashboard.library.answers import Counts, Entry, Located, Quotation, Stance, Value
    from dashboard.library.library import Library

PAGE_SIZE = 30
MOST_PAGES = 200  # as many as anybody turns; beyond, a filter or a download serves better
KEPT = 5.0  # seconds that a failure to open holds for all who ask, before it is tried again


@dataclass(frozen=True)
class _Failed:
    """What came of opening an address as its file was then, and when."""

    change: tuple[str, object]
    error: LibraryError
    at: float


_opening = Lock()
_sound: deque[tuple[str, Library]] = deque(maxlen=1)  # an address, what was last opened there
_failed: deque[_Failed] = deque(maxlen=1)


@dataclass(frozen=True)
class View:
    """What the library shows of one selection: counts, places, a page of statements.

    `slow`: the library did not answer in time, and only the choices are there.
    """

    counts: Counts
    places: tuple[Located, ...] = ()
    statements: tuple[Quotation, ...] = ()
    page: int = 1
    slow: bool = False


@dataclass(frozen=True)
class Portrait:
    """What a library knows of an actor or a place: counts of two roles, and what goes with them.

    `first` is said by the actor or at the place, `second` is about it.
    """

    first: Counts
    second: Counts
    places: tuple[Located, ...]
    stances: tuple[Stance, ...] = ()
    answered: tuple[Value, ...] = ()


def load_library() -> Library:
    """The library of the setting, opened again only when its file has changed.

    Raises LibraryError when it has never been opened.
    """
    address = settings().library
    with _opening:  # of several readers at once, one opens it, or fails for all
        failed = _tried((address, _changed(address)))
        if failed and not _serves(address):
            raise _again(failed.error)
        return _sound[-1][1]


def _serves(address: str) -> bool:
    """Whether a library was opened there, and none elsewhere since."""
    return bool(_sound) and _sound[-1][0] == address


def _tried(change: tuple[str, object]) -> _Failed | None:
    """Open what the setting names, unless that has just failed: how it failed, if it did."""
    last = _failed[-1] if _failed and _failed[-1].change == change else None
    if last and monotonic() - last.at < KEPT:
        return last
    try:
        _sound.append((change[0], _open(*change)))
    except LibraryError as error:
        if last is None and _serves(change[0]):
            log = logging.getLogger(__name__)
            log.error("The library is served as it was before, as the new one is none: %s", error)
        _failed.append(_Failed(change, _again(error), monotonic()))
        return _failed[-1]
    _failed.clear()
    return None


def _again(error: LibraryError) -> LibraryError:
    """The same error without its trace, which would hold what was half open."""
    return type(error)(*error.args)


def open_library_page() -> Library:
    """The library; one that cannot be opened says so on the page, and stops it there."""
    try:
        return load_library()
    except LibraryError as error:
        # Readers learn no address: it may hold a password.
        logging.getLogger(__name__).error("The library cannot be opened: %s", error)
        st.error(
            "The library cannot be opened just now. Whoever runs this page finds the reason in "
            "its log.",
            icon=":material/error:",
        )
        st.stop()


@contextmanager
def excused() -> Iterator[None]:
    """What becomes of a page whose question the library cannot answer: a word, and the log."""
    try:
        yield
    except TooSlow:
        st.warning(
            "This takes the library too long just now. Try again in a minute, or choose less.",
            icon=":material/hourglass_disabled:",
        )
    except LibraryError as error:
        logging.getLogger(__name__).error("The library cannot answer: %s", error)
        st.error(
            "The library cannot answer this. Whoever runs this page finds the reason in its log.",
            icon=":material/error:",
        )


def pages(shown: int) -> int:
    """How many pages there are of so many statements."""
    return max(1, min(MOST_PAGES, ceil(shown / PAGE_SIZE)))


def look(library: Library, selection: LibrarySelection, order: str, page: int) -> View:
    """What the library page shows; pages count from 1. A hint appears if it takes a while.

    Of a page that there is not, the last is shown.
    """
    with st.spinner("Looking through the library …"):
        try:
            counts = facets(library, selection)
            return View(
                counts,
                places(library, selection),
                records(library, selection, order, min(page, pages(counts.shown))),
                min(page, pages(counts.shown)),
            )
        except TooSlow:
            whole = facets(library, EVERYTHING)
            return View(replace(whole, shown=0, months=()), slow=True)


@lru_cache(maxsize=256)
def facets(library: Library, selection: LibrarySelection) -> Counts:
    """Counts of each choice."""
    return library.facets(selection)


@lru_cache(maxsize=128)
def places(library: Library, selection: LibrarySelection) -> tuple[Located, ...]:
    """Places by what was said there and about them."""
    return library.located(selection)


@lru_cache(maxsize=256)
def records(
    library: Library, selection: LibrarySelection, order: str, page: int
) -> tuple[Quotation, ...]:
    """A page of statements; pages count from 1."""
    return library.records(selection, order=order, page=page - 1, size=PAGE_SIZE)


@lru_cache(maxsize=512)
def suggest(library: Library, facet: str, typed: str) -> tuple[Value, ...]:
    """Values that a typed word may mean."""
    return library.suggest(facet, typed)


@lru_cache(maxsize=512)
def known(library: Library, facet: str, keys: tuple[str, ...]) -> Mapping[str, str]:
    """The names of those of the keys that there are."""
    return library.known(facet, keys) if keys else {}


def names(library: Library, selection: LibrarySelection) -> dict[str, Mapping[str, str]]:
    """The names of all that is chosen, by facet."""
    return {
        "actors": known(library, "actors", (*selection.actors, *selection.about)),
        "places": known(library, "places", selection.places),
        "outlets": known(library, "outlets", selection.outlets),
        "topics": known(library, "topics", selection.topics),
    }


@lru_cache(maxsize=256)
def entry(library: Library, facet: str, key: str) -> Entry | None:
    """An actor or a place as its page begins."""
    return library.entry(facet, key)


@lru_cache(maxsize=64)
def portrait(library: Library, facet: str, key: str) -> Portrait:
    """What the page of an actor or a place says of it."""
    first, second = roles(facet, key)
    if facet == "places":
        return Portrait(
            facets(library, first),
            facets(library, second),
            places(library, LibrarySelection(places=(key,))),
        )
    return Portrait(
        facets(library, first),
        facets(library, second),
        places(library, first),
        library.stances(key),
        library.answered(key),
    )


def roles(facet: str, key: str) -> tuple[LibrarySelection, LibrarySelection]:
    """Said by an actor or at a place, and said about it; either counted by who says it."""
    if facet == "places":
        at = LibrarySelection(places=(key,), actor_role="by")
        return at.but(place_role="in"), at.but(place_role="about")
    return (
        LibrarySelection(actors=(key,), actor_role="by"),
        LibrarySelection(about=(key,), actor_role="by"),
    )


@lru_cache(maxsize=1)
def _open(address: str, changed: object) -> Library:  # noqa: ARG001 — a key
    from dashboard.library.opening import open_library

    library = open_library(address)
    for kept in (facets, places, records, suggest, known, entry, portrait):
        kept.cache_clear()  # else answers would hold the library before open
    return library


def _changed(address: str) -> object:
    """What changes when a library's file is built anew; nothing for a server's address."""
    try:
        found = Path(address).stat()
    except (OSError, ValueError):  # an address, or a file replaced at this moment
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
