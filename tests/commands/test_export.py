"""The command `export`: the same records as on the page, written whole or not at all."""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from dashboard.__main__ import main
from dashboard.commands.export import EXPORT, NAMES, OPTIONS
from dashboard.exports.formats import FORMATS
from dashboard.links import KEYS, to_query
from dashboard.selection import Selection, select
from tests.shipped import FOLDER, STORY, expected, selections

ROOT = Path(__file__).parents[2]
CSV = ["export", "moscow-talks", "--format", "quotes.csv"]


def options(selection: Selection) -> list[str]:
    """A selection as the command line says it."""
    return [
        f"--{key.replace('_', '-')}={value}"
        for key, values in to_query(selection).items()
        for value in values
    ]


def test_every_filter_and_format_can_be_asked_for() -> None:
    assert tuple(OPTIONS) == KEYS
    assert tuple(FORMATS) == NAMES


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(selection=selections())
def test_the_command_line_shows_what_the_page_shows(tmp_path: Path, selection: Selection) -> None:
    out = tmp_path / "quotes.csv"
    assert main([*CSV, "--out", str(out), *options(selection)]) == 0
    rows = csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"), newline=""))
    assert [row["id"] for row in rows] == expected(selection)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("story", ["moscow-talks", str(FOLDER)])
def test_a_format_by_name_or_folder_is_what_the_format_makes(
    tmp_path: Path, name: str, story: str
) -> None:
    out = tmp_path / "out"
    chosen = Selection(actors=("john-kerry",), actor_role="by", text="syria")
    asked = ["export", story, "--format", name, "--out", str(out), *options(chosen)]
    assert main([*asked, "--page", "https://news.example/d"]) == 0
    made = FORMATS[name].make(select(STORY, chosen), "https://news.example/d/")
    assert out.read_bytes() == made
    assert list(tmp_path.iterdir()) == [out]


def test_a_dash_writes_to_the_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["export", "moscow-talks", "--format", "story.zip", "--out", "-"]) == 0
    printed = capfdbinary.readouterr()
    assert printed.out == FORMATS["story.zip"].make(STORY, "")
    assert printed.err == b""


def test_everything_wrong_is_named_in_one_go(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    wrong = ["--actor", "nobody", "--actor", "john-kerry", "--place-role", "by", "--kind", "loud"]
    wrong += ["--q", "a", "--q", "b", "--page", "news.example", "--quote", "q\x1b[2J"]
    assert main([*CSV, "--out", str(out), *wrong]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    lines = printed.err.splitlines()
    assert lines[0] == (
        "dateline: --page 'news.example' is no address; write it like https://host/path/"
    )
    assert sorted(lines[1:]) == [
        "dateline: --actor 'nobody' is not in this story",
        "dateline: --kind 'loud' is not in this story",
        "dateline: --place-role 'by' is not in this story",
        "dateline: --q has 2 values; give 1 at most",
        "dateline: --quote 'q\\x1b[2J' is not in this story",
    ]
    assert not out.exists()


@pytest.mark.parametrize(
    "page", ["https://a/?x", "https://a/#x", "ftp://a/", "https://u@a/", "https://a b/", "/d/"]
)
def test_a_page_is_an_address_without_query(page: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*CSV, "--out", "-", "--page", page]) == 2
    assert "is no address" in capsys.readouterr().err


def test_a_story_with_faults(story_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (story_folder / "topics.csv").unlink()
    (story_folder / "figures.csv").unlink()
    asked = ["export", str(story_folder), "--format", "quotes.csv", "--out", "-"]
    assert main(asked) == 1
    printed = capsys.readouterr()
    first, second = printed.err.splitlines()
    assert first.startswith("topics:-:-: topics.csv is missing; ")
    assert second.startswith("figures:-:-: figures.csv is missing; ")
    assert printed.out == ""


@pytest.mark.parametrize("story", ["no-such-story", "../stories/moscow-talks", "", "a\0b"])
def test_no_story(
    story: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)  # where nothing lies beside
    assert main(["export", story, "--format", "quotes.csv", "--out", "-"]) == 1
    assert capsys.readouterr().err


def test_a_file_that_cannot_be_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "missing" / "quotes.csv"
    assert main([*CSV, "--out", str(out)]) == 2
    assert capsys.readouterr().err == (
        f"dateline: {str(out)!r}: No such file or directory; make the folder first\n"
    )


def test_a_full_disk_behind_the_standard_output() -> None:
    command = [sys.executable, "-m", "dashboard", *CSV, "--out", "-"]
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT)
    assert done.returncode == 2
    assert done.stderr == (
        "dateline: standard output: No space left on device; give --out a file\n"
    )


@pytest.mark.parametrize(
    "arguments", [[], ["moscow-talks"], ["moscow-talks", "--format", "x.csv", "--out", "-"]]
)
def test_wrong_use(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["export", *arguments])
    assert caught.value.code == 2


def test_help_names_every_option_and_loads_no_library() -> None:
    code = (
        "import sys, dashboard.__main__ as m\n"
        "try: m.main(['export', '--help'])\n"
        "except SystemExit: pass\n"
        "libraries = {'pandas', 'frictionless', 'streamlit', 'networkx', 'icalendar', 'narwhals'}\n"
        "assert not libraries & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    wanted = [*NAMES, *(f"--{key.replace('_', '-')}" for key in KEYS)]
    assert [name for name in wanted if name not in done.stdout.replace("\n", "")] == []


def test_the_command_declares_itself() -> None:
    parser = argparse.ArgumentParser()
    EXPORT.declare(parser)
    told = parser.parse_args(["s", "--format", "story.zip", "--out", "o", "--q", "x", "--q", "y"])
    assert (told.q, told.actor, told.page) == (["x", "y"], None, "")
