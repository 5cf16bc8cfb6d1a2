"""Passages as Web Annotations: the model's rules, and what a graph says that is made of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.collection import Collection

from dashboard.exports.annotations import ANNOTATIONS, CONTEXT
from dashboard.selection import Selection, select
from dashboard.story import Story
from tests.drafted import DRAFT
from tests.exports.spoilt import ALLOWED, PAGE, REFUSED, TINY, spoilt
from tests.shipped import ROWS, STORY, expected, selections

OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("https://www.w3.org/ns/activitystreams#".replace("https", "http"))
WIKIDATA = "http://www.wikidata.org/entity/"


def _iri(name: str, kind: str = "@id") -> dict[str, str]:
    return {"@id": name, "@type": kind}


# The terms that we use, as https://www.w3.org/TR/annotation-vocab/ (appendix A) defines them: the
# context itself would have to be fetched. A term that is not here is lost, and a test fails.
TERMS: dict[str, Any] = {
    "oa": str(OA),
    "as": str(AS),
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": "@id",
    "type": "@type",
    **{
        name: f"oa:{name}"
        for name in (
            *("Annotation", "TextualBody", "SpecificResource", "FragmentSelector", "exact"),
            *("TextQuoteSelector", "TextPositionSelector", "describing", "tagging"),
            *("identifying", "classifying"),
        )
    },
    "Software": "as:Application",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "body": _iri("oa:hasBody"),
    "target": _iri("oa:hasTarget"),
    "source": _iri("oa:hasSource"),
    "selector": _iri("oa:hasSelector"),
    "generator": _iri("as:generator"),
    "rights": _iri("dcterms:rights"),
    "homepage": _iri("foaf:homepage"),
    "conformsTo": _iri("dcterms:conformsTo"),
    "items": {"@id": "as:items", "@type": "@id", "@container": "@list"},
    "partOf": _iri("as:partOf"),
    "first": _iri("as:first"),
    "last": _iri("as:last"),
    "motivation": _iri("oa:motivatedBy", "@vocab"),
    "purpose": _iri("oa:hasPurpose", "@vocab"),
    "format": "dc:format",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "name": "foaf:name",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "start": _iri("oa:start", "xsd:nonNegativeInteger"),
    "end": _iri("oa:end", "xsd:nonNegativeInteger"),
    "total": _iri("as:totalItems", "xsd:nonNegativeInteger"),
    "startIndex": _iri("as:startIndex", "xsd:nonNegativeInteger"),
}

# What https://www.w3.org/TR/annotation-model/ says must be, of what we use.
_IRI = {"type": "string", "pattern": '^(https?://|urn:)[^\\s<>"{}|\\\\^`]+$'}
_COUNT = {"type": "integer", "minimum": 0}


def _object(required: dict[str, Any], **optional: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {**required, **optional},
        "required": list(required),
        "additionalProperties": False,
    }


_PURPOSE = {"enum": ["describing", "tagging", "identifying", "classifying"]}
_BODIES = [
    _object(
        {
            "type": {"const": "TextualBody"},
            "value": {"type": "string", "minLength": 1},
            "format": {"const": "text/plain"},
            "purpose": _PURPOSE,
        }
    ),
    _object({"type": {"const": "SpecificResource"}, "source": _IRI, "purpose": _PURPOSE}),
]
_SELECTORS = [
    _object({"type": {"const": "TextPositionSelector"}, "start": _COUNT, "end": _COUNT}),
    _object({"type": {"const": "TextQuoteSelector"}, "exact": {"type": "string"}}),
    _object(
        {
            "type": {"const": "FragmentSelector"},
            "value": {"type": "string", "pattern": "^:~:text="},
            "conformsTo": {"const": "https://wicg.github.io/scroll-to-text-fragment/"},
        }
    ),
]
_TARGET = _object(
    {
        "type": {"const": "SpecificResource"},
        "source": _IRI,
        "selector": {"type": "array", "minItems": 1, "items": {"oneOf": _SELECTORS}},
    }
)
_GENERATOR = _object({"type": {"const": "Software"}, "name": {"const": "Dateline"}}, homepage=_IRI)
_ANNOTATION = _object(
    {
        "id": _IRI,
        "type": {"const": "Annotation"},
        "motivation": {"const": "describing"},
        "body": {"type": "array", "items": {"oneOf": _BODIES}},
        "target": _TARGET,
        "generator": _GENERATOR,
    },
    rights={"type": "array", "minItems": 1, "items": _IRI},
)
_PAGE = _object(
    {
        "id": _IRI,
        "type": {"const": "AnnotationPage"},
        "partOf": _IRI,
        "startIndex": {"const": 0},
        "items": {"type": "array", "minItems": 1, "items": _ANNOTATION},
    }
)
SCHEMA = _object(
    {
        "@context": {"const": CONTEXT},
        "id": _IRI,
        "type": {"const": "AnnotationCollection"},
        "label": {"type": "string", "minLength": 1},
        "total": _COUNT,
    },
    first=_PAGE,
    last=_IRI,
)


def read(story: Story, page: str = "") -> dict[str, Any]:
    made: dict[str, Any] = json.loads(ANNOTATIONS.make(story, page))
    jsonschema.validate(made, SCHEMA)
    return made


def items(story: Story, page: str = "") -> list[dict[str, Any]]:
    made = read(story, page)
    found: list[dict[str, Any]] = made.get("first", {"items": []})["items"]
    assert made["total"] == len(found)
    return found


def graph_of(story: Story, page: str = "") -> Graph:
    made = read(story, page) | {"@context": TERMS}
    return Graph().parse(data=json.dumps(made), format="json-ld")


def test_an_annotation_of_spoken_words() -> None:
    first = items(STORY)[3]
    assert first["id"] == "urn:dateline:moscow-talks:q-kerry-helpful:1"
    assert first["target"]["source"] == ROWS["articles"][0]["url"]
    assert first["target"]["selector"] == [
        {"type": "TextPositionSelector", "start": 347, "end": 396},
        {
            "type": "TextQuoteSelector",
            "exact": "We hope that the Russian efforts could be helpful",
        },
        {
            "type": "FragmentSelector",
            "conformsTo": "https://wicg.github.io/scroll-to-text-fragment/",
            "value": ":~:text=We%20hope%20that%20the,efforts%20could%20be%20helpful",
        },
    ]
    tags = [body["value"] for body in first["body"] if body["purpose"] == "tagging"]
    assert tags == ["John Kerry", "Moscow talks"]
    known = [body["source"] for body in first["body"] if body["purpose"] == "identifying"]
    assert known == [f"{WIKIDATA}Q22316"]
    assert first["rights"] == ["https://creativecommons.org/licenses/by/4.0/"]


@pytest.mark.parametrize("page", ["", PAGE])
def test_every_passage_is_there_once_and_shows_no_words_but_spoken_ones(page: str) -> None:
    found = items(STORY, page)
    assert len({item["id"] for item in found}) == len(found) == len(ROWS["passages"])
    spans, quoted = [], []
    for item in found:
        position, *others = item["target"]["selector"]
        spans.append((position["start"], position["end"]))
        quoted += [s["exact"] for s in others if s["type"] == "TextQuoteSelector"]
    assert sorted(spans) == sorted((int(r["start"]), int(r["end"])) for r in ROWS["passages"])
    assert sorted(quoted) == sorted(r["exact"] for r in ROWS["passages"] if r["exact"])


@given(selection=selections())
def test_a_part_has_the_passages_of_its_records(selection: Selection) -> None:
    visible = select(STORY, selection)
    records = [item["id"].split(":")[3] for item in items(visible)]
    assert list(dict.fromkeys(r for r in records if r.startswith("q-"))) == expected(selection)
    assert sorted(records) == sorted(visible.passages["record"])


def test_with_the_page_names_are_addresses_on_it() -> None:
    names = [item["id"] for item in items(STORY, PAGE)]
    assert f"{PAGE}?quote=q-hokayem-irons#2" in names
    assert f"{PAGE}#e-moscow-talks:1" in names
    assert read(STORY, PAGE)["id"] == f"{PAGE}#annotations.jsonld"


@pytest.mark.parametrize("page", ["", PAGE])
def test_as_a_graph(page: str) -> None:
    graph = graph_of(STORY, page)
    assert len(set(graph.subjects(RDF.type, OA.Annotation))) == len(ROWS["passages"])
    assert set(graph.objects(None, OA.hasSource)) >= {URIRef(ROWS["articles"][0]["url"])}
    assert len(list(graph.subjects(RDF.type, OA.TextPositionSelector))) == len(ROWS["passages"])
    exact = {str(words) for words in graph.objects(None, OA.exact)}
    assert exact == {row["exact"] for row in ROWS["passages"] if row["exact"]}
    assert set(graph.objects(None, OA.motivatedBy)) == {OA.describing}
    assert set(graph.objects(None, OA.hasPurpose)) == {
        OA.describing, OA.tagging, OA.identifying, OA.classifying
    }  # fmt: skip
    ordered = graph.value(None, RDF.type, AS.OrderedCollectionPage)
    head = graph.value(ordered, AS["items"])
    assert [str(name) for name in Collection(graph, head)] == [
        item["id"] for item in items(STORY, page)
    ]


def test_no_key_is_without_a_meaning() -> None:
    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value))
        if isinstance(value, dict):
            return set(value) | keys(list(value.values()))
        return set()

    assert keys(read(STORY, PAGE)) - {"@context"} <= set(TERMS)


def test_a_collection_of_nothing_has_no_page() -> None:
    nothing = select(replace(TINY, figures=TINY.figures[:0]), Selection(text="no such word"))
    assert read(nothing) == {
        "@context": CONTEXT,
        "id": "urn:dateline:tiny#annotations.jsonld",
        "type": "AnnotationCollection",
        "label": "Ferry talks",
        "total": 0,
    }


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://known@evil.example/", "http://["])
def test_an_address_that_is_none_is_not_pointed_at(url: str) -> None:
    story = replace(TINY, articles=TINY.articles.assign(url=url))
    for item in items(story):
        assert item["target"]["source"] == "urn:dateline:tiny:gazette"
        assert "FragmentSelector" not in {s["type"] for s in item["target"]["selector"]}


def test_a_draft_without_address_keeps_its_positions() -> None:
    for item in items(DRAFT):
        target = item["target"]
        assert target["source"].startswith("urn:dateline:moscow-talks:")
        assert {s["type"] for s in target["selector"]} <= {
            "TextPositionSelector", "TextQuoteSelector"
        }  # fmt: skip
        assert all(body.get("value", "-") for body in item["body"])


def test_an_address_is_written_as_one() -> None:
    story = replace(TINY, articles=TINY.articles.assign(url="https://gazette.example/{a}|b^é#c"))
    assert {item["target"]["source"] for item in items(story)} == {
        "https://gazette.example/%7Ba%7D%7Cb%5Eé#c"
    }


@pytest.mark.parametrize(
    "licences", [None, "CC", [], ["CC"], [{"path": 4}], [{"path": "javascript:alert(1)"}]]
)
def test_a_descriptor_may_say_anything_of_licences(licences: Any) -> None:
    story = replace(TINY, descriptor={"licenses": licences})
    assert {"rights" in item for item in items(story)} == {False}


@pytest.mark.parametrize("value", [*ALLOWED, *REFUSED], ids=lambda v: ascii(v[:20]))
def test_hostile_texts_are_values(value: str) -> None:
    story = spoilt(value)
    bodies = [body for item in items(story, PAGE) for body in item["body"]]
    assert value in {body.get("value") for body in bodies}
    graph = graph_of(story, PAGE)
    assert len(set(graph.subjects(RDF.type, OA.Annotation))) == len(TINY.passages)
    assert Graph().parse(data=graph.serialize(format="nt"), format="nt").isomorphic(graph)
