"""`train`: the labelling model, learned anew from annotated articles."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from dashboard.commands.command import Command


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("gold", type=Path, metavar="GOLD.jsonl", help="annotated articles")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="else where the model is")
    parser.add_argument(
        "--iterations", type=int, default=150, metavar="COUNT", help="at most (150)"
    )


def _run(arguments: argparse.Namespace) -> int:
    from dashboard.extract.labelling.tagger import FOLDER
    from dashboard.extract.labelling.training import TrainingError, train

    try:
        train(arguments.gold, arguments.out or FOLDER, arguments.iterations, print)
    except (OSError, TrainingError) as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 1
    return 0


TRAIN = Command("train the model of statements on annotated articles", _declare, _run)
