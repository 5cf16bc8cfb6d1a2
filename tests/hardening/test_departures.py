"""Who hangs up before the answer leaves nothing running."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dashboard.basemap import shapes_address
from tests.hardening.served import process_of, served

MANY = 60


@pytest.mark.parametrize("path", [f"/{shapes_address().lstrip('/')}", "/words"])
def test_who_hangs_up_before_the_answer_leaves_nothing_running(path: str, tmp_path: Path) -> None:
    asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\n\r\n"
    with served(tmp_path) as server:
        at = urlsplit(server.address)
        for _ in range(3):
            with ExitStack() as asking:
                for _ in range(MANY):
                    one = asking.enter_context(socket.create_connection((at.hostname, at.port)))
                    one.sendall(asked.encode())
        process = process_of(server.address)
        until = time.monotonic() + 30
        while process.cpu_percent(0.5) > 50:
            assert time.monotonic() < until, "it is at work for nobody"
