"""Owns how a library lies on disk or on a server: its tables, their columns and codes.

Laid out for reading: integers instead of names, statements numbered by date, and for every value
of every facet the statements that have it. What is counted often is counted when it is built.
"""

from __future__ import annotations

from types import MappingProxyType

FORMAT = 1  # what is built by another number is built anew, never guessed at

# In `ties`: how a statement has a value of a facet.
BY, ABOUT, IN, PLACE, OUTLET, TO = range(1, 7)

# What readers choose, and the ties that each role of it means.
ROLES = MappingProxyType(
    {
        ("actors", "by"): (BY,),
        ("actors", "about"): (ABOUT,),
        ("actors", "any"): (BY, ABOUT),
        ("about", "any"): (ABOUT,),
        ("places", "in"): (IN,),
        ("places", "about"): (PLACE,),
        ("places", "any"): (IN, PLACE),
        ("outlets", "any"): (OUTLET,),
    }
)

KINDS = ("", "direct", "mixed", "indirect")  # in `quotes.kind`: the position here

# Types: int (32 bits), id (64 bits), text, date, real, ints (a list of int). Nothing is null but
# what says so with a question mark; a reference is 0, a text "", a list empty where there is none.
TABLES = MappingProxyType(
    {
        # One row a statement; `id` counts from 1 in the order of date (none first), then key.
        "quotes": {
            "id": "id",
            "key": "text",  # its permanent name: `moscow-talks/q-lavrov-lose`, a corpus's own id
            "date": "date?",
            "month": "int",  # 12 · year + month - 1; 0 without a date
            "kind": "int",  # KINDS
            "speaker": "int",  # → actors
            "said_at": "int",  # → places
            "topic": "int",  # → topics
            "source": "int",  # → sources
            "actors": "ints",  # speaker and whom it is about, each once
            "about": "ints",  # → actors
            "places": "ints",  # said at and about, each once
            "about_places": "ints",
            "outlets": "ints",  # who printed it, the first first
            "words": "text",  # as spoken; "" when reported
            "paraphrase": "text",
            "context": "text",
            "folded": "text",  # " the words as they are searched "; a server's alone
            "title": "text",
            "url": "text",
            "story": "text",  # the slug of the story package that it is from, and its id there
            "quote": "text",
            "printings": "int",  # how often the source saw it printed; at least 1
            "confidence": "real?",  # in the attribution, where the source tells one
        },
        # The same the other way round, sorted by (tie, value, quote).
        "ties": {"tie": "int", "value": "int", "quote": "id"},
        "actors": {
            "id": "int",
            "key": "text",  # in addresses
            "name": "text",
            "kind": "text",
            "role": "text",
            "wikidata": "text",
            "said": "int",  # statements by, about, and either
            "told": "int",
            "either": "int",
        },
        "places": {
            "id": "int",
            "key": "text",
            "name": "text",
            "kind": "text",
            "country": "text",
            "latitude": "real?",
            "longitude": "real?",
            "said": "int",
            "told": "int",
            "either": "int",
        },
        "outlets": {"id": "int", "key": "text", "name": "text", "either": "int"},
        "topics": {"id": "int", "key": "text", "name": "text", "question": "text", "either": "int"},
        "sources": {
            "id": "int",
            "key": "text",
            "name": "text",
            "kind": "text",  # story, quotebank, gdelt, mapped
            "read": "id",  # records taken, and lines refused
            "rejected": "id",
        },
        # Counts over everything: facet is a name of LibrarySelection or "months".
        "totals": {"facet": "text", "role": "text", "value": "int", "n": "id"},
        # What a typed prefix is looked up in: the folded name from each of its words on.
        "names": {"folded": "text", "facet": "text", "value": "int", "n": "id"},
        # What sources call the values by, in records that are added later.
        "refs": {"facet": "text", "ref": "text", "value": "int"},
        # Which statement has a key: `key_hash` of it; sorted. Two keys may have one hash.
        "keys": {"hash": "id", "quote": "id"},
        # Every address where it was printed, the first one too.
        "printings": {"quote": "id", "outlet": "int", "url": "text", "title": "text"},
        # Where actors stand, of the stories.
        "positions": {
            "actor": "int",
            "topic": "int",
            "stance": "text",
            "note": "text",
            "story": "text",
            "record": "text",
            "date": "date?",
        },
        # Near-duplicates: statements that share a band of their MinHash; sorted by (quote, band)
        # in `bands` and by (band, quote) in `twins`. What no other statement shares is left out.
        "bands": {"quote": "id", "band": "id"},
        "twins": {"band": "id", "quote": "id"},
        "about_library": {"key": "text", "value": "text"},  # format, built, program, rows, …
    }
)
