"""Owns the command line: `python -m dashboard <command>`, or `dateline <command>`."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

Arguments = argparse.Namespace


class Command(NamedTuple):
    """A subcommand: its help, the function that declares its arguments, the one that runs it."""

    help: str
    declare: Callable[[argparse.ArgumentParser], None]
    run: Callable[[Arguments], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; return 0, 1 when it found faults, 2 when it cannot run.

    Raises SystemExit(2) for a wrong use, as argparse does.
    """
    parser = argparse.ArgumentParser(
        prog="dateline", description="News stories: who said what, where."
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, command in COMMANDS.items():
        command.declare(subparsers.add_parser(name, help=command.help, description=command.help))
    arguments = parser.parse_args(argv)
    for stream in (sys.stdout, sys.stderr):  # a terminal that knows no UTF-8 still shows the fault
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    return COMMANDS[arguments.command].run(arguments)


def _declare_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="a story's folder")
    parser.add_argument(
        "--article", type=Path, metavar="FILE", help="the text of one of its articles"
    )


def _check(arguments: Arguments) -> int:
    from dashboard.checking.anchors import anchored
    from dashboard.checking.check import package_faults
    from dashboard.checking.package import read_package

    text = None
    if arguments.article is not None:
        try:
            text = arguments.article.read_bytes().decode(
                "utf-8"
            )  # offsets count each character: no translation
        except (OSError, ValueError) as error:
            print(
                f"dateline: {arguments.article}: {_reason(error)}; give a text in UTF-8",
                file=sys.stderr,
            )
            return 2
    package = read_package(arguments.folder)
    faults = package_faults(package, text)
    for table, rows in package.tables.items():
        print(f"{table:<9} {len(rows):>6}")
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} fault{'s' if len(faults) > 1 else ''}")
        return 1
    print("no faults")
    if text is not None and (found := anchored(package.tables, text)):
        passages, mentions = len(found.passages), len(found.mentions)
        print(f"{passages} passages and {mentions} mentions verified against the text")
    return 0


def _reason(error: OSError | ValueError) -> str:
    return (isinstance(error, OSError) and error.strerror) or str(error)


def _declare_format(parser: argparse.ArgumentParser) -> None:
    del parser  # it takes no arguments


def _format(arguments: Arguments) -> int:
    from dashboard.checking.format import format_markdown

    del arguments
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(format_markdown())
    return 0


def _declare_geocode(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="+", metavar="NAME", help="a place's name")
    parser.add_argument("--country", default="", metavar="CODE", help="only in it: ISO 3166, CH")
    parser.add_argument(
        "--limit", type=int, default=5, metavar="COUNT", help="candidates a name, 1 to 40 (5)"
    )
    parser.add_argument(
        "--from", dest="origin", metavar="NAME", help="say how far each is from that place"
    )


def _geocode(arguments: Arguments) -> int:
    from dashboard.geocode import GeocodeError, QuestionError, geocode, question
    from dashboard.schema import columns

    try:
        for name in arguments.names:  # all of them before the first is sent
            question(name, country=arguments.country, limit=arguments.limit)
        origin = None
        if arguments.origin is not None:
            origin = next(iter(geocode(arguments.origin, limit=1)), None)
            if origin is None:
                raise GeocodeError(_no_place(arguments.origin))
            print(f"from {origin.name}: {origin.note()}")
        licences: set[str] = set()
        headed = missed = False
        for name in arguments.names:
            found = geocode(name, country=arguments.country, limit=arguments.limit)
            if found and not headed:
                print(",".join(columns("places")))
                headed = True
            for candidate in found:
                print(f"{candidate.row()}\n  {candidate.note(origin)}")
                licences.add(candidate.licence)
            if not found:
                missed = True
                print(f"dateline: {_no_place(name, arguments.country)}", file=sys.stderr)
        for licence in sorted(filter(None, licences)):
            print(licence)
    except GeocodeError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 2 if isinstance(error, QuestionError) else 1
    return 1 if missed else 0


def _no_place(name: str, country: str = "") -> str:
    from dashboard.checking.fault import shown

    if country:
        remedy = f" in {country.upper()}; try another spelling, or leave out --country"
    else:
        remedy = "; try another spelling, or add the country after a comma"
    return f"no place is called {shown(name)}{remedy}"


COMMANDS = {
    "check": Command(
        "check a story, and its passages against an article's text", _declare_check, _check
    ),
    "format": Command(
        "print the story format as Markdown: data/README.md", _declare_format, _format
    ),
    "geocode": Command(
        "look places up in OpenStreetMap, as rows for places.csv", _declare_geocode, _geocode
    ),
}

if __name__ == "__main__":
    sys.exit(main())
