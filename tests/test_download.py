"""A table that a reader downloads is the table of the package."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd

from dashboard.exports.tables import table_csv
from dashboard.story import TABLES, read_story

STORY = Path(__file__).parent.parent / "data" / "stories" / "moscow-talks"


def test_the_downloads_of_all_tables_make_the_same_story(tmp_path: Path) -> None:
    folder = tmp_path / STORY.name
    folder.mkdir()
    shutil.copy(STORY / "datapackage.json", folder)
    story = read_story(STORY)
    for name in TABLES:
        (folder / f"{name}.csv").write_bytes(table_csv(getattr(story, name)))
    again = read_story(folder)
    for name in TABLES:
        pd.testing.assert_frame_equal(getattr(again, name), getattr(story, name))
