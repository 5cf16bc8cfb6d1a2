"""`edition`: a story as one HTML file that needs no server."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboard.commands.command import Command

STORIES = Path(__file__).parents[2] / "data" / "stories"


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help="its folder, or its name in data/stories")
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help="where to write the HTML file"
    )
    parser.add_argument(
        "--page", default="", metavar="URL", help="address of the live page, for a link back"
    )


def _run(arguments: argparse.Namespace) -> int:
    from dashboard.edition.edition import edition
    from dashboard.files import WriteError, write_beside
    from dashboard.story import StoryError, read_story

    folder = _folder(arguments.story)
    if folder is None:
        return _fail(
            f"there is no story {arguments.story!r}; give its folder or its name in {STORIES}"
        )
    try:
        content = edition(read_story(folder), arguments.page)
        write_beside(arguments.out, content)
    except StoryError as error:
        print(error, file=sys.stderr)
        return 1
    except (ValueError, WriteError) as error:
        return _fail(str(error))
    print(f"{arguments.out}: {len(content):,} bytes")
    return 0


def _folder(name: str) -> Path | None:
    """A folder of that name, else the shipped story of that name."""
    try:
        shipped = STORIES / name if name == Path(name).name and name not in ("", "..") else None
        return next(path for path in (Path(name), shipped) if name and path and path.is_dir())
    except (OSError, ValueError, StopIteration):  # no such folder, or no name of any
        return None


def _fail(reason: str) -> int:
    print(f"dateline: {reason}", file=sys.stderr)
    return 2


EDITION = Command("write a story as one HTML file that needs no server", _declare, _run)
