"""Reads any table by a mapping: CSV, Parquet or JSON lines."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime
from hashlib import blake2b
from itertools import zip_longest
from typing import Any

from dashboard.library.building.staging import ACTORS, PLACES
from dashboard.library.layout import KINDS
from dashboard.library.sources.mapping import Mapping
from dashboard.library.sources.references import host_of, host_outlet, is_wikidata, reference
from dashboard.library.sources.source import Block, Found, Kind, Reject, Source
from dashboard.library.sources.tables import Table, table_blocks
from dashboard.plain import line
from dashboard.slug import slug

LONGEST_ID = 200
PLACE_KINDS = ("city", "site", "region", "country")
Cells = dict[str, Any]


class FaultError(ValueError):
    """Why a row is refused."""


def _read(source: Source, block: Block) -> Found:
    import pyarrow as pa

    table = Table(block)
    records, numbers, rejects = [], [], table.rejects
    actors: dict[str, dict[str, Any]] = {}
    places: dict[str, dict[str, Any]] = {}
    for number, row in zip(table.numbers, table.rows, strict=True):
        cells = {wanted: row.get(column) for wanted, column in source.table.columns.items()}
        try:
            made, place = _record(cells, source.table), _place(cells)
        except FaultError as error:
            rejects.append(Reject(number, str(error), table.text(number)))
            continue
        numbers.append(number)
        records.append(made)
        if place:
            places.setdefault(place["ref"], place)
        if is_wikidata(made["speaker"]):
            who = {"ref": made["speaker"], "key": reference(made["speaker_name"])}
            actors.setdefault(
                made["speaker"],
                {**who, "name": made["speaker_name"], "wikidata": made["speaker"]},
            )
    columns = {name: [r[name] for r in records] for name in records[0]} if records else {}
    made_tables = {
        name: pa.Table.from_pylist([_filled(row, schema) for row in rows.values()], schema)
        for name, rows, schema in (("actors", actors, ACTORS), ("places", places, PLACES))
        if rows
    }
    return Found(columns, numbers, rejects, table.text, tables=made_tables)


def _filled(row: dict[str, Any], schema: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {"aliases": [], "latitude": None, "longitude": None}
    return {name: row.get(name, empty.get(name, "")) for name in schema.names}


def _record(cells: Cells, mapping: Mapping) -> dict[str, Any]:
    words, paraphrase = _text(cells, "words"), _text(cells, "paraphrase")
    kind = _text(cells, "kind").lower() or ("direct" if words else "indirect")
    if kind not in KINDS:
        raise FaultError("kind is none of direct, mixed, indirect")
    speaker, wikidata = line(_text(cells, "speaker")), _text(cells, "wikidata").strip()
    if wikidata and not is_wikidata(wikidata):
        raise FaultError("wikidata is no item; write it like Q58217")
    outlets, names, urls = _printed(cells, mapping)
    record = {
        "date": _date(cells.get("date"), mapping.dates),
        "kind": KINDS.index(kind),
        "words": words,
        "paraphrase": paraphrase,
        "context": _text(cells, "context"),
        "speaker": (wikidata or reference(speaker)) if speaker else "",
        "speaker_name": speaker,
        "said_at": reference(place := line(_text(cells, "place"))),
        "said_at_name": place,
        "topic": reference(topic := line(_text(cells, "topic"))),
        "topic_name": topic,
        "outlets": outlets,
        "outlets_names": names,
        "urls": urls,
        "title": _text(cells, "title"),
        "printings": int(_number(cells, "printings", 1, 2**31 - 1) or max(1, len(outlets))),
        "confidence": _number(cells, "confidence", 0, 1),
    }
    for name, column in (
        ("about", "about"),
        ("addressees", "addressee"),
        ("about_places", "about_place"),
    ):
        named = list(dict.fromkeys(filter(None, _several(cells, column, mapping))))
        record[name], record[f"{name}_names"] = [reference(each) for each in named], named
    record["key"] = _key(cells, mapping, record)
    return record


def _key(cells: Cells, mapping: Mapping, record: dict[str, Any]) -> str:
    """The permanent name: the collection's and its own; without one, made of what it says."""
    own = line(_text(cells, "id"))
    if len(own) > LONGEST_ID:
        raise FaultError(f"id has more than {LONGEST_ID} characters")
    if not own and "id" in mapping.columns:
        raise FaultError("id is empty")
    if not own:
        parts = ("date", "speaker", "words", "paraphrase", "title", "urls")
        said = "\0".join(str(record[part]) for part in parts)
        own = blake2b(said.encode(), digest_size=12).hexdigest()
    return f"{slug(mapping.name) or reference(mapping.name)}/{own}"


def _printed(cells: Cells, mapping: Mapping) -> tuple[list[str], list[str], list[str]]:
    """Outlets, their names, and addresses, one beside the other; "" for an unknown address."""
    found = []
    names, urls = _several(cells, "outlet", mapping), _several(cells, "url", mapping)
    for name, url in zip_longest(names, urls, fillvalue=""):
        host = host_of(url)
        ref, known = (reference(name), name) if name else host_outlet(host)
        if known:
            found.append((ref, known, url if host else ""))
    return [f[0] for f in found], [f[1] for f in found], [f[2] for f in found]


def _place(cells: Cells) -> dict[str, Any] | None:
    name = line(_text(cells, "place"))
    latitude = _number(cells, "latitude", -90, 90)
    longitude = _number(cells, "longitude", -180, 180)
    if (latitude is None) != (longitude is None):
        raise FaultError("latitude or longitude is missing; give both, or neither")
    country = _text(cells, "country").strip().upper()
    if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
        raise FaultError("country is no code of two letters; write it like SY")
    kind = _text(cells, "place_kind").strip().lower()
    if kind and kind not in PLACE_KINDS:
        raise FaultError(f"place_kind is none of {', '.join(PLACE_KINDS)}")
    if not name or (latitude is None and not country and not kind):
        return None
    ref = reference(name)
    return {
        "ref": ref,
        "key": ref,
        "name": name,
        "kind": kind,
        "country": country,
        "latitude": latitude,
        "longitude": longitude,
    }


def _text(cells: Cells, name: str) -> str:
    value = cells.get(name)
    if value is None or value != value:  # NaN is what frames write for nothing
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # an id that went through a spreadsheet
    if not isinstance(value, (str, int, float)) or isinstance(value, bool):
        raise FaultError(f"{name} is no text")
    return str(value)


def _several(cells: Cells, name: str, mapping: Mapping) -> list[str]:
    """The values of a cell, in order; "" where one is left out between others."""
    value = cells.get(name)
    values = value if isinstance(value, list) else _text(cells, name).split(mapping.between)
    if not all(isinstance(each, str) for each in values):
        raise FaultError(f"{name} is no list of texts")
    return [line(each) for each in values]


def _number(cells: Cells, name: str, least: float, most: float) -> float | None:
    value = cells.get(name)
    if value is None or value == "":
        return None
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise FaultError(f"{name} is no number") from None
    if math.isnan(number):
        return None
    if not least <= number <= most:
        raise FaultError(f"{name} is not within {least:,} and {most:,}")
    return number


def _date(value: Any, form: str) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        raise FaultError("date is no text")
    if not form:
        return value
    parse: Callable[[str, str], datetime] = datetime.strptime
    try:
        return parse(value.strip(), form).date().isoformat()
    except ValueError:
        raise FaultError(f"date is not written as {form}") from None


MAPPED = Kind(table_blocks, _read)
