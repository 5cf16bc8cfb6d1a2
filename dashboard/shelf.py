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
    return _read(folder, _fingerprint(folder))


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
def _read(folder: Path, fingerprint: Fingerprint) -> Story:  # noqa: ARG001 — the cache's key
    return read_story(folder)


def _fingerprint(folder: Path) -> Fingerprint:
    """What changes when a file of the story does: names, sizes, times."""
    if not folder.is_dir():
        return ()
    return tuple(
        sorted(
            (path.name, (stat := path.stat()).st_size, stat.st_mtime_ns)
            for path in folder.iterdir()
            if path.is_file()
        )
    )
