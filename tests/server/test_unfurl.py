"""The head of the page that is sent: tags of the view, an honest length, no stale copy."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.server.security import SecurityHeaders
from dashboard.server.unfurl import Unfurl
from dashboard.settings import settings
from tests.sharing.test_tags import Head
from tests.shipped import FOLDER

HTML = "<!DOCTYPE html><html><head><title>Streamlit</title></head><body>é</body></html>"


async def answer(request: Request) -> Response:
    """The page as Streamlit sends it: one file, whatever is asked; anything else as it is."""
    if request.url.path.endswith(".js"):
        return Response(HTML, media_type="text/javascript")
    if "if-none-match" in request.headers:
        return Response(status_code=304)
    made = Response(HTML, media_type="text/html", headers={"ETag": '"file"', "Last-Modified": "x"})
    if "gzip" in request.headers.get("accept-encoding", ""):  # as it does for most of its pages
        made.body = gzip.compress(made.body)
        made.headers["Content-Length"] = str(len(made.body))
        made.headers["Content-Encoding"] = "gzip"
    if request.method == "HEAD":
        made.body = b""
    return made


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.delenv("DATELINE_PUBLIC_URL", raising=False)
    monkeypatch.delenv("DATELINE_TRUST_PROXY", raising=False)
    settings.cache_clear()
    app = Starlette(routes=[Route("/{path:path}", answer, methods=["GET", "HEAD", "POST"])])
    return TestClient(SecurityHeaders(Unfurl(app)), base_url="http://evil.example")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/library?actor=sergey-lavrov", "Library · Dateline"),
        ("/actor?actor=sergey-lavrov", "Actor · Dateline"),
        ("/place/", "Place · Dateline"),
        ("/basemap/library", "Streamlit"),
    ],
)
def test_the_librarys_pages_have_a_title_and_no_tags_of_the_story(
    client: TestClient, path: str, title: str
) -> None:
    got = client.get(path)
    assert f"<title>{title}</title>" in got.text
    assert "og:" not in got.text
    assert int(got.headers["content-length"]) == len(got.content)
    assert int(client.head(path).headers["content-length"]) == len(got.content)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("", "Kerry Supports Syrian Peace Talks in Russia"),
        ("?place=moscow&place=mars", "10 of 24 statements: in or about Moscow"),
        ("?q=%3C%2Ftitle%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E",
         "0 of 24 statements: with “</title><script>alert(1)</script>”"),
        ("?q=%FF%00%E2%80%AE&=&&place", "Kerry Supports Syrian Peace Talks in Russia"),
        ("?" + "&".join(f"x{n}=1" for n in range(5000)),
         "Kerry Supports Syrian Peace Talks in Russia"),
    ],
)  # fmt: skip
def test_the_head_is_the_views(client: TestClient, query: str, title: str) -> None:
    got = client.get(f"/{query}")
    head = Head(got.text.split("</head>")[0])
    if "%FF" not in query:
        assert head.meta("og:title") == title
    assert "evil.example" not in got.text
    assert int(got.headers["content-length"]) == len(got.content)
    assert "<body>é</body>" in got.text
    assert [tag for tag, _ in head.tags if tag == "script"] == []
    assert "etag" not in got.headers
    assert "last-modified" not in got.headers


def test_a_condition_on_the_file_does_not_count(client: TestClient) -> None:
    got = client.get("/?place=moscow", headers={"If-None-Match": '"file"'})
    assert (got.status_code, "og:title" in got.text) == (200, True)


def test_head_tells_the_length_of_get(client: TestClient) -> None:
    got, head = client.get("/?place=moscow"), client.head("/?place=moscow")
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.content == b""
    assert head.headers["content-length"] == got.headers["content-length"]


@pytest.mark.parametrize("path", ["/index.js", "/method", "/static/a.js"])
def test_what_is_not_the_page_passes_through(client: TestClient, path: str) -> None:
    assert client.get(path).text == HTML


def test_a_post_passes_through(client: TestClient) -> None:
    assert client.post("/").text == HTML


def test_a_broken_story_leaves_the_page_as_it_is(
    client: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / FOLDER.name))
    (folder / "quotes.csv").unlink()
    monkeypatch.setenv("DATELINE_STORY", str(folder))
    assert client.get("/").text == HTML


@pytest.mark.parametrize(
    ("query", "ancestors"),
    [
        ("", "'none'"),
        ("?embed=true", "'none'"),
        ("?view=map", "'none'"),
        ("?embed=true&view=everything", "'none'"),
        ("?embed=false&view=map", "'none'"),
        ("?embed=true&view=map&view=", "'none'"),
        ("?embed=true&view=map&view=zzz", "'none'"),
        ("?embed=true&embed=false&view=map", "'none'"),
        (f"?embed=true&view=map&a={'a' * 7990}&view=zzz", "'none'"),
        ("method?embed=true&view=map", "'none'"),
        ("?embed=true&view=map&place=moscow", "*"),
    ],
)
def test_only_embed_views_may_be_framed(client: TestClient, query: str, ancestors: str) -> None:
    policy = client.get(f"/{query}").headers["content-security-policy"]
    assert f"; frame-ancestors {ancestors}" in policy
    assert policy.count("frame-ancestors") == 1
