"""Owns who speaks about whom in a library as GraphML, counted while statements stream by."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dashboard.exports.network import graphml, xml
from dashboard.exports.of_library.streamed import StreamedFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from dashboard.exports.of_library.streamed import Asked


def network(asked: Asked) -> nx.DiGraph[str]:
    """Actors who speak or are spoken about; an edge's `weight` is the number of statements."""
    import networkx as nx  # 10 MB, for the few who ask

    names: dict[str, str] = {}
    pairs: Counter[tuple[str, str]] = Counter()
    for batch in asked.statements():
        for said in batch:
            if said.speaker:
                names |= {actor.key: actor.name for actor in (said.speaker, *said.about)}
                pairs.update((said.speaker.key, actor.key) for actor in said.about)
    graph: nx.DiGraph[str] = nx.DiGraph()
    for key, name in sorted(names.items()):
        graph.add_node(key, label=xml(name), name=xml(name))
    for (speaker, about), n in sorted(pairs.items()):
        graph.add_edge(speaker, about, weight=n)
    return graph


def _write(asked: Asked) -> Iterator[bytes]:
    yield graphml(network(asked))


NETWORK = StreamedFormat(
    "network.graphml",
    "application/graphml+xml; charset=utf-8",
    "Who speaks about whom, as a network (GraphML)",
    _write,
)
