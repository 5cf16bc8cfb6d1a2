"""What a link says of itself: one line each, made of the selection."""

from __future__ import annotations

import pytest
from hypothesis import given

from dashboard.describe import describe
from dashboard.plain import CONTROL
from dashboard.selection import Selection
from dashboard.sharing.preview import DESCRIPTION, TITLE, preview
from dashboard.story import Story
from tests.drafted import DRAFT, PARTLY
from tests.shipped import STORY, selections

HEADLINE = "Kerry Supports Syrian Peace Talks in Russia"


@pytest.mark.parametrize(
    ("selection", "title"),
    [
        (Selection(), HEADLINE),
        (
            Selection(quote="q-kerry-helpful"),
            "John Kerry: “We hope that the Russian efforts could be helpful”",
        ),
        (
            Selection(quote="q-kerry-goal"),
            "John Kerry, reported: Washington wants an interim Syrian government without Assad.",
        ),
        (
            Selection(actors=("sergey-lavrov",), actor_role="by", places=("moscow",)),
            "2 of 24 statements: by Sergey V. Lavrov, in or about Moscow",
        ),
        (Selection(text="<b>"), "0 of 24 statements: with “<b>”"),
    ],
)
def test_a_link_is_titled_by_what_it_shows(selection: Selection, title: str) -> None:
    assert preview(STORY, selection).title == title


@pytest.mark.parametrize(
    ("story", "selection", "words"),
    [
        (DRAFT, Selection(), "Draft, not reviewed. The New York Times: "),
        (DRAFT, Selection(quote="q-lavrov-lose"), "Draft, not reviewed. "),
        (DRAFT, Selection(places=("moscow",)), f"Draft, not reviewed. {HEADLINE}"),
        (PARTLY, Selection(), "Draft, partly reviewed. The New York Times: "),
        (PARTLY, Selection(quote="q-lavrov-lose"), "Draft, partly reviewed. "),
        (STORY, Selection(), "The New York Times: "),
    ],
)
def test_a_link_to_a_draft_says_so_first(story: Story, selection: Selection, words: str) -> None:
    assert preview(story, selection).description.startswith(words)


def test_a_link_to_reported_speech_without_paraphrase_has_a_title() -> None:
    title = preview(DRAFT, Selection(quote="q-kerry-goal")).title
    assert title == "John Kerry, reported: not yet paraphrased"


@given(selection=selections())
def test_every_link_names_the_article_and_its_publisher(selection: Selection) -> None:
    shown = preview(STORY, selection)
    assert "The New York Times" in shown.description
    assert HEADLINE in shown.title + shown.description
    for text, most in ((shown.title, TITLE), (shown.description, DESCRIPTION)):
        assert 0 < len(text) <= most
        assert not CONTROL.search(text)
    if selection.narrows and not selection.quote:
        assert describe(STORY, selection).startswith(shown.title.removesuffix("…"))
