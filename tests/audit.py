"""The audit of what is installed, `python -m tests.audit`: fails on a known vulnerability."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import distributions
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from packaging.utils import canonicalize_name

LIMIT = 300.0  # seconds; one question a package, some 200
UNREACHED = "The audit's data could not be reached from here: nothing was audited."
# OSV, because where it cannot be reached pip-audit fails. Its default, the package index, may
# answer "not found" for each package, which passes as "No known vulnerabilities found".
COMMAND = (
    *(sys.executable, "-m", "pip_audit", "--vulnerability-service", "osv", "--format", "json"),
    *("--no-deps", "--disable-pip", "--progress-spinner", "off", "--timeout", "10"),
)
# As pip-audit and requests name it when nobody answers, or a proxy or an overloaded service does.
NO_ANSWER = re.compile(
    r"^ERROR:pip_audit\._cli:Could not connect"
    r"|^requests\.exceptions\.(ConnectionError|ConnectTimeout|ReadTimeout|ProxyError|SSLError)\b"
    r"|^requests\.exceptions\.HTTPError: (403|407|429|5\d\d) ",
    flags=re.MULTILINE,
)


class Verdict(NamedTuple):
    """The exit code, 0 or 1, and what to print."""

    code: int
    says: str


def installed() -> dict[str, str]:
    """Name → version of all that this environment has, but us, and pip: that is Python's own."""
    found = {canonicalize_name(each.name): each.version for each in distributions()}
    return {name: found[name] for name in sorted(found) if name not in ("dateline", "pip")}


def audit(packages: Mapping[str, str], *options: str, limit: float = LIMIT) -> Verdict:
    """Ask for the vulnerabilities of these versions, within `limit` seconds."""
    with TemporaryDirectory() as folder:
        asked = Path(folder) / "requirements.txt"
        asked.write_text("".join(f"{name}=={packages[name]}\n" for name in packages))
        command = [*COMMAND, "--requirement", str(asked), *options]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=limit, check=False
            )
        except subprocess.TimeoutExpired:
            return Verdict(0, UNREACHED)
    return verdict(packages, done.returncode, done.stdout, done.stderr)


def verdict(asked: Iterable[str], code: int, out: str, err: str) -> Verdict:
    """What pip-audit's answer on these packages comes to. Its exit code alone does not tell: it is
    1 for a vulnerability, for no answer and for a crash, and 0 when all were skipped."""
    try:
        answers = json.loads(out)["dependencies"]
        known = [_line(each, hole) for each in answers for hole in each.get("vulns", ())]
        audited = {each["name"] for each in answers if "vulns" in each}
    except (ValueError, KeyError, TypeError):
        if NO_ANSWER.search(err):
            return Verdict(0, UNREACHED)
        known, audited = [], set()
    if known:
        return Verdict(1, "\n".join(["Known vulnerabilities:", *known]))
    if code or not audited:
        return Verdict(1, f"The audit failed, exit code {code}:\n{err[-2000:]}{out[-2000:]}")
    if left := sorted({*asked} - audited):
        return Verdict(1, f"Not audited: {', '.join(left)}")
    return Verdict(0, f"{len(audited)} packages audited: no known vulnerability.")


def _line(package: Mapping[str, str], hole: Mapping[str, list[str]]) -> str:
    fixed = ", ".join(hole["fix_versions"]) or "no version"
    return f"{package['name']} {package['version']}: {hole['id']}, fixed in {fixed}"


if __name__ == "__main__":
    CODE, SAYS = audit(installed())
    print(SAYS)
    sys.exit(CODE)
