"""What a story and an address say is a value in whatever the server answers: JSON, tags, code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.selection import Selection
from dashboard.server.routes import routes
from dashboard.settings import settings
from dashboard.sharing.embed import embed_code, oembed
from dashboard.sharing.tags import head_tags
from tests.hardening.corpus import MARKDOWN, MARKUP, STORIES, TEXTS
from tests.hardening.hostile import build_library, hostile
from tests.sharing.test_tags import Head
from tests.shipped import STORY

PAGE = "https://news.example/dateline/"
VIEW = Selection(actors=("john-kerry",), places=("moscow",), text=MARKUP[0])


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    library = build_library(tmp_path_factory.mktemp("hostile"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATELINE_LIBRARY", str(library))
        settings.cache_clear()
        with TestClient(Starlette(routes=routes(""))) as found:
            yield found
    settings.cache_clear()


@pytest.mark.parametrize(
    "path",
    [
        "/api/{}", "/api/quotes.csv?{}", "/api/quotes.csv?actor={}", "/api/quotes.json?quote={}",
        "/api/library/{}", "/api/library/quotes.csv?{}", "/api/library/quotes.csv?actor={}",
        "/api/library/quotes.json?from={}", "/basemap/{}", "/oembed?url={}", "/oembed?maxwidth={}",
        "/oembed?format={}",
    ],
)  # fmt: skip
@pytest.mark.parametrize("text", [*MARKUP, *MARKDOWN[:2]], ids=ascii)
def test_an_error_is_json(client: TestClient, path: str, text: str) -> None:
    answer = client.get(path.format(quote(text, safe="")))
    assert answer.status_code in (400, 404, 501)
    if answer.text != "Not Found":
        assert answer.headers["content-type"] == "application/json"
        assert "error" in json.loads(answer.text)


@pytest.mark.parametrize("quoted", ["", *STORY.quotes["id"]])
def test_tags_of_a_hostile_story_are_those_of_any(quoted: str) -> None:
    for view in (Selection(quote=quoted), VIEW.but(quote=quoted)):
        tags, plain = (Head(head_tags(story, view, PAGE)).tags for story in (hostile(), STORY))
        assert [(tag, list(held)) for tag, held in tags] == [(t, list(held)) for t, held in plain]


@pytest.mark.parametrize("quoted", STORY.quotes["id"])
def test_embed_code_of_a_hostile_story_is_one_frame(quoted: str) -> None:
    code = embed_code(PAGE, hostile(), Selection(quote=quoted, text=TEXTS[1]), "quotes")
    ((tag, held),) = Head(code).tags
    assert tag == "iframe"
    assert set(held) == {"src", "title", "width", "height", "style", "loading", "allow"}
    assert (held["src"] or "").startswith(f"{PAGE}?")
    assert oembed(hostile(), Selection(quote=quoted), PAGE)["html"].count("<iframe ") == 1


def test_a_file_is_named_by_the_story_and_not_by_the_address(client: TestClient) -> None:
    answers = [client.get(f"/api/quotes.csv?q={quote(text)}") for text in STORIES[:9]]
    named = {answer.headers["content-disposition"] for answer in answers}
    assert named == {'inline; filename="moscow-talks-quotes.csv"'}
