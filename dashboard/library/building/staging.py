"""Owns what has been read of sources and is not laid out yet: records as Arrow tables."""

from __future__ import annotations

import pyarrow as pa

# One row a statement. A reference is text: for an actor its Wikidata id where just one is known
# (`Q58217`), else its slug; for a place `geonames:524901`, else its slug; for an outlet and a topic
# the slug of its name. `*_name` is what the source calls it. "" and empty lists where nothing is.
RECORDS = pa.schema(
    [
        ("key", pa.string()),  # permanent and unique over the library; the first record wins
        ("date", pa.date32()),  # null when not known
        ("kind", pa.int8()),  # layout.KINDS
        ("words", pa.string()),
        ("paraphrase", pa.string()),
        ("context", pa.string()),
        ("speaker", pa.string()),
        ("speaker_name", pa.string()),
        ("about", pa.list_(pa.string())),
        ("about_names", pa.list_(pa.string())),
        ("addressees", pa.list_(pa.string())),
        ("addressees_names", pa.list_(pa.string())),
        ("said_at", pa.string()),
        ("said_at_name", pa.string()),
        ("about_places", pa.list_(pa.string())),
        ("about_places_names", pa.list_(pa.string())),
        ("topic", pa.string()),
        ("topic_name", pa.string()),
        ("outlets", pa.list_(pa.string())),  # one an address, in the order of `urls`
        ("outlets_names", pa.list_(pa.string())),
        ("urls", pa.list_(pa.string())),
        ("title", pa.string()),
        ("story", pa.string()),
        ("quote", pa.string()),
        ("printings", pa.int32()),
        ("confidence", pa.float32()),  # null when the source tells none
        ("folded", pa.string()),  # " its searchable words, folded, parted by one space "
        ("bands", pa.list_(pa.int64())),  # of its MinHash; empty when it has too few words
    ]
)

# What stories and mapped files tell of the actors and places themselves; `ref` as above.
ACTORS = pa.schema(
    [(name, pa.string()) for name in ("ref", "key", "name", "kind", "role", "wikidata")]
    + [("aliases", pa.list_(pa.string()))]
)
PLACES = pa.schema(
    [(name, pa.string()) for name in ("ref", "key", "name", "kind", "country")]
    + [("latitude", pa.float64()), ("longitude", pa.float64()), ("aliases", pa.list_(pa.string()))]
)
TOPICS = pa.schema([(name, pa.string()) for name in ("ref", "key", "name", "question")])
POSITIONS = pa.schema(
    [(name, pa.string()) for name in ("actor", "topic", "stance", "note", "story", "record")]
    + [("date", pa.date32())]
)
