"""Who speaks about whom, as NetworkX and igraph read it."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import igraph
import networkx as nx
import pytest
from hypothesis import given

from dashboard.exports.network import NETWORK
from dashboard.selection import Selection, select
from dashboard.story import Story
from tests.exports.spoilt import ALLOWED, PAGE, REFUSED, TINY, spoilt
from tests.shipped import BY_ID, ROWS, STORY, expected, ids, linked, selections


def read(story: Story) -> nx.DiGraph[str]:
    return nx.read_graphml(io.BytesIO(NETWORK.make(story, PAGE)))


def test_an_actor_is_a_node_with_what_is_known_of_it() -> None:
    graph = read(STORY)
    assert graph.is_directed()
    assert graph.nodes["sergey-lavrov"] == {
        "label": "Sergey V. Lavrov",
        "name": "Sergey V. Lavrov",
        "kind": "person",
        "role": "Russian foreign minister",
        "side": "Russia",
    }


@given(selection=selections())
def test_an_edge_counts_the_statements_of_the_selection(selection: Selection) -> None:
    shown = expected(selection)
    pairs = [(BY_ID[q]["speaker"], a, q) for q in shown for a in linked(q, "actor", "about")]
    graph = read(select(STORY, selection))
    weights = {(speaker, about): w for speaker, about, w in graph.edges(data="weight")}
    assert weights == dict(Counter((speaker, about) for speaker, about, _ in pairs))
    for speaker, about, told in graph.edges(data="statements"):
        assert told.split() == [q for s, a, q in pairs if (s, a) == (speaker, about)]
    named = {BY_ID[q]["speaker"] for q in shown} | {about for _, about, _ in pairs}
    assert list(graph.nodes) == [actor for actor in ids("actors") if actor in named]


def test_igraph_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "network.graphml"
    path.write_bytes(NETWORK.make(STORY, PAGE))
    graph = igraph.Graph.Read_GraphML(str(path))
    nodes = graph.vs["id"]
    assert {(nodes[edge.source], nodes[edge.target]) for edge in graph.es} == {
        (row["speaker"], about)
        for row in ROWS["quotes"]
        for about in linked(row["id"], "actor", "about")
    }
    assert graph.is_directed()
    assert sum(graph.es["weight"]) == sum(len(linked(q, "actor", "about")) for q in ids("quotes"))


@pytest.mark.parametrize("value", [*ALLOWED, *REFUSED], ids=lambda v: ascii(v[:20]))
def test_hostile_names_are_text(value: str, tmp_path: Path) -> None:
    story = spoilt(value)
    name = read(story).nodes["pilots"]["name"]
    unsayable = "\ufffe\uffff\x0b\x0c"  # in XML
    kept = "".join("\ufffd" if letter in unsayable else letter for letter in value)
    assert name.split() == kept.split()
    path = tmp_path / "network.graphml"
    path.write_bytes(NETWORK.make(story, PAGE))
    assert igraph.Graph.Read_GraphML(str(path)).vs["id"] == ["ada-bell", "pilots"]


def test_a_story_without_statements_is_an_empty_network() -> None:
    assert len(read(select(TINY, Selection(text="no such word")))) == 0
