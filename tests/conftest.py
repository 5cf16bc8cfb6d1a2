"""What every test may use: a small valid story, invented, in real files."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# A busy machine is no fault: no test asserts a time.
settings.register_profile("dateline", deadline=None, max_examples=40)
settings.load_profile("dateline")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--picture", action="store_true", help="make the README's picture anew")


STORIES = Path(__file__).parent / "stories"


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Streamlit's AppTest leaves its script as `__main__`, which a process started later runs."""
    before = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = before


@pytest.fixture
def story_folder(tmp_path: Path) -> Path:
    """A copy of the story `tiny`, to be spoilt."""
    return Path(shutil.copytree(STORIES / "tiny", tmp_path / "tiny"))


@pytest.fixture(scope="session")
def article_text() -> str:
    """The text of the only article of the story `tiny`, as offsets count it."""
    return (STORIES / "tiny.txt").read_bytes().decode("utf-8")
