"""The library's pages without a browser: an address sets the filters, filters write the address."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.library_shelf import PAGE_SIZE, pages
from dashboard.settings import settings
from tests.library.small import write_duckdb

ALL = "All 200 statements"


@pytest.fixture(scope="module", autouse=True)
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    path = tmp_path_factory.mktemp("library") / "small.duckdb"
    write_duckdb(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_LIBRARY", str(path))
        settings.cache_clear()
        yield
    settings.cache_clear()


def _library() -> None:
    import streamlit as st

    from dashboard.library_pages import library_pages

    library, *others = library_pages(st.Page(lambda: None, title="S", url_path="s"))
    st.navigation([library, *others], position="hidden").run()


def opened(**query: str | list[str]) -> AppTest:
    """The library page at an address, run once."""
    app = AppTest.from_function(_library, default_timeout=30)
    for key, values in query.items():
        app.query_params[key.rstrip("_")] = values
    app.run()
    assert not app.exception
    return app


def says(app: AppTest) -> str:
    """The sentence that says what is shown."""
    said = [m.value for m in app.markdown if m.value.startswith("**") and "statement" in m.value]
    return said[0].strip("*").replace("\\", "")


def cards(app: AppTest) -> int:
    return sum("Same words, other outlets" in m.value for m in app.markdown)


@pytest.mark.parametrize(
    ("query", "beginning", "end"),
    [
        ({}, ALL, ""),
        ({"actor": "ada-hale", "actor_role": "by"}, "54 of 200", "by Ada Hale"),
        ({"q": "zeppelin"}, "0 of 200", "with “zeppelin”"),
        ({"from_": "2014", "to": "2014", "outlet": "harbour-post"}, "",
         "printed by Harbour Post, in 2014"),
        ({"actor": "nobody", "page": "x", "order": "odd"}, ALL, ""),
    ],
)  # fmt: skip
def test_an_address_sets_the_filters(query: dict[str, str], beginning: str, end: str) -> None:
    app = opened(**query)
    assert says(app).startswith(beginning)
    assert says(app).endswith(end)
    number = int(says(app).removeprefix("All ").split()[0])
    assert cards(app) == min(number, PAGE_SIZE)


def test_what_is_unknown_is_said() -> None:
    app = opened(actor="nobody", page="x", order="odd")
    (notice,) = [m.value for m in app.markdown if "does not know" in m.value]
    assert all(value in notice.replace("\\", "") for value in ("nobody", "page=x", "order=odd"))


def test_a_filter_writes_the_address_and_begins_at_the_first_page() -> None:
    app = opened(page="2", foreign="kept")
    app.text_input(key="library text").set_value("ferry").run()
    assert dict(app.query_params) == {"foreign": "kept", "q": "ferry"}
    app.button(key="library reset").click().run()
    assert says(app) == ALL


@pytest.mark.parametrize(
    ("query", "links"),
    [
        ({"q": "norvik"}, ["actor=norvik", "place=norvik-city", "place=norvik-country"]),
        ({"q": "hale", "place": "eastport"}, ["actor=ada-hale&place=eastport"]),
        ({"q": "ferry"}, []),
        ({}, []),
    ],
)
def test_who_is_called_by_the_words_is_a_click_away(
    query: dict[str, str], links: list[str]
) -> None:
    told = [m.value for m in opened(**query).markdown if "Called so" in m.value]
    found = re.findall(r"\(library\?([^)]*)\)", " ".join(told).replace("\\", ""))
    assert found == links


def _picked() -> None:
    from dashboard.library_address import picked
    from dashboard.library_shelf import load_library

    picked(load_library(), "actors")


@pytest.mark.parametrize(
    ("typed", "chosen", "offered"),
    [
        ("ada-hale", ["ada-hale"], []),  # an id: what the box's own choices are
        ("Ada", ["ada-hale"], []),
        ("нина", ["нина-орлова"], []),
        ("Harbour Union", ["harbour-union"], []),
        ("john smith", [], ["john-smith", "john-smith-2"]),
        ("zeppelin", [], []),
        ("", [], []),
    ],
)
def test_what_is_typed_is_looked_up(typed: str, chosen: list[str], offered: list[str]) -> None:
    app = AppTest.from_function(_picked, default_timeout=30)
    app.session_state["library actors pick"] = typed
    app.run()
    assert not app.exception
    state = app.session_state
    assert (state["library actors"] if "library actors" in state else []) == chosen  # noqa: SIM401
    word, values = state["library guesses"].get("actors", ("", ()))
    assert sorted(value.key for value in values) == offered
    assert word == ("" if chosen else typed)
    assert state["library actors pick"] is None


@pytest.mark.parametrize(
    ("shown", "number"), [(0, 1), (1, 1), (30, 1), (31, 2), (6_000, 200), (10**7, 200)]
)
def test_how_many_pages_there_are(shown: int, number: int) -> None:
    assert pages(shown) == number


def test_of_a_page_that_there_is_not_the_last_is_shown() -> None:
    app = opened(page="150")
    assert cards(app) == 200 % PAGE_SIZE
