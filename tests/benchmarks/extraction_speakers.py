"""Measures who is said to speak: the right full name, from an article's text to its actors.

`python tests/benchmarks/extraction_speakers.py [NAME …] [--missed]`: the invented articles of
`tests/extract/articles/` and, where its text is at hand, that of the shipped story.
"""

from __future__ import annotations

import argparse
import time

from annotated import Annotated, Score, invented, real, score

from dashboard.extract.actors import find_actors
from dashboard.extract.language import parse
from dashboard.extract.quotations import find_quotations


def measured(annotated: Annotated) -> tuple[Score, float, int]:
    """An article's score, the seconds that its actors took, and its words."""
    doc = parse(annotated.article.text, annotated.article.paragraphs)
    attributions = find_quotations(doc, annotated.article)
    start = time.perf_counter()
    actors, speakings = find_actors(doc, annotated.article, attributions)
    seconds = time.perf_counter() - start
    return score(annotated, attributions, actors, speakings), seconds, len(doc)


def main() -> None:
    """Print the table, and with --missed what went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="only these articles")
    parser.add_argument("--missed", action="store_true", help="print what went wrong")
    asked = parser.parse_args()
    print(f"{'':28} {'quoted':>11} {'indirect':>11} {'false':>6}")
    total: list[Score] = []
    seconds, words = 0.0, 0
    for group in (invented(), real()):
        made = [measured(a) for a in group if not asked.names or a.name in asked.names]
        for one, took, long in made:
            print(one.line())
            for kind, said, answer in one.missed if asked.missed else ():
                print(f"    {kind}: {said!r} ← {answer}")
            seconds, words = seconds + took, words + long
        total = [one for one, _, _ in made]
        if total:
            print(_sum(total).line())
    if seconds:
        print(f"{words / seconds:,.0f} words/s")


def _sum(scores: list[Score]) -> Score:
    fields = ("fragments", "fragments_right", "indirect", "indirect_right", "false_finds")
    return Score("all", *(sum(getattr(one, f) for one in scores) for f in fields), missed=())


if __name__ == "__main__":
    main()
