"""What a story, its records and what they name are called outside: addresses that name one thing.

With the address of the story page they are on that page; without it they are
`urn:dateline:<slug>:<record id>`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from dashboard.links import is_web, permalink
from dashboard.selection import Selection

if TYPE_CHECKING:
    from dashboard.model import Article
    from dashboard.story import Story

# Everything that RFC 3987 lets stand in an address; the rest, braces for instance, is encoded.
_IN_ADDRESS = "".join(map(chr, range(0x21, 0x7F))).translate(str.maketrans("", "", '"<>\\^`{|}'))


def quote_link(page: str, record: str) -> str:
    """The address of a statement on the story page; "" when the page is unknown."""
    return permalink(page, Selection(quote=record)) if page else ""


def story_id(story: Story, page: str) -> str:
    """The name of the story itself."""
    return page or f"urn:dateline:{story.slug}"


def record_id(story: Story, page: str, record: str) -> str:
    """The name of a record: a statement's permalink, any other's fragment of the story page."""
    if not page:
        return f"urn:dateline:{story.slug}:{record}"
    return quote_link(page, record) if record in _quotes(story) else f"{page}#{record}"


def passage_id(story: Story, page: str, record: str, n: int) -> str:
    """The name of a record's nth passage, from 1."""
    name = record_id(story, page, record)
    return f"{name}:{n}" if "#" in name or not page else f"{name}#{n}"


def source(story: Story, page: str, article: Article) -> str:
    """The address of an article, or its name when its address is none that may be a link."""
    return web(article.url) or record_id(story, page, article.id)


def web(address: str) -> str:
    """An address with only characters that an IRI may have (RFC 3987); "" when it is no link."""
    if not is_web(address):
        return ""
    return "".join(c if c in _IN_ADDRESS or c > "~" else quote(c) for c in address)


def wikidata(item: str) -> str:
    """The address that Wikidata gives a thing; "" without one."""
    return f"http://www.wikidata.org/entity/{item}" if item else ""


def licences(descriptor: Mapping[str, Any]) -> list[str]:
    """The addresses of the licences of the story's data, as its descriptor names them."""
    listed = descriptor.get("licenses")
    entries = listed if isinstance(listed, list) else []
    paths = [entry.get("path") for entry in entries if isinstance(entry, dict)]
    return [address for path in paths if isinstance(path, str) and (address := web(path))]


@lru_cache(maxsize=16)
def _quotes(story: Story) -> frozenset[str]:
    return frozenset(story.quotes["id"])
