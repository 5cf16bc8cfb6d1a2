"""What a server holds, asked from outside: it collects its garbage and counts what is left."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path
from typing import NamedTuple

COUNTED = "SESSIONS_COUNTED"  # in the environment: the file that it counts into
# Run by its interpreter when it starts, from a folder on PYTHONPATH.
SITE = f"""
import gc, os, signal, sys
from pathlib import Path

def count(*_):
    gc.collect()
    alive = sum(type(found).__name__ == "AppSession" for found in gc.get_objects())
    path = Path(os.environ["{COUNTED}"])
    path.with_suffix(".new").write_text("%d %d" % (alive, sys.getallocatedblocks()))
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


class Held(NamedTuple):
    """Sessions that live in a process, and the blocks of memory that its Python objects take.

    The system's figure jumps as memory is handed over in pieces and seldom given back; this one
    does not: `sys.getallocatedblocks`.
    """

    sessions: int
    blocks: int


def held(process: int, folder: Path) -> Held:
    """Have the process collect, and count. Raises TimeoutError."""
    counted = folder / "counted"
    counted.unlink(missing_ok=True)
    os.kill(process, signal.SIGUSR1)
    for _ in range(600):
        if counted.exists():
            return Held(*map(int, counted.read_text().split()))
        time.sleep(0.1)
    raise TimeoutError("the server did not count within a minute")
