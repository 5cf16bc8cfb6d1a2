"""A story that is changed, broken or half copied while it is served: what was sound serves on."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from dashboard import shelf
from dashboard.checking.fault import StoryError
from dashboard.review.publish import write
from dashboard.server.routes import routes
from dashboard.shelf import load_story
from dashboard.story import Story
from tests.conftest import STORIES
from tests.review.drafts import DRAFT
from tests.shipped import FOLDER


@pytest.fixture
def served(story_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("DATELINE_STORY", str(story_folder))
    yield story_folder
    shelf._sound.clear()


def cut(name: str, share: float) -> Callable[[Path], object]:
    def spoil(folder: Path) -> None:
        raw = (folder / name).read_bytes()
        (folder / name).write_bytes(raw[: int(len(raw) * share)])

    return spoil


SPOILT: dict[str, tuple[Callable[[Path], object], str]] = {
    "a table is missing": (lambda folder: (folder / "links.csv").unlink(), "links.csv is missing"),
    "a table is empty": (cut("quotes.csv", 0), "quotes:-:-: is empty"),
    "a table is cut in a row": (cut("passages.csv", 0.5), "passages:"),
    "the description is cut": (cut("datapackage.json", 0.5), "datapackage.json:-:-: is not JSON"),
    "a table is no text": (
        lambda folder: (folder / "actors.csv").write_bytes(b"\xff\xfe\0"),
        "actors:-:-: actors.csv is not UTF-8",
    ),
    "the folder is away": (lambda folder: folder.rename(folder.with_name("away")), "is no folder"),
    "a table is a folder": (
        lambda folder: ((folder / "topics.csv").unlink(), (folder / "topics.csv").mkdir()),
        "topics.csv is no regular file",
    ),
}


@pytest.mark.parametrize("case", SPOILT)
def test_what_was_sound_serves_on_and_the_log_says_why(
    case: str, served: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spoil, told = SPOILT[case]
    before = load_story()
    with TestClient(Starlette(routes=routes(""))) as client:
        spoil(served)
        with caplog.at_level(logging.ERROR):
            assert [load_story() for _ in range(3)] == [before] * 3
            assert len(client.get("/api/quotes.json").json()) == len(before.quotes)
        (record,) = caplog.records  # once, not once for every reader
        assert told in record.getMessage()
        assert "served as it was before" in record.getMessage()

        shutil.rmtree(served, ignore_errors=True)
        shutil.copytree(STORIES / "tiny", served)
        (served / "topics.csv").write_text("id,name,question\nferries,Boats,Do they sail?\n")
        assert load_story().topics.name.tolist() == ["Boats"]


def test_a_story_that_was_never_sound_says_so_to_all(
    served: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (served / "links.csv").unlink()
    for _ in range(3):
        with pytest.raises(StoryError, match=r"links\.csv is missing"):
            load_story()
    (record,) = caplog.records
    assert "served not at all" in record.getMessage()
    shutil.copy(STORIES / "tiny" / "links.csv", served)
    assert load_story().slug == "tiny"


def test_readers_do_not_wait_while_a_changed_story_is_read(
    served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load_story()
    begun, go_on, read = threading.Event(), threading.Event(), shelf.read_story

    def slow(folder: Path) -> Story:
        begun.set()
        go_on.wait(60)
        return read(folder)

    monkeypatch.setattr(shelf, "read_story", slow)
    (served / "topics.csv").write_text("id,name,question\nferries,Boats,Do they sail?\n")
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(load_story)
        assert begun.wait(60)
        assert load_story() is before
        go_on.set()
        assert first.result().topics.name.tolist() == ["Boats"]


def test_a_story_that_is_copied_file_by_file_is_never_shown_broken(
    served: Path, tmp_path: Path
) -> None:
    load_story()
    for source in (FOLDER, STORIES / "tiny"):
        for path in sorted(source.iterdir()):
            raw = path.read_bytes()
            for share in (0.4, 1):
                (served / path.name).write_bytes(raw[: int(len(raw) * share)])
                assert len(load_story().articles) == 1
    assert load_story().title == "Ferry talks"


def test_a_story_that_is_published_anew_is_there_all_the_time(served: Path) -> None:
    load_story()
    done = threading.Event()

    def look() -> int:
        looked = 0
        while not done.is_set():
            assert len(load_story().quotes) == 3
            looked += 1
        return looked

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(look) for _ in range(2)]
        try:
            for _ in range(10):
                write(DRAFT, served.parent, over=True)
        finally:
            done.set()
        assert all(reader.result() for reader in readers)
