"""`export`: a story, or the part of it that a selection shows, in a format for other programs."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboard.commands.command import Command
from dashboard.commands.story import HELP, story_folder

# Both are kept here a second time, for `--help` loads no library; the tests compare them with
# FORMATS and KEYS.
NAMES = (
    "quotes.csv",
    "quotes.json",
    "quotes.jsonl",
    "places.geojson",
    "events.ics",
    "network.graphml",
    "annotations.jsonld",
    "story.jsonld",
    "story.zip",
)
OPTIONS = {
    "actor": ("ID", "by or about this actor; may be given again"),
    "about": ("ID", "about this actor; may be given again"),
    "place": ("ID", "in or about this place; may be given again"),
    "kind": ("KIND", "direct, mixed or indirect; may be given again"),
    "topic": ("ID", "on this topic; may be given again"),
    "actor_role": ("ROLE", "actors only as by or about"),
    "place_role": ("ROLE", "places only as in or about"),
    "q": ("TEXT", "with these words"),
    "quote": ("ID", "points one statement out, as a link does; leaves nothing out"),
}


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("story", metavar="STORY", help=HELP)
    parser.add_argument("--format", required=True, choices=NAMES, help="what to write")
    parser.add_argument("--out", required=True, metavar="FILE", help="where; - for the terminal")
    parser.add_argument(
        "--page", default="", metavar="URL", help="address of the story page, for links to it"
    )
    for key, (value, says) in OPTIONS.items():
        parser.add_argument(_option(key), dest=key, action="append", metavar=value, help=says)


def _option(key: str) -> str:
    return f"--{key.replace('_', '-')}"


def _run(arguments: argparse.Namespace) -> int:
    from dashboard.checking.fault import shown
    from dashboard.exports.formats import FORMATS
    from dashboard.files import WriteError, write_beside
    from dashboard.links import KEYS, QueryError, demand, story_page
    from dashboard.selection import select
    from dashboard.story import StoryError, read_story

    try:
        story = read_story(story_folder(arguments.story))
    except StoryError as error:
        print(error, file=sys.stderr)
        return 1
    query = {key: values for key in KEYS if (values := getattr(arguments, key))}
    wrong = []
    if not (page := story_page(arguments.page)) and arguments.page:
        wrong.append(
            f"--page {shown(arguments.page)} is no address; write it like https://host/path/"
        )
    try:
        selection = demand(query, story)
    except QueryError as error:
        wrong += [
            f"{_option(f.parameter)} {shown(f.value) + ' ' if f.value else ''}{f.message}"
            for f in error.faults
        ]
    if wrong:
        for fault in wrong:
            print(f"dateline: {fault}", file=sys.stderr)
        return 2
    content = FORMATS[arguments.format].make(select(story, selection), page)
    try:
        if arguments.out == "-":
            _print(content)
        else:
            write_beside(Path(arguments.out), content)
    except WriteError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 2
    return 0


def _print(content: bytes) -> None:
    """Write to the standard output as it is, without a buffer that fails once more at the end."""
    from dashboard.files import WriteError

    try:
        with open(sys.stdout.fileno(), "wb", buffering=0, closefd=False) as out:
            rest = memoryview(content)
            while rest:
                rest = rest[out.write(rest) :]
    except OSError as error:
        raise WriteError(f"standard output: {error.strerror or error}; give --out a file") from None


EXPORT = Command("write a story, or a part of it, for other programs", _declare, _run)
