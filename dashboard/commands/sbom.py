"""`sbom`: a bill of materials, of what is installed and of what lies in this package."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from dashboard.commands.command import Command

OURS = "dateline"


def _declare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", required=True, type=Path, metavar="FILE", help="where to write the JSON file"
    )


def _run(arguments: argparse.Namespace) -> int:
    from dashboard.files import WriteError, write_beside

    if find_spec("cyclonedx_py") is None:
        return _fail("cyclonedx-bom is not installed; pip install -e '.[sbom]'")
    # Isolated: a checkout in the current folder would be found beside what is installed.
    told = subprocess.run(
        [sys.executable, "-I", "-m", "cyclonedx_py", "environment", "--no-validate"],
        capture_output=True,
        check=False,
    )
    if told.returncode:
        return _fail(f"cyclonedx-py: {told.stderr.decode(errors='replace').strip()}")
    bill = json.loads(told.stdout)
    if not any(each["name"] == OURS for each in bill["components"]):
        return _fail(f"{OURS} is not installed, only run from its folder; pip install -e .")
    try:
        _complete(bill)
        write_beside(arguments.out, json.dumps(bill, indent=2).encode())
    except (OSError, WriteError) as error:
        return _fail(str(error))
    print(f"{arguments.out}: {len(bill['components'])} components")
    return 0


def _complete(bill: dict[str, Any]) -> None:
    """Say what the bill is of, and add the parts that lie in this package."""
    from dashboard.parts import PARTS, component

    ours = next(each for each in bill["components"] if each["name"] == OURS)
    bill["components"].remove(ours)
    bill["metadata"]["component"] = {**ours, "type": "application"}
    parts = [component(part) for part in PARTS]
    bill["components"] += parts
    needs = next(each for each in bill["dependencies"] if each["ref"] == ours["bom-ref"])
    needs["dependsOn"] += [part["bom-ref"] for part in parts]


def _fail(reason: str) -> int:
    print(f"dateline: {reason}", file=sys.stderr)
    return 2


SBOM = Command("write what is installed as a bill of materials, CycloneDX", _declare, _run)
