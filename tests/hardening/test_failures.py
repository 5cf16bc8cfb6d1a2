"""An error shows its reader an id, the log has its trace by that id, and nothing of readers."""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from dashboard.log import JsonLines, error_id, trace
from tests.browser.conftest import ROOT, Opener
from tests.hardening.served import Served, served
from tests.hardening.test_strangers import SYSTEM

TYPED = "zeppelin"  # what a reader typed, which an error quotes
BREAK = f"""
import threading
import dashboard.panels.statements, dashboard.server.sharing
def broken(*_, **__):
    raise ValueError("{TYPED}")
def broken_with_a_thread(*_):
    threading.Thread(target=broken).start()
    broken()
dashboard.server.sharing.card = broken_with_a_thread
dashboard.panels.statements.show_statements = broken
"""
ID = re.compile(r"\b[0-9a-f]{12}\b")


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Cards cannot be drawn, and no statements be shown."""
    with served(tmp_path_factory.mktemp("broken"), before=BREAK) as running:
        yield running


def logged(server: Served, error: str) -> dict[str, Any]:
    """The one record of an error."""
    (found,) = [record for record in server.records() if record.get("error") == error]
    return found


def test_a_route_that_fails_answers_with_an_id(broken: Served) -> None:
    answer = broken.ask("/card.png")
    assert answer.status == 500
    said = json.loads(answer.body)
    assert set(said) == {"error", "id"}
    assert [told for told in (*SYSTEM, TYPED, "ValueError") if told in answer.whole] == []
    record = logged(broken, said["id"])
    assert (record["level"], record["message"]) == ("ERROR", "A request failed: card.png")
    assert record["trace"].endswith("in broken\nbuiltins.ValueError")
    assert "sharing.py" in record["trace"]
    assert broken.ask("/card.png").body != answer.body  # each failure has its own
    assert broken.ask("/api/quotes.json").status == 200  # the server goes on


def test_a_page_that_fails_shows_an_id(broken: Served, open_page: Opener) -> None:
    page = open_page("/?place=moscow", at=broken.address)
    alert = page.get_by_role("alert").filter(has_text="Something failed here")
    expect(alert).to_be_visible()
    (shown,) = ID.findall(alert.inner_text())
    record = logged(broken, shown)
    assert record["trace"].endswith("in broken\nbuiltins.ValueError")
    assert "page.py" in record["trace"]
    text = page.content()
    assert [told for told in (*SYSTEM, "ValueError", TYPED, "page.py") if told in text] == []
    expect(page.get_by_role("heading", level=1)).to_be_visible()  # what was before it stays


def test_the_log_is_json_and_has_nothing_of_readers(broken: Served) -> None:
    reader = {
        "X-Forwarded-For": "203.0.113.7", "Referer": f"https://{TYPED}.example/",
        "User-Agent": TYPED, "Cookie": f"a={TYPED}", "Origin": f"https://{TYPED}.example",
    }  # fmt: skip
    for path in ("/", "/api/quotes.csv", "/card.png", "/nowhere", f"/{TYPED}", "/readyz"):
        broken.ask(f"{path}?q={TYPED}", headers=reader)
    broken.upgrade(Origin=f"https://{TYPED}.example")
    records = broken.records()
    assert {"A request failed: card.png", "A thread ended"} <= {r["message"] for r in records}
    for record in records:
        assert {"time", "level", "logger", "message"} <= set(record)
        assert re.fullmatch(r"[\d-]{10}T[\d:.]{12}\+00:00", record["time"])
    written = broken.log.read_text(encoding="utf-8")
    assert [told for told in (TYPED, "203.0.113.7", "127.0.0.1", "?q=") if told in written] == []


def line(
    logger: str, message: object, *arguments: object, error: BaseException | None = None
) -> dict[str, Any]:
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(logger, logging.ERROR, "", 1, message, arguments, exc_info)
    text = JsonLines().format(record)
    assert "\n" not in text
    found: dict[str, Any] = json.loads(text)
    return found


@pytest.mark.parametrize(
    ("logger", "message", "arguments", "shown"),
    [
        ("dashboard.shelf", "%s: %s", ("tiny", "two\nlines"), "tiny: two\nlines"),
        ("streamlit.web", "Rejecting: origin=%s", (TYPED,), "Rejecting: origin=%s"),
        ("uvicorn.error", '%s - "WebSocket %s" 403', ("203.0.113.7:1", "/?q=x"),
         '%s - "WebSocket %s" 403'),
        ("asyncio", ValueError("an object"), (), "an object"),
        ("dashboard.x", 'quotes " \\ \x1b[31m é', (), 'quotes " \\ \x1b[31m é'),
    ],
)  # fmt: skip
def test_ours_is_written_in_full_and_what_others_fill_in_is_not(
    logger: str, message: object, arguments: tuple[object, ...], shown: str
) -> None:
    assert line(logger, message, *arguments)["message"] == shown


def raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except BaseException as caught:
        return caught


def test_an_errors_id_is_the_same_for_whoever_asks() -> None:
    error = raised(KeyError(TYPED))
    assert line("a", "b", error=error)["error"] == error_id(error) == error_id(error)
    assert error_id(raised(KeyError())) != error_id(error)


@pytest.mark.parametrize(
    ("error", "kinds"),
    [
        (raised(KeyError(TYPED)), ["KeyError"]),
        (raised(ValueError(TYPED), raised(OSError(TYPED))), ["OSError", "ValueError"]),
        (raised(ExceptionGroup(TYPED, [raised(KeyError(TYPED)), OSError(TYPED)])),
         ["KeyError", "OSError", "ExceptionGroup"]),
    ],
)  # fmt: skip
def test_a_trace_has_what_led_to_it_and_no_messages(error: BaseException, kinds: list[str]) -> None:
    found = trace(error)
    assert re.findall(r"^builtins\.(\w+)$", found, flags=re.MULTILINE) == kinds
    assert TYPED not in found
    assert "test_failures.py" in found


def test_an_extraction_that_fails_logs_no_words() -> None:
    """It has the article, and its log is the server's."""
    article = f"Nobody had seen the {TYPED} land in the valley. " * 30
    asked = json.dumps({"name": "", "facts": {TYPED: TYPED}, "size": len(article)})
    ended = subprocess.run(
        [sys.executable, "-m", "dashboard.extract.worker"],
        input=f"{asked}\n{article}", capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert ended.returncode == 1
    (record,) = map(json.loads, ended.stderr.splitlines())
    assert record["message"] == "The process ended"
    assert record["trace"].endswith("builtins.TypeError")
    assert TYPED not in ended.stderr
