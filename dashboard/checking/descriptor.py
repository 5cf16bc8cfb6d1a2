"""A story's `datapackage.json`: what it says of the story; it lists the format's tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.checking.fault import Fault, shown
from dashboard.checking.text import UnreadableError, read_text
from dashboard.schema import TABLES, table_schema

DESCRIPTOR = "datapackage.json"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LARGEST_DESCRIPTOR = 1_000_000  # bytes; its format takes 40,000
DEEPEST_DESCRIPTOR = 50  # lists and objects within each other; its format takes 7
MOST_TABLES = 100  # that are listed: beyond, they are told in one fault
ATTRIBUTES = {"name": "slug", "title": "title", "description": "description"}
REDIRECTIONS = ("data", "dialect", "compression", "extrapaths", "hashing", "control")


@dataclass
class Descriptor:
    """What was read; "" and {} where there is nothing that can be used."""

    slug: str = ""
    title: str = ""
    description: str = ""
    content: dict[str, Any] = field(default_factory=dict)


def read_descriptor(folder: Path) -> tuple[Descriptor, list[Fault]]:
    """Read a story's descriptor, and what is wrong with it."""
    found = Descriptor()
    return found, list(_faults(folder, found))


def _faults(folder: Path, found: Descriptor) -> Iterator[Fault]:
    """Read it into `found`, and tell what is wrong."""
    try:
        descriptor = json.loads(read_text(folder / DESCRIPTOR, LARGEST_DESCRIPTOR))
        if _is_deeper(descriptor, DEEPEST_DESCRIPTOR):
            raise RecursionError
    except UnreadableError as error:
        yield Fault(DESCRIPTOR, None, None, str(error))
        return
    except RecursionError:
        yield Fault(DESCRIPTOR, None, None, "is nested too deeply; write it as in another story")
        return
    except ValueError as error:
        yield Fault(DESCRIPTOR, None, None, f"is not JSON ({str(error)[:80]}); correct it there")
        return
    if not isinstance(descriptor, dict):
        yield Fault(
            DESCRIPTOR, None, None, "is no JSON object; write name, title, description, resources"
        )
        return
    found.content = descriptor
    for key, attribute in ATTRIBUTES.items():
        text = descriptor.get(key)
        if isinstance(text, str) and text.strip() and text.isprintable():
            setattr(found, attribute, text)
        else:
            yield Fault(DESCRIPTOR, None, key, f"is no line of text; write the story's {key}")
    if found.slug and found.slug != folder.resolve().name:
        yield Fault(
            DESCRIPTOR,
            None,
            "name",
            f"{shown(found.slug)} is not the folder's name; rename one of them",
        )
    if found.slug and not SLUG.fullmatch(found.slug):
        yield Fault(
            DESCRIPTOR,
            None,
            "name",
            f"{shown(found.slug)} is no slug; write it like moscow-talks",
        )
    yield from _resource_faults(descriptor.get("resources"))


def _is_deeper(told: Any, most: int) -> bool:
    """Whether lists and objects lie within each other more than so many times."""
    level = [told]
    for _ in range(most + 1):
        level = [
            inner
            for outer in level
            if isinstance(outer, (dict, list))
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(level)


def _resource_faults(resources: object) -> Iterator[Fault]:
    if not isinstance(resources, list):
        yield Fault(DESCRIPTOR, None, "resources", f"is no list; list the {len(TABLES)} tables")
        return
    if len(resources) > MOST_TABLES:
        what = f"lists {len(resources):,} tables; list the {len(TABLES)} of a story"
        yield Fault(DESCRIPTOR, None, "resources", what)
        return
    names = [entry.get("name") if isinstance(entry, dict) else None for entry in resources]
    for table in TABLES:
        if table not in names:
            yield Fault(DESCRIPTOR, None, "resources", f"{table} is not listed; add it")
        elif names.count(table) > 1:
            yield Fault(DESCRIPTOR, None, f"resources/{table}", "is listed twice; remove one")
    for place, (name, entry) in enumerate(zip(names, resources, strict=True)):
        if not isinstance(name, str) or name not in TABLES:
            at = f"resources/{place}"
            yield Fault(DESCRIPTOR, None, at, f"{shown(name)} is no table of a story; remove it")
        else:
            yield from _entry_faults(name, entry)


def _entry_faults(table: str, entry: dict[str, Any]) -> Iterator[Fault]:
    at = f"resources/{table}"
    path, schema = entry.get("path"), entry.get("schema")
    if path != f"{table}.csv":
        yield Fault(
            DESCRIPTOR, None, f"{at}/path", f"{shown(path)} is not allowed; write {table}.csv"
        )
    if not isinstance(schema, dict) or _bare(schema) != table_schema(table):
        yield Fault(
            DESCRIPTOR,
            None,
            f"{at}/schema",
            f"differs from the format; copy it from the {table} of a good story",
        )
    if str(entry.get("encoding", "utf-8")).lower() not in ("utf-8", "utf8"):
        yield Fault(DESCRIPTOR, None, f"{at}/encoding", "is not utf-8; save the table so")
    for key in REDIRECTIONS:
        if key in entry:
            yield Fault(
                DESCRIPTOR,
                None,
                f"{at}/{key}",
                "is not allowed; the tables are plain CSV, remove it",
            )


def _bare(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        key: schema[key] for key in schema if key not in ("$schema", "name", "title", "description")
    }
