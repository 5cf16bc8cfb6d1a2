"""The edition, made in a process of its own: Vega's bundler keeps some 100 MB once it has run."""

from __future__ import annotations

import logging
import re
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
MOST_LINES = 40
# Our own reason, the place of a fault in a story, a line of a trace, the kind of an error.
TOLD = re.compile(
    r"dateline: .*|[a-z.-]+:[0-9-]+:[a-z_-]+(?=: )|  File \"[^\"]*\", line [0-9]+, in \S+"
    r"|[A-Za-z_.]*(?:Error|Exception|Interrupt|Exit|Fault|Warning)\b(?=:|$)"
)

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
        done = subprocess.run(  # noqa: S603 — our own command; its arguments are no shell text
            [sys.executable, "-m", "dashboard", *command],
            check=False,
            timeout=LONGEST,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        if reason := said(done.stderr.decode(errors="replace")):
            log = logging.getLogger(__name__)
            log.warning(
                "The edition's process ended with %d, and said:\n%s", done.returncode, reason
            )
        done.check_returncode()
        return path.read_bytes()


def said(stderr: str) -> str:
    """What a process of ours wrote, for the log: reasons, places and kinds of errors.

    The messages of errors are left out, as they are everywhere in the log: a story's words, which
    may be an article's, can stand there.
    """
    lines = stderr.splitlines()
    told = [found[0] for line in lines if (found := TOLD.match(line))]
    left_out = len(lines) - len(told)
    return "\n".join(
        [*told[-MOST_LINES:], *([f"(lines left out: {left_out})"] if left_out else [])]
    )
