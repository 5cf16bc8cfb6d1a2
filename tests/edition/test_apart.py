"""The edition as the server makes it: for whom, how long one waits, and what the log says."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import shelf
from dashboard.edition import apart
from dashboard.edition.edition import edition
from dashboard.panels import share
from dashboard.selection import WHOLE
from dashboard.server.full import edition_in_place
from dashboard.server.routes import routes
from dashboard.settings import settings
from dashboard.shelf import load_story
from tests.shipped import STORY


def downloaded(monkeypatch: pytest.MonkeyPatch, url: str, **headers: str) -> str:
    """The address that a session's edition is made for, when its client claims to be at `url`."""
    buttons: dict[str, Any] = {}
    monkeypatch.setattr(st, "context", SimpleNamespace(url=url, headers=headers))
    monkeypatch.setattr(
        st, "download_button", lambda _, made, *, key, **__: buttons.update({key: made})
    )
    monkeypatch.setattr(share, "edition_apart", lambda _, page: page)
    share._download(STORY, WHOLE)
    return str(buttons["download edition"]())


@pytest.mark.parametrize(
    ("environment", "made_for"),
    [
        ({}, "http://localhost:8501/"),
        ({"DATELINE_PUBLIC_URL": "https://news.example.org/s"}, "https://news.example.org/s/"),
        ({"DATELINE_TRUST_PROXY": "true"}, "https://proxied.example/"),
    ],
)
def test_no_client_chooses_the_address_that_an_edition_is_made_for(
    environment: dict[str, str], made_for: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    settings.cache_clear()
    forwarded = {"x-forwarded-host": "proxied.example", "x-forwarded-proto": "https"}
    for invented in ("https://a.example/", "https://b.example/?c=d"):
        assert downloaded(monkeypatch, invented, **forwarded) == made_for
    settings.cache_clear()


def test_who_waits_too_long_for_anothers_edition_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PATIENCE", 0.2)
    with apart._one_at_a_time:
        began = time.monotonic()
        with pytest.raises(subprocess.SubprocessError, match="another edition is being made"):
            apart.edition_apart(STORY, "")
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("asked", ["/edition.html", "/full"])
def test_a_story_that_broke_since_has_an_edition_as_it_is_served(
    asked: str, story_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(request: Request) -> Response:
        return await edition_in_place(request) or Response(status_code=503)

    monkeypatch.setenv("DATELINE_STORY", str(story_folder))
    story = load_story()
    (story_folder / "quotes.csv").write_bytes(b"")
    with TestClient(Starlette(routes=[*routes(""), Route("/full", full)])) as client:
        got = client.get(asked)
    shelf._sound.clear()
    assert got.status_code == 200
    if asked == "/edition.html":
        assert got.content == edition(story, "http://localhost/")


def test_the_edition_is_of_the_very_story() -> None:
    assert apart.edition_apart(STORY, "") == edition(STORY)
