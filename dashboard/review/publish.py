"""Owns how a reviewed draft becomes the files of a story: checked first, then zipped or written."""

from __future__ import annotations

import csv
import io
import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.checking.check import package_faults
from dashboard.checking.descriptor import DESCRIPTOR, SLUG
from dashboard.checking.fault import Fault, StoryError
from dashboard.checking.package import Package
from dashboard.files import REMEDIES, WriteError
from dashboard.review.cells import checked_tables
from dashboard.review.copying import copied_faults
from dashboard.review.draft import Draft
from dashboard.review.placeholders import placeholder_faults
from dashboard.review.placing import publishing, put_in_place
from dashboard.review.settled import settled
from dashboard.schema import (
    TABLES,
    columns,
    field,
    story_format,
    table_format,
    table_schema,
    written,
)

LICENSE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
THE_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of zip's time: no clock of a machine's is in it


def package(draft: Draft) -> Package:
    """Return the package that would be published, in memory."""
    kept = settled(draft)
    return Package(
        slug=kept.slug,
        title=kept.title,
        description=kept.description,
        descriptor=descriptor(kept),
        tables=checked_tables(kept),
    )


def faults(draft: Draft) -> list[Fault]:
    """Return all that `check` says, each copied sentence, and what nobody has written yet."""
    return [*unsound(draft), *copied_faults(settled(draft))]


def unsound(draft: Draft) -> list[Fault]:
    """Return all of that but for copied sentences, which a reviewer mends on the page."""
    kept = settled(draft)
    return [
        *_descriptor_faults(kept),
        *package_faults(package(draft), draft.text),
        *placeholder_faults(kept),
    ]


def files(draft: Draft) -> dict[str, bytes]:
    """Return the files of the package by name. Raises StoryError with every fault."""
    if found := faults(draft):
        raise StoryError(found)
    kept = settled(draft)
    described = json.dumps(descriptor(kept), ensure_ascii=False, indent=2) + "\n"
    return {DESCRIPTOR: described.encode()} | {f"{t}.csv": _csv(kept, t) for t in TABLES}


def zipped(draft: Draft) -> bytes:
    """Return the package as a zip with one folder, named by the slug. Raises StoryError."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in files(draft).items():
            entry = zipfile.ZipInfo(f"{draft.slug}/{name}", THE_BEGINNING)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # Unix: all may read
            archive.writestr(entry, content)
    return made.getvalue()


def write(draft: Draft, stories: Path, *, over: bool = False) -> Path:
    """Write the package to `stories`/slug, whole or not at all; return that folder.

    A story that is there already stays, unless it is to be written `over`. Raises StoryError with
    every fault of the draft, WriteError with the reason and the remedy.
    """
    made = files(draft)
    folder = stories / draft.slug
    beside = stories / f".{secrets.token_hex(8)}.part"
    try:
        with publishing(stories):
            if folder.exists() and not over:
                told = "is there already; choose another slug, or say to replace it"
                raise WriteError(f"{folder} {told}")
            beside.mkdir()
            try:
                for name, content in made.items():
                    with (beside / name).open("xb") as file:
                        file.write(content)
                        file.flush()
                        os.fsync(file.fileno())
                put_in_place(beside, folder)
            except BaseException:
                shutil.rmtree(beside, ignore_errors=True)
                raise
    except OSError as error:
        remedy = REMEDIES.get(error.errno or 0, "choose another folder")
        raise WriteError(f"{folder}: {error.strerror or error}; {remedy}") from None
    return folder


def descriptor(draft: Draft) -> dict[str, Any]:
    """Return `datapackage.json`: what the story is, its sources, and the format of its tables."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": draft.slug,
        "title": draft.title,
        "description": draft.description,
        "version": "1.0.0",
        "created": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "licenses": [LICENSE],
        "sources": [_source(article) for article in draft.rows("articles")],
        "contributors": [{"title": name} for name in _reviewers(draft)],
        "resources": _resources(),
    }


def _descriptor_faults(draft: Draft) -> Iterator[Fault]:
    if not SLUG.fullmatch(draft.slug):
        yield Fault(DESCRIPTOR, None, "name", "is no slug; write it like moscow-talks")
    for name in ("title", "description"):
        text = getattr(draft, name)
        if not text.strip() or not text.isprintable():
            yield Fault(DESCRIPTOR, None, name, f"is no line of text; write the story's {name}")


def _source(article: Any) -> dict[str, str]:
    through = f", republished by {article['republisher']}" if article["republisher"] else ""
    title = f"{article['headline']} ({article['publisher']}{through})"
    return {"title": title} | ({"path": article["url"]} if article["url"] else {})


def _reviewers(draft: Draft) -> list[str]:
    decided = [r["decided_by"] for r in draft.rows("reviews") if r["status"] != "draft"]
    return list(dict.fromkeys(decided)) or ["The Dateline authors"]


@lru_cache(maxsize=1)
def _resources() -> list[dict[str, Any]]:
    return [
        {
            "name": table,
            "type": "table",
            "path": f"{table}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": {k: table_format(table)[k] for k in ("title", "description")}
            | table_schema(table),
        }
        for table in story_format()["tables"]
    ]


def _csv(draft: Draft, table: str) -> bytes:
    made = io.StringIO()
    writer = csv.DictWriter(made, columns(table), lineterminator="\n")
    writer.writeheader()
    for row in draft.rows(table):
        writer.writerow({name: written(field(table, name), cell) for name, cell in row.items()})
    return made.getvalue().encode()
