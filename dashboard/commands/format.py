"""`format`: the story format as Markdown."""

from __future__ import annotations

import argparse
import io
import sys

from dashboard.commands.command import Command


def _declare(parser: argparse.ArgumentParser) -> None:
    del parser  # it takes no arguments


def _run(arguments: argparse.Namespace) -> int:
    from dashboard.checking.format import format_markdown
    from dashboard.exports.documentation import rows_markdown

    del arguments
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(f"{format_markdown()}\n{rows_markdown()}")
    return 0


FORMAT = Command("print the story format as Markdown: data/README.md", _declare, _run)
