"""Citations of a view or of one statement: the article, its publisher, and our page.

APA: Publication Manual, 7th edition (a work without a named author begins with who
published it). Chicago: Manual of Style, bibliography of a website. CSL-JSON:
https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html. BibTeX: `@misc`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.describe import phrases
from dashboard.plain import cut, line
from dashboard.sharing.preview import article_of, linked, saying

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from dashboard.selection import Selection
    from dashboard.story import Story

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Source:
    """What is cited; `part` says which statement or view, "" for the whole story.

    `article_url` is "" while nobody has said where the article stands.
    """

    key: str
    headline: str
    publisher: str
    republisher: str
    article_url: str
    published: date
    part: str
    url: str
    accessed: date

    @property
    def through(self) -> str:
        """Who republished the article, as a sentence after another; "" if nobody did."""
        return f" Republished by {self.republisher}." if self.republisher else ""

    @property
    def at(self) -> str:
        """The article's address after a sentence; "" without one."""
        return f" {self.article_url}" if self.article_url else ""

    @property
    def told(self) -> str:
        """The part that is cited, as a sentence after another; "" for the whole story."""
        return f" {_ended(self.part)}" if self.part else ""


def source(story: Story, selection: Selection, url: str, accessed: date) -> Source:
    """The view of a selection at an address of ours, as seen on a day."""
    article = article_of(story, selection)
    if statement := linked(story, selection):
        number = statement.passages[0].paragraph
        part = f"{cut(saying(statement), 200)} (¶ {number})"
    else:
        part = ", ".join(phrases(story, selection))
        part = f"Statements {part}" if part else ""
    return Source(
        key="-".join(filter(None, (story.slug, selection.quote))),
        headline=line(article.headline),
        publisher=line(article.publisher),
        republisher=line(article.republisher),
        article_url=article.url,
        published=article.published,
        part=line(part),
        url=url,
        accessed=accessed,
    )


def apa(cited: Source) -> str:
    """APA, seventh edition."""
    published = f"{cited.published.year}, {_month(cited.published)} {cited.published.day}"
    accessed = f"{_month(cited.accessed)} {cited.accessed.day}, {cited.accessed.year}"
    return (
        f"{_ended(cited.publisher)} ({published}). {_ended(cited.headline)}{cited.through}"
        f"{cited.at}{cited.told} In Dateline. Retrieved {accessed}, from {cited.url}"
    )


def chicago(cited: Source) -> str:
    """Chicago Manual of Style, bibliography."""
    published = f"{_month(cited.published)} {cited.published.day}, {cited.published.year}"
    accessed = f"{_month(cited.accessed)} {cited.accessed.day}, {cited.accessed.year}"
    at = f"{cited.at}." if cited.at else ""
    return (
        f"{_ended(cited.publisher)} “{_ended(cited.headline)}” {published}.{cited.through}"
        f"{at}{cited.told} Dateline. Accessed {accessed}. {cited.url}."
    )


def bibtex(cited: Source) -> str:
    """One BibTeX entry, in UTF-8."""
    note = [f"Republished by {cited.republisher}"] if cited.republisher else []
    note += [cited.part] if cited.part else []
    note += [f"Article: {cited.article_url}"] if cited.article_url else []
    fields = {
        "author": f"{{{_tex(cited.publisher)}}}",
        "title": f"{{{_tex(cited.headline)}}}",
        "year": str(cited.published.year),
        "month": str(cited.published.month),
        "day": str(cited.published.day),
        "howpublished": "Dateline",
        "note": _tex(". ".join(note)),
        "url": cited.url.replace("{", "%7B").replace("}", "%7D"),
        "urldate": cited.accessed.isoformat(),
    }
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{cited.key},\n{rows}}}\n"


def csl(cited: Source) -> str:
    """CSL-JSON, one item in a list, as Zotero and citeproc read it."""
    note = [cited.part, f"Original article: {cited.article_url}" if cited.article_url else ""]
    if cited.republisher:
        note.append(f"Republished by {cited.republisher}")
    item: dict[str, Any] = {
        "id": cited.key,
        "type": "webpage",
        "title": cited.headline,
        "container-title": "Dateline",
        "author": [{"literal": cited.publisher}],
        "issued": _parts(cited.published),
        "accessed": _parts(cited.accessed),
        "URL": cited.url,
        "note": ". ".join(filter(None, note)),
    }
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


STYLES: Mapping[str, Callable[[Source], str]] = {
    "APA": apa,
    "Chicago": chicago,
    "BibTeX": bibtex,
    "CSL-JSON": csl,
}


def _month(when: date) -> str:
    return MONTHS[when.month - 1]


def _parts(when: date) -> dict[str, list[list[int]]]:
    return {"date-parts": [[when.year, when.month, when.day]]}


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", ".”", "?”", "!”")) else f"{text}."


def _tex(text: str) -> str:
    """Text as BibTeX shows it literally; braces that do not match would end the entry."""
    names = {"\\": r"\textbackslash{}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    marked = re.sub(r"[\\^~]|[{}#$%&_]", lambda m: names.get(m[0], f"\\{m[0]}"), text)
    return marked.replace(r"\{", r"\textbraceleft{}").replace(r"\}", r"\textbraceright{}")
