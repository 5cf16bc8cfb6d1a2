"""What a server holds, asked from outside: it collects its garbage and counts its sessions."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

COUNTED = "SESSIONS_COUNTED"  # in the environment: the file that it counts into
# Run by its interpreter when it starts, from a folder on PYTHONPATH.
SITE = f"""
import gc, os, signal
from pathlib import Path

def count(*_):
    gc.collect()
    alive = sum(type(found).__name__ == "AppSession" for found in gc.get_objects())
    path = Path(os.environ["{COUNTED}"])
    path.with_suffix(".new").write_text(str(alive))
    path.with_suffix(".new").replace(path)

signal.signal(signal.SIGUSR1, count)
"""


def prepared(folder: Path, *more: Path) -> dict[str, str]:
    """The environment of a server that can be asked, with its script in `folder`."""
    (folder / "sitecustomize.py").write_text(SITE, encoding="utf-8")
    return {
        "PYTHONPATH": os.pathsep.join(map(str, (folder, *more))),
        COUNTED: str(folder / "counted"),
    }


def sessions(process: int, folder: Path) -> int:
    """Collect, and count the sessions that live in the process. Raises TimeoutError."""
    counted = folder / "counted"
    counted.unlink(missing_ok=True)
    os.kill(process, signal.SIGUSR1)
    for _ in range(600):
        if counted.exists():
            return int(counted.read_text())
        time.sleep(0.1)
    raise TimeoutError("the server did not count within a minute")
