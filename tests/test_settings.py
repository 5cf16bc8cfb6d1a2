"""What an operator sets: defaults, what is taken, and all faults at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.settings import NAMES, SettingError, Settings, read_settings, unknown_names


def test_unset_nobody_is_trusted_and_only_embed_views_are_framed() -> None:
    assert read_settings({}) == Settings("", False, "'none'", "*", "zip")


@pytest.mark.parametrize(
    ("name", "value", "attribute", "read"),
    [
        ("PUBLIC_URL", "https://news.example.org/story", "public_url",
         "https://news.example.org/story/"),
        ("PUBLIC_URL", " http://localhost:8501/ ", "public_url", "http://localhost:8501/"),
        ("TRUST_PROXY", "True", "trust_proxy", True),
        ("FRAME_PAGE", "self", "frame_page", "'self'"),
        ("FRAME_PAGE", "https://a.example, *.b.example:8080", "frame_page",
         "https://a.example *.b.example:8080"),
        ("FRAME_EMBEDS", "none", "frame_embeds", "'none'"),
        ("FRAME_EMBEDS", "", "frame_embeds", "*"),
        ("ADD", "", "add", "zip"),
        ("ADD", " Write", "add", "write"),
        ("ADD", "off", "add", "off"),
        ("READERS", "", "readers", 120),
        ("READERS", " 60 ", "readers", 60),
        ("LIBRARY", "", "library", ""),
        ("LIBRARY", " postgres://reader:secret@db.example/news ", "library",
         "postgres://reader:secret@db.example/news"),
        ("METRICS", "", "metrics", None),
        ("METRICS", " 127.0.0.1:9464 ", "metrics", ("127.0.0.1", 9464)),
        ("METRICS", "[::1]:9464", "metrics", ("::1", 9464)),
    ],
)  # fmt: skip
def test_what_is_set(name: str, value: str, attribute: str, read: object) -> None:
    assert getattr(read_settings({f"DATELINE_{name}": value}), attribute) == read


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PUBLIC_URL", "news.example.org"),
        ("PUBLIC_URL", "javascript:alert(1)"),
        ("PUBLIC_URL", "https://news.example.org/?a=b"),
        ("PUBLIC_URL", 'https://news.example.org/"><script>'),
        ("TRUST_PROXY", "127.0.0.1"),
        ("FRAME_PAGE", "any self"),
        ("FRAME_PAGE", "*; script-src *"),
        ("FRAME_EMBEDS", "https://a.example;"),
        ("FRAME_EMBEDS", "'none'"),
        ("ADD", "true"),
        ("METRICS", "9464"),
        ("METRICS", "127.0.0.1"),
        ("METRICS", "127.0.0.1:0"),
        ("METRICS", "127.0.0.1:65536"),
        ("METRICS", "http://127.0.0.1:9464"),
        ("READERS", "0"),
        ("READERS", "-1"),
        ("READERS", "many"),
        ("READERS", "1e9"),
    ],
)
def test_what_cannot_be_used(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=f"^DATELINE_{name}: give"):
        read_settings({f"DATELINE_{name}": value})


def test_all_faults_at_once() -> None:
    names = ("PUBLIC_URL", "TRUST_PROXY", "FRAME_PAGE", "FRAME_EMBEDS", "ADD", "METRICS", "READERS")
    with pytest.raises(SettingError) as caught:
        read_settings({f"DATELINE_{name}": "?" for name in names})
    assert [name for name in names if f"DATELINE_{name}: " not in str(caught.value)] == []


def test_a_librarys_address_which_may_hold_a_password_is_not_printed() -> None:
    found = read_settings({"DATELINE_LIBRARY": "postgres://reader:secret@db.example/news"})
    assert "secret" not in repr(found)


def test_the_settings_that_are_known_are_those_that_the_readme_names() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"^\| `(DATELINE_[A-Z_]+)` \|", readme, re.MULTILINE)) == sorted(NAMES)
    assert unknown_names(dict.fromkeys(NAMES, "x") | {"PATH": "x"}) == []
