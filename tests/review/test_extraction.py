"""Extraction in a process of its own, as the page asks for it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.extract.worker import TOO_LARGE
from dashboard.review import extraction
from dashboard.review.extraction import ExtractionError, extract_apart, installed
from dashboard.review.publish import faults

ARTICLE = Path(__file__).parent.parent / "extract" / "articles" / "cod-quota.txt"


def test_the_draft_comes_back_with_progress() -> None:
    heard: list[float] = []
    facts = {"title": "A headline of ours", "published": "2024-03-15", "url": "https://a.example/"}
    draft = extract_apart(
        ARTICLE.read_bytes(), ARTICLE.name, facts, lambda share, _: heard.append(share)
    )
    assert installed()
    assert faults(draft) == []
    assert draft.article["headline"] == "A headline of ours"
    assert draft.article["published"] == "2024-03-15"
    assert heard == sorted(heard)
    assert len(heard) > 3


@pytest.mark.parametrize(
    ("article", "name", "remedy"),
    [
        (b"%PDF-1.7 and so on", "article.pdf", "PDF"),
        (b"", "", "there is no text"),
        (b"\xff\xfe\x00\x01", "article.txt", "UTF-8"),
        (b"The dam was built in 1962 and it was painted white by them. " * 4, "", "no statement"),
        (b"said " * 60_000, "", "200"),
        (b"<html><script>alert(1)</script><p>" + b"<div>" * 5000, "a.html", "no article was found"),
    ],
    ids=["type", "empty", "encoding", "no-statement", "size", "hostile"],
)
def test_what_cannot_be_read_says_why(article: bytes, name: str, remedy: str) -> None:
    with pytest.raises(ExtractionError, match=remedy) as caught:
        extract_apart(article, name, {}, lambda *_: None)
    assert "Traceback" not in str(caught.value)
    assert "stopped without an answer" not in str(caught.value)


def test_it_stops_when_it_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "LONGEST", 0.2)  # seconds: Python and spaCy alone take more
    with pytest.raises(ExtractionError, match="stopped without an answer"):
        extract_apart(ARTICLE.read_bytes(), ARTICLE.name, {}, lambda *_: None)


def test_one_article_is_read_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "PATIENCE", 0.01)
    told: list[str] = []

    def another(*_: object) -> None:
        with pytest.raises(ExtractionError) as caught:
            extract_apart(b"", "", {}, lambda *_: None)
        told.append(str(caught.value))

    extract_apart(ARTICLE.read_bytes(), ARTICLE.name, {}, another)
    assert set(told) == {extraction.BUSY}


# The model is loaded before the limit is set: what stands in its way is then the text alone.
LIMITED = """
import re, sys
from pathlib import Path
from dashboard.extract import worker
from dashboard.extract.language import parse
parse("The model is loaded.")
held = 1024 * int(re.search(r"VmData:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
worker.LARGEST = held + 30_000_000
worker.main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is told from what Linux says")
def test_a_text_that_takes_too_much_memory_says_so() -> None:
    article = b"Ada Bell said that it is the one. " * 1_500
    request = {"name": "", "facts": {}, "size": len(article)}
    done = subprocess.run(
        [sys.executable, "-c", LIMITED],
        input=json.dumps(request).encode() + b"\n" + article,
        capture_output=True,
        check=False,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert told == {"error": TOO_LARGE}, done.stderr
