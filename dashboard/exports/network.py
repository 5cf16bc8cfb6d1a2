"""Owns who speaks about whom as GraphML, for Gephi, NetworkX, igraph."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from dashboard.exports.format import Format
from dashboard.records import actors, statements

if TYPE_CHECKING:
    import networkx as nx

    from dashboard.story import Story

# What XML 1.0 has no place for, not even as an escape (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def network(visible: Story) -> nx.DiGraph[str]:
    """Actors who speak or are spoken about, in the story's order; an edge from speaker to actor.

    An edge's `weight` is the number of statements, `statements` their ids separated by spaces.
    """
    import networkx as nx  # 10 MB, for the few who ask

    pairs: dict[tuple[str, str], list[str]] = {}
    for statement in statements(visible):
        for actor in statement.about_actors:
            pairs.setdefault((statement.speaker.id, actor.id), []).append(statement.id)
    named = {statement.speaker.id for statement in statements(visible)}
    named |= {about for _, about in pairs}
    who, graph = actors(visible), nx.DiGraph()
    for actor in who.values():
        if actor.id in named:
            side = who[actor.side].name if actor.side else ""
            # `label` is what Gephi writes beside a node
            graph.add_node(
                actor.id,
                label=xml(actor.name),
                name=xml(actor.name),
                kind=actor.kind,
                role=xml(actor.role),
                side=xml(side),
            )
    for (speaker, about), found in pairs.items():
        graph.add_edge(speaker, about, weight=len(found), statements=" ".join(found))
    return graph


def xml(text: str) -> str:
    """A text without what XML has no place for."""
    return _NOT_XML.sub("\ufffd", text)


def graphml(graph: nx.DiGraph[str]) -> bytes:
    """A network as the file."""
    import networkx as nx

    file = io.BytesIO()
    # `write_graphml` takes lxml where there is one, and then writes other bytes.
    nx.write_graphml_xml(graph, file, encoding="utf-8")
    return file.getvalue() + b"\n"


def _make(visible: Story, page: str) -> bytes:
    del page  # its nodes and edges are known by the story's ids
    return graphml(network(visible))


NETWORK = Format(
    "network.graphml",
    "application/graphml+xml; charset=utf-8",
    "Who speaks about whom, as a network (GraphML)",
    _make,
)
