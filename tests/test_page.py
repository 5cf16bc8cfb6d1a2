"""The page without a browser: each filter writes the address, and an address sets each filter."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.__main__ import main
from dashboard.telling.drafts import NOT_PARAPHRASED, notice
from tests.drafted import ACCEPTED, DRAFT, INDIRECT, PARTLY, unpacked

PAGE = Path(__file__).parent.parent / "dashboard" / "page.py"
ALL = "All 24 statements"


def opened(**query: str | list[str]) -> AppTest:
    """The page at an address, run once."""
    app = AppTest.from_file(str(PAGE), default_timeout=30)
    for key, values in query.items():
        app.query_params[key] = values
    return app.run()


def summary(app: AppTest) -> str:
    """The sentence that says what is shown."""
    said = [m.value for m in app.markdown if "statements" in m.value and m.value.startswith("**")]
    return said[0].strip("*").replace("\\", "")


def shown(app: AppTest) -> int:
    """How many cards there are."""
    return sum("Link to this" in m.value for m in app.markdown)


def cards(app: AppTest) -> list[str]:
    """Ids of the statements shown."""
    texts = (m.value for m in app.markdown if "Link to this" in m.value)
    return [re.search(r"Link to this\]\(\?quote=([a-z0-9-]+)\)", text)[1] for text in texts]


def pills(app: AppTest, key: str, value: list[str]) -> AppTest:
    return app.pills(key=key).set_value(value).run()


FILTERS: list[tuple[str, Callable[[AppTest], AppTest], dict[str, list[str]], str]] = [
    (
        "actor",
        lambda app: app.multiselect(key="actors").set_value(["sergey-lavrov"]).run(),
        {"actor": ["sergey-lavrov"]},
        "2 of 24 statements: by or about Sergey V. Lavrov",
    ),
    (
        "places",
        lambda app: pills(app, "places", ["moscow", "aleppo"]),
        {"place": ["aleppo", "moscow"]},
        "14 of 24 statements: in or about Aleppo or Moscow",
    ),
    (
        "topic",
        lambda app: pills(app, "topics", ["iran-accord"]),
        {"topic": ["iran-accord"]},
        "1 of 24 statements: on Iran accord",
    ),
    (
        "kind",
        lambda app: pills(app, "kinds", ["mixed"]),
        {"kind": ["mixed"]},
        "1 of 24 statements: part-quoted",
    ),
    (
        "words",
        lambda app: app.text_input(key="text").set_value("ICONIC  example").run(),
        {"q": ["ICONIC example"]},
        "1 of 24 statements: with “ICONIC example”",
    ),
    (
        "role of the actors",
        lambda app: (
            app.multiselect(key="actors")
            .set_value(["bashar-al-assad"])
            .run()
            .segmented_control(key="actor_role")
            .set_value("by")
            .run()
        ),
        {"actor": ["bashar-al-assad"], "actor_role": ["by"]},
        "0 of 24 statements: by Bashar al-Assad",
    ),
    (
        "role of the places",
        lambda app: (
            pills(app, "places", ["geneva"])
            .segmented_control(key="place_role")
            .set_value("about")
            .run()
        ),
        {"place": ["geneva"], "place_role": ["about"]},
        "0 of 24 statements: about Geneva",
    ),
]


@pytest.mark.parametrize(
    ("use", "query", "sentence"),
    [case[1:] for case in FILTERS],
    ids=[case[0] for case in FILTERS],
)
def test_a_filter_narrows_the_page_and_writes_the_address(
    use: Callable[[AppTest], AppTest], query: dict[str, list[str]], sentence: str
) -> None:
    app = use(opened())
    assert not app.exception
    assert summary(app) == sentence
    assert shown(app) == int(sentence.split()[0])
    written = app.query_params.items()
    assert {key: [v] if isinstance(v, str) else v for key, v in written} == query


@pytest.mark.parametrize(
    ("query", "sentence"),
    [case[2:] for case in FILTERS],
    ids=[case[0] for case in FILTERS],
)
def test_the_address_sets_the_filter(query: dict[str, list[str]], sentence: str) -> None:
    app = opened(**query)
    assert not app.exception
    assert summary(app) == sentence


def test_reset_shows_everything_and_clears_the_address() -> None:
    app = opened(place="moscow", q="peace", actor="john-kerry")
    app = app.button(key="reset").click().run()
    assert summary(app) == ALL
    assert shown(app) == 24
    assert not app.query_params


def test_a_stale_address_names_what_it_left_out() -> None:
    app = opened(actor="nobody", place=["moscow", "atlantis"], kind="shouted")
    assert not app.exception
    assert summary(app) == "10 of 24 statements: in or about Moscow"
    said = [m.value.replace("\\", "") for m in app.markdown if "does not know" in m.value]
    assert len(said) == 1
    for value in ("actor=nobody", "place=atlantis", "kind=shouted"):
        assert value in said[0]


def test_statements_by_speaker_stand_together() -> None:
    app = opened(order="speaker")
    speakers = [
        line.split("**")[1]
        for m in app.markdown
        if "Link to this" in m.value
        for line in m.value.split("\n")
        if "[●]" in line
    ]
    runs = [s for n, s in enumerate(speakers) if n == 0 or speakers[n - 1] != s]
    assert len(speakers) == 24
    assert len(runs) == len(set(speakers))


def test_a_table_of_the_data_is_built_only_when_opened() -> None:
    app = opened(place="moscow")
    assert not app.dataframe
    app.session_state["data"] = True
    app = app.run()
    assert len(app.dataframe[0].value) == 10


@pytest.fixture
def draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page serves the shipped story as a program would leave it."""
    monkeypatch.setenv("DATELINE_STORY", str(unpacked(PARTLY, tmp_path)))


def test_a_page_of_drafts_says_so(draft: None) -> None:
    app = opened()
    assert not app.exception
    assert [w.value.replace("\\", "") for w in app.warning] == [notice(PARTLY)]
    shown = {cards(app)[n]: m.value for n, m in enumerate(_cards(app))}
    assert {i for i, text in shown.items() if "badge[:material/edit_note: Draft" in text} == {
        i for i in shown if i not in ACCEPTED
    }
    assert {i for i, text in shown.items() if NOT_PARAPHRASED in text} == {
        i for i in INDIRECT if i not in ACCEPTED
    }
    assert not any("**" in text.replace("**", "", 2) for text in shown.values())


def test_a_page_made_by_hand_says_nothing_of_drafts() -> None:
    app = opened()
    assert not app.warning
    assert not any("draft" in m.value.lower() for m in app.markdown)


def test_an_article_without_address_is_linked_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_STORY", str(unpacked(DRAFT, tmp_path)))
    app = opened(quote="q-kerry-goal", q="goal")
    assert not app.exception
    assert not any("](http" in m.value or "]()" in m.value for m in app.markdown)
    assert any("¶\u00a05 in the original" in m.value for m in opened().markdown)


def test_what_was_decided_is_among_the_data_of_a_draft_alone(draft: None) -> None:
    app = opened()
    app.session_state["data"] = True
    app.session_state["data table"] = "reviews"
    assert len(app.run().dataframe[0].value) == len(PARTLY.reviews)


def _cards(app: AppTest) -> list[Any]:
    return [m for m in app.markdown if "Link to this" in m.value]


def test_a_story_without_topics_or_positions_has_no_such_panels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = Path(__file__).parent / "extract" / "articles" / "cod-quota.txt"
    assert main(["extract", str(article), "--out", str(tmp_path / "cod"), "--rules"]) == 0
    monkeypatch.setenv("DATELINE_STORY", str(tmp_path / "cod"))
    app = opened()
    assert not app.exception
    assert not any(pill.label == "Topics" for pill in app.pills)
    texts = "\n".join(m.value for m in (*app.header, *app.subheader, *app.markdown))
    assert "Where each side stands" not in texts
    assert "Whose words" in texts
