"""Writes what extraction finds in annotated articles, for scorers to read, and how fast it was.

    python tests/benchmarks/extraction.py GOLD.jsonl OUT.jsonl [--rules] [--score SCORER.py]
    python tests/benchmarks/extraction.py GOLD.jsonl OUT.jsonl --places [--score SCORER.py]
    python tests/benchmarks/extraction.py --all FOLDER     every figure that the README states

Each line of GOLD is an article with `doc` and `text`; each line of OUT has its `doc` and `quotes`
(speaker, cue and content as lists of [start, end)) or `places` (start, end, lat, lon). `--rules`
leaves the model out. With a scorer, its figures are printed; always: words a second on one core,
parse included and loading left out, and the most memory that the process had.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")


def article_of(text: str) -> Any:
    """The text as an article whose lines are its paragraphs, headlines and all: so is the gold."""
    from dashboard.extract.finds import Article

    lines = tuple((m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    return Article(text, lines)


def quotes(text: str, *, model: bool) -> list[dict[str, Any]]:
    """The statements of a text, as the scorer reads them."""
    from dashboard.extract.language import parse
    from dashboard.extract.quotations import find_quotations

    article = article_of(text)
    doc = parse(text, article.paragraphs)
    return [
        {"speaker": one.speaker, "cue": one.cue, "content": one.content}
        for one in find_quotations(doc, article, model=model)
    ]


def draft(text: str) -> Any:
    """The draft story of a text, by all modules."""
    from dashboard.extract.article import read_article
    from dashboard.extract.draft import draft_of
    from dashboard.extract.finding import find_all

    return draft_of(find_all(read_article(text), lambda *_: None))


def measure(asked: argparse.Namespace) -> None:
    """Write predictions for one file; print words a second, memory, and what the scorer says."""
    if asked.places:
        from extraction_places import predicted
    elif asked.whole:

        def predicted(text: str) -> list[dict[str, Any]]:
            return [dict(row) for row in draft(text).rows("quotes")]
    else:

        def predicted(text: str) -> list[dict[str, Any]]:
            return quotes(text, model=not asked.rules)

    articles = [json.loads(line) for line in asked.gold.read_text(encoding="utf-8").splitlines()]
    key = "places" if asked.places else "quotes"
    predicted("Geneva. “It works,” Ana Lind said.")  # loads the models
    words, begun = 0, time.process_time()
    with asked.out.open("w", encoding="utf-8") as file:
        for number, article in enumerate(articles, 1):
            found = predicted(article["text"])
            words += len(article["text"].split())
            file.write(json.dumps({"doc": article["doc"], key: found}) + "\n")
            if sys.stderr.isatty():
                print(f"\r{number} of {len(articles)}", end="\r", file=sys.stderr)
    spent = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(articles)} articles, {words:,} words: {words / spent:,.0f} words/s of one core")
    print(f"most memory: {memory:,.0f} MB")
    if asked.score:
        sys.stdout.flush()
        subprocess.run([sys.executable, asked.score, asked.gold, asked.out], check=True)


def measure_all(folder: Path) -> None:
    """All figures that the README states, each in a process of its own, from a folder of gold."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "out.jsonl"
        for title, options, gold, scorer in (
            ("statements", [], "quotes-dev.jsonl", "score_quotes.py"),
            ("statements, by rules alone", ["--rules"], "quotes-dev.jsonl", "score_quotes.py"),
            ("places", ["--places"], "places-dev.jsonl", "score_places.py"),
            ("whole drafts", ["--whole"], "quotes-dev.jsonl", ""),
        ):
            print(f"\n{title}", flush=True)
            files = [folder / gold, out, *(("--score", folder / scorer) if scorer else ())]
            subprocess.run([sys.executable, __file__, *files, *options], check=True)
        print("\nspeakers", flush=True)
        speakers = Path(__file__).with_name("extraction_speakers.py")
        subprocess.run([sys.executable, speakers], check=True)


def main() -> None:
    """Run as a command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, help="annotated articles; with --all, a folder of them")
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--places", action="store_true", help="places instead of statements")
    parser.add_argument("--rules", action="store_true", help="without the model")
    parser.add_argument("--whole", action="store_true", help="the whole draft, for its speed")
    parser.add_argument("--score", type=Path, help="a program that reads GOLD and OUT")
    parser.add_argument("--all", action="store_true", help="every figure of the README")
    asked = parser.parse_args()
    if asked.all:
        measure_all(asked.gold)
    elif asked.out is None:
        parser.error("say where the predictions go: GOLD.jsonl OUT.jsonl")
    else:
        measure(asked)


if __name__ == "__main__":
    main()
