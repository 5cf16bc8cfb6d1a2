"""Places found in annotated articles, as `score_places.py` reads them; and the weights' fit.

    python tests/benchmarks/extraction_places.py GOLD.jsonl OUT.jsonl     writes predictions
    python tests/benchmarks/extraction_places.py --figures GOLD.jsonl     time, memory, calibration
    python tests/benchmarks/extraction_places.py --fit GOLD.jsonl         prints the weights

A gold line is one article: {"doc", "text", "places": [{"start", "end", "lat", "lon"}, …]}. `--fit`
also fits each half of the articles and measures it on the other.
"""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from dashboard.extract import place_choice, place_mentions
from dashboard.extract.finds import Article
from dashboard.extract.gazetteer.records import Record, key_of
from dashboard.extract.geocode import lookup
from dashboard.extract.language import parse
from dashboard.extract.places import find_places
from dashboard.extract.toponyms import toponyms, weighed
from dashboard.extract.whereabouts import contexts, resolved, situations

RIGHT_WITHIN = 161.0  # kilometres: the field's accuracy@161km
BUCKETS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
# Ridge penalties, and what the weights are drawn to where the sample says little. It is a third
# countries and seldom names a small town's famous namesake or states "Paris, Texas"; elsewhere
# news does, and "Geneva" is not in Illinois because the United States are in the article.
STIFF_MENTION, STIFF_CHOICE = 3.0, 4.0
DRAWN_TO = {
    "in what holds it": 7.0,
    "holds what it should": 1.0,
    "named like its city": -2.0,
    "smaller than its namesake": -3.0,
    "country": 4.0,
    "well-known region": 4.0,
    "capital": 2.0,
    "usual meaning": 3.5,
}
ROUNDS = 3


def predictions(gold_path: str | Path) -> Iterator[dict[str, Any]]:
    """For each article of the file: {"doc", "places": [{"start", "end", "lat", "lon"}, …]}."""
    for row in _rows(gold_path):
        yield {"doc": row["doc"], "places": predicted(row["text"])}


def predicted(text: str, doc: Any = None) -> list[dict[str, Any]]:
    article = Article(text=text, paragraphs=((0, len(text)),))
    return [
        {
            "start": start,
            "end": end,
            "lat": place.chosen.latitude,
            "lon": place.chosen.longitude,
            "confidence": place.chosen.confidence,
        }
        for place in find_places(doc or parse(text), article)
        for start, end in place.mentions
    ]


def _rows(path: str | Path) -> list[dict[str, Any]]:
    with Path(path).open(encoding="utf8") as lines:
        return [json.loads(line) for line in lines]


def figures(gold_path: str) -> None:
    """Print load time, peak memory, words a second without the parse, and the calibration."""
    import resource

    rows = _rows(gold_path)
    docs = [parse(row["text"]) for row in rows]
    before = time.perf_counter()
    lookup("Aleppo")
    print(f"gazetteer loaded in {time.perf_counter() - before:.2f} s")
    before = time.perf_counter()
    found = [predicted(row["text"], doc) for row, doc in zip(rows, docs, strict=True)]
    seconds = time.perf_counter() - before
    words = sum(len(row["text"].split()) for row in rows)
    print(f"{words / seconds:,.0f} words/s after the parse ({words:,} words)")
    print(
        f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB, model included"
    )
    print("confidence: right of names")
    pairs = [
        (p["confidence"], _right(p, row)) for row, ps in zip(rows, found, strict=True) for p in ps
    ]
    for low, high in pairwise(BUCKETS):
        of = [right for sure, right in pairs if low <= sure < high]
        if of:
            print(f"  {low:.2f}–{min(high, 1):.2f}: {100 * sum(of) / len(of):3.0f} % of {len(of)}")


def _right(place: dict[str, Any], row: dict[str, Any]) -> bool:
    gold = {(p["start"], p["end"]): p for p in row["places"]}.get((place["start"], place["end"]))
    return gold is not None and _apart(gold, place["lat"], place["lon"]) <= RIGHT_WITHIN


def _apart(gold: dict[str, Any], latitude: float, longitude: float) -> float:
    point = partial(Record, "", "city", "", "", geonames=None, population=0)
    here = point(latitude=gold["lat"], longitude=gold["lon"])
    return place_choice.kilometres(here, point(latitude=latitude, longitude=longitude))


class Read(NamedTuple):
    """An annotated article, read once."""

    doc: Any
    text: str
    gold: dict[tuple[int, int], dict[str, Any]]


def fit(gold_path: str) -> None:
    """Print weights fitted to all articles, after those of each half measured on the other."""
    articles = [
        Read(parse(row["text"]), row["text"], {(p["start"], p["end"]): p for p in row["places"]})
        for row in _rows(gold_path)
    ]
    half = len(articles) // 2
    for name, learn, test in (
        ("first half, on the second", articles[:half], articles[half:]),
        ("second half, on the first", articles[half:], articles[:half]),
        ("all, on themselves", articles, articles),
    ):
        _set(place_mentions.WEIGHTS, _fit_mentions(learn))
        _fit_choices(learn)
        found = right = predicted = 0
        for article in test:
            for place in predicted(article.text, article.doc):
                predicted += 1
                gold = article.gold.get((place["start"], place["end"]))
                found += gold is not None
                right += (
                    gold is not None and _apart(gold, place["lat"], place["lon"]) <= RIGHT_WITHIN
                )
        total = sum(len(article.gold) for article in test)
        print(
            f"{name}: spans F1 {200 * found / (predicted + total):.1f}, with 161 km "
            f"{200 * right / (predicted + total):.1f}, accuracy {100 * right / found:.1f}"
        )
    for module in (place_mentions, place_choice):
        print(f"\n# {module.__name__}\nWEIGHTS: dict[str, float] = {{")
        for name, weight in sorted(module.WEIGHTS.items()):
            print(f'    "{name}": {weight},')
        print("}")


def _fit_mentions(articles: Sequence[Read]) -> dict[str, float]:
    import numpy as np
    from scipy.optimize import minimize

    cases = [
        (candidate.factors, candidate.span in article.gold)
        for article in articles
        for candidate in weighed(article.doc, [(0, len(article.text))])
    ]
    names = sorted({name for factors, _ in cases for name in factors})
    x = np.array([[factors.get(name, 0.0) for name in names] for factors, _ in cases])
    y = np.array([float(right) for _, right in cases])

    def loss(w: Any) -> Any:
        z = x @ w
        chance = 1 / (1 + np.exp(-z))
        value = (np.logaddexp(0, z) - y * z).sum() + STIFF_MENTION * (w @ w) / 2
        return value, x.T @ (chance - y) + STIFF_MENTION * w

    best = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x
    return dict(zip(names, best, strict=True))


def _fit_choices(articles: Sequence[Read]) -> None:
    """Conditional logit; the context is what the last round's weights made of the other names."""
    import numpy as np
    from scipy.optimize import minimize

    _set(
        place_choice.WEIGHTS, {"country": 6.0, "well-known region": 5.0, "capital": 3.0, **DRAWN_TO}
    )
    for _ in range(ROUNDS):
        cases = [case for article in articles for case in _choices(article)]
        names = sorted({name for options, _ in cases for factors in options for name in factors})
        x = np.array([[f.get(n, 0.0) for n in names] for options, _ in cases for f in options])
        y = np.array([right for _, rights in cases for right in rights], dtype=float)
        sizes = np.array([len(options) for options, _ in cases])
        starts = np.r_[0, np.cumsum(sizes)[:-1]]
        case = np.repeat(np.arange(len(cases)), sizes)
        drawn = np.array([DRAWN_TO.get(name, 0.0) for name in names])

        def loss(
            w: Any, x: Any = x, y: Any = y, at: Any = starts, case: Any = case, d: Any = drawn
        ) -> Any:
            z = x @ w
            e = np.exp(z - np.maximum.reduceat(z, at)[case])
            every, right = np.add.reduceat(e, at), np.add.reduceat(e * y, at) + 1e-300
            value = (np.log(every) - np.log(right)).sum() + STIFF_CHOICE * ((w - d) @ (w - d)) / 2
            return value, x.T @ (e / every[case] - e * y / right[case]) + STIFF_CHOICE * (w - d)

        best = minimize(loss, drawn, jac=True, method="L-BFGS-B").x
        _set(place_choice.WEIGHTS, dict(zip(names, best, strict=True)))


def _choices(article: Read) -> Iterator[tuple[list[dict[str, float]], list[bool]]]:
    names = toponyms(article.doc, [(0, len(article.text))])
    peoples = place_mentions.peoples(article.doc)
    context = contexts(
        names, resolved(names, peoples), {c: math.log2(1 + n) for c, n in peoples.items()}
    )
    for name, situation in zip(names, situations(names), strict=True):
        gold = article.gold.get(name.span)
        if gold is None or not name.records:
            continue
        right = [_apart(gold, r.latitude, r.longitude) <= RIGHT_WITHIN for r in name.records]
        factors = [
            place_choice.choice_factors(r, situation, context[key_of(name.name)], name.records)
            for r in name.records
        ]
        yield [*factors, {"none of these": 1.0}], [*right, not any(right)]


def _set(weights: dict[str, float], fitted: dict[str, float]) -> None:
    weights.clear()
    weights.update({name: round(float(weight), 2) for name, weight in fitted.items()})


def main(*arguments: str) -> None:
    """Do what the module's docstring says."""
    match arguments:
        case ("--fit", gold):
            fit(gold)
        case ("--figures", gold):
            figures(gold)
        case (gold, out):
            lines = (json.dumps(row) + "\n" for row in predictions(gold))
            Path(out).write_text("".join(lines), encoding="utf8")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
