"""Owns a manuscript in Markdown: its plain text, and the metadata before it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dashboard.extract.given import Input, InputError, Metadata, iso_date
from dashboard.plain import line

if TYPE_CHECKING:
    from markdown_it.token import Token

FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
ENTRY = re.compile(r"^([A-Za-z_-]+)[ \t]*:[ \t]*(.+?)[ \t]*\r?$", re.MULTILINE)
# What writers and site generators call these things.
NAMES = {
    "title": ("title", "headline"),
    "author": ("author", "byline", "authors"),
    "publisher": ("publisher", "source", "publication"),
    "url": ("url", "link", "canonical", "canonical_url"),
    "language": ("language", "lang"),
    "date": ("date", "published", "pubdate"),
}


def read_markdown(text: str) -> Input:
    """Read a manuscript: headings, paragraphs and list items, with a blank line between them.

    Emphasis, links and images leave their words; HTML and rules leave nothing. The title is put
    before the text if that does not begin with it. Raises InputError without its library.
    """
    try:
        from markdown_it import MarkdownIt
    except ImportError:
        raise InputError(
            "Markdown is read with markdown-it-py; run: pip install -e '.[extract]'"
        ) from None
    front = FRONT.match(text)
    metadata = _metadata(front.group(1)) if front else Metadata()
    tokens = MarkdownIt("commonmark").parse(text[front.end() :] if front else text)
    parts = [words for token in tokens if (words := _words(token))]
    if metadata.title and parts[:1] != [metadata.title]:
        parts.insert(0, metadata.title)
    note = "the text is what the manuscript's Markdown shows, without its marks"
    return Input("\n\n".join(parts), metadata, (note,))


def _metadata(front: str) -> Metadata:
    entries = {
        match.group(1).lower(): line(match.group(2).strip().strip("\"'").strip("[]"))
        for match in ENTRY.finditer(front)
    }
    known = {
        field: next((entries[name] for name in names if name in entries), "")
        for field, names in NAMES.items()
    }
    published = iso_date(known.pop("date"))
    if known["publisher"].startswith(("http://", "https://")):  # "source" is often an address
        known["url"] = known["url"] or known["publisher"]
        known["publisher"] = ""
    note = "The manuscript's front matter gives this date." if published else ""
    return Metadata(**known, published=published, published_note=note)


def _words(token: Token) -> str:
    if token.type in ("code_block", "fence"):  # indented paragraphs, as wire services set them
        return line(token.content)
    if token.type != "inline":
        return ""
    parts = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in ("text", "code_inline", "image"):
            parts.append(child.content)
    return line("".join(parts))
