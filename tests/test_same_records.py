"""The same selection is the same records on the page, over HTTP and on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard.__main__ import main
from dashboard.exports.formats import FORMATS
from dashboard.links import to_query
from dashboard.selection import Selection
from dashboard.server.routes import routes
from tests.shipped import FOLDER, expected, selections
from tests.test_page import cards, opened

PAGE = "http://localhost/"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(Starlette(routes=routes("")), base_url=PAGE) as made:
        yield made


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(selection=selections())
def test_in_every_place_it_is_asked(
    client: TestClient, tmp_path: Path, selection: Selection
) -> None:
    query = to_query(selection)
    wanted = expected(selection)
    assert sorted(cards(opened(**query))) == sorted(wanted)
    answered = client.get(f"/api/quotes.json?{urlencode(query, doseq=True)}")
    assert [row["id"] for row in answered.json()] == wanted

    out = tmp_path / "quotes.json"
    options = [
        word for key, values in query.items() for v in values for word in (f"--{key}", v)
    ]  # fmt: skip
    options = [o.replace("_", "-") if o.startswith("--") else o for o in options]
    command = ["export", str(FOLDER), "--format", "quotes.json", "--out", str(out)]
    assert main([*command, "--page", PAGE, *options]) == 0
    assert out.read_bytes() == answered.content
    assert json.loads(out.read_bytes()) == answered.json()


def test_of_every_format(client: TestClient, tmp_path: Path) -> None:
    for name in FORMATS:
        out = tmp_path / name
        options = ["--out", str(out), "--page", PAGE, "--place", "moscow", "--kind", "direct"]
        assert main(["export", str(FOLDER), "--format", name, *options]) == 0
        assert out.read_bytes() == client.get(f"/api/{name}?place=moscow&kind=direct").content
