"""Reads the GDELT Global Quotation Graph: quotations with their article, without a speaker.

Format: https://blog.gdeltproject.org/announcing-the-global-quotation-graph/, one JSON line an
article: date, url, title, lang, and quotes, each with the text before and after it. That text is
the article's own, so it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

from dashboard.library.layout import KINDS
from dashboard.library.sources.json_lines import Lines, Object, text_or_nothing
from dashboard.library.sources.opening import line_blocks
from dashboard.library.sources.source import Block, Found, Kind, Reject, Source


def is_gdelt(found: Object) -> bool:
    """Whether an object is an article with its quotations."""
    quotes = found.get("quotes")
    return "url" in found and isinstance(quotes, list) and all(map(_is_quote, quotes))


def _is_quote(quote: Any) -> bool:
    return isinstance(quote, dict) and "quote" in quote


def _blocks(source: Source) -> Iterator[Block]:
    return line_blocks(source.path)


def _read(source: Source, block: Block) -> Found:
    del source
    lines = Lines(block)
    lines.keep(_fault)
    columns: dict[str, list[Any]] = {name: [] for name in ("key", "date", "words", "urls", "title")}
    numbers, parts, rejects = [], [], lines.rejects
    for number, article in zip(lines.numbers, lines.objects, strict=True):
        url, date, title = article["url"], article.get("date"), article.get("title") or ""
        for place, quote in enumerate(article["quotes"]):
            if not (_is_quote(quote) and isinstance(quote["quote"], str)):
                reason = f"quotes[{place}] has no text named quote"
                rejects.append(Reject(number, reason, lines.text(number)))
                continue
            words = quote["quote"]
            columns["key"].append(_key(url, words, place))
            columns["date"].append(date)
            columns["words"].append(words)
            columns["urls"].append([url])
            columns["title"].append(title)
            numbers.append(number)
            parts.append(f"quotes[{place}]")
    made: dict[str, Any] = {**columns, "kind": [KINDS.index("direct")] * len(numbers)}
    return Found(made, numbers, rejects, lines.text, parts)


def _key(url: str, words: str, place: int) -> str:
    """The permanent name of a quotation that has none: what it is, and where it stands."""
    said = f"{url}\0{place}\0{words}".encode()
    return f"gqg-{blake2b(said, digest_size=12).hexdigest()}"


def _fault(found: Object) -> str:
    if not isinstance(found.get("url"), str) or not found["url"]:
        return "url is no text"
    if not isinstance(found.get("quotes"), list):
        return "quotes is no list"
    return text_or_nothing(found, "date", "title")


GDELT = Kind(_blocks, _read)
