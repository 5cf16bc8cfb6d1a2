"""`check`: whether a story is what the format asks for, or all that is served is in order."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.command import Command

if TYPE_CHECKING:
    from dashboard.checking.rule import Tables


def _declare(parser: argparse.ArgumentParser) -> None:
    says = "a story's folder; without one, all that this environment would serve is checked"
    parser.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help=says)
    parser.add_argument(
        "--article", type=Path, metavar="FILE", help="the text of one of its articles"
    )


def _run(arguments: argparse.Namespace) -> int:
    if arguments.folder is not None:
        return _check_story(arguments)
    if arguments.article is not None:
        print("dateline: --article needs the FOLDER of its story", file=sys.stderr)
        return 2
    from dashboard.commands.deployment import deployment_faults

    return _told(deployment_faults(print))


def _told(faults: Sequence[object]) -> int:
    """Print the faults and their number, if any; return the exit code."""
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}")
        return 1
    print("no faults")
    return 0


def _check_story(arguments: argparse.Namespace) -> int:
    from dashboard.checking.anchors import anchored
    from dashboard.checking.check import package_faults
    from dashboard.checking.package import LARGEST_STORY, read_package

    text = None
    if arguments.article is not None:
        try:
            with arguments.article.open("rb") as file:
                raw = file.read(LARGEST_STORY + 1)
            if len(raw) > LARGEST_STORY:
                raise ValueError(f"has more than {LARGEST_STORY:,} bytes")
            text = raw.decode("utf-8")  # offsets count each character: no translation
        except (OSError, ValueError) as error:
            print(
                f"dateline: {arguments.article}: {_reason(error)}; give a text in UTF-8",
                file=sys.stderr,
            )
            return 2
    package = read_package(arguments.folder)
    if text is not None and package.tables.get("articles") and not anchored(package.tables, text):
        text = _as_extracted(arguments.article, package.tables) or text
    faults = package_faults(package, text)
    for table, rows in package.tables.items():
        print(f"{table:<12} {len(rows):>6}")
    if _told(faults):
        return 1
    if text is not None and (found := anchored(package.tables, text)):
        passages, mentions = len(found.passages), len(found.mentions)
        print(f"{passages} passages and {mentions} mentions verified against the text")
    return 0


def _as_extracted(path: Path, tables: Tables) -> str:
    """The text as `extract` made it of a page or manuscript, if a story rests on that; else ""."""
    from dashboard.checking.anchors import anchored
    from dashboard.extract.formats import read_input
    from dashboard.extract.given import InputError
    from dashboard.paragraphs import unwrapped

    try:
        text = unwrapped(read_input(path.name, path.read_bytes()).text)
    except (ImportError, InputError):  # the extra is not installed, or it is no article
        return ""
    return text if anchored(tables, text) else ""


def _reason(error: OSError | ValueError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


CHECK = Command("check a story and its passages, or all that is served", _declare, _run)
