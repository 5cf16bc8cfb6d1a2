"""Looking places up: names in, candidates or one clear line out; only the network is replaced."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from email.message import Message
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.adapters import URLLibAdapter
from geopy.extra.rate_limiter import RateLimiter
from geopy.location import Location

from dashboard.__main__ import main
from dashboard.geocoding import geocode as module
from dashboard.geocoding.cache import _cache_file, report
from dashboard.geocoding.candidate import Candidate
from dashboard.geocoding.errors import GeocodeError, QuestionError
from dashboard.geocoding.geocode import geocode, question
from dashboard.schema import columns

PROGRAM = f"dateline/{version('dateline')}"
ROOT = Path(__file__).parents[2]
LICENCE = "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright"
# Written by hand after Nominatim's `format=json`, with address details and extra tags.
ALEPPO = {
    "place_id": 1,
    "licence": LICENCE,
    "osm_type": "relation",
    "osm_id": 7363553,
    "lat": "36.1992363",
    "lon": "37.1637253",
    "class": "boundary",
    "type": "administrative",
    "addresstype": "city",
    "name": "Aleppo",
    "display_name": "Aleppo, Mount Simeon District, Aleppo Governorate, Syria",
    "address": {"city": "Aleppo", "country": "Syria", "country_code": "sy"},
    "extratags": {"wikidata": "Q41183"},
    "boundingbox": ["36.1", "36.3", "37.0", "37.3"],
}
GENEVA = ALEPPO | {
    "osm_id": 1685488,
    "lat": "46.2017559",
    "lon": "6.1466014",
    "name": "Geneva",
    "display_name": "Geneva, Switzerland",
    "address": {"country_code": "ch"},
    "extratags": None,
}
ROW = "aleppo,Aleppo,city,SY,36.19924,37.16373,,Q41183"
NOTE = (
    "relation 7363553, boundary administrative; "
    "Aleppo, Mount Simeon District, Aleppo Governorate, Syria"
)
HEADER = "id,name,kind,country,latitude,longitude,geonames,wikidata"


class Network:
    """Answers requests, or raises; remembers them, and the time that passes."""

    def __init__(self) -> None:
        self.answers: dict[str, object] = {"Aleppo": [ALEPPO], "Geneva": [GENEVA]}
        self.error: Exception | None = None
        self.requests: list[Any] = []
        self.timeouts: list[float] = []
        self.times: list[float] = []
        self.clock = 0.0

    def open(self, request: Any, timeout: float) -> Any:
        self.requests.append(request)
        self.timeouts.append(timeout)
        self.times.append(self.clock)
        if self.error is not None:
            raise self.error
        answer = self.answers.get(self.asked(-1)["q"], [])
        text = answer if isinstance(answer, str) else json.dumps(answer)
        page = io.BytesIO(text.encode())
        page.headers = Message()  # type: ignore[attr-defined]
        page.getcode = lambda: 200  # type: ignore[attr-defined]
        return page

    def asked(self, index: int) -> dict[str, str]:
        query = urlsplit(self.requests[index].full_url).query
        return {key: values[0] for key, values in parse_qs(query).items()}

    def sleep(self, seconds: float) -> None:
        self.clock += seconds


@pytest.fixture(autouse=True)
def network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Network]:
    stub = Network()

    class Adapter(URLLibAdapter):  # type: ignore[misc]
        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self.urlopen = stub.open

    monkeypatch.setattr("geopy.adapters.URLLibAdapter", Adapter)
    monkeypatch.setattr(RateLimiter, "_clock", lambda limiter: stub.clock)
    monkeypatch.setattr(RateLimiter, "_sleep", lambda limiter, seconds: stub.sleep(seconds))
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("DATELINE_CONTACT", raising=False)
    module._nominatim.cache_clear()
    report.cache_clear()
    yield stub
    module._nominatim.cache_clear()


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "geocode.json"


def refusal(code: int, **headers: str) -> HTTPError:
    given = Message()
    for name, value in headers.items():
        given[name.replace("_", "-")] = value
    return HTTPError("https://example.org", code, "no", given, io.BytesIO(b"<h1>no</h1>"))


def test_an_answer_is_read() -> None:
    assert geocode("Aleppo") == (
        Candidate(
            name="Aleppo",
            kind="city",
            country="SY",
            latitude=36.19924,
            longitude=37.16373,
            wikidata="Q41183",
            osm="relation 7363553",
            category="boundary administrative",
            address="Aleppo, Mount Simeon District, Aleppo Governorate, Syria",
            licence=LICENCE,
            raw=ALEPPO,
        ),
    )


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ({"addresstype": "country"}, {"kind": "country"}),
        ({"addresstype": "village"}, {"kind": "city"}),
        ({"addresstype": "state"}, {"kind": "region"}),
        ({"addresstype": "sea", "class": "natural"}, {"kind": "region"}),
        ({"addresstype": "census"}, {"kind": "region"}),
        ({"addresstype": "aeroway", "class": "aeroway", "type": "aerodrome"}, {"kind": "site"}),
        ({"addresstype": None, "type": "city", "class": "place"}, {"kind": "city"}),
        ({"category": "place"}, {"category": "place administrative"}),  # jsonv2's word for class
        ({"name": ""}, {"name": "Aleppo"}),
        ({"name": "Москва"}, {"name": "Москва"}),
        ({"address": None}, {"country": ""}),
        ({"address": {"country_code": "<b>"}}, {"country": ""}),
        ({"extratags": {"wikidata": "Q1;Q2"}}, {"wikidata": ""}),
        ({"lat": "-0.000001", "lon": 180}, {"latitude": 0.0, "longitude": 180.0}),
        ({"name": "A\x1b[31m\n\u202eB"}, {"name": "A\\x1b[31m\\n\\u202eB"}),
        ({"name": "A" * 5000}, {"name": "A" * 300}),
    ],
)
def test_fields(network: Network, answer: dict[str, Any], expected: dict[str, Any]) -> None:
    network.answers["Aleppo"] = [ALEPPO | answer]
    (found,) = geocode("Aleppo")
    assert {name: getattr(found, name) for name in expected} == expected
    assert found.raw == ALEPPO | answer


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Aleppo", "aleppo"), ("Zürich (Kreis 1)", "zurich-kreis-1"), ("Sana'a", "sanaa"), ("東", "")],
)
def test_a_row_is_a_line_of_places_csv(network: Network, name: str, slug: str) -> None:
    network.answers["Aleppo"] = [ALEPPO | {"name": name + ', "so called"'}]
    (cells,) = csv.reader([geocode("Aleppo")[0].row()])
    row = dict(zip(columns("places"), cells, strict=True))
    assert row["id"] == (slug + "-so-called").lstrip("-")
    assert row["name"] == name + ', "so called"'


def test_what_is_asked(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CONTACT", "desk@example.org")
    geocode(" Aleppo ", country="sy", limit=3)
    (request,) = network.requests
    assert request.full_url.startswith("https://nominatim.openstreetmap.org/search?")
    assert (
        network.asked(0).items()
        >= {
            "q": "Aleppo",
            "countrycodes": "sy",
            "limit": "3",
            "accept-language": "en",
            "addressdetails": "1",
        }.items()
    )
    assert request.get_header("User-agent") == f"{PROGRAM} (+desk@example.org)"
    assert network.timeouts == [5.0]


def test_without_a_contact(network: Network) -> None:
    geocode("Aleppo")
    assert network.requests[0].get_header("User-agent") == PROGRAM


def test_a_contact_cannot_add_a_header(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CONTACT", "a\r\nX-Other: b")
    with pytest.raises(GeocodeError, match="in plain ASCII"):
        geocode("Aleppo")
    assert network.requests == []


def test_one_request_a_second(network: Network) -> None:
    for name in ("Aleppo", "Geneva", "Nowhere"):
        geocode(name)
    assert network.times == [0.0, 1.0, 2.0]


def test_a_question_is_asked_once(network: Network) -> None:
    first = geocode("Aleppo", country="SY")
    assert geocode("  Aleppo", country="sy") == first
    assert len(network.requests) == 1
    geocode("Aleppo", country="SY", limit=1)
    geocode("Aleppo")
    assert len(network.requests) == 3


def test_no_match_is_not_kept(network: Network, cache: Path) -> None:
    assert geocode("Nowhere") == ()
    assert not cache.exists()
    network.answers["Nowhere"] = [ALEPPO]
    assert len(geocode("Nowhere")) == 1


def test_the_cache_is_bounded(
    network: Network, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dashboard.geocoding.cache.MOST_ANSWERS", 2)
    for limit in (1, 2, 3):
        geocode("Aleppo", limit=limit)
    assert [json.loads(key)[2] for key in json.loads(cache.read_text())] == [2, 3]
    assert list(cache.parent.iterdir()) == [cache]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"a": 1}', b"\xff", b"[" * 100_000, b"\x80\x04N."],
    ids=["empty", "cut", "list", "shape", "encoding", "nested", "pickle"],
)
def test_a_corrupt_cache_is_reported_and_mended(
    cache: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    cache.parent.mkdir()
    cache.write_bytes(content)
    assert geocode("Aleppo")[0].name == "Aleppo"
    (said,) = caplog.messages
    assert said.startswith("dateline: the cache cannot be read (")
    assert said.endswith("; delete it, or set DATELINE_CACHE")
    assert len(json.loads(cache.read_text())) == 1


@pytest.mark.parametrize("kept", [[None], [{}], [{"lat": "x", "lon": 0}]])
def test_a_corrupt_answer_is_asked_again(
    network: Network, cache: Path, kept: object, caplog: pytest.LogCaptureFixture
) -> None:
    cache.parent.mkdir()
    cache.write_text(json.dumps({json.dumps(question("Aleppo")): kept}))
    assert geocode("Aleppo") == geocode("Aleppo")
    assert len(network.requests) == 1
    assert caplog.messages == [
        "dateline: the cache holds an unreadable answer for 'Aleppo'; asking again"
    ]


def test_a_cache_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "file"))
    assert geocode("Aleppo")[0].name == "Aleppo"
    assert caplog.messages[-1].startswith("dateline: the answer is not kept (")
    assert caplog.messages[-1].endswith("; set DATELINE_CACHE to a folder of yours")


def test_a_write_that_fails_leaves_the_old_cache(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    geocode("Aleppo")
    before = cache.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("json.dump", full)
    geocode("Geneva")
    assert list(cache.parent.iterdir()) == [cache]
    assert cache.read_bytes() == before


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"DATELINE_CACHE": "/a"}, "/a/geocode.json"),
        ({"DATELINE_CACHE": "/a", "XDG_CACHE_HOME": "/b"}, "/a/geocode.json"),
        ({"DATELINE_CACHE": "", "XDG_CACHE_HOME": "/b"}, "/b/dateline/geocode.json"),
        ({"XDG_CACHE_HOME": "relative"}, "/home/me/.cache/dateline/geocode.json"),
        ({}, "/home/me/.cache/dateline/geocode.json"),
    ],
)
def test_where_the_cache_is(
    settings: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATELINE_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in ({"HOME": "/home/me"} | settings).items():
        monkeypatch.setenv(name, value)
    assert _cache_file() == Path(expected)


def test_no_home(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("DATELINE_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert geocode("Aleppo")[0].name == "Aleppo"
    assert "set DATELINE_CACHE" in caplog.messages[-1]


FAILURES = [
    (URLError(OSError(-2, "Name or service not known")), "cannot be reached ('"),
    (URLError(ConnectionRefusedError(111, "Connection refused")), "cannot be reached ('"),
    (URLError(OSError(101, "Network is unreachable")), "or write the coordinates by hand"),
    (URLError("bad\x1b[31m\nline"), "cannot be reached ('bad\\x1b[31m\\nline')"),
    (TimeoutError("timed out"), "gave no answer in 5 seconds; try again later"),
    (refusal(503), "gave no answer in 5 seconds; try again later"),
    (refusal(403), "refuses us; set DATELINE_CONTACT to"),
    (refusal(407), "refuses us; set DATELINE_CONTACT to"),
    (refusal(402), "wants fewer requests; wait an hour, then try again"),
    (refusal(429), "wants fewer requests; wait an hour, then try again"),
    (refusal(429, Retry_After="90"), "wants fewer requests; wait 90 seconds, then try again"),
    (refusal(400), "cannot use the question ("),
    (refusal(500), "cannot be reached ("),
]


@pytest.mark.parametrize(("error", "expected"), FAILURES)
def test_no_answer(
    network: Network, error: Exception, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    network.error = error
    assert main(["geocode", "Aleppo", "Geneva"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("dateline: the geocoding service ")
    assert expected in printed.err
    assert printed.err.count("\n") == 1
    assert len(network.requests) == 1  # no retry, and the second name is not tried


@pytest.mark.parametrize(
    "answer",
    [
        "<html>log in</html>",
        '"text"',
        "[1]",
        "[" * 100_000,
        [ALEPPO | {"lat": None}],
        [ALEPPO | {"lat": "north"}],
        [ALEPPO | {"lon": "181"}],
        [ALEPPO | {"lon": "1e999"}],
        [ALEPPO | {"address": "SY"}],
        [ALEPPO | {"addresstype": ["city"]}],
    ],
    ids=lambda answer: None if isinstance(answer, list) else answer[:20],
)
def test_an_unreadable_answer(network: Network, cache: Path, answer: object) -> None:
    network.answers["Aleppo"] = answer
    with pytest.raises(GeocodeError, match="answered something unreadable; look whether"):
        geocode("Aleppo")
    assert not cache.exists()


def test_the_service_finds_fault(network: Network) -> None:
    network.answers["Aleppo"] = {"error": "no\nsuch"}
    with pytest.raises(GeocodeError, match=r"cannot use the question \('no\\nsuch'\)"):
        geocode("Aleppo")


HOSTILE = [
    ("", "is empty; give one"),
    (" \t", "is empty; give one"),
    ("Alep\x00po", "'Alep\\x00po' has control characters"),
    ("Alep\x1b[2Jpo", "'Alep\\x1b[2Jpo' has control characters"),
    ("Aleppo\r\nX: y", "has control characters"),
    ("Alep\udcffpo", "has control characters"),
    ("A" * 5000, "…' has 5,000 characters; give a place's name, at most 200"),
]


@pytest.mark.parametrize(("name", "expected"), HOSTILE)
def test_a_hostile_name(
    network: Network, name: str, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(QuestionError):
        geocode(name)
    for arguments in (["Aleppo", name], ["Aleppo", "--from", name]):
        assert main(["geocode", *arguments]) == 2
        printed = capsys.readouterr()
        assert printed.out == ""
        assert expected in printed.err
        assert printed.err.count("\n") == 1
    assert network.requests == []


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["A", "--limit", "x"],
        ["A", "--limit", "0"],
        ["A", "--limit", "41"],
        ["A", "--country", "SYR"],
        ["A", "--country", "é1"],
        ["A", "--form", "B"],
    ],
)
def test_wrong_use(network: Network, arguments: list[str]) -> None:
    try:
        status: Any = main(["geocode", *arguments])
    except SystemExit as stopped:
        status = stopped.code
    assert status == 2
    assert network.requests == []


def test_what_is_printed(network: Network, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Aleppo", "Geneva"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        HEADER,
        ROW,
        f"  {NOTE}",
        "geneva,Geneva,city,CH,46.20176,6.14660,,",
        "  relation 1685488, boundary administrative; Geneva, Switzerland",
        LICENCE,
    ]


def test_how_far(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Aleppo", "--from", "Geneva"]) == 0
    first, *_, note, licence = capsys.readouterr().out.splitlines()
    assert first.startswith("from Geneva: relation 1685488")
    assert note == f"  {NOTE}; 2,810 km from Geneva"
    assert licence == LICENCE


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["Xyzzy"], "'Xyzzy'; try another spelling, or add the country after a comma"),
        (["Xyzzy", "--country", "sy"], "'Xyzzy' in SY; try another spelling, or leave out "),
        (["Aleppo", "--from", "Xyzzy"], "'Xyzzy'; try another spelling"),
    ],
)
def test_no_match(arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", *arguments]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("dateline: no place is called " + expected)


def test_one_match_of_two(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["geocode", "Xyzzy", "Aleppo"]) == 1
    printed = capsys.readouterr()
    assert ROW in printed.out
    assert "'Xyzzy'" in printed.err


class Gazetteer:
    """Another geocoder, offline: it must neither be slowed down nor mixed into the cache."""

    def __init__(self, answer: Callable[[], list[Location] | None]) -> None:
        self.answer = answer
        self.asked: list[str] = []

    def geocode(self, query: str, **_: object) -> list[Location] | None:
        self.asked.append(query)
        return self.answer()


def test_another_geocoder(network: Network, cache: Path) -> None:
    there = Location("Marsh, Farland", (54.0, -1.0), {"type": "wetland"})
    gazetteer = Gazetteer(lambda: [there])
    for _ in range(2):
        (found,) = geocode("Marsh", geocoder=gazetteer)
    assert (found.name, found.kind, found.latitude, found.osm) == ("Marsh", "site", 54.0, "")
    assert found.note() == "wetland; Marsh, Farland"
    assert gazetteer.asked == ["Marsh", "Marsh"]
    assert (network.requests, network.clock, cache.exists()) == ([], 0.0, False)
    assert geocode("Marsh", geocoder=Gazetteer(lambda: None)) == ()


def test_a_candidate_becomes_a_place() -> None:
    (found,) = geocode("Aleppo")
    place = found.place()
    assert (place.id, place.kind, place.country) == ("aleppo", "city", "SY")
    assert hash(found) == hash(geocode("Aleppo")[0])


def test_importing_it_loads_no_library() -> None:
    code = (
        "import sys, dashboard.geocoding.geocode; assert not {'geopy', 'pandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_as_a_process_without_a_network(tmp_path: Path) -> None:
    (tmp_path / "geocode.json").write_text("{")
    closed = "http://127.0.0.1:9"  # discard: nothing listens
    alone = {**os.environ, "DATELINE_CACHE": str(tmp_path), "https_proxy": closed}
    alone |= {"HTTPS_PROXY": closed, "no_proxy": "", "NO_PROXY": ""}
    command = [sys.executable, "-m", "dashboard", "geocode", "Aleppo"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=alone)
    assert (done.returncode, done.stdout) == (1, "")
    cached, failed = done.stderr.splitlines()
    assert cached.startswith("dateline: the cache cannot be read (")
    assert failed.startswith("dateline: the geocoding service cannot be reached (")
