"""The story as schema.org: what a graph of it says, and what it does not claim."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from dashboard.exports.schema_org import STORY as FORMAT
from dashboard.selection import Selection, select
from dashboard.story import Story
from tests.drafted import ACCEPTED, DRAFT, PARTLY
from tests.exports.spoilt import ALLOWED, PAGE, REFUSED, TINY, spoilt
from tests.shipped import BY_ID, ROWS, STORY, expected, ids, linked, selections, spoken

SCHEMA = Namespace("https://schema.org/")
ADDRESSES = ("url", "sameAs", "isBasedOn", "sdLicense")


def read(story: Story, page: str = "") -> dict[str, Any]:
    """The one article of a story."""
    made = json.loads(FORMAT.make(story, page))
    assert made["@context"] == "https://schema.org"
    (article,) = made["@graph"]
    found: dict[str, Any] = article
    return found


def graph_of(story: Story, page: str = "") -> Graph:
    made = json.loads(FORMAT.make(story, page))
    terms: dict[str, Any] = {"@vocab": str(SCHEMA)}
    terms |= {name: {"@type": "@id"} for name in ADDRESSES}
    return Graph().parse(data=json.dumps(made | {"@context": terms}), format="json-ld")


def parts(story: Story, page: str = "") -> dict[str, dict[str, Any]]:
    found = read(story, page).get("hasPart", [])
    return {part["@id"].rsplit("=" if page else ":", 1)[1]: part for part in found}


def test_the_article_is_its_publishers() -> None:
    article = read(STORY)
    row = ROWS["articles"][0]
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == row["headline"]
    assert article["url"] == row["url"]
    assert article["datePublished"] == "2015-01-14"
    assert article["publisher"] == {"@type": "Organization", "name": "The New York Times"}
    assert article["provider"]["name"] == row["republisher"]
    assert (article["inLanguage"], article["wordCount"]) == ("en", int(row["words"]))
    assert article["locationCreated"]["name"] == "Geneva"
    assert article["sdLicense"] == ["https://creativecommons.org/licenses/by/4.0/"]
    # of the article's own licence, author and publication by us it says nothing
    assert not {"license", "author", "creator", "sdPublisher", "articleBody"} & set(article)
    assert "Dateline" not in json.dumps(article)


def test_a_quotation_of_spoken_words() -> None:
    part = parts(STORY, PAGE)["q-kerry-helpful"]
    assert part["text"] == spoken("q-kerry-helpful")
    assert part["url"] == part["@id"] == f"{PAGE}?quote=q-kerry-helpful"
    assert part["creator"] == {
        "@type": "Person",
        "@id": f"{PAGE}#john-kerry",
        "name": "John Kerry",
        "description": "US secretary of state",
        "sameAs": "http://www.wikidata.org/entity/Q22316",
        "affiliation": {
            "@type": "GovernmentOrganization",
            "@id": f"{PAGE}#us-government",
            "name": "United States",
            "description": BY_ID["us-government"]["role"],
        },
    }
    assert part["spokenByCharacter"] == {"@id": f"{PAGE}#john-kerry"}
    assert part["isPartOf"] == {"@id": read(STORY, PAGE)["@id"]}


@pytest.mark.parametrize("quote", ids("quotes"))
def test_spoken_words_are_text_and_a_report_is_an_abstract(quote: str) -> None:
    part, row = parts(STORY)[quote], BY_ID[quote]
    assert part["@type"] == "Quotation"
    assert part.get("text", "").replace(" … ", " ") == spoken(quote)
    assert part.get("abstract", "") == row["paraphrase"]
    assert ("text" in part) != ("abstract" in part)
    assert part["description"] == row["context"]
    assert part.get("dateCreated", "") == row["said_on"]
    where = part.get("locationCreated", {"@id": ":"})["@id"]
    assert where.rsplit(":", 1)[1] == row["said_at"]
    about = {thing["@id"].rsplit(":", 1)[1] for thing in part.get("about", [])}
    links = linked(quote, "actor", "about") | linked(quote, "place", "about")
    assert about == links | {row["topic"]} - {""}
    assert ("comment" in part) == bool(row["said_basis"] or row["said_note"])


@given(selection=selections())
def test_a_part_has_the_statements_of_the_selection(selection: Selection) -> None:
    visible = select(STORY, selection)
    assert list(parts(visible)) == expected(selection)
    named = {p["@id"].rsplit(":", 1)[1] for p in read(visible).get("contentLocation", [])}
    told = set().union(*(linked(q, "place", "about") for q in expected(selection)), set())
    assert told <= named


@pytest.mark.parametrize("page", ["", PAGE])
def test_as_a_graph(page: str) -> None:
    graph = graph_of(STORY, page)
    article = graph.value(None, RDF.type, SCHEMA.NewsArticle)
    assert len(list(graph.objects(article, SCHEMA.hasPart))) == len(ROWS["quotes"])
    for part in graph.objects(article, SCHEMA.hasPart):
        assert (part, RDF.type, SCHEMA.Quotation) in graph
        assert (part, SCHEMA.isPartOf, article) in graph
        speaker = graph.value(part, SCHEMA.creator)
        assert graph.value(part, SCHEMA.spokenByCharacter) == speaker
        assert graph.value(speaker, SCHEMA.name) is not None
    # what is only pointed at is described somewhere
    for thing in {*graph.objects(None, SCHEMA.about), *graph.objects(None, SCHEMA.spatialCoverage)}:
        assert graph.value(thing, SCHEMA.name) is not None, thing
    for place in graph.objects(None, SCHEMA.locationCreated):
        assert graph.value(place, SCHEMA.name) is not None, place
    assert set(graph.objects(None, SCHEMA.sdLicense)) == {
        URIRef("https://creativecommons.org/licenses/by/4.0/")
    }


@pytest.mark.parametrize("value", [*ALLOWED, *REFUSED], ids=lambda v: ascii(v[:20]))
def test_hostile_texts_are_values(value: str) -> None:
    graph = graph_of(spoilt(value), PAGE)
    article = graph.value(None, RDF.type, SCHEMA.NewsArticle)
    assert graph.value(article, SCHEMA.headline) == Literal(value)
    assert Graph().parse(data=graph.serialize(format="nt"), format="nt").isomorphic(graph)


def test_an_article_at_no_address_has_none() -> None:
    article = read(replace(TINY, articles=TINY.articles.assign(url="javascript:alert(1)")))
    assert "url" not in article
    assert all("isBasedOn" not in part for part in article["hasPart"])


def test_a_group_is_no_person() -> None:
    assert parts(TINY)["q-pilots-paper"]["creator"]["@type"] == "Organization"


def test_a_draft_says_so_and_claims_no_more() -> None:
    assert "url" not in read(DRAFT)
    for quote, part in parts(DRAFT).items():
        assert part["creativeWorkStatus"] == "Draft"
        assert "abstract" not in part
        assert "isBasedOn" not in part
        assert ("text" in part) == (BY_ID[quote]["kind"] != "indirect")
    for quote, part in parts(PARTLY).items():
        assert ("creativeWorkStatus" in part) == (quote not in ACCEPTED)
    assert all("creativeWorkStatus" not in part for part in parts(STORY).values())
