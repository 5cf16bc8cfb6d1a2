"""Owns the command line: `python -m dashboard <command>`, or `dateline <command>`."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence

from dashboard.commands.check import CHECK
from dashboard.commands.edition import EDITION
from dashboard.commands.export import EXPORT
from dashboard.commands.extract import EXTRACT
from dashboard.commands.format import FORMAT
from dashboard.commands.geocode import GEOCODE
from dashboard.commands.library import LIBRARY
from dashboard.commands.sbom import SBOM
from dashboard.commands.train import TRAIN

COMMANDS = {
    "check": CHECK,
    "edition": EDITION,
    "export": EXPORT,
    "extract": EXTRACT,
    "format": FORMAT,
    "geocode": GEOCODE,
    "library": LIBRARY,
    "sbom": SBOM,
    "train": TRAIN,
}


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


if __name__ == "__main__":
    sys.exit(main())
