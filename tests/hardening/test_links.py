"""What is no address of the web is linked nowhere: what one is says tests/test_links.py."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from dashboard.edition.edition import edition
from dashboard.exports.formats import FORMATS
from dashboard.exports.of_library.formats import FORMATS as LIBRARY_FORMATS
from dashboard.exports.of_library.streamed import Asked
from dashboard.library.answers import Named, Quotation
from dashboard.library.selection import EVERYTHING
from dashboard.links import is_web
from dashboard.panels.library.cards import card
from dashboard.selection import WHOLE
from dashboard.sharing.tags import head_tags
from dashboard.story import Story
from tests.drafted import unpacked
from tests.edition.test_edition import Read
from tests.hardening.corpus import ADDRESSES
from tests.shipped import STORY
from tests.test_markdown import tokens
from tests.test_page import opened

PAGE = "https://news.example.org/dateline/"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
HONEST = "https://news.example/ferry"
# A story's files may hold these; its check lets no other scheme in.
PRINTABLE = [a for a in ADDRESSES if a.startswith("https://") and a.isprintable() and " " not in a]


def at(url: str) -> Story:
    """The story, whose article is at this address."""
    return replace(STORY, articles=STORY.articles.assign(url=url))


def quotation(url: str) -> Quotation:
    return Quotation(
        id=1, key="made/1", date=None, kind="direct", words="All boats sail", paraphrase="",
        context="", speaker=Named("ada-bell", "Ada Bell"), about=(), said_at=None, about_places=(),
        topic=None, outlets=(), title="", url=url, story="", quote="", source="", printings=1,
        confidence=None,
    )  # fmt: skip


every_address = pytest.mark.parametrize("url", ADDRESSES, ids=ascii)


@every_address
def test_none_of_the_kept_addresses_may_be_a_link(url: str) -> None:
    assert not is_web(url)
    assert is_web(HONEST)


def links(markdown: str) -> list[str]:
    return [str(t.attrs["href"]) for t in tokens(markdown) if t.type == "link_open"]


@every_address
def test_a_card_of_the_library(url: str) -> None:
    own = ["actor?actor=ada-bell", "words?quote=made%2F1"]
    assert links(card(quotation(url), "")) == own
    assert links(card(quotation(HONEST), "")) == [
        own[0], f"{HONEST}#:~:text=All%20boats%20sail", own[1],
    ]  # fmt: skip


@pytest.mark.parametrize("url", [None, *PRINTABLE[::3]], ids=ascii)
def test_the_page(url: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_STORY", str(unpacked(at(url or HONEST), tmp_path)))
    app = opened()
    outside = {link for m in app.markdown for link in links(m.value) if "://" in link}
    assert {link.split("#")[0] for link in outside} == (set() if url else {HONEST})
    assert any("¶\u00a0" in m.value for m in app.markdown)


@pytest.mark.parametrize("url", [HONEST, *ADDRESSES[::4]], ids=ascii)
def test_the_edition(url: str) -> None:
    read = Read(edition(at(url)).decode())
    outside = {a.get("href") or "#" for tag, a in read.tags if tag == "a"}
    linked = {link.split("#")[0] for link in outside} - {"", LICENCE}
    assert linked == ({HONEST} if url == HONEST else set())


@every_address
def test_the_tags_that_unfurl_a_link(url: str) -> None:
    assert head_tags(at(url), WHOLE, PAGE) == head_tags(STORY, WHOLE, PAGE)


@pytest.mark.parametrize("url", [url for url in ADDRESSES if url != "http://"], ids=ascii)
def test_the_exports(url: str) -> None:
    made = {name: FORMATS[name].make(at(url), PAGE).decode()
            for name in ("annotations.jsonld", "events.ics", "story.jsonld")}  # fmt: skip
    honest = {name: FORMATS[name].make(at(HONEST), PAGE).decode() for name in made}
    for name, text in made.items():
        assert json.dumps(url)[1:-1] not in text, name
        assert url not in text, name
        assert HONEST in honest[name].replace("\r\n ", ""), name
    rows = json.loads(FORMATS["quotes.json"].make(at(url), PAGE))
    assert {address for row in rows for address in row["passage_urls"]} == {None}


@every_address
def test_the_exports_of_a_library(url: str) -> None:
    library = SimpleNamespace(export=lambda *_: iter([(quotation(url), quotation(HONEST))]))
    asked = Asked(library, EVERYTHING, "https://news.example/")
    found = b"".join(LIBRARY_FORMATS["quotes.json"].write(asked))
    first, second = json.loads(found)
    assert (first["url"], first["passage_url"]) == (None, None)
    assert (second["url"], second["passage_url"][: len(HONEST)]) == (HONEST, HONEST)
    notes = json.loads(b"".join(LIBRARY_FORMATS["annotations.jsonld"].write(asked)))["items"]
    assert [note["target"]["source"] for note in notes] == [HONEST]
