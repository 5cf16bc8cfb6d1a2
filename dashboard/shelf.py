"""The story that is served: read once, read again when its files change.

While they are broken, or half copied, the story as it was last sound is served on.
"""

from __future__ import annotations

import logging
import os
from collections import deque
from functools import lru_cache
from pathlib import Path
from threading import Lock

import streamlit as st

from dashboard.checking.fault import listed
from dashboard.markdown import escape
from dashboard.story import Story, StoryError, read_story

STORIES = Path(__file__).parent.parent / "data" / "stories"
SETTING = "DATELINE_STORY"

Fingerprint = tuple[tuple[str, int, int], ...]


def story_folder() -> Path:
    """The served story's folder: the setting `DATELINE_STORY`, else the story that we ship."""
    return Path(os.environ.get(SETTING) or STORIES / "moscow-talks")


_sound: deque[tuple[Path, Story]] = deque(maxlen=1)  # the story as it was last read, its folder
_reading = Lock()


def load_story() -> Story:
    """The story, read again only when its files have changed; as it was, while they are broken.

    Raises StoryError when it has never been sound.
    """
    folder = story_folder()
    before = _last_sound(folder)
    # One reads it; others need not wait for that if they have what was there before.
    if not _reading.acquire(blocking=before is None) and before is not None:
        return before
    try:
        found = _read(folder, _fingerprint(folder))
        if isinstance(found, Story) and found is not before:
            _sound.append((folder, found))
    finally:
        _reading.release()
    if isinstance(found, Story):
        return found
    if before is None:
        raise found
    return before


def _last_sound(folder: Path) -> Story | None:
    of, story = _sound[-1] if _sound else (None, None)
    return story if of == folder else None


def open_story() -> Story:
    """The story; a broken one shows its faults on the page, and stops it there."""
    folder = story_folder()
    try:
        return load_story()
    except StoryError as error:
        st.error(f"The story **{escape(folder.name)}** cannot be shown.", icon=":material/error:")
        st.code(listed(error), language=None, wrap_lines=True)
        st.stop()


@lru_cache(maxsize=4)
def _read(folder: Path, fingerprint: Fingerprint) -> Story | StoryError:  # noqa: ARG001 — a key
    try:
        return read_story(folder)
    except StoryError as error:
        serves = "as it was before" if _last_sound(folder) else "not at all"
        log = logging.getLogger(__name__)
        log.error("The story %s has faults, and is served %s:\n%s", folder, serves, listed(error))
        return error  # kept like a story: a broken one is not checked anew for each reader


def _fingerprint(folder: Path) -> Fingerprint:
    """What changes when a file of the story does: names, sizes, times."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
    except OSError:  # no folder, or a file replaced at this moment: the next run sees it
        return ()
    return tuple(sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in found))
