"""The README's `curl` examples, run as they stand against the served story."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import ROOT, serving

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^curl .*$", README, flags=re.MULTILINE)


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The story, and the library that the README's first lines on it build."""
    library = tmp_path_factory.mktemp("library") / "library.duckdb"
    build = [sys.executable, "-m", "dashboard", "library", "build", str(library), "data/stories"]
    subprocess.run(build, cwd=ROOT, check=True)
    with serving(DATELINE_LIBRARY=str(library)) as address:
        yield address


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_gives_what_it_promises(served: str, tmp_path: Path, example: str) -> None:
    if not shutil.which("curl"):
        pytest.fail("The README's examples need curl (Debian, Ubuntu: `apt-get install curl`).")
    port = served.rsplit(":", 1)[1]
    command = example.replace("localhost:8501", f"127.0.0.1:{port}").replace("8501", port)
    done = subprocess.run(
        ["bash", "-c", f"{command} --silent --show-error --fail"], cwd=tmp_path,
        capture_output=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    written = [path.read_bytes() for path in tmp_path.iterdir()]
    assert len(written) == ("--output" in example)
    assert len(done.stdout or written[0]) > 150
