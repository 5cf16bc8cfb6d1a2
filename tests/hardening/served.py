"""The app in a process of its own, its log kept, and asked without a browser's manners."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psutil

from tests.browser.conftest import ROOT, end, free_port, wait_for

START = "import sys; from streamlit.web.cli import main; sys.exit(main())"
UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Message
    body: bytes

    @property
    def whole(self) -> str:
        """Head and body, to look for what must not be there."""
        return f"{self.headers}{self.body.decode('utf-8', 'replace')}"


@dataclass(frozen=True)
class Served:
    """A running server."""

    address: str
    log: Path

    def ask(
        self, path: str = "/", method: str = "GET", headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request, its path and headers as they are given."""
        host = urlsplit(self.address).netloc
        connection = http.client.HTTPConnection(host, timeout=30)
        connection.request(method, path, headers={"Host": host, **(headers or {})})
        answer = connection.getresponse()
        body = b"" if answer.status == 101 else answer.read()
        connection.close()
        return Answer(answer.status, answer.headers, body)

    def upgrade(self, path: str = "/_stcore/stream", **headers: str) -> Answer:
        """The answer to a websocket's first request."""
        return self.ask(path, headers=UPGRADE | headers)

    @property
    def stream(self) -> str:
        """The websocket's address."""
        return f"{self.address.replace('http', 'ws', 1)}/_stcore/stream"

    def records(self) -> list[dict[str, Any]]:
        """The log, each line read as JSON."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]


@contextmanager
def served(
    folder: Path,
    *options: str,
    before: str = "",
    **settings: str,
) -> Iterator[Served]:
    """The app, its log in `folder`; `before` is Python that runs in its process first."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("DATELINE_")}
    port = free_port()
    log = folder / "log"
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-c", f"{before}\n{START}", "run", "dashboard/app.py",
             f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true",
             *options],
            cwd=ROOT, env=kept | settings, stdout=subprocess.DEVNULL, stderr=written, text=True,
        )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield Served(f"http://127.0.0.1:{port}", log)
    finally:
        end(process)


def process_of(address: str) -> psutil.Process:
    """The server that listens at an address and that these tests have started."""
    (found,) = (
        child
        for child in psutil.Process().children()
        if f"--server.port={urlsplit(address).port}" in child.cmdline()
    )
    return found
