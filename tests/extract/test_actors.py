"""Whom a speaker's phrase means: names joined, pronouns, roles, and sources without names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.extract.actors import find_actors
from dashboard.extract.cast import known_by
from dashboard.extract.finds import Actor, Article, Attribution, Speaking
from dashboard.extract.language import parse
from dashboard.extract.lexicon import alike, noun, plural, singular
from dashboard.slug import slug

SAID = re.compile(r"\[([^\]]*)\]")


def heard(marked: str) -> tuple[str, tuple[Actor, ...], tuple[Speaking | None, ...]]:
    """What is found in a text in which [brackets] mark the speakers; "[]" marks none."""
    text, spans, at = "", [], 0
    for match in SAID.finditer(marked):
        text += marked[at : match.start()]
        spans.append((len(text), len(text) + len(match.group(1))))
        text += match.group(1)
        at = match.end()
    text += marked[at:]
    paragraphs = tuple(match.span() for match in re.finditer(r"[^\n]+", text))
    attributions = tuple(
        Attribution("direct", ((b, b + 1),), (), ((a, b),) if a < b else (), 0.9, "test")
        for a, b in spans
    )
    return text, *find_actors(parse(text, paragraphs), Article(text, paragraphs), attributions)


def named(marked: str) -> list[str]:
    """The names of who speaks, in order; "" for nobody."""
    _, actors, speakings = heard(marked)
    names = {actor.id: actor.name for actor in actors}
    return [names[who.actor] if who else "" for who in speakings]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        # Short names, titles and honorifics
        ("Mayor Rosa Klint met reporters. [Ms. Klint] said it was late.", ["Rosa Klint"]),
        ("[Secretary of State Carl Odde] spoke. [Odde] said no.", ["Carl Odde"] * 2),
        ("Capt. Luis Arroyo was there. [The captain] said so.", ["Luis Arroyo"]),
        ("Sheikh Omar bin Said al-Harthi came. [Sheikh Omar] spoke.", ["Omar bin Said al-Harthi"]),
        ("Piet van der Zwaan woke. [Mr. van der Zwaan] said so.", ["Piet van der Zwaan"]),
        ("Sergey V. Orlov left. [Orlov] said he would return.", ["Sergey V. Orlov"]),
        # One surname, two bearers
        (
            "Anna Berg and her brother Paul Berg met. [Ms. Berg] spoke. [Mr. Berg] did, too.",
            ["Anna Berg", "Paul Berg"],
        ),
        ("Tom and Ellen Brandt waited. [Mrs. Brandt] spoke.", ["Ellen Brandt"]),
        ("Tom and Ellen Brandt waited. [Mr. Brandt] spoke.", ["Tom Brandt"]),
        # Acronyms and short forms of bodies
        (
            "The Nordic Rail Agency (NRA) closed the line. [The NRA] said why.",
            ["Nordic Rail Agency"],
        ),
        ("The Global Health Initiative met. [The GHI] said more.", ["Global Health Initiative"]),
        ("Kestrel Foods Ltd lost money. [Kestrel] said so.", ["Kestrel Foods Ltd"]),
        ("Kestrel Foods lost money. [The company] said so.", ["Kestrel Foods"]),
        # Roles
        ("Lena Voss, the health minister, arrived. [The minister] said so.", ["Lena Voss"]),
        ("Lena Voss, 34, was charged. [The 34-year-old] said nothing.", ["Lena Voss"]),
        ("[The owner of the bakery, Lena Voss,] said so.", ["Lena Voss"]),
        ("His lawyer, Anna Lind, rose. [The lawyer] said so.", ["Anna Lind"]),
        ("Eva Lunt paid. [Ms. Lunt’s lawyer] said so.", ["Eva Lunt's lawyer"]),
        # Pronouns
        ("Anna Berg spoke after Paul Odde. [She] said so.", ["Anna Berg"]),
        ("[Anna Berg] said so. [She] added more.\n\n[She] then left.", ["Anna Berg"] * 3),
        ("[Paul Odde] spoke. [Anna Berg] answered. [He] replied.",
         ["Paul Odde", "Anna Berg", "Paul Odde"]),
        ("Norland Bank lost money. [It] said so.", ["Norland Bank"]),
        # Sources without names
        ("[An American official] spoke. But [the official] said no.", ["American official"] * 2),
        ("[Residents] complained. [Police] said little.", ["Residents", "Police"]),
        (
            "[A Western diplomat] spoke. [A second diplomat] did not. [The second diplomat] left.",
            ["Western diplomat", "Second diplomat", "Second diplomat"],
        ),
        ("[A former employee] spoke. [Another former employee] agreed.", ["Former employee"] * 2),
        ("[A spokesman for the port] said so.", ["Spokesman for the port"]),
        ("[A statement from Norland Bank] said so.", ["Norland Bank"]),
        # Nobody is said to speak
        ("[Anna Berg] laughed. []", ["Anna Berg", "Anna Berg"]),
        ("Rain fell on the town. []", [""]),
    ],
)  # fmt: skip
def test_who_is_meant(marked: str, expected: list[str]) -> None:
    assert named(marked) == expected


def test_another_source_is_another_actor() -> None:
    _, actors, (first, second) = heard(
        "[A former employee] spoke. [Another former employee] agreed."
    )
    assert len({who.actor for who in (first, second) if who}) == 2
    assert [actor.id for actor in actors] == ["former-employee", "former-employee-2"]


def test_an_actor_has_what_the_article_says_of_it() -> None:
    text, actors, _ = heard("[Sergey Orlov, Russia’s foreign minister,] spoke. Russia was silent.")
    orlov = next(actor for actor in actors if actor.name == "Sergey Orlov")
    assert (orlov.id, orlov.kind, orlov.role) == (
        "sergey-orlov", "person", "Russia’s foreign minister",
    )  # fmt: skip
    russia = next(actor for actor in actors if actor.name == "Russia")
    assert (russia.kind, orlov.member_of, orlov.member_basis) == ("government", "russia", "stated")
    assert [text[a:b] for a, b in orlov.mentions] == ["Sergey Orlov"]


def test_the_surer_the_less_there_is_to_choose() -> None:
    _, _, (full, pronoun) = heard("[Anna Berg] spoke. Eva Lunt listened. [She] went on.")
    assert full is not None
    assert pronoun is not None
    assert full.confidence > pronoun.confidence
    assert full.alternatives == ()
    assert 1 <= len(pronoun.alternatives) <= 4


@pytest.mark.parametrize(
    ("short", "full", "body", "expected"),
    [
        ("Kerry", "John Kerry", False, True),
        ("John Kerry", "John Forbes Kerry", False, True),
        ("Sigrún", "Sigrún Haraldsdóttir", False, True),
        ("Fernández", "María Fernández Ochoa", False, True),
        ("De la Fuente", "José Luis de la Fuente Ramos", False, True),
        ("Sergey Lavrov", "Sergey V. Lavrov", False, True),
        ("Jane Kerry", "John Kerry", False, False),
        ("Norlund", "Norlund Energy AB", True, True),
        ("Energy", "Norlund Energy AB", True, False),
    ],
)
def test_what_a_name_is_short_for(short: str, full: str, body: bool, expected: bool) -> None:
    assert known_by(tuple(short.split()), tuple(full.split()), body=body) is expected


@pytest.mark.parametrize(
    ("word", "kind", "one", "several"),
    [
        ("officials", "person", "official", True),
        ("Spokeswoman", "person", "spokeswoman", False),
        ("firemen", "person", "fireman", True),
        ("police", "group", "police", True),
        ("co-chair", "person", "co-chair", False),
        ("companies", "organization", "company", True),
        ("ornithologist", "person", "ornithologist", False),
    ],
)
def test_role_nouns(word: str, kind: str, one: str, several: bool) -> None:
    found = noun(word)
    assert found is not None
    assert (found.kind, singular(word), plural(word)) == (kind, one, several)


def test_a_congressman_may_be_a_representative_but_no_mayor() -> None:
    assert alike("representative", "congressman")
    assert not alike("mayor", "congressman")


@given(st.text(max_size=60))
def test_any_text_has_actors_with_ids_of_their_own(text: str) -> None:
    paragraphs = tuple(match.span() for match in re.finditer(r"[^\n]+", text))
    marks = tuple(
        Attribution("direct", ((a, b),), (), ((a, b),), 0.5, "test") for a, b in paragraphs
    )
    actors, speakings = find_actors(parse(text, paragraphs), Article(text, paragraphs), marks)
    ids = {actor.id for actor in actors}
    assert len(ids) == len(actors)
    assert all(who is None or who.actor in ids for who in speakings)


@given(st.text())
def test_a_slug_is_a_slug(name: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(name))
