"""A publish that is killed, after whichever rename: the old story or the new one is there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.library.sources.recognize import recognize
from dashboard.review.publish import write
from dashboard.server.warm import warm
from dashboard.story import read_story
from tests.hardening.bounded import ROOT
from tests.review.drafts import DRAFT

# Arguments: the folder, whether names can be exchanged, after which rename to die.
PUBLISH = """
import os, signal, sys
from pathlib import Path
from dashboard.review import placing
from dashboard.review.publish import write
from tests.review.drafts import DRAFT

left = int(sys.argv[3])
def dying(rename):
    def renamed(*names):
        global left
        done = rename(*names)
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return done
    return renamed

os.rename = dying(os.rename)
placing.exchange = dying(placing.exchange) if sys.argv[2] == "yes" else lambda *_: False
write(DRAFT, Path(sys.argv[1]), over=True)
"""
EXCHANGES = sys.platform == "linux"
POINTS = [("no", 1), ("no", 2), *([("yes", 1)] if EXCHANGES else [])]
NOT_KILLED = 99


def publish(stories: Path, exchanges: str, dies: int) -> int:
    return subprocess.run(
        [sys.executable, "-c", PUBLISH, str(stories), exchanges, str(dies)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False,
    ).returncode  # fmt: skip


@pytest.fixture(params=POINTS, ids=lambda point: f"exchange {point[0]}, rename {point[1]}")
def killed(request: pytest.FixtureRequest, story_folder: Path) -> Path:
    """The folder of stories after a kill, a leftover of which is there."""
    (story_folder / "mine.txt").write_text("of the old one")
    stories = story_folder.parent
    assert publish(stories, *request.param) == -signal.SIGKILL
    assert any(path.name.startswith(".") for path in stories.iterdir())
    return stories


def test_the_server_starts_with_the_story(killed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_STORY", str(killed / "tiny"))
    warm()
    assert read_story(killed / "tiny").slug == "tiny"


def test_the_next_publish_of_another_puts_it_back_and_clears_away(killed: Path) -> None:
    (killed / ".mine.old").mkdir()
    (killed / f".{'0' * 16}.part").write_text("an export that is being written")
    write(replace(DRAFT, slug="other"), killed)
    assert read_story(killed / "tiny").slug == "tiny"
    assert {path.name for path in killed.iterdir()} == {
        "tiny", "other", ".mine.old", f".{'0' * 16}.part",
    }  # fmt: skip


def test_the_next_publish_over_it_leaves_nothing_else(killed: Path) -> None:
    write(DRAFT, killed, over=True)
    assert [path.name for path in killed.iterdir()] == ["tiny"]
    assert not (killed / "tiny" / "mine.txt").exists()


@pytest.mark.parametrize("exchanges", ["no", "yes"])
def test_who_is_not_killed_leaves_nothing(exchanges: str, story_folder: Path) -> None:
    (story_folder / "mine.txt").write_text("of the old one")
    assert publish(story_folder.parent, exchanges, NOT_KILLED) == 0
    assert [path.name for path in story_folder.parent.iterdir()] == ["tiny"]
    assert not (story_folder / "mine.txt").exists()


@pytest.mark.skipif(not EXCHANGES, reason="only Linux exchanges names")
def test_where_names_are_exchanged_the_story_is_there_all_the_time(story_folder: Path) -> None:
    assert publish(story_folder.parent, "yes", 1) == -signal.SIGKILL
    assert read_story(story_folder).slug == "tiny"


def test_a_link_to_a_story_is_replaced_and_not_followed(story_folder: Path, tmp_path: Path) -> None:
    stories = tmp_path / "linked"
    stories.mkdir()
    (stories / "tiny").symlink_to(story_folder)
    write(DRAFT, stories, over=True)
    assert [path.name for path in stories.iterdir()] == ["tiny"]
    assert not (stories / "tiny").is_symlink()
    assert read_story(story_folder).slug == "tiny"


def test_a_library_is_not_built_of_leftovers(killed: Path) -> None:
    write(DRAFT, killed, over=True)
    shutil.copytree(killed / "tiny", killed / f".{'0' * 16}.part")
    assert [source.path.name for source in recognize([killed])] == ["tiny"]
