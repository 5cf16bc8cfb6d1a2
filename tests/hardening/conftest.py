"""A library whose every text is hostile, built as the README builds one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.library.building.build import build
from dashboard.library.sources.mapping import read_mapping
from dashboard.library.sources.recognize import recognize
from tests.drafted import unpacked
from tests.hardening.hostile import hostile, write_corpus


@pytest.fixture(scope="session")
def hostile_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    corpus, mapping = write_corpus(folder / "corpus")
    sources = recognize([unpacked(hostile(), folder), corpus], read_mapping(mapping))
    build(folder / "library.duckdb", sources, lambda *_: None, workers=0)
    return folder / "library.duckdb"
