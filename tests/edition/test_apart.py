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
from tests.hardening.served import served
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


# Python runs it at its start: in the edition's process JSON cannot be written, with these words.
BROKEN = """
import json, sys
if "edition" in sys.orig_argv:
    def dumps(*_, **__):
        raise ValueError("Ms. Bell said\\nthat the ferry sails")
    json.dumps = dumps
"""


def test_the_log_says_why_an_edition_was_not_made_and_no_word_of_the_story(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(BROKEN)
    with served(tmp_path, PYTHONPATH=str(tmp_path)) as server:
        assert server.ask("/edition.html").status == 503
        records = server.records()  # each line is JSON
    (why,) = (r["message"] for r in records if r["logger"] == "dashboard.edition.apart")
    assert why.startswith("The edition's process ended with 1, and said:\n  File ")
    assert 'edition.py", line ' in why
    assert "\nValueError\n(lines left out: " in why
    assert "ferry" not in server.log.read_text()
    assert "Bell" not in server.log.read_text()


@pytest.mark.parametrize(
    ("stderr", "told"),
    [
        ("", ""),
        ("dateline: /x: No space left on device; free some space\n",
         "dateline: /x: No space left on device; free some space"),
        ("quotes:2:context: copies “a word”\n-:-:-: is no folder\ndatapackage.json:-:name: is x",
         "quotes:2:context\n-:-:-\ndatapackage.json:-:name"),
        ("Traceback (most recent call last):\n"
         '  File "/a b/c.py", line 3, in made\n    spoken(words)\n'
         "dashboard.story.StoryError: words\nMemoryError\n",
         '  File "/a b/c.py", line 3, in made\ndashboard.story.StoryError\nMemoryError\n'
         "(lines left out: 2)"),
        ("Error: we said\nand Error is a word", "Error\n(lines left out: 1)"),
    ],
)  # fmt: skip
def test_what_the_log_says_of_what_a_process_wrote(stderr: str, told: str) -> None:
    assert apart.said(stderr) == told
