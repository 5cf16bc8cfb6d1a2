"""Debian's PostgreSQL, started in a temporary folder as a user that it accepts."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

USER = "dateline"
PASSWORD = "o pen:s@same/%41"  # noqa: S105  # what an address must quote
INSTALL = "PostgreSQL is missing: apt-get install postgresql"


@contextmanager
def postgres_address() -> Iterator[str]:
    """The address of a database, with a password; the server sorts text unlike code points."""
    with postgres_server() as where:
        yield f"postgres://{USER}:{quote(PASSWORD, safe='')}@{where}/postgres"


@contextmanager
def postgres_server() -> Iterator[str]:
    """Its host and port, for USER with PASSWORD."""
    programs = _programs()
    who = _user()
    folder = Path(tempfile.mkdtemp(prefix="dateline-postgres-"))
    try:
        secret = folder / "password"
        secret.write_text(PASSWORD)
        if who:
            for path in (folder, secret):
                shutil.chown(path, who, who if who == "postgres" else None)
        made = folder / "made"
        run = {"user": who, "extra_groups": []} if who else {}
        initdb = [programs / "initdb", "-D", made, "-U", USER, "-A", "scram-sha-256"]
        initdb += [f"--pwfile={secret}", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"]
        initdb += ["--locale-provider=icu", "--icu-locale=en-US"]
        _do(initdb, run)
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        options = f"-h 127.0.0.1 -p {port} -k '{folder}' -c fsync=off -c shared_buffers=64MB"
        control = [programs / "pg_ctl", "-D", made]
        _do([*control, "-w", "-l", folder / "log", "-o", options, "start"], run)
        try:
            yield f"127.0.0.1:{port}"
        finally:
            _do([*control, "-m", "immediate", "stop"], run)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    program = Path(found) if found else next(iter(reversed(folders)), None)
    assert program, INSTALL
    return program.parent


def _version(program: Path) -> int:
    name = program.parent.parent.name
    return int(name) if name.isdigit() else 0


def _user() -> str | None:
    """Whom to be: PostgreSQL refuses to run as root."""
    if os.geteuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _do(command: list[object], run: dict[str, object]) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        check=False,
        timeout=60,
        **run,
    )
    assert done.returncode == 0, f"{Path(str(command[0])).name}: {done.stdout.decode()}"
