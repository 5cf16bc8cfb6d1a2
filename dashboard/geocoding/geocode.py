"""Owns the one question put to a network, where a place is: for authors, never for the page."""

from __future__ import annotations

import json
import math
import os
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from dashboard.checking.fault import shown
from dashboard.geocoding.cache import read_cache, report, write_cache
from dashboard.geocoding.candidate import candidates
from dashboard.geocoding.errors import UNREADABLE, GeocodeError, QuestionError, unreadable
from dashboard.version import program

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.geocoding.candidate import Answer, Candidate

CONTACT = "DATELINE_CONTACT"

# https://operations.osmfoundation.org/policies/nominatim/: one request a second at most, a user
# agent that names the program, answers kept, their licence shown.
HOST = "nominatim.openstreetmap.org"
SECONDS_BETWEEN = 1.0
SECONDS_TO_WAIT = 5.0
MOST_CANDIDATES = 40
LONGEST_NAME = 200


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
        return candidates(_answer(geocoder.geocode, asked))
    key, kept = json.dumps(asked), read_cache()
    if key in kept:
        try:
            return candidates(kept[key])
        except GeocodeError:
            report(f"the cache holds an unreadable answer for {shown(asked.name)}; asking again")
    answer = _answer(_nominatim(user_agent()), asked)
    found = candidates(answer)
    if found:  # somebody may map the place tomorrow: an empty answer is not kept
        kept.pop(key, None)
        write_cache({**kept, key: answer})
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
        raise unreadable() from error


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
        return str(unreadable())
    if isinstance(error, exc.GeocoderQueryError | exc.ConfigurationError):
        return f"the geocoding service cannot use the question ({shown(error)}); word it otherwise"
    return (
        f"the geocoding service cannot be reached ({shown(error)}); look whether {HOST} opens in "
        "a browser, or write the coordinates by hand"
    )
