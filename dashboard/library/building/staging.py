"""Owns what has been read of sources and is not laid out yet: records as Arrow tables."""

from __future__ import annotations

import pyarrow as pa

# A staging folder has the tables `records`, `actors`, `places`, `topics`, `positions` and `sources`
# in part files: `records-0002-000017.parquet` is part 17 of what source 2 gave. Their names sort in
# the order of reading, the records of a part likewise: the first of a key wins. A table without any
# part is empty. Files with other names are none of the layout's.
PART = "{table}-{source:04}-{part:06}.parquet"

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
        ("source", pa.int32()),  # → SOURCES.number
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
# One row a source, in one part file a source; `records` counts those staged, before repeated keys
# are left out; `lines` = those taken + `rejected`. `key` names the same source at every build.
SOURCES = pa.schema(
    [("number", pa.int32())]
    + [(name, pa.string()) for name in ("key", "name", "kind")]
    + [(name, pa.int64()) for name in ("records", "lines", "rejected")]
)
