"""Hosts, origins and forwarding headers as they are set; what the server is made of is untold."""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import UserInfo
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from dashboard.server.gate import _is_needed
from dashboard.server.security import parents
from dashboard.settings import read_settings
from tests.browser.conftest import ROOT
from tests.hardening.served import Served, served

EVIL = "evil.example"
FORGED = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Prefix": f"//{EVIL}",
    "X-Original-URL": f"//{EVIL}/",
    "Forwarded": f"host={EVIL};proto=https",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """As it is started where nothing is set."""
    with served(tmp_path_factory.mktemp("unset")) as running:
        yield running


@pytest.fixture(scope="module")
def hosted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """For one host, under a path, and one other site."""
    with served(
        tmp_path_factory.mktemp("hosted"),
        "--server.baseUrlPath=dateline",
        "--server.allowedHosts=news.example.org",
        "--server.corsAllowedOrigins=https://desk.example.org",
        DATELINE_PUBLIC_URL="https://www.example.org/dateline/",
    ) as running:
        yield running


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("news.example.org", 200), ("NEWS.example.org:443", 200), (EVIL, 421), ("127.0.0.1", 421),
        (f"news.example.org.{EVIL}", 421), (f"news.example.org@{EVIL}", 421), ("", 421),
    ],
)  # fmt: skip
def test_only_hosts_that_are_set_are_answered(hosted: Served, host: str, status: int) -> None:
    for path in ("/dateline/", "/dateline/api/quotes.json", "/dateline/_stcore/health"):
        assert hosted.ask(path, headers={"Host": host}).status == status
    handshake = hosted.upgrade("/dateline/_stcore/stream", Host=host)
    assert handshake.status == (101 if status == 200 else 421)


def test_health_is_asked_by_address(hosted: Served) -> None:
    for path in ("/healthz", "/dateline/healthz", "/dateline/readyz"):
        assert hosted.ask(path).status == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://news.example.org", 101), ("https://www.example.org", 101),
        ("https://desk.example.org", 101), (f"https://{EVIL}", 403), ("null", 403),
        (f"https://news.example.org.{EVIL}", 403), ("http://localhost", 403),
        ("http://127.0.0.1", 403), ("http://[", 403), ("https://example.org", 403),
    ],
)  # fmt: skip
def test_only_pages_that_are_set_open_a_session(hosted: Served, origin: str, status: int) -> None:
    answer = hosted.upgrade("/dateline/_stcore/stream", Host="news.example.org", Origin=origin)
    assert answer.status == status


def test_where_nothing_is_set_our_own_page_opens_a_session_and_no_other(server: Served) -> None:
    assert server.upgrade().status == 101  # no browser
    assert server.upgrade(Origin=server.address).status == 101
    for other in (f"http://{EVIL}", server.address.replace("127.0.0.1", "127.0.0.1.example")):
        assert server.upgrade(Origin=other).status == 403


@pytest.mark.parametrize(
    "path",
    ["/", "/?quote=q-lavrov-lose", "/library", "/method/", "/api/quotes.json", "/api/story.jsonld",
     "/api/places.geojson", "/edition.html", "/oembed?url=http%3A%2F%2Flocalhost%2F", "/nowhere",
     "/_stcore/host-config", "/_stcore/health"],
)  # fmt: skip
def test_forged_headers_are_nowhere_in_an_answer(server: Served, path: str) -> None:
    for forged in (FORGED, FORGED | {"Host": EVIL}):
        answer = server.ask(path, headers=forged)
        assert answer.status < 500
        assert EVIL not in answer.whole


@pytest.mark.parametrize(
    ("frame", "origins"),
    [
        ("", []), ("none", []), ("any", []),
        ("self https://*.streamlit.app", ["https://*.streamlit.app"]),
    ],
)  # fmt: skip
def test_only_who_may_frame_all_of_it_leads_the_page(frame: str, origins: list[str]) -> None:
    assert parents(read_settings({"DATELINE_FRAME_PAGE": frame}).frame_page) == origins


def test_where_nothing_is_set_no_parent_leads_the_page(server: Served) -> None:
    assert json.loads(server.ask("/_stcore/host-config").body)["allowedOrigins"] == []


@pytest.mark.parametrize(
    "path", ["//static/js/x.js", "/static/./js/x.js", "/static/js/../js/x.js", "/api//quotes.json"]
)
def test_a_file_has_one_name(server: Served, path: str) -> None:
    assert server.ask(path).status == 404


@pytest.mark.parametrize("query", ["", "?place=moscow"])
def test_the_way_into_the_base_path_names_no_host(tmp_path: Path, query: str) -> None:
    with served(tmp_path, "--server.baseUrlPath=dateline") as server:
        answer = server.ask(f"/dateline{query}", headers=FORGED | {"Host": EVIL})
    assert (answer.status, answer.headers["Location"]) == (307, f"/dateline/{query}")


@pytest.mark.parametrize(
    "path",
    ["/_stcore/metrics", "/_stcore/metrics?families=active_sessions", "/_stcore/metrics/",
     "/_stcore/agent/openapi.json", "/_stcore/agent/interact", "/_stcore/agent/mcp",
     "/_stcore/script-health-check", "/auth/login", "/auth/logout", "/oauth2callback"],
)  # fmt: skip
def test_what_is_streamlits_own_is_closed(server: Served, hosted: Served, path: str) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        assert server.ask(path, method).status == 404
        under = hosted.ask(f"/dateline{path}", method, {"Host": "news.example.org"})
        assert under.status == 404


def test_metrics_are_nothing_at_the_readers_port(server: Served) -> None:
    for path in ("/metrics", "/api/metrics", "/_stcore/metrics"):
        assert "dateline_" not in server.ask(path).body.decode()


SYSTEM = [
    str(ROOT), sys.prefix, str(Path.home()), "Traceback", 'File "', platform.python_version(),
    "site-packages",
]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/", "GET"), ("/nowhere", "GET"), ("/basemap/%2e%2e/%2e%2e/etc/passwd", "GET"),
        ("/basemap/x", "GET"), ("/static/js/%00", "GET"), ("/media/..%2f..%2fx", "GET"),
        ("/api/..%2f..%2fpyproject.toml", "GET"), ("/api/quotes.json?actor=%00", "GET"),
        ("/card.png?quote=" + "x" * 9000, "GET"), ("/oembed?url=%ff", "GET"),
        ("/_stcore/upload_file/x/y", "PUT"), ("/_stcore/upload_file/x/y", "DELETE"),
        ("/api/nothing", "GET"), ("/api/quotes.json?colour=red", "GET"),
        ("/oembed?url=http://localhost/&format=xml", "GET"), ("/api/quotes.json", "POST"),
        ("/api/library/quotes.csv", "GET"), ("/component/x/y.js", "GET"), ("/healthz", "POST"),
        ("/_stcore/bidi-components/x/..%2fy", "GET"), ("/readyz", "GET"), ("/", "PROPFIND"),
    ],
)  # fmt: skip
def test_answers_tell_nothing_of_the_system(server: Served, path: str, method: str) -> None:
    answer = server.ask(path, method)
    assert answer.status != 500
    assert [told for told in SYSTEM if told in answer.whole] == []


def run(session: ClientConnection, **asked: str) -> bytes:
    """All that one run of the page sends."""
    said = BackMsg()
    said.rerun_script.query_string = asked.get("query", "")
    session.send(said.SerializeToString())
    received = b""
    while True:
        data = session.recv(timeout=60, decode=False)
        received += data
        if ForwardMsg.FromString(data).WhichOneof("type") == "script_finished":
            return received


def test_a_session_is_told_nothing_of_the_system(server: Served) -> None:
    with connect(server.stream, max_size=None, compression=None) as session:
        for query in ("", "place=moscow", "actor=nobody&q=%00"):
            received = run(session, query=query)
            assert len(received) > 10_000
            assert [told for told in (*SYSTEM, "page.py") if told.encode() in received] == []


def test_a_session_is_not_told_the_machines_number(server: Served) -> None:
    with connect(server.stream, max_size=None, compression=None) as session:
        session.send(asked_again())
        while True:
            told = ForwardMsg.FromString(session.recv(timeout=60, decode=False))
            if told.WhichOneof("type") == "new_session":
                break
    assert told.new_session.initialize.session_id
    assert told.new_session.initialize.user_info == UserInfo()


def asked_again() -> bytes:
    said = BackMsg()
    said.rerun_script.query_string = ""
    return bytes(said.SerializeToString())


def test_a_proxy_is_believed_of_hosts_that_are_set(tmp_path: Path) -> None:
    settings = {"DATELINE_TRUST_PROXY": "true"}
    with served(tmp_path, "--server.allowedHosts=news.example.org", **settings) as server:
        for host, believed in (("news.example.org", True), (EVIL, False)):
            forwarded = {"X-Forwarded-Host": host, "X-Forwarded-Proto": "https"}
            answer = server.ask("/", headers={"Host": "news.example.org", **forwarded})
            assert (f"https://{host}/" in answer.whole) == believed
            assert EVIL not in answer.whole


def asked(kind: str) -> bytes:
    """What a browser may say besides: a flag of Streamlit's, or one of its operations."""
    said = BackMsg()
    if hasattr(said.backend_operation_request, kind):
        getattr(said.backend_operation_request, kind).SetInParent()
    else:
        setattr(said, kind, True)
    return bytes(said.SerializeToString())


def until(session: ClientConnection, last: str) -> list[str]:
    """What kinds of messages come, to the last."""
    kinds = [""]
    while kinds[-1] != last:
        data = session.recv(timeout=60, decode=False)
        kinds.append(str(ForwardMsg.FromString(data).WhichOneof("type")))
    return kinds[1:]


UNNEEDED = (
    "load_git_info", "clear_cache", "set_run_on_save", "debug_shutdown_runtime",
    "debug_disconnect_websocket", "install_skills", "dismiss_skills_nudge",
)  # fmt: skip


def test_what_no_reader_needs_to_say_is_not_heard(server: Served) -> None:
    before = server.records()
    with connect(server.stream, max_size=None, compression=None) as session:
        run(session)
        session.send(asked("app_heartbeat"))
        until(session, "heartbeat_ack")
        for kind in (*UNNEEDED, "app_heartbeat"):
            session.send(asked(kind))
        assert until(session, "heartbeat_ack") == ["heartbeat_ack"]
        assert len(run(session, query="place=moscow")) > 10_000
    assert server.records() == before


@pytest.mark.parametrize("kind", UNNEEDED)
def test_what_is_not_heard_by_its_kind(kind: str) -> None:
    assert not _is_needed(asked(kind))


@pytest.mark.parametrize(
    "kind", ["stop_script", "app_heartbeat", "deferred_file", "dataframe_chunk"]
)
def test_what_is_heard_by_its_kind(kind: str) -> None:
    assert _is_needed(asked(kind))


@pytest.mark.parametrize("said", ["text", b"\xff\xff\xff\xff"])
def test_what_is_no_message_ends_the_session_and_no_other(server: Served, said: str) -> None:
    with connect(server.stream, max_size=None) as other, connect(server.stream) as session:
        session.send(said)
        with pytest.raises(ConnectionClosed):
            session.recv(timeout=60)
        assert len(run(other)) > 10_000
    assert [r for r in server.records() if "trace" in r and r["level"] == "ERROR"] == []
