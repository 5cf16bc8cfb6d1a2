"""`geocode`: places by name, as rows for `places.csv`."""

from __future__ import annotations

import argparse
import sys

from dashboard.commands.command import Command


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="+", metavar="NAME", help="a place's name")
    parser.add_argument("--country", default="", metavar="CODE", help="only in it: ISO 3166, CH")
    parser.add_argument(
        "--limit", type=int, default=5, metavar="COUNT", help="candidates a name, 1 to 40 (5)"
    )
    parser.add_argument(
        "--from", dest="origin", metavar="NAME", help="say how far each is from that place"
    )


def _run(arguments: argparse.Namespace) -> int:
    from dashboard.geocoding.errors import GeocodeError, QuestionError
    from dashboard.geocoding.geocode import geocode, question
    from dashboard.schema import columns

    try:
        for name in arguments.names:  # all of them before the first is sent
            question(name, country=arguments.country, limit=arguments.limit)
        origin = None
        if arguments.origin is not None:
            origin = next(iter(geocode(arguments.origin, limit=1)), None)
            if origin is None:
                raise GeocodeError(_no_place(arguments.origin))
            print(f"from {origin.name}: {origin.note()}")
        licences: set[str] = set()
        headed = missed = False
        for name in arguments.names:
            found = geocode(name, country=arguments.country, limit=arguments.limit)
            if found and not headed:
                print(",".join(columns("places")))
                headed = True
            for candidate in found:
                print(f"{candidate.row()}\n  {candidate.note(origin)}")
                licences.add(candidate.licence)
            if not found:
                missed = True
                print(f"dateline: {_no_place(name, arguments.country)}", file=sys.stderr)
        for licence in sorted(filter(None, licences)):
            print(licence)
    except GeocodeError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return 2 if isinstance(error, QuestionError) else 1
    return 1 if missed else 0


def _no_place(name: str, country: str = "") -> str:
    from dashboard.checking.fault import shown

    if country:
        remedy = f" in {country.upper()}; try another spelling, or leave out --country"
    else:
        remedy = "; try another spelling, or add the country after a comma"
    return f"no place is called {shown(name)}{remedy}"


GEOCODE = Command("look places up in OpenStreetMap, as rows for places.csv", _declare, _run)
