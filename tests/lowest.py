"""Whether the lowest versions that pyproject.toml allows still do, `python -m tests.lowest`.

What we ask for is installed at its bound, what that brings along at its newest, into a virtual
environment that is thrown away; all tests but those in a browser run there.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from venv import EnvBuilder

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
TESTS = ("-n", "auto", "--dist", "loadfile", "tests", "--ignore", "tests/browser")
BROWSER = "from playwright"


def requirements() -> list[Requirement]:
    """All that we ask for, whatever the extra."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    asked = map(Requirement, [*project["dependencies"], *(line for e in extras for line in e)])
    return [each for each in asked if each.name != project["name"]]


def lowest(asked: Iterable[Requirement]) -> list[str]:
    """Constraints for pip. Raises ValueError where a requirement has not one lower bound."""
    return [f"{each.name}=={_bound(each)}" for each in asked]


def _bound(asked: Requirement) -> str:
    (bound,) = (each.version for each in asked.specifier if each.operator in (">=", "=="))
    return bound


def in_a_browser() -> list[str]:
    """Test files outside `tests/browser` that open one all the same."""
    files = (path.relative_to(ROOT) for path in ROOT.glob("tests/*/test_*.py"))
    return [
        str(path)
        for path in sorted(files)
        if path.parts[1] != "browser" and BROWSER in (ROOT / path).read_text(encoding="utf-8")
    ]


def main() -> int:
    """Install and test. Returns the exit code of the first that fails, or 0."""
    with TemporaryDirectory() as folder:
        ignored = [word for path in in_a_browser() for word in ("--ignore", path)]
        constraints = Path(folder) / "lowest.txt"
        constraints.write_text("\n".join(lowest(requirements())))
        EnvBuilder(with_pip=True).create(venv := Path(folder) / "venv")
        python = str(venv / ("bin" if os.name == "posix" else "Scripts") / "python")
        for command in (
            ["pip", "install", "--quiet", "--editable", ".[dev]", "--constraint", str(constraints)],
            ["pytest", *TESTS, *ignored],
        ):
            print(f"\n$ {' '.join(command)}", flush=True)
            done = subprocess.run([python, "-m", *command], cwd=ROOT, check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
