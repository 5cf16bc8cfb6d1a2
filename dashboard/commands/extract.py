"""`extract`: a draft story from an article's text."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.commands.command import Command

if TYPE_CHECKING:
    from dashboard.extract.given import Input


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("article", metavar="ARTICLE", help="a .txt, .md or .html file, or a URL")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="the new story's")
    parser.add_argument("--headline", default="", metavar="TEXT", help="else the one found")
    parser.add_argument("--publisher", default="", metavar="NAME", help="else the one found")
    parser.add_argument("--url", default="", metavar="URL", help="where readers find the article")
    parser.add_argument("--published", default="", metavar="DATE", help="2015-01-14, else found")
    parser.add_argument("--rules", action="store_true", help="by rules alone, without the model")


def _run(arguments: argparse.Namespace) -> int:
    from dashboard.checking.fault import StoryError
    from dashboard.extract.extract import ExtractionError, extract
    from dashboard.extract.given import InputError, Metadata, iso_date
    from dashboard.extract.language import MissingModelError
    from dashboard.files import WriteError
    from dashboard.review.publish import write

    published = iso_date(arguments.published)
    if arguments.published and published is None:
        print("dateline: --published is no date; write it like 2015-01-14", file=sys.stderr)
        return 2
    folder: Path = arguments.out.absolute()
    if folder.exists():
        remedy = "choose another, or move it away: a story is not overwritten"
        print(f"dateline: {arguments.out} is there already; {remedy}", file=sys.stderr)
        return 1
    facts = Metadata(
        title=arguments.headline,
        publisher=arguments.publisher,
        url=arguments.url,
        published=published,
        published_note="Given by hand." if published else "",
    )
    try:
        given = _read(arguments.article)
        for note in given.notes:
            print(note)
        draft = extract(given, facts, _progress, slug=folder.name, model=not arguments.rules)
        write(draft, folder.parent)
    except (InputError, ExtractionError, MissingModelError, StoryError, WriteError) as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 1
    for table in ("quotes", "actors", "places", "events"):
        print(f"{len(draft.rows(table)):5} {table}")
    print(f"{arguments.out}: a draft; review it before you publish it")
    return 0


def _read(source: str) -> Input:
    from dashboard.extract.formats import LARGEST_PAGE, read_input
    from dashboard.extract.given import InputError

    if source.startswith(("https://", "http://")):
        from dashboard.extract.fetch import fetch

        return fetch(source)
    path = Path(source)
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST_PAGE + 1)
    except OSError as error:
        raise InputError(f"{source}: {error.strerror}; give the article's file") from None
    return read_input(path.name, raw)


def _progress(share: float, step: str) -> None:
    if sys.stderr.isatty():
        done = round(share * 20)
        end = "\n" if share >= 1 else ""
        print(f"\r[{'#' * done:20}] {step:32}", end=end, file=sys.stderr, flush=True)


EXTRACT = Command("make a draft story of an article's text", _declare, _run)
