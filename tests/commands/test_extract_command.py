"""`extract`: a draft on disk, or one clear line and nothing on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.story import read_story

ARTICLE = Path(__file__).parent.parent / "extract" / "articles" / "cod-quota.txt"
MANUSCRIPT = """---
title: The dam at Lund
date: 2024-03-15
---

# The dam at Lund

LUND, Sweden — “We have **tested** it twice,” said Ana Lind, who leads the water board in Lund.

The mayor, Omar Haddad, said on Monday that nobody would have to leave.
"""


def test_a_draft_is_written_and_verified(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "cod-quota"
    assert main(["extract", str(ARTICLE), "--out", str(out), "--published", "2024-03-15"]) == 0
    told = capsys.readouterr().out
    story = read_story(out)
    assert f"{len(story.quotes)} quotes" in told
    assert story.slug == "cod-quota"
    assert set(story.reviews["status"]) == {"draft"}
    assert main(["check", str(out), "--article", str(ARTICLE)]) == 0
    assert "verified against the text" in capsys.readouterr().out


def test_a_manuscript_is_verified_as_it_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = tmp_path / "dam.md"
    article.write_text(MANUSCRIPT, encoding="utf-8")
    assert main(["extract", str(article), "--out", str(tmp_path / "dam")]) == 0
    story = read_story(tmp_path / "dam")
    assert story.articles["published"].iloc[0].date().isoformat() == "2024-03-15"
    assert "We have tested it twice" in story.passages["exact"].iloc[0]
    capsys.readouterr()
    assert main(["check", str(tmp_path / "dam"), "--article", str(article)]) == 0
    assert "verified against the text" in capsys.readouterr().out


def test_by_rules_alone(tmp_path: Path) -> None:
    assert main(["extract", str(ARTICLE), "--out", str(tmp_path / "ruled"), "--rules"]) == 0
    assert not read_story(tmp_path / "ruled").quotes.empty


@pytest.mark.parametrize(
    ("content", "options", "remedy"),
    [
        ("The dam was built in 1962 and painted white. " * 5, [], "no statement was found"),
        ("Le barrage tient bon, a dit la maire de la ville lundi matin, et les habitants "
         "sont rentrés chez eux avec leurs enfants.", [], "English"),
        ("", [], "there is no text"),
        ("x", ["--published", "15 March"], "write it like 2015-01-14"),
    ],
    ids=["nobody-speaks", "french", "empty", "date"],
)  # fmt: skip
def test_what_cannot_be_extracted_leaves_nothing(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    content: str,
    options: list[str],
    remedy: str,
) -> None:
    article = tmp_path / "article.txt"
    article.write_text(content, encoding="utf-8")
    out = tmp_path / "stories" / "story"
    assert main(["extract", str(article), "--out", str(out), *options]) != 0
    assert remedy in capsys.readouterr().err
    assert not out.parent.exists()


def test_a_story_that_is_there_is_not_written_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(ARTICLE), "--out", str(tmp_path)]) == 1
    assert "not overwritten" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(tmp_path / "no.txt"), "--out", str(tmp_path / "s")]) == 1
    assert "give the article's file" in capsys.readouterr().err
