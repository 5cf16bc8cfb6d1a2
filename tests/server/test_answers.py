"""What the server makes of a story: the API, the card, the oEmbed answer, and how they are kept."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import urlencode

import anyio
import pytest
from anyio import create_task_group
from hypothesis import given, settings
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.exports.formats import FORMATS
from dashboard.links import MAX_TEXT, MAX_VALUES, to_query
from dashboard.selection import Selection, select
from dashboard.server import answer
from dashboard.server.routes import routes
from dashboard.settings import settings as read
from tests.shipped import STORY, expected, selections

PAGE = "http://localhost/"  # what the server says of itself where nothing is set


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes("")), base_url=PAGE.rstrip("/")) as made:
        yield made


@pytest.fixture(autouse=True)
def unset(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("PUBLIC_URL", "TRUST_PROXY", "FRAME_PAGE", "FRAME_EMBEDS"):
        monkeypatch.delenv(f"DATELINE_{name}", raising=False)
    read.cache_clear()
    yield
    read.cache_clear()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_answered_as_it_is_written(client: TestClient, name: str) -> None:
    got = client.get(f"/api/{name}?place=moscow")
    assert got.status_code == 200
    assert got.headers["content-type"] == FORMATS[name].media_type
    assert got.headers["access-control-allow-origin"] == "*"
    assert got.headers["cache-control"] == "public, max-age=300"
    part = select(STORY, Selection(places=("moscow",)))
    assert got.content == FORMATS[name].make(part, PAGE)
    assert FORMATS[name].file_name("moscow-talks") in got.headers["content-disposition"]


@pytest.mark.parametrize("path", [f"/api/{name}" for name in FORMATS] + ["/card.png"])
def test_who_has_it_already_gets_no_body(client: TestClient, path: str) -> None:
    first = client.get(path)
    tag = first.headers["etag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = client.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["cache-control"] == first.headers["cache-control"]
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("path", ["/api/quotes.json", "/card.png", "/oembed?url=" + PAGE])
def test_head_is_a_get_without_its_body(client: TestClient, path: str) -> None:
    got, head = client.get(path), client.head(path)
    assert head.status_code == 200
    assert head.headers["content-type"] == got.headers["content-type"]
    assert head.headers.get("etag") == got.headers.get("etag")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("path", ["/api/quotes.json", "/api/nothing", "/card.png", "/oembed"])
def test_other_methods_are_refused(client: TestClient, method: str, path: str) -> None:
    got = client.request(method, path)
    assert got.status_code == 405
    assert got.headers["allow"] == "GET, HEAD, OPTIONS"
    assert got.json()["error"]


def test_other_sites_may_ask_first(client: TestClient) -> None:
    got = client.options("/api/quotes.json", headers={"Origin": "https://x.example"})
    assert got.status_code == 204
    assert got.headers["access-control-allow-origin"] == "*"
    assert "GET" in got.headers["access-control-allow-methods"]


@pytest.mark.parametrize("name", ["", "quotes", "quotes.xml", "../pyproject.toml", "story.zip/x"])
def test_what_is_no_export_is_not_found(client: TestClient, name: str) -> None:
    got = client.get(f"/api/{name.replace('../', '%2e%2e/')}")
    assert got.status_code == 404
    assert got.json()["exports"] == list(FORMATS)


@pytest.mark.parametrize(
    ("query", "faulty"),
    [
        ("actr=john-kerry", ["actr"]),
        ("actor=nobody&place=moscow", ["actor"]),
        ("actor=&kind=spoken&place=mars", ["actor", "place", "kind"]),
        ("actor_role=by&actor_role=about", ["actor_role"]),
        ("quote=q-nothing", ["quote"]),
        ("q=" + "x" * (MAX_TEXT + 1), ["q"]),
        ("order=speaker", ["order"]),
        ("&".join(f"topic=t{n}" for n in range(MAX_VALUES + 1)), ["topic"]),
    ],
)
def test_a_bad_parameter_is_named_and_so_are_all(
    client: TestClient, query: str, faulty: list[str]
) -> None:
    got = client.get(f"/api/quotes.json?{query}")
    assert got.status_code == 400
    named = [fault["parameter"] for fault in got.json()["parameters"]]
    assert sorted(set(named)) == sorted(faulty)
    assert all(fault["message"] for fault in got.json()["parameters"])


def test_too_many_parameters_are_refused(client: TestClient) -> None:
    got = client.get("/api/quotes.json?" + "&".join(f"kind={n}" for n in range(1000)))
    assert (got.status_code, "choose less" in got.json()["error"]) == (400, True)


@settings(max_examples=25)
@given(selection=selections())
def test_the_api_shows_what_the_page_shows(client: TestClient, selection: Selection) -> None:
    got = client.get("/api/quotes.json?" + urlencode(to_query(selection), doseq=True))
    assert [row["id"] for row in got.json()] == expected(selection)
    lines = client.get("/api/quotes.jsonl?" + urlencode(to_query(selection), doseq=True)).text
    assert [json.loads(row)["id"] for row in lines.splitlines()] == expected(selection)


def test_a_card_leaves_out_what_it_does_not_know(client: TestClient) -> None:
    """Like the page: an old link in an old tweet keeps its picture."""
    known, more = client.get("/card.png?place=moscow"), client.get("/card.png?place=moscow&actor=x")
    assert known.headers["content-type"] == "image/png"
    assert known.content == more.content
    assert known.content != client.get("/card.png").content


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"url": PAGE}, 200),
        ({"url": f"{PAGE}?quote=q-lavrov-lose"}, 200),
        ({"url": f"{PAGE}?actor=nobody"}, 200),
        ({"url": PAGE, "format": "json", "maxwidth": "400", "maxheight": "300"}, 200),
        ({"url": PAGE, "format": "xml"}, 501),
        ({"url": "https://other.example/"}, 404),
        ({"url": f"{PAGE}method"}, 404),
        ({"url": "javascript:alert(1)"}, 404),
        ({"url": "http://localhost:99999999999/"}, 404),
        ({"url": "http://[::1/"}, 404),
        ({}, 400),
        ({"url": PAGE, "maxwidth": "wide"}, 400),
        ({"url": PAGE, "maxheight": "-1"}, 400),
        ({"url": PAGE, "maxheight": "٣"}, 400),
        ({"url": PAGE, "maxwidth": "0000019" + "9" * 4400}, 400),
        ({"url": PAGE, "maxwidth": "0"}, 400),
        ({"url": PAGE, "maxwidth": "100000"}, 200),
        ({"url": PAGE + "?" + "&".join(f"x{n}=1" for n in range(300))}, 200),
    ],
)
def test_oembed_answers_for_this_page_alone(
    client: TestClient, query: dict[str, str], status: int
) -> None:
    got = client.get("/oembed", params=query)
    assert got.status_code == status
    if status == 200:
        assert got.json()["type"] == "rich"
        assert got.json()["width"] <= int(query.get("maxwidth", "10000"))
    else:
        assert got.json()["error"]


FORGED = {"Host": "evil.example", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https",
          "Forwarded": "host=evil.example"}  # fmt: skip


def test_no_header_tells_where_the_page_is(client: TestClient) -> None:
    for path in ("/api/quotes.json", "/api/story.jsonld", f"/oembed?url={PAGE}"):
        got = client.get(path, headers=FORGED)
        assert got.status_code == 200
        assert "evil" not in got.text


def test_a_trusted_proxy_tells_where_the_page_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_TRUST_PROXY", "true")
    read.cache_clear()
    headers = {"X-Forwarded-Host": "news.example.org", "X-Forwarded-Proto": "https"}
    row = client.get("/api/quotes.json?quote=q-lavrov-lose", headers=headers).json()[0]
    assert row["permalink"].startswith("https://news.example.org/?quote=")
    for odd in ('x"><script>', "a b", "", "https://evil.example"):
        got = client.get("/api/quotes.json", headers=headers | {"X-Forwarded-Host": odd})
        assert got.json()[0]["permalink"].startswith(PAGE)


def test_the_setting_tells_where_the_page_is(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_PUBLIC_URL", "https://news.example.org/story")
    read.cache_clear()
    got = client.get("/api/quotes.json", headers=FORGED).json()[0]
    assert got["permalink"].startswith("https://news.example.org/story/?quote=")


def run_apart(main: Callable[[], Awaitable[Any]]) -> Any:
    """Run it in a thread of its own: this one may have the browser tests' loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(anyio.run, main).result()


def keep(
    *names: int, most: int = 100_000, waiting: int = 40, size: int = 0
) -> tuple[answer.Kept, list[int]]:
    """A store that all of these were asked of at once, and what it made."""
    made: list[int] = []

    def make(name: int) -> bytes:
        made.append(name)
        return bytes(size)

    async def run() -> answer.Kept:
        kept = answer.Kept(most=most, workers=1, waiting=waiting)
        async with create_task_group() as tasks:
            for name in names:
                tasks.start_soon(ask, kept, name)
        return kept

    async def ask(kept: answer.Kept, name: int) -> None:
        with suppress(answer.NotNow):
            await kept.get(name, "image/png", partial(make, name))

    return run_apart(run), made


def test_what_many_ask_at_once_is_made_once() -> None:
    kept, made = keep(*[1, 2] * 15)
    assert sorted(made) == [1, 2]
    assert set(kept.bodies) == {1, 2}


def test_what_is_kept_is_bounded_however_small_it_is() -> None:
    kept, made = keep(*range(30), most=10 * answer.OVERHEAD)
    assert sorted(made) == list(range(30))
    assert len(kept.bodies) == 10
    assert kept.size == 10 * answer.OVERHEAD
    kept, _ = keep(*range(30), most=10 * answer.OVERHEAD, size=answer.OVERHEAD)
    assert len(kept.bodies) == 5


def test_too_many_in_line_are_told_to_come_back() -> None:
    _, made = keep(*range(30), waiting=4)
    assert 0 < len(made) < 30


def test_what_was_used_longest_ago_goes_first() -> None:
    async def run() -> set[object]:
        kept = answer.Kept(most=2 * answer.OVERHEAD, workers=1, waiting=4)
        for name in (1, 2, 1, 3):
            await kept.get(name, "image/png", bytes)
        return set(kept.bodies)

    assert run_apart(run) == {1, 3}


@pytest.mark.parametrize("name", ["quotes.csv", "places.geojson", "network.graphml", "events.ics"])
def test_texts_are_compressed_and_say_so(client: TestClient, name: str) -> None:
    packed = client.get(f"/api/{name}", headers={"Accept-Encoding": "gzip"})
    plain = client.get(f"/api/{name}", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"])
    known = client.get(f"/api/{name}", headers={"If-None-Match": plain.headers["etag"]})
    for got in (packed, plain, known):
        assert got.headers["vary"] == "Accept-Encoding"
