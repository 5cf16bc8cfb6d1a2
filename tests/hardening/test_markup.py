"""Whatever data says, the page's Markdown and its charts' expressions are built as ever."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.chart import Chart
from dashboard.charts.locations import location_chart
from dashboard.charts.matrix import matrix_chart
from dashboard.charts.ribbon import ribbon_chart
from dashboard.charts.speakers import speakers_chart
from dashboard.charts.timeline import timeline_chart
from dashboard.charts.voices import voices_chart
from dashboard.charts.world import framed, world_chart
from dashboard.library.answers import Located, Value
from dashboard.palette import INKS
from dashboard.story import Story
from tests.drafted import unpacked
from tests.hardening.corpus import EXPRESSIONS, STORIES, TEXTS
from tests.hardening.hostile import hostile
from tests.hardening.markup import structure, structures
from tests.test_page import opened

INK, SHAPES = INKS["light"], "basemap/countries.json"


def words(count: int) -> list[str]:
    """As many harmless texts, each another: who has one name is one."""
    return [f"word {n}" for n in range(count)]


# --- the page ---


def page(story: Story, folder: Path, **query: str | list[str]) -> Counter[str]:
    """The structure of a story's page, everything on it opened."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_STORY", str(unpacked(story, folder)))
        app = opened(**query)
        for box in ("map", "voices", "matrix", "timeline", "ribbon"):
            app.session_state[f"{box} table"] = True
        return structures(app.run())


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    return page(hostile(words(len(STORIES))), tmp_path_factory.mktemp("plain"))


def test_a_page_of_hostile_texts_is_built_like_any(tmp_path: Path, plain: Counter[str]) -> None:
    assert plain["link_open ?quote=q-lavrov-lose"] == 1
    assert page(hostile(), tmp_path) == plain


def test_so_is_a_view_of_it(tmp_path: Path) -> None:
    query = {"actor": ["john-kerry"], "place": ["moscow"], "about": ["bashar-al-assad"]}
    seen = [
        page(hostile(texts), tmp_path / str(n), **query)
        for n, texts in enumerate((words(len(STORIES)), STORIES))
    ]
    assert seen[0] == seen[1]


CELL = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20) | st.text(
    "*_~`#+-=.!:/@w<>[]()|\\&;$^{}1a", min_size=1, max_size=20
)
CELLS = st.lists(CELL, min_size=len(STORIES), max_size=len(STORIES), unique=True)


@settings(max_examples=4)
@given(texts=CELLS)
def test_so_is_a_page_of_any_texts(
    tmp_path_factory: pytest.TempPathFactory, plain: Counter[str], texts: list[str]
) -> None:
    assert page(hostile(texts), tmp_path_factory.mktemp("any")) == plain


def test_a_text_that_were_not_escaped_would_be_told() -> None:
    for text in (*STORIES[:1], "**a**", "[a](https://b.example)", ":red[a]", ":smile:", "www.a.b"):
        assert structure(text) != structure("word"), text


NAMED = 5  # of what the page does not know


@pytest.fixture(scope="module")
def unknown() -> Counter[str]:
    return structures(opened(q="nowhere", actor=[f"nobody {n}" for n in range(NAMED)]))


@pytest.mark.parametrize("at", range(0, len(TEXTS), NAMED))
def test_what_an_address_says_is_text_on_the_page(at: int, unknown: Counter[str]) -> None:
    texts = [*TEXTS, *TEXTS][at : at + NAMED]
    assert structures(opened(q=texts[0], actor=texts)) == unknown


# --- the charts ---

OWN = ("expr", "signal", "test", "update", "calculate", "filter", "labelExpr", "init", "value")


def expressions(vega: Any, within: str = "") -> Iterator[str]:
    """What Vega computes, without the texts in it; and how many there are."""
    if isinstance(vega, dict):
        for key, part in vega.items():
            if key != "values":
                yield from expressions(part, key)
    elif isinstance(vega, list):
        for part in vega:
            yield from expressions(part, within)
    elif isinstance(vega, str) and within in OWN:
        yield re.sub(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'', "…", vega)


def compiled(chart: Chart) -> list[str]:
    values = json.loads(json.dumps(chart.rows.to_pylist(), default=str))
    vega = vl_convert.vegalite_to_vega({"data": {"values": values}, **chart.spec})
    return sorted(expressions(vega))


CHARTS: dict[str, Callable[[Story], Chart]] = {
    "voices": lambda story: voices_chart(story, story, INK),
    "matrix": lambda story: matrix_chart(story, story, INK),
    "ribbon": lambda story: ribbon_chart(story, story, INK),
    "timeline": lambda story: timeline_chart(story, story, INK),
    "locations": lambda story: location_chart(story, story, INK, SHAPES),
}


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_chart_of_hostile_texts_computes_what_any_does(draw: Callable[[Story], Chart]) -> None:
    plain = compiled(draw(hostile(words(len(STORIES)))))
    assert len(plain) > 5
    assert compiled(draw(hostile())) == plain
    few = compiled(draw(hostile(words(len(EXPRESSIONS)))))
    assert compiled(draw(hostile(EXPRESSIONS))) == few


def test_so_do_the_librarys() -> None:
    made = []
    for texts in (words(len(TEXTS)), TEXTS):
        values = tuple(Value(text, text, 3) for text in texts)
        places = tuple(
            Located(text, text, "city", text[:2], 50 + n / 10, 10.0, 3, 2)
            for n, text in enumerate(texts)
        )
        bars = speakers_chart(values, tuple(texts[:2]), 10, "Bars", INK)
        world = world_chart(places, tuple(texts[:2]), framed(places), INK, SHAPES)
        made.append(compiled(bars) + compiled(world))
    assert made[1] == made[0]
    assert len(made[0]) > 5
