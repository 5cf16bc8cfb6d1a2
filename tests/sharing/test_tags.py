"""The head of a page: all that unfurls a link, and nothing that data could make of it."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.links import from_query, to_query
from dashboard.selection import Selection
from dashboard.sharing.embed import VIEWS, embed_code, embed_url, oembed
from dashboard.sharing.preview import preview
from dashboard.sharing.tags import head_tags
from tests.shipped import STORY, selections

PAGE = "https://news.example.org/dateline/"


class Head(HTMLParser):
    """Tags and their attributes, and the text of the title."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def meta(self, name: str) -> str | None:
        (found,) = (
            a for t, a in self.tags if t == "meta" and name in (a.get("name"), a.get("property"))
        )
        return found["content"]

    def link(self, **wanted: str) -> str | None:
        (found,) = (
            a for t, a in self.tags if t == "link" and all(a.get(k) == v for k, v in wanted.items())
        )
        return found["href"]


@given(selection=selections(), text=st.text(max_size=60))
def test_a_head_says_what_the_view_is(selection: Selection, text: str) -> None:
    selection, _ = from_query(to_query(selection) | {"q": [text]}, STORY)
    head, shown = Head(head_tags(STORY, selection, PAGE)), preview(STORY, selection)
    assert {tag for tag, _ in head.tags} == {"title", "meta", "link"}
    assert head.text.strip() == f"{shown.title} · Dateline".strip()
    assert head.meta("og:title") == head.meta("twitter:title") == shown.title
    assert head.meta("description") == head.meta("og:description") == shown.description
    assert head.link(rel="canonical") == head.meta("og:url")
    assert str(head.meta("og:image")).startswith(f"{PAGE}card.png")
    assert head.meta("twitter:card") == "summary_large_image"


def test_addresses_are_those_of_the_view() -> None:
    head = Head(head_tags(STORY, Selection(places=("moscow",), quote="q-lavrov-lose"), PAGE))
    query = "?place=moscow&quote=q-lavrov-lose"
    assert head.link(rel="canonical") == PAGE + query
    assert head.meta("og:image") == f"{PAGE}card.png{query}"
    assert head.link(type="application/json+oembed") == (
        f"{PAGE}oembed?url=https%3A%2F%2Fnews.example.org%2Fdateline%2F%3Fplace%3Dmoscow%26quote"
        "%3Dq-lavrov-lose&format=json"
    )
    assert head.link(type="application/ld+json") == f"{PAGE}api/story.jsonld{query}"


@pytest.mark.parametrize("view", VIEWS)
def test_embed_code_is_one_frame_of_that_panel(view: str) -> None:
    hostile = Selection(text='"><script>alert(1)</script>', places=("moscow",))
    frame = Head(embed_code(PAGE, STORY, hostile, view))
    ((tag, attributes),) = frame.tags
    assert tag == "iframe"
    assert frame.text == ""
    assert attributes["src"] == embed_url(PAGE, hostile, view)
    assert attributes["title"] == preview(STORY, hostile).title


def test_an_embedded_statement_is_that_alone() -> None:
    chosen = Selection(places=("moscow",), quote="q-lavrov-lose")
    assert embed_url(PAGE, chosen, "quotes") == f"{PAGE}?embed=true&view=quotes&quote=q-lavrov-lose"
    assert "place=moscow" in embed_url(PAGE, chosen, "map")


def test_the_panel_of_an_embed_view_is_what_is_discovered() -> None:
    head = Head(head_tags(STORY, Selection(places=("moscow",)), PAGE, "timeline"))
    assert "view%3Dtimeline" in str(head.link(type="application/json+oembed"))
    assert head.link(rel="canonical") == f"{PAGE}?place=moscow"


@pytest.mark.parametrize(
    ("most", "size"),
    [((None, None), (700, 720)), ((400, None), (400, 720)), ((None, 300), (700, 300)),
     ((5000, 5000), (700, 720)), ((1, 1), (1, 1))],
)  # fmt: skip
def test_oembed_keeps_to_the_room_there_is(
    most: tuple[int | None, int | None], size: tuple[int, int]
) -> None:
    answer = oembed(STORY, Selection(), PAGE, "map", most)
    assert (answer["width"], answer["height"]) == size
    assert (answer["version"], answer["type"]) == ("1.0", "rich")
    assert f'width="{size[0]}" height="{size[1]}"' in answer["html"]
    room = (most[0] or 1200) >= 1200 and (most[1] or 630) >= 630
    assert ("thumbnail_url" in answer) == room
    assert answer.get("thumbnail_width", 0) <= (most[0] or 1200)


@pytest.mark.parametrize(
    ("selection", "view", "shown"),
    [
        (Selection(), "", "map"),
        (Selection(quote="q-lavrov-lose"), "", "quotes"),
        (Selection(places=("moscow",)), "", "quotes"),
        (Selection(), "timeline", "timeline"),
        (Selection(), "no-such-view", "map"),
    ],
)
def test_oembed_shows_the_panel_that_fits_the_link(
    selection: Selection, view: str, shown: str
) -> None:
    assert f"view={shown}" in oembed(STORY, selection, PAGE, view)["html"]
