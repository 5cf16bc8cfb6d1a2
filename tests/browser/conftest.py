"""How the app is served to tests and opened in a real Chromium, without which they fail."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

ROOT = Path(__file__).parent.parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP news.example.org 127.0.0.1",  # the site of the hosting tests
]
expect.set_options(timeout=20_000)  # a promise is kept late on a busy machine, and still kept
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@contextmanager
def serving(story: Path | None = None, **settings: str) -> Iterator[str]:
    """The app on a free port, as the README starts it; yields its address."""
    port = free_port()
    env = os.environ | {"DATELINE_STORY": str(story)} if story else dict(os.environ)
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "dashboard/app.py",
         f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"],
        cwd=ROOT, env=env | settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/healthz", process)
        yield address
    finally:
        end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Have a server end, as it must when it is asked to; one that does not is an error."""
    process.terminate()
    try:
        process.wait(60)  # a busy machine is no fault
    finally:
        process.kill()  # what does not end would take the machine from all other tests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_for(address: str, process: subprocess.Popen[str]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if process.poll() is not None:
            pytest.fail(f"the server ended: {process.communicate()[0]}")
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 — our own address
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server did not answer within a minute")


def chromium() -> str:
    """The browser's program; without one the test fails and says what to install."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if not path:
        pytest.fail(
            "The browser tests need Chromium, and there is none. Install it "
            "(Debian, Ubuntu: `apt-get install chromium`) or name it in the setting CHROMIUM."
        )
    return path


Opener = Callable[..., Page]
