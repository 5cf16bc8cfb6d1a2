"""The stories that ship: they read, have no faults, and say where the article says it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from dashboard.checking.check import faults
from dashboard.story import read_story

ROOT = Path(__file__).parent.parent
SHIPPED = sorted(path.parent for path in ROOT.glob("data/stories/*/datapackage.json"))
# The articles' texts are not ours to ship: they lie beside the repository, or where this says.
ARTICLES = sorted(
    Path(os.environ.get("DATELINE_ARTICLES", ROOT.parent / "shared" / "article")).glob("*.txt")
)


def test_a_story_ships() -> None:
    assert SHIPPED


@pytest.mark.parametrize("folder", SHIPPED, ids=lambda folder: folder.name)
def test_it_reads_without_faults(folder: Path) -> None:
    assert [str(fault) for fault in faults(folder)] == []
    story = read_story(folder)
    assert story.slug == folder.name
    assert not story.quotes.empty


if ARTICLES:

    @pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.stem)
    def test_every_passage_is_in_the_article(article: Path) -> None:
        raw = article.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        told = [f for f in SHIPPED if digest in (f / "articles.csv").read_text(encoding="utf-8")]
        assert told, f"no story rests on {article.name}"
        for folder in told:
            assert [str(fault) for fault in faults(folder, raw.decode("utf-8"))] == []
