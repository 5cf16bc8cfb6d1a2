"""Owns reading the zip of a story: the story's own files and nothing else, in bounded memory."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from dashboard.checking.descriptor import DESCRIPTOR
from dashboard.checking.package import FILES, LARGEST_STORY

LARGEST_ZIP = 2_000_000  # bytes; the first story's has 20,000
PLAIN = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack without an end to it
UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError),
    *(ValueError, NotImplementedError, RuntimeError),  # names, versions, encryption
)


class ZipError(ValueError):
    """A zip that has no story to be read; the text is one line that says why, and the remedy."""


def unzipped(archive: bytes) -> dict[str, bytes]:
    """Return the files of the story in a zip by their names in a story, as far as they are there.

    They lie at its top or in one folder, whose name is nobody's; nothing is written to a disk.
    Raises ZipError.
    """
    if len(archive) > LARGEST_ZIP:
        raise ZipError(f"the zip has more than {LARGEST_ZIP:,} bytes; split the story")
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as packed:
            return _files(packed)
    except ZipError:
        raise
    except UNREADABLE:
        raise ZipError("this is no zip that can be read; give the zip of a story") from None


def _files(packed: zipfile.ZipFile) -> dict[str, bytes]:
    within = [(*_parted(entry.filename), entry) for entry in packed.infolist()]
    tops = [top for top, name, _ in within if name == DESCRIPTOR]
    if len(tops) != 1:
        raise ZipError(f"the zip has not one {DESCRIPTOR}; give the zip of one story")
    found: dict[str, bytes] = {}
    left = LARGEST_STORY
    for top, name, entry in within:
        if top != tops[0] or name not in FILES:
            continue
        if name in found:
            raise ZipError(f"the zip has {name} twice; make the zip anew")
        if entry.compress_type not in PLAIN:
            raise ZipError(f"{name} in the zip is packed in a rare way; make the zip anew")
        with packed.open(entry) as file:  # the size that a zip states of itself may be a lie
            found[name] = file.read(left + 1)
        left -= len(found[name])
        if left < 0:
            raise ZipError(f"the zip unpacks to more than {LARGEST_STORY:,} bytes; split the story")
    return found


def _parted(path: str) -> tuple[str, str]:
    """The folder, with the slash behind it, and the name."""
    folder, slash, name = path.rpartition("/")
    return folder + slash, name
