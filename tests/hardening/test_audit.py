"""The audit, by pip-audit itself, of a service that answers this or that, or nothing."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from tests.audit import UNREACHED, audit, installed, verdict

PACKAGES = {"alpha": "1.0", "beta": "2.5"}
HOLE = {
    "id": "PYSEC-2026-7",
    "summary": "Reads any file.",
    "affected": [
        {
            "package": {"name": "beta", "ecosystem": "PyPI"},
            "ranges": [
                {"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "2.6"}]},
            ],
        }
    ],
}


class Service(BaseHTTPRequestHandler):
    """OSV, as far as pip-audit asks it: the path says how it is that day."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        name, day = asked["package"]["name"], self.path.strip("/")
        if day == "silent":
            self.server.shut.wait()  # type: ignore[attr-defined]
            return
        if day == "cut" and name == "beta":
            return
        self.send_response(int(day) if day.isdigit() else 200)
        self.end_headers()
        holes = {"vulns": [HOLE]} if (day, name) == ("vulnerable", "beta") else {}
        self.wfile.write(b"<html>Sign in" if day == "portal" else json.dumps(holes).encode())

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Service) as server:
        server.shut = Event()  # type: ignore[attr-defined]
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shut.set()  # type: ignore[attr-defined]
        server.shutdown()


@pytest.mark.parametrize(
    ("day", "code", "says"),
    [
        ("clean", 0, "2 packages audited: no known vulnerability."),
        ("vulnerable", 1, "Known vulnerabilities:\nbeta 2.5: PYSEC-2026-7, fixed in 2.6"),
        ("503", 0, UNREACHED),
        ("429", 0, UNREACHED),
        ("403", 0, UNREACHED),
        ("cut", 0, UNREACHED),  # the connection, after the first answer
        ("silent", 0, UNREACHED),
    ],
)
def test_what_the_service_knows_decides(service: str, day: str, code: int, says: str) -> None:
    assert audit(PACKAGES, "--osv-url", f"{service}/{day}", "--timeout", "2") == (code, says)


@pytest.mark.parametrize("day", ["404", "portal"])
def test_an_answer_that_is_none_of_the_services_fails(service: str, day: str) -> None:
    code, says = audit(PACKAGES, "--osv-url", f"{service}/{day}")
    assert code == 1
    assert says.startswith("The audit failed, exit code 1:")


def test_where_nobody_listens_nothing_was_audited() -> None:
    with socket.socket() as bound:  # and never listening
        bound.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{bound.getsockname()[1]}"
        assert audit(PACKAGES, "--osv-url", closed) == (0, UNREACHED)


def test_it_ends_in_time(service: str) -> None:
    late = audit(PACKAGES, "--osv-url", f"{service}/silent", "--timeout", "3600", limit=5)
    assert late == (0, UNREACHED)


SKIPPED = {"name": "beta", "skip_reason": "Dependency not found"}
CLEAN = {"name": "alpha", "version": "1.0", "vulns": []}


@pytest.mark.parametrize(
    ("answers", "code", "says"),
    [
        ([CLEAN, SKIPPED], 0, "Not audited: beta"),
        ([CLEAN], 0, "Not audited: beta"),
        ([SKIPPED], 0, "The audit failed, exit code 0:"),
        ([], 0, "The audit failed, exit code 0:"),
        ([CLEAN, {**CLEAN, "name": "beta"}], 3, "The audit failed, exit code 3:"),
    ],
)
def test_what_was_not_audited_never_passes(
    answers: list[dict[str, object]], code: int, says: str
) -> None:
    out = json.dumps({"dependencies": answers, "fixes": []})
    found = verdict(PACKAGES, code, out, "No known vulnerabilities found")
    assert (found.code, found.says.splitlines()[0]) == (1, says)


@pytest.mark.parametrize("out", ["", "null", "[]", "{}", '{"dependencies": 1}', "Killed"])
def test_a_crash_is_no_pass(out: str) -> None:
    code, says = verdict(PACKAGES, -9, out, "Segmentation fault")
    assert (code, says.splitlines()[:2]) == (
        1, ["The audit failed, exit code -9:", f"Segmentation fault{out}"],
    )  # fmt: skip


def test_what_is_installed_is_audited_with_what_it_brought_along() -> None:
    names = set(installed())
    assert {"jinja2", "pytest", "streamlit", "markupsafe"} <= names  # that is Jinja2's
    assert names & {"dateline", "pip"} == set()
