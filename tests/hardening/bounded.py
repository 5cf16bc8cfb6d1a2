"""Asks a reader of somebody's files in a process that may take two seconds and so much memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 2  # of processor time: a busy machine is no fault
MEMORY = 300_000_000  # bytes of addresses, beyond what the process has when it begins

LIMITED = """
import resource, signal, sys
from pathlib import Path
{prepare}
pages = int(Path("/proc/self/statm").read_text().split()[0])
most = pages * resource.getpagesize() + {memory}
resource.setrlimit(resource.RLIMIT_AS, (most, most))
signal.setitimer(signal.ITIMER_PROF, {seconds})
try:
    answer = {call}
except Exception as error:
    answer = error
signal.setitimer(signal.ITIMER_PROF, 0)
print(type(answer).__name__)
print(str(answer)[:2000])
"""


def asked(prepare: str, call: str, *arguments: object) -> tuple[str, str]:
    """The name of the type, and the text, of what a call returns or raises, within the bounds."""
    code = LIMITED.format(prepare=prepare, call=call, seconds=SECONDS, memory=MEMORY)
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        # Threads reserve addresses that they may never use: by chance 128 MB for each of Arrow's.
        env=os.environ
        | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != -signal.SIGPROF, f"took more than {SECONDS} s"
    assert done.returncode == 0, done.stderr
    kind, _, text = done.stdout.partition("\n")
    return kind, text
