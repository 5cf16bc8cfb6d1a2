"""Places found in invented news: which names, which place of that name, ids, and honesty."""

import re
from functools import lru_cache

import pytest

from dashboard.extract.finds import Article
from dashboard.extract.gazetteer.records import Record
from dashboard.extract.geocode import lookup
from dashboard.extract.language import parse
from dashboard.extract.place_choice import Context, Situation, choice_factors, holds, ranked
from dashboard.extract.places import find_places


@lru_cache(maxsize=64)
def places_of(text, dateline=""):
    paragraphs = tuple(m.span() for m in re.finditer(r"[^\n]+", text))
    start = text.find(dateline)
    span = (start, start + len(dateline)) if dateline else None
    return find_places(parse(text), Article(text=text, paragraphs=paragraphs, dateline=span))


def country_of(text, name, dateline=""):
    for place in places_of(text, dateline):
        if name in [text[start:end] for start, end in place.mentions]:
            return place.chosen.country, place.chosen.kind
    return None


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("The envoy arrived in Geneva for talks on Syria and Russia.", "Geneva", ("CH", "city")),
        ("Residents of Paris, Texas, said the flood took them unawares.", "Paris", ("US", "city")),
        ("She was born in London, Ontario, and lives in Canada.", "London", ("CA", "city")),
        ("Shelling went on in Aleppo, Syria, on Tuesday.", "Aleppo", ("SY", "city")),
        ("Doctors in Atlanta, Georgia, treated him.", "Georgia", ("US", "region")),
        (
            "Tbilisi denied it. Russia and Georgia fought over South Ossetia.",
            "Georgia",
            ("GE", "country"),
        ),
        ("The cow came from Washington state, near Oregon.", "Washington", ("US", "region")),
        ("The team landed in the Kenyan city of Kisumu.", "Kisumu", ("KE", "city")),
        ("A clinic in Dayton, Ohio, closed.", "Dayton", ("US", "city")),
    ],
)
def test_the_place_that_the_text_means(text, name, expected):
    assert country_of(text, name) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Syrian and Kenyan officials met.", "Syrian"),
        ("“It is late,” said Mr. Lincoln, and Ada Lincoln agreed.", "Lincoln"),
        ("The White House declined to comment.", "White House"),
        ("He told the Boston Globe that he would resign.", "Boston"),
        ("Miss Miller waited for the bus.", "Miss"),
    ],
)
def test_what_is_no_place(text, name):
    assert country_of(text, name) is None


def test_a_dateline_is_a_place_whatever_the_model_makes_of_capitals():
    text = "KISUMU — Fishermen came home early, and nobody said why."
    assert country_of(text, "KISUMU", dateline="KISUMU") == ("KE", "city")


def test_names_of_one_place_are_one_place_with_all_its_mentions():
    text = "The United States said no. Kenya agreed with the U.S. on Monday.\nKenya then left."
    found = {place.id: [text[a:b] for a, b in place.mentions] for place in places_of(text)}
    assert found == {"united-states": ["United States", "U.S."], "kenya": ["Kenya", "Kenya"]}


def test_ids_are_unique_and_tell_namesakes_apart():
    text = (
        "A truck left Springfield, Illinois, for Springfield, Missouri.\n"
        "Drivers said that the road was closed."
    )
    ids = [place.id for place in places_of(text) if place.name == "Springfield"]
    assert ids == ["springfield", "springfield-us-mo"]


def test_other_places_of_the_name_are_kept_for_the_reviewer():
    (place,) = places_of("The mayor of Springfield resigned on Monday.")
    assert 0 < len(place.alternatives) <= 6
    sure = [other.confidence for other in place.alternatives]
    assert sure == sorted(sure, reverse=True)
    assert place.chosen.confidence < 0.6  # nothing tells which one


def test_a_sure_country_is_surer_than_an_obscure_town():
    text = "Inspectors flew to Kenya. One of them had been to Fairview."
    by_name = {place.name: place.chosen.confidence for place in places_of(text)}
    assert by_name["Kenya"] > 0.9
    assert by_name.get("Fairview", 0.0) < by_name["Kenya"]


def test_only_paragraphs_are_read():
    text = "PARIS DAILY\n\nKenya won."
    article = Article(text=text, paragraphs=((13, len(text)),))
    assert [place.name for place in find_places(parse(text), article)] == ["Kenya"]


@pytest.mark.parametrize("text", ["", "\n", "…", "a b c", "42", "U.S.", "," * 50, "İ ﷺ 𝔘"])
def test_odd_texts(text):
    article = Article(text=text, paragraphs=((0, len(text)),) if text else ())
    for place in find_places(parse(text), article):
        assert all(text[start:end] for start, end in place.mentions)


HERE = Record("Here", "city", "KE", "07", 0.0, 35.0, 1, 1_000)
THERE = Record("Here", "city", "US", "OH", 40.0, -83.0, 2, 10_000)
KENYA = Record("Kenya", "country", "KE", "", 1.0, 38.0, 3, 50_000_000, curated=True)


@pytest.mark.parametrize(
    ("situation", "context", "first"),
    [
        (Situation(), Context(), THERE),
        (Situation(holders=(KENYA,)), Context(), HERE),
        (Situation(), Context(countries={"KE": 3.0}, points=(HERE,)), HERE),
        (Situation(), Context(countries={"US": 3.0}), THERE),
    ],
)
def test_what_tips_the_scales(situation, context, first):
    (best, sure), (_, other) = ranked((HERE, THERE), situation, context)
    assert best == first
    assert sure > other
    assert sure + other < 1


def test_each_factor_stands_for_one_thing():
    plain = choice_factors(HERE, Situation(), Context(), (HERE, THERE))
    assert plain == {"smaller than its namesake": pytest.approx(1.0, abs=0.01)}
    held = choice_factors(HERE, Situation(holders=(KENYA,)), Context(), (HERE, THERE))
    assert held.keys() - plain.keys() == {"in what holds it"}
    said = choice_factors(HERE, Situation(kind="province"), Context(), (HERE, THERE))
    assert said.keys() - plain.keys() == {"word does not fit"}


def test_a_region_without_a_code_holds_what_is_near():
    (middle_east,) = (r for r in lookup("Middle East") if r.curated)
    assert holds(middle_east, Record("X", "city", "SA", "", 28.0, 40.0, None, 0))
    assert not holds(middle_east, HERE)
