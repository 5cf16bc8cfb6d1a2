"""What engines are asked, and how an answer is compared: values and types, all the way down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from dashboard.library.library import Library
from dashboard.library.selection import LibrarySelection
from tests.library.small import ACTORS, OUTLETS, PLACES, STATEMENTS, TOPICS

ADDRESSED = ("duckdb", "postgres", "clickhouse")
ENGINES = ("pandas", *ADDRESSED)

Question = Callable[[Library], Any]

ACTOR_KEYS = tuple(actor[0] for actor in ACTORS)
PLACE_KEYS = tuple(place[0] for place in PLACES)
OUTLET_KEYS = tuple(outlet[0] for outlet in OUTLETS)
TOPIC_KEYS = tuple(topic[0] for topic in TOPICS)
HOSTILE = ("'", "\\", "\\' OR 1=1 --", '"', "%", "_", "\0", "{a:String}", "$1", "%s", "\n", "�")

# Facet by facet, together, beside the library, and against it.
SELECTIONS = {
    "everything": LibrarySelection(),
    "an actor": LibrarySelection(actors=("ada-hale",)),
    "an actor's words": LibrarySelection(actors=("ada-hale",), actor_role="by"),
    "about an actor": LibrarySelection(actors=("ada-hale",), actor_role="about"),
    "two actors": LibrarySelection(actors=("ada-hale", "o-brien")),
    "about an actor, said twice": LibrarySelection(
        actors=("ada-hale",), actor_role="about", about=("ada-hale",)
    ),
    "one about another": LibrarySelection(actors=("ada-hale",), about=("john-smith",)),
    "of one name": LibrarySelection(actors=("john-smith", "john-smith-2")),
    "no statement": LibrarySelection(actors=("silent",)),
    "a place": LibrarySelection(places=("norvik-city",)),
    "said in": LibrarySelection(places=("norvik-city", "eastport"), place_role="in"),
    "about a place": LibrarySelection(places=("sao-bento",), place_role="about"),
    "an outlet": LibrarySelection(outlets=("вестник",)),
    "topics": LibrarySelection(topics=TOPIC_KEYS),
    "a kind": LibrarySelection(kinds=("direct", "mixed")),
    "since": LibrarySelection(since="2014-06-01"),
    "until": LibrarySelection(until="2014-06-01"),
    "a year": LibrarySelection(since="2014-01-01", until="2014-12-31"),
    "a day": LibrarySelection(since="2014-06-01", until="2014-06-01"),
    "before all": LibrarySelection(until="1815-06-18"),
    "after all": LibrarySelection(since="9999-12-31"),
    "a word": LibrarySelection(text="ferry"),
    "words in any order": LibrarySelection(text="ferry talks no"),
    "a part of a word": LibrarySelection(text="ferr"),
    "accents": LibrarySelection(text="L'ÉTÉ prochain"),
    "another script": LibrarySelection(text="паром"),
    "from right to left": LibrarySelection(text="العبارة"),
    "a word of the context": LibrarySelection(text="telephone"),
    "a speaker's name, in no words": LibrarySelection(text="орлова"),
    "signs alone": LibrarySelection(text="%' -- _"),
    "no such word": LibrarySelection(text="zeppelin"),
    "all at once": LibrarySelection(
        actors=("ada-hale", "нина-орлова"),
        actor_role="by",
        places=("norvik-city", "eastport", "norvik-country"),
        kinds=("direct", "mixed"),
        outlets=OUTLET_KEYS[:3],
        topics=("ferry",),
        since="2013-12-01",
        text="ferry",
    ),
    "the unknown": LibrarySelection(actors=("nobody", "ada-hale"), places=("nowhere",)),
    "the hostile": LibrarySelection(actors=HOSTILE, places=HOSTILE, text=" ".join(HOSTILE)),
}

# What is asked of each selection, and of some.
ASKED: dict[str, Callable[[Library, LibrarySelection], Any]] = {
    "facets": lambda library, selection: library.facets(selection),
    "records": lambda library, selection: library.records(selection),
    "located": lambda library, selection: library.located(selection),
}
SOME = ("everything", "two actors", "since", "a word", "all at once", "no such word", "the hostile")
ASKED_OF_SOME: dict[str, Callable[[Library, LibrarySelection], Any]] = {
    "few facets": lambda library, selection: library.facets(selection, most=2),
    "second page": lambda library, selection: library.records(selection, page=1, size=7),
    "relevant": lambda library, selection: library.records(selection, order="relevant", size=9),
    "export": lambda library, selection: list(library.export(selection, 150)),
}

# What is asked without one.
FACETS = ("actors", "places", "outlets", "topics")
QUESTIONS: dict[str, Question] = {
    "total": lambda library: library.total,
    "format": lambda library: library.about["format"],
    **{
        f"suggest {facet} {typed!r}": lambda library, f=facet, t=typed: library.suggest(f, t)
        for facet in FACETS
        for typed in ("", "n", "S", "smith", "Нина", "ÉCU", "government of n", "o'b", "x")
    },
    **{
        f"suggest actors {typed!r}": lambda library, t=typed: library.suggest("actors", t)
        for typed in HOSTILE
    },
    "two of one name": lambda library: library.suggest("actors", "john", most=1),
    **{
        f"known {facet}": lambda library, f=facet, k=keys: library.known(f, ["?", *k, *HOSTILE])
        for facet, keys in zip(
            FACETS, (ACTOR_KEYS, PLACE_KEYS, OUTLET_KEYS, TOPIC_KEYS), strict=True
        )
    },
    **{
        f"entry {key!r}": lambda library, k=key: (
            library.entry("actors", k),
            library.entry("places", k),
            library.stances(k),
            library.answered(k),
        )
        for key in (*ACTOR_KEYS, *PLACE_KEYS, "nobody", *HOSTILE)
    },
    **{
        f"statement {key!r}": lambda library, k=key: (
            library.quotation(k),
            library.printings(k),
            library.twins(k),
            library.twins(k, most=2),
        )
        for key in (*(made.key for made in STATEMENTS[:12]), "none", *HOSTILE)
    },
}


def plain(answer: Any) -> Any:
    """An answer as nested tuples that name each value's type: 1, True and 1.0 differ."""
    name = type(answer).__name__
    if is_dataclass(answer):
        return name, tuple((f.name, plain(getattr(answer, f.name))) for f in fields(answer))
    if isinstance(answer, Mapping):
        return "mapping", tuple(sorted((key, plain(value)) for key, value in answer.items()))
    if isinstance(answer, list | tuple):
        return name, tuple(plain(value) for value in answer)
    return name, answer
