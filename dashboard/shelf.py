"""The story that is served: read once, read again when its files change."""

from __future__ import annotations

import logging
import os
from functools import lru_cache
from pathlib import Path

import streamlit as st

from dashboard.markdown import escape
from dashboard.story import Story, StoryError, read_story

STORIES = Path(__file__).parent.parent / "data" / "stories"
SETTING = "DATELINE_STORY"

Fingerprint = tuple[tuple[str, int, int], ...]


def story_folder() -> Path:
    """The served story's folder: the setting `DATELINE_STORY`, else the story that we ship."""
    return Path(os.environ.get(SETTING) or STORIES / "moscow-talks")


def load_story() -> Story:
    """The story, read again only when its files have changed. Raises StoryError."""
    folder = story_folder()
    found = _read(folder, _fingerprint(folder))
    if isinstance(found, StoryError):
        raise found
    return found


def open_story() -> Story:
    """The story; a broken one shows its faults on the page, and stops it there."""
    folder = story_folder()
    try:
        return load_story()
    except StoryError as error:
        logging.getLogger(__name__).error("%s: %s", folder.name, error)
        st.error(f"The story **{escape(folder.name)}** cannot be shown.", icon=":material/error:")
        st.code(str(error), language=None, wrap_lines=True)
        st.stop()


@lru_cache(maxsize=4)
def _read(folder: Path, fingerprint: Fingerprint) -> Story | StoryError:  # noqa: ARG001 — a key
    try:
        return read_story(folder)
    except StoryError as error:
        return error  # kept like a story: a broken one is not checked anew for each reader


def _fingerprint(folder: Path) -> Fingerprint:
    """What changes when a file of the story does: names, sizes, times."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
    except OSError:  # no folder, or a file replaced at this moment: the next run sees it
        return ()
    return tuple(sorted((name, stat.st_size, stat.st_mtime_ns) for name, stat in found))
