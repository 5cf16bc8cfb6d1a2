"""The argument STORY: a story's folder, or its name under `data/stories`."""

from __future__ import annotations

from pathlib import Path

STORIES = Path(__file__).parents[2] / "data" / "stories"
HELP = "its folder, or its name in data/stories"


def story_folder(name: str) -> Path:
    """The folder that is meant; one that is not there is left for its reader to say."""
    folder, shipped = Path(name), STORIES / name
    known = name == shipped.name and name not in ("", "..")
    try:
        return shipped if known and shipped.is_dir() and not folder.is_dir() else folder
    except (OSError, ValueError):  # too long, or with a null character
        return folder
