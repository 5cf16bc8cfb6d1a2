"""The page of one statement's words, over a library of the shipped stories."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.library.building.build import build
from dashboard.library.sources.recognize import recognize
from dashboard.settings import settings

STORIES = Path(__file__).parents[2] / "data" / "stories"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The library's file, as the setting names it."""
    path = tmp_path_factory.mktemp("library") / "stories.duckdb"
    build(path, recognize([STORIES], None), lambda *_: None, workers=0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_LIBRARY", str(path))
        settings.cache_clear()
        yield path
    settings.cache_clear()


def script() -> None:
    """A page of its own: the library's others are not needed."""
    import streamlit as st

    from dashboard.words_page import words_page

    page = st.Page(lambda: None, title="Library", url_path="library", default=True)
    st.navigation([page], position="hidden")
    words_page({"library": page})


def shown(key: str) -> str:
    """The page's text, as Markdown."""
    test = AppTest.from_function(script, default_timeout=30)
    if key:
        test.query_params["quote"] = key
    test.run()
    assert not test.exception
    return "\n".join(element.value for element in test.markdown)


def test_the_two_printings_of_lavrovs_sentence_side_by_side(library: Path) -> None:
    text = shown("moscow-talks/q-lavrov-lose")
    assert "2 printings in 3 outlets" in text
    assert r"in this event\, :orange-background[**they**] will lose" in text
    assert "in this event :gray[~~they~~] will lose" in text
    assert r"Differs in 1 place\: “they” is missing\." in text
    assert r"Al\-Manar" in text
    assert (
        "https://archive.almanar.com.lb/english/article.php?id=190716#:~:text=Those%20who" in text
    )
    assert "words?quote=lavrov-moscow-talks%2Fq-lavrov-lose-sana" in text
    assert "Who said it?" not in text


@pytest.mark.parametrize(
    ("key", "told"),
    [
        ("", "a link that leads here"),
        ("nobody/*knows*", r"no statement by the id “nobody\/\*knows\*”"),
        ("moscow-talks/q-kerry-helpful", "no printing of these words that differs"),
        ("lavrov-moscow-talks/q-lavrov-risk", "no words to compare"),
    ],
)
def test_what_cannot_be_compared_says_why(library: Path, key: str, told: str) -> None:
    assert told in shown(key)
