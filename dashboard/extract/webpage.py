"""Owns the article in a web page: its body as paragraphs of plain text, and its metadata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from dashboard.extract.given import Input, InputError, Metadata, iso_date
from dashboard.plain import line

MOST_TAGS = 60_000  # opening and closing ones; a news page has a few thousand
LANGUAGE = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})", re.IGNORECASE)
BREAKS = re.compile(r"(?:<br\s*/?>\s*){2,}", re.IGNORECASE)  # how old pages end a paragraph
PARAGRAPHS = frozenset({"p", "head", "item", "quote", "cell", "code"})
NO_ARTICLE = "no article was found on the page; paste its text"


def read_page(html: str) -> Input:
    """Read a page's article. Nothing is fetched, no script runs, unknown entities stay as they are.

    The headline is put before the body if that does not begin with it. Raises InputError when there
    is no article, or no library to find it with.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError:
        raise InputError(
            "pages are read with trafilatura; run: pip install -e '.[extract]'"
        ) from None
    if html.count("<") > MOST_TAGS:
        raise InputError(f"the page has more than {MOST_TAGS:,} tags; paste the article's text")
    try:
        found: Any = bare_extraction(
            BREAKS.sub("</p><p>", html),
            with_metadata=True,
            include_comments=False,
            include_tables=False,
            # Only dates that the page declares: others in it are of anything.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
    except Exception as error:  # whatever a parser makes of markup that means harm
        raise InputError(
            f"the page cannot be read ({type(error).__name__}); paste its text"
        ) from None
    if found is None or found.body is None:
        raise InputError(NO_ARTICLE)
    title = line(found.title or "")
    parts = list(_paragraphs(found.body))
    if not parts:
        raise InputError(NO_ARTICLE)
    if title and parts[0].casefold() != title.casefold():
        parts.insert(0, title)
    published = iso_date(found.date or "")
    language = LANGUAGE.search(html[:5000])
    metadata = Metadata(
        title=title,
        author=line(found.author or "").replace("; ", " and "),
        publisher=line(found.sitename or ""),
        url=found.url if (found.url or "").startswith(("http://", "https://")) else "",
        language=language.group(1).lower() if language else "",
        published=published,
        published_note="The page declares this date." if published else "",
    )
    note = "the text is what the page shows of the article: menus, tables and captions are left out"
    return Input("\n\n".join(parts), metadata, (note,))


def _paragraphs(body: Any) -> Iterator[str]:
    """The text of each paragraph in the body.

    Written with a stack: markup may be nested deeper than Python calls.
    """
    words: list[str] = []
    steps: list[tuple[str, Any]] = [("open", body)]
    while steps:
        step, node = steps.pop()
        if step == "text":
            words.append(node)
            continue
        if not isinstance(node.tag, str):  # a comment
            continue
        if node.tag in PARAGRAPHS:
            yield from _joined(words)
            words = []
        elif node.tag == "lb":
            words.append(" ")
        if step == "open":
            steps.append(("close", node))
            for child in reversed(node):
                if child.tail:
                    steps.append(("text", child.tail))
                steps.append(("open", child))
            if node.text:
                steps.append(("text", node.text))
    yield from _joined(words)


def _joined(words: list[str]) -> Iterator[str]:
    if text := line("".join(words)):
        yield text
