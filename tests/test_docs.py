"""The docs name everything there is: filters, commands, settings; and what they say is so."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from dashboard.__main__ import COMMANDS
from dashboard.address import SHARE
from dashboard.exports.formats import FORMATS
from dashboard.exports.of_library import formats, streamed
from dashboard.library import addresses
from dashboard.links import KEYS
from dashboard.sharing.citation import STYLES
from dashboard.sharing.embed import VIEWS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SOURCES = [*ROOT.glob("dashboard/**/*.py"), *ROOT.glob("tests/**/*.py")]


def rows(heading: str) -> set[str]:
    """First cells of the README's table whose head begins so."""
    table = README.split(f"| {heading}")[1].split("\n\n")[0]
    return {m.split()[0] for m in re.findall(r"^\| `([^`]+)`", table, flags=re.MULTILINE)}


def test_every_filter_is_documented_and_only_those() -> None:
    assert rows("in the address") == {*KEYS, "order", "embed", "view", SHARE}


def test_every_view_that_can_be_embedded_is_documented() -> None:
    (line,) = re.findall(r"^\| `view` .*$", README, flags=re.MULTILINE)
    assert re.findall(r"`(\w+)`", line.split("|")[3]) == list(VIEWS)


def test_every_format_is_documented_and_only_those() -> None:
    assert rows("`GET /api/…`") == set(FORMATS)


def test_every_filter_of_a_library_is_documented_and_only_those() -> None:
    assert rows("in a library's address") == {*addresses.KEYS, "order", "page"}


def test_every_format_of_a_library_is_documented_and_so_is_its_cap() -> None:
    assert rows("`GET /api/library/…`") == set(formats.FORMATS)
    assert f"the newest {streamed.CAP:,} statements" in README


def test_every_citation_style_is_documented() -> None:
    assert [style for style in STYLES if style not in README] == []


def test_every_command_is_documented_and_only_those() -> None:
    assert rows("command") == set(COMMANDS)


def test_every_setting_is_documented_and_only_those() -> None:
    used = {
        name
        for path in SOURCES
        if path != Path(__file__)
        for name in re.findall(r'"(DATELINE_[A-Z_]+|CHROMIUM)"', path.read_text(encoding="utf-8"))
    }
    assert rows("setting (environment)") == used


def test_every_address_and_file_that_the_readme_names_is_there() -> None:
    named = re.findall(r"\]\(([^)#:]+)[)#]", README)
    assert named
    for path in named:
        assert (ROOT / path).exists(), path


def test_ci_runs_the_readmes_test_command() -> None:
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()
    commands = re.findall(r"```sh\n(.*?)\n```", README, flags=re.DOTALL)
    assert run[-1] == commands[1]


def test_the_console_script_is_the_command_line() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"dateline": "dashboard.__main__:main"}


def test_the_cloud_installs_this_package() -> None:
    assert (ROOT / "dashboard" / "requirements.txt").read_text().splitlines()[-1] == "-e ."
