"""`check` without a folder: whether all that would be served is in order, before it is."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import basemap
from dashboard.__main__ import main
from dashboard.commands import deployment
from tests.library.small import write_duckdb

Check = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def checked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], story_folder: Path
) -> Check:
    """`check` without a folder, in an environment that serves the story `tiny`."""
    monkeypatch.setenv("DATELINE_STORY", str(story_folder))

    def check(**set_: str) -> tuple[int, list[str]]:
        for name, value in set_.items():
            monkeypatch.setenv(f"DATELINE_{name}", value)
        return main(["check"]), capsys.readouterr().out.splitlines()

    return check


def test_a_deployment_in_order(checked: Check, tmp_path: Path) -> None:
    status, printed = checked(LIBRARY=str(write_duckdb(tmp_path / "small.duckdb")))
    parts = ["settings", "story", "assets", "library"]
    assert (status, printed) == (0, [*(f"{part}: in order" for part in parts), "no faults"])


def test_all_faults_of_a_deployment_at_once(
    checked: Check, story_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(basemap, "SHAPES", tmp_path / "countries.json")
    monkeypatch.setattr(deployment, "CARD_FONTS", ("Nothing.ttf",))
    (story_folder / "links.csv").unlink()
    status, printed = checked(ADD="x", METRICS="9464", LIBRARY=str(tmp_path / "no.duckdb"))
    assert status == 1
    for fault in (
        "settings: DATELINE_ADD: give",
        "settings: DATELINE_METRICS: give",
        "story: links:-:-: ",
        "assets: countries.json is missing",
        "assets: Nothing.ttf is missing",
        "library: ",
    ):
        assert [row for row in printed if row.startswith(fault)], fault
    assert printed[-1] == "6 faults"


def test_a_variable_that_nobody_reads_is_a_fault(checked: Check) -> None:
    status, printed = checked(REDERS="5", COLOUR="red", CACHE="/x", CONTACT="a@b.example")
    assert status == 1
    assert printed[:2] == ["story: in order", "assets: in order"]
    assert printed[2:] == [
        "settings: DATELINE_COLOUR: is no setting; see the README for all",
        "settings: DATELINE_REDERS: is no setting; write DATELINE_READERS",
        "2 faults",
    ]


@pytest.mark.parametrize(
    ("suffix", "blocks"),
    [(".duckdb", 30), (".duckdb", 1), (".words", 30), (".columns", 30)],
)
def test_a_damaged_library_is_a_fault(
    checked: Check, tmp_path: Path, suffix: str, blocks: int
) -> None:
    path = write_duckdb(tmp_path / "small.duckdb")
    damaged = path.with_suffix(suffix)
    noise = random.Random(7)  # noqa: S311
    size = damaged.stat().st_size
    with damaged.open("r+b") as file:
        for _ in range(blocks):
            file.seek(noise.randrange(size // 4, size * 3 // 4))
            file.write(noise.randbytes(min(4096, size // 8)))
    status, printed = checked(LIBRARY=str(path))
    assert status == 1
    assert [row.partition(":")[0] for row in printed if "in order" not in row] == [
        "library", "1 fault",
    ]  # fmt: skip


def test_a_card_that_cannot_be_drawn_is_a_fault(
    checked: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> bytes:
        raise OSError("no such font")

    monkeypatch.setattr("dashboard.sharing.card.card", broken)
    status, printed = checked()
    assert status == 1
    assert "assets: a card cannot be made (OSError: no such font); install Dateline anew" in printed


def test_an_article_needs_the_folder_of_its_story(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--article", "x.txt"]) == 2
    assert "FOLDER" in capsys.readouterr().err
