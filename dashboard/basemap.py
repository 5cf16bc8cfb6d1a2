"""The basemap's address and credit."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

SHAPES = Path(__file__).parent.parent / "data" / "basemap" / "countries.json"
CREDIT = (
    "Boundaries: Natural Earth, simplified and adapted; they show who controls an area, not whose "
    "it is by law; contested ones are dashed."
)


@lru_cache(maxsize=1)
def shapes_name() -> str:
    """The shapes' file name with a hash of its contents: it may be cached for ever."""
    return f"countries-{sha256(SHAPES.read_bytes()).hexdigest()[:12]}.json"


def shapes_address() -> str:
    """Where the page finds the shapes, relative to its own address: right under a sub-path too."""
    return f"basemap/{shapes_name()}"
