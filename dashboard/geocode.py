"""Owns the one question put to a network, where a place is: for authors, never for the page."""

from __future__ import annotations

import csv
import io
import json
import logging
import math
import os
import re
import tempfile
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from dashboard.checking.fault import shown
from dashboard.slug import slug
from dashboard.version import program

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dashboard.model import Place

CACHE = "DATELINE_CACHE"
CONTACT = "DATELINE_CONTACT"

# https://operations.osmfoundation.org/policies/nominatim/: one request a second at most, a user
# agent that names the program, answers kept, their licence shown.
HOST = "nominatim.openstreetmap.org"
SECONDS_BETWEEN = 1.0
SECONDS_TO_WAIT = 5.0
MOST_CANDIDATES = 40
MOST_ANSWERS = 1000
LONGEST_NAME = 200
LONGEST_TEXT = 300

CITIES = frozenset({"city", "town", "village", "hamlet", "municipality"})
REGIONS = frozenset({"continent", "county", "desert", "district", "island", "ocean"}) | frozenset(
    {"peninsula", "province", "region", "sea", "state", "state_district", "territory"}
)

# What reading JSON of another shape raises, in geopy and here.
UNREADABLE = (AttributeError, LookupError, OverflowError, RecursionError, TypeError, ValueError)

log = logging.getLogger(__name__)

Answer = list[dict[str, Any]]


class GeocodeError(Exception):
    """No answer; `str()` is one line that says why and what to do."""


class QuestionError(GeocodeError, ValueError):
    """A question that is not worth asking: no name, no country code, no number of candidates."""


class Geocoder(Protocol):
    """A geopy geocoder that takes Nominatim's keywords and keeps its words in `Location.raw`."""

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool,
        limit: int,
        country_codes: str | None,
        language: str,
        addressdetails: bool,
        extratags: bool,
    ) -> Any:
        """Return a list of geopy's Location, the likeliest first, or None."""


class Question(NamedTuple):
    """What is asked, normalised: equal questions have one answer in the cache."""

    name: str
    country: str
    limit: int


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


def geocode(
    name: str, *, country: str = "", limit: int = 5, geocoder: Geocoder | None = None
) -> tuple[Candidate, ...]:
    """Return the places of that name, the likeliest first; none when nothing matches.

    `country` is an ISO 3166-1 alpha-2 code. Nominatim is asked unless another `geocoder` is handed
    in; only Nominatim's requests are spaced out, and only its answers kept on disk.

    Raises QuestionError before anything is asked, GeocodeError when the service does not answer.
    """
    asked = question(name, country=country, limit=limit)
    if geocoder is not None:
        return _candidates(_answer(geocoder.geocode, asked))
    key, kept = json.dumps(asked), _read_cache()
    if key in kept:
        try:
            return _candidates(kept[key])
        except GeocodeError:
            _report(f"the cache holds an unreadable answer for {shown(asked.name)}; asking again")
    answer = _answer(_nominatim(user_agent()), asked)
    found = _candidates(answer)
    if found:  # somebody may map the place tomorrow: an empty answer is not kept
        kept.pop(key, None)
        _write_cache({**kept, key: answer})
    return found


def question(name: str, *, country: str = "", limit: int = 5) -> Question:
    """Normalise a question; QuestionError says what is wrong with it."""
    if any(unicodedata.category(c) in ("Cc", "Cs") for c in name.strip()):
        raise QuestionError(f"{shown(name)} has control characters; type the place's name")
    words = unicodedata.normalize("NFC", " ".join(name.split()))
    if not words:
        raise QuestionError("a place's name is empty; give one, like Aleppo")
    if len(words) > LONGEST_NAME:
        raise QuestionError(
            f"{shown(words)} has {len(words):,} characters; "
            f"give a place's name, at most {LONGEST_NAME}"
        )
    if country and not re.fullmatch("[A-Za-z]{2}", country):
        raise QuestionError(
            f"{shown(country)} is no country code; write the two capitals of ISO 3166, like CH"
        )
    if not 1 <= limit <= MOST_CANDIDATES:
        raise QuestionError(f"{limit} candidates; ask for 1 to {MOST_CANDIDATES}")
    return Question(words, country.upper(), limit)


def user_agent() -> str:
    """Return how we present ourselves: the program, and the setting `DATELINE_CONTACT`."""
    contact = os.environ.get(CONTACT, "").strip()
    if not re.fullmatch(r"[ -~]{0,200}", contact):
        raise GeocodeError(
            f"{CONTACT} is {shown(contact)}; set it to an e-mail address or a URL in plain ASCII"
        )
    return f"{program('/')} (+{contact})" if contact else program("/")


@lru_cache(maxsize=1)  # one limiter a process, or several names would not wait for each other
def _nominatim(agent: str) -> Callable[..., Any]:
    from geopy.adapters import URLLibAdapter
    from geopy.extra.rate_limiter import RateLimiter
    from geopy.geocoders import Nominatim

    # geopy's default adapter retries at once, which neither the policy nor our timeout allows.
    service = Nominatim(
        domain=HOST, user_agent=agent, timeout=SECONDS_TO_WAIT, adapter_factory=URLLibAdapter
    )
    limited: Callable[..., Any] = RateLimiter(
        service.geocode, min_delay_seconds=SECONDS_BETWEEN, max_retries=0, swallow_exceptions=False
    )
    return limited


def _answer(ask: Callable[..., Any], asked: Question) -> Answer:
    from geopy.exc import GeopyError

    try:
        locations = ask(
            asked.name,
            exactly_one=False,
            limit=asked.limit,
            country_codes=asked.country.lower() or None,
            language="en",  # the format wants names in English
            addressdetails=True,
            extratags=True,
        )
        return [
            {"lat": at.latitude, "lon": at.longitude, "display_name": at.address, **at.raw}
            for at in locations or ()
        ]
    except GeopyError as error:
        raise GeocodeError(_reason(error)) from error
    except UNREADABLE as error:
        raise _unreadable() from error


def _reason(error: Exception) -> str:
    from geopy import exc

    if isinstance(error, exc.GeocoderQuotaExceeded):
        pause = getattr(error, "retry_after", None)
        wait = f"{math.ceil(pause)} seconds" if pause else "an hour"
        return f"the geocoding service wants fewer requests; wait {wait}, then try again"
    if isinstance(error, exc.GeocoderInsufficientPrivileges | exc.GeocoderAuthenticationFailure):
        return (
            "the geocoding service refuses us; set DATELINE_CONTACT to your e-mail address or URL, "
            "and look whether your network or proxy lets programs out"
        )
    if isinstance(error, exc.GeocoderTimedOut):
        return (
            f"the geocoding service gave no answer in {SECONDS_TO_WAIT:.0f} seconds; try again "
            "later, or write the coordinates by hand"
        )
    if isinstance(error, exc.GeocoderParseError):
        return str(_unreadable())
    if isinstance(error, exc.GeocoderQueryError | exc.ConfigurationError):
        return f"the geocoding service cannot use the question ({shown(error)}); word it otherwise"
    return (
        f"the geocoding service cannot be reached ({shown(error)}); look whether {HOST} opens in "
        "a browser, or write the coordinates by hand"
    )


def _unreadable() -> GeocodeError:
    return GeocodeError(
        "the geocoding service answered something unreadable; look whether your network wants "
        "you to log in, or try again later"
    )


def _candidates(answer: Answer) -> tuple[Candidate, ...]:
    try:
        return tuple(map(_candidate, answer))
    except UNREADABLE as error:
        raise _unreadable() from error


def _candidate(raw: dict[str, Any]) -> Candidate:
    latitude, longitude = (round(float(raw[key]), 5) + 0.0 for key in ("lat", "lon"))
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise ValueError("degrees out of range")
    address = _printable(raw.get("display_name"))
    country = _printable((raw.get("address") or {}).get("country_code")).upper()
    wikidata = _printable((raw.get("extratags") or {}).get("wikidata"))
    category, sort = raw.get("category") or raw.get("class"), raw.get("type")
    return Candidate(
        name=_printable(raw.get("name")) or address.split(",")[0],
        kind=_kind(raw.get("addresstype") or sort, category),
        country=country if re.fullmatch("[A-Z]{2}", country) else "",
        latitude=latitude,
        longitude=longitude,
        wikidata=wikidata if re.fullmatch("Q[1-9][0-9]*", wikidata) else "",
        osm=f"{_printable(raw.get('osm_type'))} {_printable(raw.get('osm_id'))}".strip(),
        category=f"{_printable(category)} {_printable(sort)}".strip(),
        address=address,
        licence=_printable(raw.get("licence")),
        raw=raw,
    )


def _kind(sort: object, category: object) -> str:
    if sort == "country":
        return "country"
    if sort in CITIES:
        return "city"
    return "region" if sort in REGIONS or category == "boundary" else "site"


def _printable(value: object) -> str:
    """Text that no terminal obeys: control and invisible characters escaped, cut."""
    text = "" if value is None else str(value)[:LONGEST_TEXT].strip()
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )


def _cache_file() -> Path:
    if folder := os.environ.get(CACHE):
        return Path(folder).expanduser() / "geocode.json"
    shared = Path(os.environ.get("XDG_CACHE_HOME", ""))
    # The XDG specification has relative paths ignored.
    root = shared if shared.is_absolute() else Path.home() / ".cache"
    return root / "dateline" / "geocode.json"


def _read_cache() -> dict[str, Answer]:
    try:
        kept = json.loads(_cache_file().read_text(encoding="utf-8"))
        if not (isinstance(kept, dict) and all(isinstance(a, list) for a in kept.values())):
            raise ValueError("it holds no answers")
    except FileNotFoundError:
        return {}
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: no home; nested too deep
        _report(f"the cache cannot be read ({_printable(error)}); delete it, or set {CACHE}")
        return {}
    return kept


def _write_cache(kept: dict[str, Answer]) -> None:
    newest = dict(list(kept.items())[-MOST_ANSWERS:])
    temporary = None
    try:
        path = _cache_file()
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=path.parent, prefix="geocode-", delete=False
        ) as file:
            temporary = Path(file.name)
            json.dump(newest, file)
        temporary.replace(path)
    except (OSError, RuntimeError, TypeError, ValueError) as error:
        _report(f"the answer is not kept ({_printable(error)}); set {CACHE} to a folder of yours")
        if temporary is not None:
            temporary.unlink(missing_ok=True)


@lru_cache(maxsize=16)  # once, not once for every name
def _report(message: str) -> None:
    log.warning("dateline: %s", message)
