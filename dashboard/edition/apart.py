"""The edition, made in a process of its own: Vega's bundler keeps some 100 MB once it has run."""

from __future__ import annotations

import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING

from dashboard.exports.story_zip import package_files

if TYPE_CHECKING:
    from dashboard.story import Story

LONGEST = 120  # seconds; it takes some 5
PATIENCE = 10.0  # seconds that one waits for another's: who waits holds a thread


_one_at_a_time = Lock()


def edition_apart(story: Story, page: str) -> bytes:
    """The edition of a story as it is served, whatever has become of its files since.

    Raises subprocess.SubprocessError when it cannot be made, or not now: the log has what the
    process said.
    """
    if not _one_at_a_time.acquire(timeout=PATIENCE):
        raise subprocess.SubprocessError("another edition is being made; try again")
    try:
        return _made(story, page)
    finally:
        _one_at_a_time.release()


@lru_cache(maxsize=2)
def _made(story: Story, page: str) -> bytes:
    with TemporaryDirectory() as made:
        path, folder = Path(made) / "edition.html", Path(made) / "story" / story.slug
        folder.mkdir(parents=True)
        for name, content in package_files(story).items():
            (folder / name).write_bytes(content)
        command = ["edition", str(folder), "--out", str(path), "--page", page]
        subprocess.run(  # noqa: S603 — our own command; its arguments are no shell text
            [sys.executable, "-m", "dashboard", *command],
            check=True,
            timeout=LONGEST,
            stdout=subprocess.DEVNULL,
        )
        return path.read_bytes()
