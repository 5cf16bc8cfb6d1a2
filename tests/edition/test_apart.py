"""The edition as the server makes it: for whom, how long one waits, and what the log says."""

from __future__ import annotations

import subprocess
import time
from types import SimpleNamespace
from typing import Any

import pytest
import streamlit as st

from dashboard.edition import apart
from dashboard.panels import share
from dashboard.selection import WHOLE
from dashboard.settings import settings
from tests.shipped import FOLDER, STORY


def downloaded(monkeypatch: pytest.MonkeyPatch, url: str, **headers: str) -> str:
    """The address that a session's edition is made for, when its client claims to be at `url`."""
    buttons: dict[str, Any] = {}
    monkeypatch.setattr(st, "context", SimpleNamespace(url=url, headers=headers))
    monkeypatch.setattr(
        st, "download_button", lambda _, made, *, key, **__: buttons.update({key: made})
    )
    monkeypatch.setattr(share, "edition_apart", lambda _, __, page: page)
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
            apart.edition_apart(STORY, FOLDER, "")
    assert time.monotonic() - began < 5
