"""`edition`: a story as one HTML file that needs no server."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboard.commands.command import Command
from dashboard.commands.story import HELP, story_folder


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help=HELP)
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help="where to write the HTML file"
    )
    parser.add_argument(
        "--page", default="", metavar="URL", help="address of the live page, for a link back"
    )


def _run(arguments: argparse.Namespace) -> int:
    from dashboard.edition.edition import edition
    from dashboard.files import WriteError, write_beside
    from dashboard.links import story_page
    from dashboard.story import StoryError, read_story

    page = story_page(arguments.page)
    if arguments.page and not page:
        return _fail(f"--page {arguments.page!r} is no address; write it like https://host/path/")
    try:
        content = edition(read_story(story_folder(arguments.story)), page)
        write_beside(arguments.out, content)
    except StoryError as error:
        print(error, file=sys.stderr)
        return 1
    except WriteError as error:
        return _fail(str(error))
    print(f"{arguments.out}: {len(content):,} bytes")
    return 0


def _fail(reason: str) -> int:
    print(f"dateline: {reason}", file=sys.stderr)
    return 2


EDITION = Command("write a story as one HTML file that needs no server", _declare, _run)
