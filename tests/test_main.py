"""The command line: arguments in, printed lines and exit status out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.__main__ import COMMANDS, main
from dashboard.checking.format import format_markdown
from dashboard.exports.documentation import rows_markdown
from dashboard.schema import TABLES

ROOT = Path(__file__).parent.parent
TINY = ROOT / "tests" / "stories" / "tiny"
COUNTS = """\
articles          1
places            3
actors            3
topics            1
quotes            3
events            2
positions         2
figures           1
links             4
mentions          6
passages          9
reviews           0
alternatives      0
"""


def test_a_good_story(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(TINY)]) == 0
    assert capsys.readouterr().out == COUNTS + "no faults\n"


def test_a_good_story_and_its_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(TINY), "--article", str(TINY.with_suffix(".txt"))]) == 0
    verified = "9 passages and 6 mentions verified against the text\n"
    assert capsys.readouterr().out == COUNTS + "no faults\n" + verified


def test_faults(story_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (story_folder / "topics.csv").unlink()
    (story_folder / "figures.csv").unlink()
    assert main(["check", str(story_folder)]) == 1
    *counts, first, second, total = capsys.readouterr().out.splitlines()
    assert len(counts) == len(TABLES) - 2
    assert first.startswith("topics:-:-: topics.csv is missing; ")
    assert second.startswith("figures:-:-: figures.csv is missing; ")
    assert total == "2 faults"


def test_a_text_of_another_article(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "other.txt").write_text("Another text.")
    assert main(["check", str(TINY), "--article", str(tmp_path / "other.txt")]) == 1
    assert "no article has the SHA-256 of the text given" in capsys.readouterr().out


@pytest.mark.parametrize("content", [None, b"\xff"])
def test_a_text_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes | None
) -> None:
    path = tmp_path / "article.txt"
    if content is not None:
        path.write_bytes(content)
    assert main(["check", str(TINY), "--article", str(path)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith(f"dateline: {path}: ")
    assert printed.err.endswith("; give a text in UTF-8\n")


@pytest.mark.parametrize("arguments", [[], ["publish"], ["check", ".", "--articel"]])
def test_wrong_use(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_help_names_every_command_and_loads_no_library() -> None:
    code = (
        "import sys, dashboard.__main__ as m\n"
        "try: m.main(['--help'])\n"
        "except SystemExit: pass\n"
        "assert not {'pandas', 'frictionless', 'streamlit'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [name for name in COMMANDS if name not in done.stdout] == []


def test_as_a_process() -> None:
    command = [sys.executable, "-m", "dashboard", "check", str(TINY / "nowhere")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.endswith("is no folder; give the folder of a story\n1 fault\n")


def test_a_terminal_without_utf_8() -> None:
    command = [sys.executable, "-m", "dashboard", "check", "nowhere-é"]
    ascii_only = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=ascii_only)
    assert (done.returncode, done.stderr) == (1, "")
    assert "nowhere-\\xe9" in done.stdout


def test_the_format_is_documented_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["format"]) == 0
    written = f"{format_markdown()}\n{rows_markdown()}"
    assert capsys.readouterr().out == written
    assert (ROOT / "data" / "README.md").read_text(encoding="utf-8") == written
