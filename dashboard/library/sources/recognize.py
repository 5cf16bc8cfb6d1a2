"""Owns what a path given as a source is: told by its content, never by its name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dashboard.checking.descriptor import DESCRIPTOR
from dashboard.library.sources.gdelt import is_gdelt
from dashboard.library.sources.mapping import Mapping, missing
from dashboard.library.sources.opening import BLOCK, exactly, opened
from dashboard.library.sources.quotebank import is_quotebank
from dashboard.library.sources.source import Source, SourceError
from dashboard.library.sources.tables import header_of

LINES_TRIED = 100  # the first may be damaged
REMEDY = "give a story, Quotebank or GDELT JSON lines, or say by --mapping what its columns hold"


def recognize(paths: Iterable[Path], mapping: Mapping | None = None) -> tuple[Source, ...]:
    """The sources that the paths are, in order; a folder of stories gives every story in it.

    `mapping` is for the tables among them. Raises one SourceError for all that are none.
    """
    found: list[Source] = []
    faults: list[str] = []
    for path in paths:
        try:
            found += _sources(path, mapping)
        except SourceError as error:
            faults.append(str(error))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            faults.append(f"{path}: {reason}; check the path and its permissions")
    if mapping and not faults and not any(source.mapping for source in found):
        faults.append("--mapping is given, but no source is a table; leave it out")
    if faults:
        raise SourceError("\n".join(faults))
    unique = {source.path.resolve(): source for source in reversed(found)}
    return tuple(reversed(unique.values()))


def _sources(path: Path, mapping: Mapping | None) -> Iterator[Source]:
    if path.is_dir():
        yield from _stories(path)
        return
    status = path.stat()
    kind = _kind(path)
    key = path.name
    source = Source(path, kind or "mapped", key, path.name, status.st_size, status.st_mtime_ns)
    if kind:
        yield source
        return
    if mapping is None:
        raise SourceError(f"{path}: is nothing that is known; {REMEDY}")
    source = replace(source, mapping=mapping, name=mapping.name)
    header = header_of(source)
    if header is not None and (faults := missing(mapping, header)):
        raise SourceError("\n".join(f"{path}: {fault}" for fault in faults))
    yield source


def _stories(path: Path) -> Iterator[Source]:
    folders = (
        [path]
        if (path / DESCRIPTOR).is_file()
        else sorted(each.parent for each in path.glob(f"[!.]*/{DESCRIPTOR}"))
    )
    if not folders:
        raise SourceError(f"{path}: holds no story; give a story's folder, or a folder of such")
    for folder in folders:
        files = [each.stat() for each in folder.iterdir() if each.is_file()]
        size, changed = sum(f.st_size for f in files), max(f.st_mtime_ns for f in files)
        name = folder.resolve().name
        yield Source(folder, "story", name, name, size, changed)


def _kind(path: Path) -> str:
    import orjson

    with path.open("rb") as file:
        if file.read(4) == b"PK\x03\x04":
            return "story"
    content, raw = opened(path)
    with raw, content:
        head, damage = exactly(content, BLOCK)
    lines = head.split(b"\n", LINES_TRIED)
    if damage and len(lines) <= LINES_TRIED:
        raise SourceError(f"{path}: cannot be unpacked ({damage}); get it anew")
    for line in lines[:LINES_TRIED]:
        try:
            told = orjson.loads(line)
        except ValueError:
            continue
        if isinstance(told, dict):
            if is_quotebank(told):
                return "quotebank"
            if is_gdelt(told):
                return "gdelt"
    return ""
