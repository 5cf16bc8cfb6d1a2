"""The offline gazetteer: what it knows of a name, and what it keeps to of geopy's interface."""

import pytest
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from hypothesis import given
from hypothesis import strategies as st

from dashboard.extract.gazetteer.records import TABLES, country_records, demonyms, key_of, meanings
from dashboard.extract.geocode import Gazetteer, lookup, within


@pytest.mark.parametrize(
    ("query", "kind", "country", "near"),
    [
        ("Aleppo", "city", "SY", (36.2, 37.2)),
        ("Syria", "country", "SY", (35, 38)),
        ("Aleppo, Syria", "city", "SY", (36.2, 37.2)),
        ("Paris, Texas", "city", "US", (33.7, -95.6)),
        ("Springfield, Missouri", "city", "US", (37.2, -93.3)),
        ("the Netherlands", "country", "NL", (52.3, 5.6)),
        ("U.S.", "country", "US", (40, -100)),
        ("St. Petersburg", "city", "RU", (59.9, 30.3)),
        ("Middle East", "region", "", (29, 41)),
        ("New South Wales", "region", "AU", (-32.2, 147)),
        ("Central Luzon", "region", "PH", (15.5, 120.8)),
        ("Łódź", "city", "PL", (51.8, 19.5)),
        ("São Paulo", "city", "BR", (-23.5, -46.6)),
    ],
)
def test_the_most_prominent_place_of_a_name(query, kind, country, near):
    place = Gazetteer().geocode(query)
    assert (place.raw.kind, place.raw.country) == (kind, country)
    assert (place.latitude, place.longitude) == pytest.approx(near, abs=1)


def test_it_is_a_geopy_geocoder():
    gazetteer = Gazetteer()
    assert isinstance(gazetteer, Geocoder)
    assert gazetteer.geocode("Xyzzyville") is None
    assert gazetteer.geocode("Xyzzyville", exactly_one=False) is None
    answers = gazetteer.geocode("Springfield", exactly_one=False, limit=3)
    assert len(answers) == 3
    assert all(isinstance(answer, Location) for answer in answers)
    assert answers[0].address.endswith(", United States")
    assert {a.raw.country for a in gazetteer.geocode("Perth", exactly_one=False, country="gb")} == {
        "GB"
    }
    with pytest.raises(NotImplementedError, match="names only"):
        gazetteer.reverse((0, 0))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Saint-Denis", "St. Denis"),
        ("Côte d’Ivoire", "COTE D'IVOIRE"),
        ("Østfold", "Ostfold"),
        ("U.S.A.", "USA"),
        ("Mt. Everest", "Mount  Everest"),
    ],
)
def test_names_are_compared_without_their_dress(one, other):
    assert key_of(one) == key_of(other)


@given(st.text(max_size=30))
def test_any_text_is_a_question(text):
    assert key_of(key_of(text)) == key_of(text) or not text.isascii()
    assert all(record.kind in {"city", "country", "region", "site"} for record in lookup(text))


@pytest.mark.parametrize(
    ("word", "country"), [("syrian", "SY"), ("kenyans", "KE"), ("dutch", "NL"), ("nigerien", "NE")]
)
def test_demonyms(word, country):
    assert demonyms()[word] == country


def test_every_country_has_a_point_and_an_id():
    assert len(country_records()) > 240
    for record in country_records().values():
        assert -90 <= record.latitude <= 90
        assert -180 <= record.longitude <= 180
        assert record.geonames


def test_a_place_is_within_its_country_and_division():
    aleppo = next(r for r in lookup("Aleppo") if r.kind == "city")
    (syria,) = (r for r in lookup("Syria") if r.kind == "country")
    texas = next(r for r in lookup("Texas") if r.curated)
    assert within(aleppo, syria)
    assert not within(aleppo, texas)
    assert any(within(r, texas) for r in lookup("Paris"))


@pytest.mark.parametrize("name", ["Aabenraa", "Zyryanka", "zzz", "!", "a"])
def test_the_ends_of_the_table_and_what_is_not_in_it(name):
    assert all(key_of(name) for _ in meanings(key_of(name)))


def test_the_tables_are_small_enough_to_ship():
    assert sum(path.stat().st_size for path in TABLES.glob("*.csv*")) < 10_000_000
