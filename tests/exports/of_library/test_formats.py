"""A library's places, network and annotations, opened by others' readers and counted anew."""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import Any

import igraph
import networkx as nx
import pytest
from geojson_pydantic import FeatureCollection

from dashboard.exports.of_library.formats import FORMATS
from dashboard.exports.of_library.streamed import Asked
from dashboard.library.engines.in_pandas import InPandas
from dashboard.library.library import Library
from dashboard.library.selection import LibrarySelection
from tests.exports.spoilt import PAGE
from tests.library import naive
from tests.library.small import ACTORS, PLACES, tables

SELECTIONS = (
    LibrarySelection(),
    LibrarySelection(actors=("ada-hale",), actor_role="by"),
    LibrarySelection(text="ferry", since="2014-06-01"),
    LibrarySelection(text="zeppelin"),
)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library(InPandas(tables()))


def written(name: str, library: Library, selection: LibrarySelection, cap: int = 1_000) -> bytes:
    return b"".join(FORMATS[name].write(Asked(library, selection, PAGE, cap)))


@pytest.mark.parametrize("selection", SELECTIONS)
def test_places_have_counts_of_all_that_answers(
    library: Library, selection: LibrarySelection
) -> None:
    raw = written("places.geojson", library, selection, cap=1)
    FeatureCollection(**json.loads(raw))
    said: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for made in naive.shown(selection):
        said.update([PLACES[made.said_at - 1][0]] if made.said_at else [])
        told.update(PLACES[number - 1][0] for number in made.about_places)
    found = {place["id"]: place for place in json.loads(raw)["features"]}
    assert {key: place["properties"]["said"] for key, place in found.items()} == {
        key: said[key] for key in found
    }
    assert set(found) == set(said) | set(told)
    for key, place in found.items():
        assert place["properties"]["about"] == told[key]
        assert place["properties"]["permalink"] == f"{PAGE}library?place={key}"


def test_a_place_without_coordinates_has_no_geometry(library: Library) -> None:
    features = json.loads(written("places.geojson", library, LibrarySelection()))["features"]
    where = {place["id"]: place["geometry"] for place in features}
    assert where["lake-house"] is None
    assert where["eastport"] == {"type": "Point", "coordinates": [-66.98, 44.9]}


@pytest.mark.parametrize("selection", SELECTIONS)
def test_edges_count_who_speaks_about_whom(
    library: Library, selection: LibrarySelection, tmp_path: Any
) -> None:
    raw = written("network.graphml", library, selection)
    pairs = Counter(
        (ACTORS[made.speaker - 1][0], ACTORS[about - 1][0])
        for made in naive.shown(selection)
        if made.speaker
        for about in made.about
    )
    graph = nx.read_graphml(io.BytesIO(raw))
    assert {(a, b): data["weight"] for a, b, data in graph.edges(data=True)} == pairs
    names = {actor[0]: actor[1] for actor in ACTORS}
    assert all(data["label"] == names[key] for key, data in graph.nodes(data=True))
    path = tmp_path / "network.graphml"
    path.write_bytes(raw)
    assert igraph.Graph.Read_GraphML(str(path)).ecount() == len(pairs)


@pytest.mark.parametrize("selection", SELECTIONS)
def test_spoken_words_are_annotations_of_the_pages_that_printed_them(
    library: Library, selection: LibrarySelection
) -> None:
    page = json.loads(written("annotations.jsonld", library, selection))
    assert page["type"] == "AnnotationPage"
    found = {
        (item["target"]["source"], item["target"]["selector"][0]["exact"]) for item in page["items"]
    }
    assert found == {
        (f"https://example.org/{made.id}", made.words)
        for made in naive.shown(selection)
        if made.words and made.outlets
    }
    assert len({item["id"] for item in page["items"]}) == len(page["items"])
    for item in page["items"]:
        assert item["id"].startswith(f"{PAGE}words?quote=")


def test_a_file_of_statements_is_cut_at_the_cap(library: Library) -> None:
    items = json.loads(written("annotations.jsonld", library, LibrarySelection(), cap=40))["items"]
    ids = [int(item["target"]["source"].rsplit("/", 1)[1]) for item in items]
    assert min(ids) > 160
