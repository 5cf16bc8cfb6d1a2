"""Owns opening a file that may be compressed, and reading whole lines of it in bounded memory."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from dashboard.library.sources.source import Block

BLOCK = 8_000_000  # bytes; also the longest line that is read
MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "zstandard"}
DAMAGE = (OSError, EOFError, zlib.error)
_PIECE = 1 << 17  # bytes; what may be lost before a damage


class Opened(NamedTuple):
    """A file as it reads unpacked, and the file itself, whose position tells how far it is."""

    content: IO[bytes]
    raw: IO[bytes]


def opened(path: Path) -> Opened:
    """Open a file, unpacked by what it begins with, not by its name. Raises OSError."""
    raw = path.open("rb")
    begin = raw.read(4)
    raw.seek(0)
    packed = next((name for magic, name in MAGIC.items() if begin.startswith(magic)), "")
    if packed == "gzip":
        return Opened(io.BufferedReader(gzip.GzipFile(fileobj=raw)), raw)
    if packed == "bzip2":
        return Opened(io.BufferedReader(bz2.BZ2File(raw)), raw)
    if packed == "zstandard":
        import zstandard

        reader = zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
        return Opened(io.BufferedReader(reader), raw)
    return Opened(raw, raw)


def damages() -> tuple[type[Exception], ...]:
    """What reading a damaged or unfinished file raises."""
    import zstandard

    return (*DAMAGE, zstandard.ZstdError)


def line_blocks(path: Path, size: int = BLOCK) -> Iterator[Block]:
    """Blocks of whole lines, as bytes; the same file gives the same blocks.

    A longer line than a block is a block of its own, as its beginning in a tuple: nobody reads it.
    """
    content, raw = opened(path)
    with raw, content:
        yield from _blocks(content, raw, size)


def _blocks(content: IO[bytes], raw: IO[bytes], size: int) -> Iterator[Block]:
    number, first, rest, damage = 0, 1, b"", ""
    last = False
    while not last:
        more, damage = exactly(content, size - len(rest))
        block = rest + more
        last = bool(damage) or len(block) < size
        cut = len(block) if last and not damage else block.rfind(b"\n") + 1
        rest = block[cut:]
        if cut:
            lines = block.count(b"\n", 0, cut) + (block[cut - 1] != 0x0A)
            yield Block(number, first, lines, raw.tell(), block[:cut])
            number, first = number + 1, first + lines
        elif block and not last:
            rest, damage = _skip_line(content)
            last = bool(damage)
            yield Block(number, first, 1, raw.tell(), (block[:2000],))
            number, first = number + 1, first + 1
    if damage:
        damage = f"the file is damaged or unfinished from here on ({damage}); get it anew"
        yield Block(number, first, 1, raw.tell(), rest[:2000], damage)


def exactly(content: IO[bytes], size: int) -> tuple[bytes, str]:
    """So many bytes, fewer at the end; and what is wrong with the file behind them."""
    parts = []
    try:
        while size > 0 and (part := content.read(min(size, _PIECE))):
            parts.append(part)
            size -= len(part)
    except damages() as error:
        return b"".join(parts), str(error) or "unreadable"
    return b"".join(parts), ""


def _skip_line(content: IO[bytes]) -> tuple[bytes, str]:
    """Leave the rest of a line; return what was read of the next ones."""
    while True:
        part, damage = exactly(content, _PIECE)
        if (end := part.find(b"\n")) >= 0:
            return part[end + 1 :], damage
        if damage or not part:
            return b"", damage
