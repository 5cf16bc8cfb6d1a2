"""No address leads to a file that is not meant to be served, however it is written."""

from __future__ import annotations

import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import ROOT, serving

# Every route that answers with files, or with something called by a name; Streamlit's own, too.
ROUTES = (
    "/",
    "/basemap/",
    "/api/",
    "/api/library/",
    "/static/",
    "/static/js/",
    "/app/static/",
    "/media/",
    "/component/",
    "/component/x/",
    "/_stcore/",
    "/_stcore/bidi-components/",
    "/_stcore/bidi-components/x/",
    "/_stcore/upload_file/",
    "/edition.html/",
)
UP = (
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "%252e%252e%252f",
    "..\\",
    "..%5c",
    "%2e%2e%5c",
    "..%255c",
    "....//",
    "..;/",
    "%c0%ae%c0%ae/",
    ".%00./",
    "%uff0e%uff0e/",
)
FILES = ("README.md", "pyproject.toml", "data/stories/moscow-talks/quotes.csv",
         "dashboard/settings.py", ".streamlit/config.toml", "etc/passwd")  # fmt: skip
ABSOLUTE = ("/etc/passwd", "//etc/passwd", "%2fetc%2fpasswd", "file:///etc/passwd",
            "%00/etc/passwd", "C:%5cWindows%5cwin.ini", "%5c%5chost%5cshare")  # fmt: skip
# How these files begin, and what is in them all through.
SECRETS = (b"root:x:", b"# Dateline", b"[project]", b"q-lavrov-lose,", b"DATELINE_STORY", b"[theme")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with serving() as address:
        yield address


def test_the_secrets_are_in_the_files() -> None:
    found = b"".join((ROOT / name).read_bytes() for name in FILES[:-1])
    assert all(secret in found for secret in SECRETS[1:])


@pytest.mark.parametrize("route", ROUTES)
def test_no_path_leads_out(server: str, route: str) -> None:
    names = [up * deep + name for up in UP for deep in (1, 2, 4, 8) for name in FILES]
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=60)
    statuses = set()
    for name in (*names, *ABSOLUTE):
        # Sent letter by letter, as no browser would.
        connection.putrequest("GET", route + name, skip_accept_encoding=True)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        statuses.add(answer.status)
        found = [secret for secret in SECRETS if secret in body]
        assert not found, (route + name, answer.status, found)
    connection.close()
    assert statuses <= {200, 307, 400, 403, 404, 405}  # 200: Streamlit's page for any other address
