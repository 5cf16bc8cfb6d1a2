"""How actors, places, outlets and topics are numbered, named and called in addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.library.building.staged import Staged
from dashboard.plain import fold
from dashboard.slug import slug

if TYPE_CHECKING:
    import pyarrow as pa
    from numpy.typing import NDArray

# Where records refer to each: the columns of the references and of what the source calls them.
REFERRING = {
    "actors": (
        ("speaker", "speaker_name"),
        ("about", "about_names"),
        ("addressees", "addressees_names"),
    ),
    "places": (("said_at", "said_at_name"), ("about_places", "about_places_names")),
    "outlets": (("outlets", "outlets_names"),),
    "topics": (("topic", "topic_name"),),
}
# What sources tell of each besides its name.
DETAILS = {
    "actors": ("kind", "role", "wikidata"),
    "places": ("kind", "country", "latitude", "longitude"),
    "outlets": (),
    "topics": ("question",),
}

_WIKIDATA = re.compile(r"Q\d+", re.ASCII)
_WORD = re.compile(r"[^\W_]+")

Told = Mapping[str, Any]


@dataclass
class Values:
    """The values of a facet; a value's number is its position, counted from 1."""

    facet: str
    refs: list[str]
    keys: dict[str, str]
    names: dict[str, str]
    details: dict[str, dict[str, Any]]
    searched: dict[str, set[str]]
    numbers: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.numbers = {ref: number for number, ref in enumerate(self.refs, 1)}

    def columns(self) -> dict[str, list[Any]]:
        """What the layout says of them, but for what is counted."""
        return {
            "id": list(range(1, len(self.refs) + 1)),
            "key": [self.keys[ref] for ref in self.refs],
            "name": [self.names[ref] for ref in self.refs],
            **{
                name: [self.details[ref].get(name, _nothing(name)) for ref in self.refs]
                for name in DETAILS[self.facet]
            },
        }

    def typed(self) -> Iterator[tuple[str, int]]:
        """What a typed prefix is looked up in: folded names from each of their words on."""
        for number, ref in enumerate(self.refs, 1):
            for text in sorted(self.searched[ref]):
                yield text, number


def name_values(
    facet: str, before: Sequence[Told], told: Sequence[Told], votes: Iterable[tuple[str, str, int]]
) -> Values:
    """Number, name and key all values of a facet, the most frequent first.

    `before` and `told` are what the library that was there and the sources tell of them (`ref`,
    `key`, `name`, details, `aliases`); `votes` is how often records call a reference by a name.
    Names: what a source tells of its own accord goes before what records say most often. Keys are
    links, so those of before stay; then a source's own; then the name's slug.
    """
    names: dict[str, dict[str, int]] = {}
    for ref, name, n in votes:
        said = names.setdefault(ref, {})
        said[name] = said.get(name, 0) + n
    weight = {ref: sum(said.values()) for ref, said in names.items()}
    described = [row for row in before if _described(facet, row)]
    bare = [row for row in before if not _described(facet, row)]
    chosen: dict[str, str] = {}
    for row in (*described, *told, *bare):
        if row["name"]:
            chosen.setdefault(row["ref"], row["name"])
    for ref, said in names.items():
        best = min(said, key=lambda name: (-said[name], name))
        chosen.setdefault(ref, best or ref)
    refs = sorted(
        {*weight, *(row["ref"] for row in (*before, *told))} - {""},
        key=lambda ref: (-weight.get(ref, 0), ref),
    )
    for ref in refs:
        chosen.setdefault(ref, ref)
    return Values(
        facet,
        refs,
        _keys(facet, refs, chosen, before, told),
        chosen,
        _details(facet, refs, (*described, *told, *bare)),
        _searched(refs, chosen, (*before, *told)),
    )


def _described(facet: str, row: Told) -> bool:
    return any(row.get(name) for name in DETAILS[facet] if name != "wikidata")


def _keys(
    facet: str,
    refs: Sequence[str],
    names: Mapping[str, str],
    before: Sequence[Told],
    told: Sequence[Told],
) -> dict[str, str]:
    keys = {row["ref"]: row["key"] for row in before}
    taken = set(keys.values())
    wanted = [(row["ref"], row["key"]) for row in told if row["key"]]
    wanted += [(ref, slug(names[ref]) or slug(ref, facet.removesuffix("s"))) for ref in refs]
    for ref, key in wanted:
        if ref and ref not in keys:
            keys[ref] = _free(key, ref, taken)
            taken.add(keys[ref])
    return keys


def _free(key: str, ref: str, taken: set[str]) -> str:
    """The key, or if that is another's, with its id in Wikidata or GeoNames, or a number."""
    identity = ref.lower() if _WIKIDATA.fullmatch(ref) else ref.partition("geonames:")[2]
    if key in taken and identity:
        key = f"{key}-{slug(identity)}"
    found, number = key, 2
    while found in taken:
        found, number = f"{key}-{number}", number + 1
    return found


def _details(facet: str, refs: Sequence[str], rows: Sequence[Told]) -> dict[str, dict[str, Any]]:
    details: dict[str, dict[str, Any]] = {ref: {} for ref in refs}
    for row in rows:
        known = details.get(row["ref"], {})
        for name in DETAILS[facet]:
            if row[name] not in ("", None):
                known.setdefault(name, row[name])
    if facet == "actors":
        for ref in refs:
            if _WIKIDATA.fullmatch(ref):
                details[ref]["wikidata"] = ref
    return details


def _nothing(name: str) -> str | None:
    return None if name in ("latitude", "longitude") else ""


def _searched(
    refs: Sequence[str], names: Mapping[str, str], rows: Sequence[Told]
) -> dict[str, set[str]]:
    searched = {ref: set(endings(names[ref])) for ref in refs}
    for row in rows:
        for alias in row.get("aliases") or ():
            searched.get(row["ref"], set()).update(endings(alias))
    return searched


def endings(name: str) -> Iterator[str]:
    """A folded name whole and from each of its words on."""
    folded = fold(name)
    if folded:
        yield folded
    for word in _WORD.finditer(folded):
        yield folded[word.start() :]


def votes(
    staged: Staged, engine: Any, dropped: NDArray[np.bool_] | None
) -> dict[str, list[tuple[str, str, int]]]:
    """By facet: how often a reference is called by a name, in the records that are kept."""
    import pyarrow as pa

    schema = pa.schema([("facet", pa.int8()), ("ref", pa.string()), ("name", pa.string())])
    reader = pa.RecordBatchReader.from_batches(schema, _called(staged, schema, dropped))
    rows = engine.from_arrow(reader)  # noqa: F841 — named in the query
    counted = engine.sql(
        "SELECT facet, ref, name, count(*) FROM rows WHERE ref <> '' GROUP BY ALL"
    ).fetchall()
    facets = list(REFERRING)
    found: dict[str, list[tuple[str, str, int]]] = {facet: [] for facet in facets}
    for facet, ref, name, n in counted:
        found[facets[facet]].append((ref, name, n))
    return found


def _called(
    staged: Staged, schema: pa.Schema, dropped: NDArray[np.bool_] | None
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    columns = [name for pairs in REFERRING.values() for pair in pairs for name in pair]
    for _, batch in staged.batches(columns, dropped):
        for facet, pairs in enumerate(REFERRING.values()):
            for ref, name in pairs:
                refs, names = (_flat(batch.column(column)) for column in (ref, name))
                facets = pa.array(np.full(len(refs), facet, np.int8))
                yield pa.RecordBatch.from_arrays([facets, refs, names], schema=schema)


def _flat(column: pa.Array) -> pa.Array:
    import pyarrow as pa

    return column.flatten() if pa.types.is_list(column.type) else column
