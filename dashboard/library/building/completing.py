"""Owns how raw columns become staged records: validated, cleaned, folded, with their bands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.library.bands import bands
from dashboard.library.building.printed import printed
from dashboard.library.building.staging import RECORDS
from dashboard.library.building.texts import clean, folded, spoken
from dashboard.library.sources.source import Found, Reject

LONGEST = MappingProxyType(  # letters
    {"words": 100_000, "paraphrase": 100_000, "context": 100_000, "title": 2_000}
)
LONGEST_NAME = 500
TEXTS = ("words", "paraphrase", "context", "title", "speaker_name", "said_at_name", "topic_name")
_DAY = re.compile(
    "(?P<year>[1-9][0-9]{3})(?P<dash>-?)(?P<month>[0-9]{2})(?P=dash)(?P<day>[0-9]{2})"
    "([T ].*|(?<=[0-9]{8})[0-9]{6})?",
    re.ASCII | re.DOTALL,
)
_FIRST = pa.scalar(date(1000, 1, 1), pa.date32())


def complete(found: Found, source: int) -> tuple[pa.Table, list[Reject]]:
    """The records as they are staged, and all that was refused of the block, by line."""
    count = len(found.line)
    if not count:
        return RECORDS.empty_table(), sorted(found.rejects)
    columns = {name: _array(name, values) for name, values in found.columns.items()}
    for name in TEXTS:
        if name in columns:
            columns[name] = clean(columns[name])
    columns["date"], wrong_day = _days(columns.get("date"), count)
    reasons = list(_faults(columns, wrong_day, count))
    rejects = list(found.rejects)
    if reasons:
        good = [True] * count
        for reason, rows in reasons:
            for row in rows:
                if good[row]:
                    good[row] = False
                    within = f"{found.parts[row]}: " if found.parts else ""
                    number = found.line[row]
                    rejects.append(Reject(number, within + reason, found.text(number)))
        mask = pa.array(good)
        columns = {name: values.filter(mask) for name, values in columns.items()}
        count = sum(good)
        found.line = [n for n, kept in zip(found.line, good, strict=True) if kept]
    if "urls" in columns and "outlets" not in columns:
        columns |= printed(columns["urls"])
    columns["folded"] = folded(_searched(columns, count))
    columns["bands"] = bands(spoken(columns))
    columns["source"] = pa.repeat(pa.scalar(source, pa.int32()), count)
    made = [_cast(columns.get(field.name), field, count) for field in RECORDS]
    return pa.Table.from_arrays(made, schema=RECORDS), sorted(rejects)


def _array(name: str, values: Sequence[Any]) -> pa.Array:
    kind = pa.string() if name == "date" else RECORDS.field(name).type
    if name == "date" and any(isinstance(value, date) for value in values):
        values = [value.isoformat() if isinstance(value, date) else value for value in values]
    return values if isinstance(values, pa.Array) else pa.array(values, kind)


def _days(texts: pa.Array | None, count: int) -> tuple[pa.Array, pa.Array]:
    """Dates (ISO 8601, or GDELT's 20150114123000), and which of them are none; null is no fault."""
    if texts is None:
        return pa.nulls(count, pa.date32()), pa.repeat(False, count)
    texts = pc.if_else(pc.equal(texts, ""), None, texts)
    behind = pc.utf8_slice_codeunits(texts, 10, 11)
    whole = pc.all(pc.is_in(behind, pa.array(["", "T", " ", None]))).as_py()
    try:
        days = pc.utf8_slice_codeunits(texts, 0, 10).cast(pa.date32()) if whole else None
    except pa.ArrowInvalid:
        days = None
    if days is None or not pc.all(pc.greater_equal(days, _FIRST)).as_py():
        days = pa.array(map(_day, texts.to_pylist()), pa.date32())
    return days, pc.and_(pc.is_valid(texts), pc.is_null(days))


def _day(text: str | None) -> date | None:
    if text is None or not (found := _DAY.fullmatch(text)):
        return None
    try:
        return date(*map(int, found.group("year", "month", "day")))
    except ValueError:  # a month of 13, a 30th of February
        return None


def _faults(
    columns: dict[str, pa.Array], wrong_day: pa.Array, count: int
) -> Iterator[tuple[str, list[int]]]:
    """Why records are refused, and which."""
    none = pa.repeat("", count)
    empty = pc.and_(
        pc.equal(columns.get("words", none), ""), pc.equal(columns.get("paraphrase", none), "")
    )
    found = [("has no words", empty), ("date is no day from 1000-01-01 to 9999-12-31", wrong_day)]
    for name in TEXTS:
        if name in columns:
            most = LONGEST.get(name, LONGEST_NAME)
            long = pc.greater(pc.utf8_length(columns[name]), most)
            found.append((f"{name} has more than {most:,} characters", long))
    for reason, which in found:
        if pc.any(which).as_py():
            yield reason, pc.indices_nonzero(which).to_pylist()


def _searched(columns: dict[str, pa.Array], count: int) -> pa.Array:
    given = [columns[name] for name in ("words", "paraphrase", "context") if name in columns]
    if len(given) == 1:
        return given[0]
    return pc.binary_join_element_wise(*given, " ") if given else pa.repeat("", count)


def _cast(values: pa.Array | None, field: pa.Field, count: int) -> pa.Array:
    if values is not None:
        return values.cast(field.type)
    if pa.types.is_list(field.type):
        return pa.ListArray.from_arrays([0] * (count + 1), pa.array([], field.type.value_type))
    if field.name == "confidence":
        return pa.nulls(count, field.type)
    return pa.repeat(pa.scalar({"printings": 1}.get(field.name, "")), count).cast(field.type)
