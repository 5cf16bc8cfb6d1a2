"""The pages of a library whose every text is hostile lead nowhere but to each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.library.selection import EVERYTHING
from dashboard.library_shelf import load_library
from dashboard.settings import settings
from tests.hardening.corpus import TEXTS
from tests.hardening.hostile import build_library
from tests.hardening.markup import read_as_markdown
from tests.test_markdown import PLAIN, REPLACED, tokens

# What our own Markdown is made of: no picture, no code, no HTML.
PARTS = {
    "heading", "strong", "em", "s", "link", "bullet_list", "list_item", "table", "thead", "tbody",
    "tr", "th", "td",
}  # fmt: skip
OURS = re.compile(
    r"(\./|library|actor|place|words)\?[\w=&%.+~-]*|api/library/quotes\.\w+"
    r"|(http://syriahr\.com/en/2015/01/[a-z-]+|https://news\.example)/#:~:text=\S+"
)


@pytest.fixture(scope="module")
def hostile_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_library(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(autouse=True)
def served(hostile_library: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DATELINE_LIBRARY", str(hostile_library))
    settings.cache_clear()
    yield
    settings.cache_clear()


def _page() -> None:
    import streamlit as st

    from dashboard import library_pages
    from dashboard.words_page import words_page

    pages = {"./": st.Page(lambda: None, title="S", url_path="s", default=True)}
    pages["library"] = st.Page(lambda: None, title="L", url_path="library")
    st.navigation(list(pages.values()), position="hidden")
    drawn = {
        "library": library_pages.library_page,
        "actor": library_pages.actor_page,
        "place": library_pages.place_page,
        "words": words_page,
    }
    drawn[st.session_state["drawn"]](pages)


def drawn(name: str, **query: str | list[str]) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=30)
    app.session_state["drawn"] = name
    for key, values in query.items():
        app.query_params[key] = values
    return app.run()


def odd(app: AppTest) -> list[str]:
    """What there is besides text, our own Markdown, and links that are ours or the article's."""
    assert not app.exception
    return [
        f"{token.type}: {token.attrs.get('href', token.content)}"
        for text in read_as_markdown(app)
        for token in tokens(text)
        if not (
            token.type in (*PLAIN, "softbreak", "hardbreak")
            or re.sub("_(open|close)$", "", token.type) in PARTS
        )
        or (token.type == "link_open" and not OURS.fullmatch(str(token.attrs["href"])))
        or (token.type.startswith("text") and REPLACED.search(token.content))
    ]


@pytest.mark.parametrize("page", range(1, 8))
def test_each_page_of_the_statements(page: int) -> None:
    app = drawn("library", page=str(page))
    for box in ("library map", "library who says most", "library time"):
        app.session_state[f"{box} table"] = True
    assert odd(app.run()) == []
    assert sum("Same words, other outlets" in text.value for text in app.markdown) >= 10


NAMED = 5  # of what the page does not know


@pytest.mark.parametrize("at", range(0, len(TEXTS), NAMED))
def test_what_an_address_says(at: int) -> None:
    texts = [*TEXTS, *TEXTS][at : at + NAMED]
    app = drawn("library", q=texts[0], actor=texts, outlet=texts[1], order=texts[2])
    assert odd(app) == []
    assert any("does not know" in text.value for text in app.markdown)


def test_what_is_chosen() -> None:
    names = {"actor": "actors", "about": "about", "place": "places", "topic": "topics",
             "outlet": "outlets"}  # fmt: skip
    counted = load_library().facets(EVERYTHING).values
    asked = {key: [v.key for v in counted[facet]][:20] for key, facet in names.items()}
    app = drawn("library", **asked)
    assert odd(app) == []
    chosen = {pills.key: len(pills.options) for pills in app.pills if pills.key}
    assert {chosen[f"library {facet}"] for facet in names.values()} == {20}


@pytest.mark.parametrize("name", ["actor", "place", "words"])
def test_what_an_address_asks_of_a_page(name: str) -> None:
    for text in TEXTS[::4]:
        key = "quote" if name == "words" else name
        assert odd(drawn(name, **{key: text})) == [], text


def keys(facet: str) -> list[str]:
    """Some of those whose names are hostile, and of whom most is said."""
    counted = load_library().facets(EVERYTHING).values
    return [value.key for value in counted["speakers" if facet == "actors" else facet]][:12:2]


@pytest.mark.parametrize(("name", "facet"), [("actor", "actors"), ("place", "places")])
def test_a_page_of_its_own(name: str, facet: str) -> None:
    for key in keys(facet):
        app = drawn(name, **{name: key})
        assert odd(app) == [], key
        assert app.title[0].value.startswith("Which") is False


@pytest.mark.parametrize("name", ["actor", "place"])
def test_a_name_that_is_typed(name: str) -> None:
    for text in ("script", "alert", "javascript", "hyperlink", "<b>*x*", "red"):
        app = drawn(name, **{name: "nobody"})
        app = app.text_input(key=f"{name}s search").set_value(text).run()
        assert odd(app) == [], text


def test_two_printings_of_hostile_words() -> None:
    for statement in load_library().records(EVERYTHING, order="newest", page=0, size=30)[::4]:
        assert odd(drawn("words", quote=statement.key)) == [], statement.key
