"""Places that a geocoder answers, as an author sees them."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dashboard.geocoding.errors import UNREADABLE, unreadable
from dashboard.slug import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.model import Place

LONGEST_TEXT = 300

CITIES = frozenset({"city", "town", "village", "hamlet", "municipality"})
REGIONS = frozenset({"continent", "county", "desert", "district", "island", "ocean"}) | frozenset(
    {"peninsula", "province", "region", "sea", "state", "state_district", "territory"}
)

Answer = list[dict[str, Any]]


@dataclass(frozen=True)
class Candidate:
    """A place that may be meant. Text is printable, degrees (WGS 84) have 5 decimals (1 m).

    `kind` is a guess; `country` is ISO 3166-1 alpha-2 as the service says it, or empty; `osm` reads
    "relation 12345", `category` "boundary administrative"; `raw` is what the service answered.
    """

    name: str
    kind: str
    country: str
    latitude: float
    longitude: float
    wikidata: str
    osm: str
    category: str
    address: str
    licence: str
    raw: Mapping[str, Any] = field(repr=False, hash=False)

    def place(self) -> Place:
        """Return the record that this candidate would become."""
        from dashboard.model import Place

        return Place(
            id=slug(self.name),
            name=self.name,
            kind=self.kind,
            country=self.country,
            latitude=self.latitude,
            longitude=self.longitude,
        )

    def row(self) -> str:
        """Return the line for `places.csv`; the GeoNames id is left for the author."""
        from dashboard.schema import columns, field, written

        place = self.place()
        cells = {
            "id": place.id,
            "name": place.name,
            "kind": place.kind,
            "country": place.country,
            "latitude": f"{self.latitude:.5f}",
            "longitude": f"{self.longitude:.5f}",
            "wikidata": self.wikidata,
        }
        cells = {name: written(field("places", name), cell) for name, cell in cells.items()}
        line = io.StringIO()
        csv.DictWriter(line, columns("places"), restval="", lineterminator="").writerow(cells)
        return line.getvalue()

    def note(self, origin: Candidate | None = None) -> str:
        """Return what tells this candidate from others, and how far it is from `origin`."""
        from dashboard.distance import kilometres, rounded

        parts = [", ".join(filter(None, (self.osm, self.category))), self.address]
        if origin is not None:
            length = kilometres(origin.place(), self.place())
            if length is not None:
                parts.append(f"{rounded(length)} from {origin.name}")
        return "; ".join(filter(None, parts))


def candidates(answer: Answer) -> tuple[Candidate, ...]:
    """Return the candidates in what a service answered. Raises GeocodeError."""
    try:
        return tuple(map(_candidate, answer))
    except UNREADABLE as error:
        raise unreadable() from error


def _candidate(raw: dict[str, Any]) -> Candidate:
    latitude, longitude = (round(float(raw[key]), 5) + 0.0 for key in ("lat", "lon"))
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("degrees out of range")
    address = printable(raw.get("display_name"))
    country = printable((raw.get("address") or {}).get("country_code")).upper()
    wikidata = printable((raw.get("extratags") or {}).get("wikidata"))
    category, sort = raw.get("category") or raw.get("class"), raw.get("type")
    return Candidate(
        name=printable(raw.get("name")) or address.split(",")[0],
        kind=_kind(raw.get("addresstype") or sort, category),
        country=country if re.fullmatch("[A-Z]{2}", country) else "",
        latitude=latitude,
        longitude=longitude,
        wikidata=wikidata if re.fullmatch("Q[1-9][0-9]*", wikidata) else "",
        osm=f"{printable(raw.get('osm_type'))} {printable(raw.get('osm_id'))}".strip(),
        category=f"{printable(category)} {printable(sort)}".strip(),
        address=address,
        licence=printable(raw.get("licence")),
        raw=raw,
    )


def _kind(sort: object, category: object) -> str:
    if sort == "country":
        return "country"
    if sort in CITIES:
        return "city"
    return "region" if sort in REGIONS or category == "boundary" else "site"


def printable(value: object) -> str:
    """Text that no terminal obeys: control and invisible characters escaped, cut."""
    text = "" if value is None else str(value)[:LONGEST_TEXT].strip()
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )
