"""A Streamlit server of its own, on a free port of this machine, for as long as a `with` lasts."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SESSION_TTL = 2  # seconds that a reader's session outlives the connection


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    process: psutil.Process

    @property
    def page(self) -> str:
        """The page's address."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def stream(self) -> str:
        """The websocket's address."""
        return f"ws://127.0.0.1:{self.port}/_stcore/stream"

    def cpu(self) -> float:
        """Seconds of processor time spent so far."""
        times = self.process.cpu_times()
        return times.user + times.system

    def memory(self) -> float:
        """Resident memory in MB (10⁶ bytes)."""
        return self.process.memory_info().rss / 1e6


@contextmanager
def serve(app: Path, root: Path, **environment: str) -> Iterator[Server]:
    """Serve `app` with the settings and the package of the checkout at `root`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = {
        "server.headless": "true",
        "server.address": "127.0.0.1",
        "server.port": port,
        "server.fileWatcherType": "none",
        "server.disconnectedSessionTTL": SESSION_TTL,
        "browser.gatherUsageStats": "false",
    }
    command = [sys.executable, "-m", "streamlit", "run", str(app)]
    command += [part for name, value in options.items() for part in (f"--{name}", str(value))]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command,
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(root)} | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait(process, f"http://127.0.0.1:{port}/_stcore/health")
            yield Server(port, psutil.Process(process.pid))
        except BaseException:
            log.seek(0)
            sys.stderr.write(log.read().decode(errors="replace")[-2000:])
            raise
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(process: subprocess.Popen[bytes], health: str) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            with urlopen(health, timeout=5):  # noqa: S310 — our own server
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError("the server did not answer within 30 s")
