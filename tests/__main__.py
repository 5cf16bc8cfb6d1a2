"""All checks in one go, `python -m tests`: the programs they need, lint, types, tests, audit.

The tests run twice: in a browser, too, and at the newest versions; then at the lowest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("mypy",),
    ("pytest", "-n", "auto", "--dist", "loadfile", "tests"),
    ("tests.lowest",),
    ("tests.audit",),
)


def main() -> int:
    """Run them in order; the first that fails ends it. Returns its exit code."""
    install_programs()
    for name, *rest in CHECKS:
        print(f"\n$ {name} {' '.join(rest)}", flush=True)
        done = subprocess.run([sys.executable, "-m", name, *rest], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


def install_programs() -> None:
    """Install what is missing with apt where that is possible; else the tests say what to do."""
    wanted = []
    if not (os.environ.get("CHROMIUM") or any(map(shutil.which, CHROMIUM))):
        wanted.append("chromium")
    if not (shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")):
        wanted.append("nginx-light")
    if not (shutil.which("initdb") or list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))):
        wanted.append("postgresql")
    if not wanted or not shutil.which("apt-get"):
        return
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    for command in (["update", "-q"], ["install", "-yq", *wanted]):
        print("$ apt-get", *command, flush=True)
        subprocess.run([*root, "apt-get", *command], check=False)


if __name__ == "__main__":
    sys.exit(main())
