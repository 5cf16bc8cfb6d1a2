"""Addresses: a selection as a query string and back, and where a passage stands in the original."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category
from urllib.parse import quote, urlencode, urlsplit

from dashboard.plain import CONTROL
from dashboard.selection import ACTOR_ROLES, PLACE_ROLES, Selection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dashboard.story import Story

MAX_VALUES = 50
MAX_TEXT = 200

_HOST = re.compile(r"(\[[0-9A-F:.]+\]|\w[-.\w]*)(:[0-9]*)?", re.ASCII | re.IGNORECASE)

FACET_KEYS = {
    "actor": "actors",
    "about": "about",
    "place": "places",
    "kind": "kinds",
    "topic": "topics",
}
SINGLE = ("actor_role", "place_role", "quote")
KEYS = (*FACET_KEYS, "actor_role", "place_role", "q", "quote")


def to_query(selection: Selection) -> dict[str, list[str]]:
    """The selection as query parameters, key → values; what is not chosen is left out."""
    query = {key: list(getattr(selection, name)) for key, name in FACET_KEYS.items()}
    query["actor_role"] = [selection.actor_role] if selection.actor_role != "any" else []
    query["place_role"] = [selection.place_role] if selection.place_role != "any" else []
    query["q"] = [selection.text] if selection.text else []
    query["quote"] = [selection.quote] if selection.quote else []
    return {key: values for key, values in query.items() if values}


# Kept: a frame remembers each look at a column of it, and a page looks at every run.
@lru_cache(maxsize=4)
def _known(story: Story) -> Mapping[str, frozenset[str]]:
    """What a story knows, by key of a query."""
    actors = frozenset(story.actors["id"])
    return {
        "actor": actors,
        "about": actors,
        "place": frozenset(story.places["id"]),
        "kind": frozenset({"direct", "mixed", "indirect"}),
        "topic": frozenset(story.topics["id"]),
        "actor_role": frozenset(ACTOR_ROLES),
        "place_role": frozenset(PLACE_ROLES),
        "quote": frozenset(story.quotes["id"]),
    }


def from_query(
    query: Mapping[str, Sequence[str]], story: Story
) -> tuple[Selection, tuple[str, ...]]:
    """The selection that a query asks of this story, and what of it is unknown.

    Unknown values are left out, never an error: an old link shows what is left of it. They come
    back as `key=value` for a notice, shortened; they are somebody's text, to be escaped.
    """
    chosen: dict[str, list[str]] = {}
    unknown: list[str] = []
    for key, values in _known(story).items():
        asked = list(dict.fromkeys(query.get(key, ())))
        chosen[key] = [value for value in asked if value in values][:MAX_VALUES]
        left = [value for value in asked if value not in values]
        if key in SINGLE:  # the first counts; a second is left out, and said so
            left += chosen[key][1:]
        unknown += [f"{key}={_short(value)}" for value in left]
    text = CONTROL.sub(" ", " ".join(query.get("q", ())))[:MAX_TEXT]
    selection = Selection(
        **{name: tuple(chosen[key]) for key, name in FACET_KEYS.items()},
        actor_role=_one(chosen["actor_role"], "any"),
        place_role=_one(chosen["place_role"], "any"),
        text=text,
        quote=_one(chosen["quote"], ""),
    )
    return selection, tuple(unknown)


@dataclass(frozen=True)
class QueryFault:
    """What is wrong with one parameter; `value` is somebody's text, shortened."""

    parameter: str
    value: str
    message: str


class QueryError(ValueError):
    """A query that cannot be answered as it is put; `faults` has all that is wrong with it."""

    def __init__(self, faults: Sequence[QueryFault]) -> None:
        super().__init__("; ".join(f"{f.parameter}: {f.message}" for f in faults))
        self.faults = tuple(faults)


def demand(query: Mapping[str, Sequence[str]], story: Story) -> Selection:
    """The selection that a query asks, exactly; for programs, which nobody tells what is left out.

    Raises QueryError naming every parameter that is unknown, has an unknown value, or too many.
    """
    faults = [
        QueryFault(_short(key), "", f"is no parameter; there are {', '.join(KEYS)}")
        for key in query
        if key not in KEYS
    ]
    for key in KEYS:
        given = list(query.get(key, ()))
        most = MAX_VALUES if key in FACET_KEYS else 1
        if len(set(given)) > most and key not in SINGLE:
            faults.append(QueryFault(key, "", f"has {len(given)} values; give {most} at most"))
        elif key == "q" and given and len(given[0]) > MAX_TEXT:
            faults.append(QueryFault(key, _short(given[0]), f"exceeds {MAX_TEXT} characters"))
    selection, unknown = from_query(query, story)
    for pair in unknown:
        key, _, value = pair.partition("=")
        known = key in SINGLE and len(query[key]) > 1
        faults.append(
            QueryFault(key, value, "is one too many" if known else "is not in this story")
        )
    if faults:
        raise QueryError(faults)
    return selection


def href(selection: Selection, *, only: bool = False) -> str:
    """A relative link to the selection; on the page itself it toggles it, or shows only it."""
    return ("./?" if only else "?") + urlencode(to_query(selection), doseq=True)


def permalink(page: str, selection: Selection, order: str = "") -> str:
    """The address of a view; `page` is the story page's, ending in "/"."""
    asked = to_query(selection) | ({"order": [order]} if order == "speaker" else {})
    query = urlencode(asked, doseq=True)
    return f"{page}?{query}" if query else page


def story_page(address: str) -> str:
    """The address of a story page, ending in "/"; "" when links to it cannot be made of it."""
    return f"{address.rstrip('/')}/" if is_web(address) and not re.search("[?#]", address) else ""


def passage_url(url: str, *, exact: str, first: str, last: str) -> str:
    """The article's page, scrolled to a passage by a text fragment.

    Syntax: https://wicg.github.io/scroll-to-text-fragment/ (`#:~:text=start,end`). Browsers that
    do not know it open the page at its top. An address that is not http(s) gives "".
    """
    if not is_web(url):
        return ""
    words = exact.split()
    if words:
        first, last = (
            (exact, "") if len(words) <= 7 else (" ".join(words[:4]), " ".join(words[-4:]))
        )
    bare = (_bare(end) for end in (first, last))
    ends = ",".join(quote(end, safe="").replace("-", "%2D") for end in bare if end)
    return f"{url.split('#')[0]}#:~:text={ends}" if ends else url


def is_web(url: str) -> bool:
    """Whether an address may be a link: http(s), to a host that looks like no other.

    The host is ASCII, as an address has it (RFC 3986, 3.2.2). Other letters look like Latin ones,
    one by one or as whole words (Unicode TR39, 4), and browsers read full-width letters, dots of
    other scripts and percent codes as ASCII (WHATWG URL, 3.5): a reader would see one host and be
    led to another. A name in another script may be a link in its own ASCII form, `xn--…`. A user
    name before the host is there to deceive, too: `https://known.example@other.example/`.
    """
    odd = re.search(r"[\s<>\"'`\\]", url) or any(
        category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") for letter in url
    )
    if odd:
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port  # one that is none raises ValueError
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.netloc))


def _bare(words: str) -> str:
    return words.strip(" ,.;:–—“”‘’\"'")


def _one(values: list[str], default: str) -> str:
    return values[0] if values else default


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
