"""Who says what, from a text to its actors, on annotated articles: what is found, and the floors.

Needs the language model. The invented articles are ours; the real one is read where it lies.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from dashboard.extract.actors import find_actors
from dashboard.extract.finds import Actor
from dashboard.extract.language import parse
from dashboard.extract.quotations import find_quotations
from tests.benchmarks.annotated import (
    FOLDER,
    Annotated,
    Score,
    invented,
    places,
    plain,
    real,
    score,
)

INVENTED = tuple(invented())
REAL = tuple(real())


def extracted(annotated: Annotated) -> tuple[Score, tuple[Actor, ...]]:
    doc = parse(annotated.article.text, annotated.article.paragraphs)
    attributions = find_quotations(doc, annotated.article)
    actors, speakings = find_actors(doc, annotated.article, attributions)
    return score(annotated, attributions, actors, speakings), actors


@pytest.fixture(scope="module")
def results() -> list[tuple[Annotated, Score, tuple[Actor, ...]]]:
    return [(annotated, *extracted(annotated)) for annotated in INVENTED]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_every_annotated_passage_is_in_its_article_once(path: Path) -> None:
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    notes = tomllib.loads(path.read_text(encoding="utf-8"))
    for by_speaker in (notes["quoted"], notes["indirect"]):
        for passages in by_speaker.values():
            for words in passages:
                found = len(places(text, words))
                assert found >= int(words.partition("#")[2] or 1), words
                assert found == 1 or "#" in words, words


def test_there_are_articles_enough() -> None:
    assert len(INVENTED) >= 22
    assert all(len(annotated.indirect) >= 3 for annotated in INVENTED)


def test_the_right_person_says_the_words(
    results: list[tuple[Annotated, Score, tuple[Actor, ...]]],
) -> None:
    scores = [result[1] for result in results]
    assert sum(s.fragments_right for s in scores) >= 0.9 * sum(s.fragments for s in scores)
    assert sum(s.indirect_right for s in scores) >= 0.8 * sum(s.indirect for s in scores)
    missed = [(s.name, *miss) for s in scores for miss in s.missed if miss[0] == "quoted"]
    assert len([m for m in missed if m[3] == "not found"]) <= 0.03 * sum(
        s.fragments for s in scores
    )


def test_actors_have_their_names_kinds_and_roles(
    results: list[tuple[Annotated, Score, tuple[Actor, ...]]],
) -> None:
    known = right = 0
    for annotated, _, actors in results:
        for names, kinds, role in annotated.actors:
            known += 1
            right += any(
                plain(actor.name) in map(plain, names)
                and actor.kind in kinds.split()
                and role.lower() in actor.role.lower()
                for actor in actors
            )
    assert right >= 0.85 * known


def test_ids_are_unique_and_mentions_are_where_the_text_has_them(
    results: list[tuple[Annotated, Score, tuple[Actor, ...]]],
) -> None:
    for annotated, _, actors in results:
        assert len({actor.id for actor in actors}) == len(actors)
        for actor in actors:
            assert {annotated.article.text[a:b] for a, b in actor.mentions} == set(actor.aliases)


if REAL:

    @pytest.mark.parametrize("annotated", REAL, ids=lambda annotated: annotated.name)
    def test_every_fragment_of_the_shipped_story_has_its_speaker(annotated: Annotated) -> None:
        found, _ = extracted(annotated)
        assert [miss for miss in found.missed if miss[0] == "quoted"] == []
        assert found.fragments_right == found.fragments > 0
