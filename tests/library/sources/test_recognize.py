"""What a path is, told by its content."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from dashboard.library.sources.mapping import read_mapping
from dashboard.library.sources.recognize import recognize
from dashboard.library.sources.source import SourceError
from tests.library.sources.made import article, lines, quotation
from tests.shipped import FOLDER

MAPPING = 'name = "made"\n[columns]\nwords = "text"\n'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (lines(quotation()), "quotebank"),
        (lines(b"{", b"\xff", quotation()), "quotebank"),
        (gzip.compress(lines(article()), mtime=0), "gdelt"),
        (lines(article(quotes=[])), "gdelt"),
        (b"text,who\nIt rains.,Ada\n", "mapped"),
        (lines({"text": "It rains."}), "mapped"),
    ],
)
def test_kinds(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "made.csv").write_bytes(content)
    (tmp_path / "mapping.toml").write_text(MAPPING)
    told = read_mapping(tmp_path / "mapping.toml") if kind == "mapped" else None
    assert [source.kind for source in recognize([tmp_path / "made.csv"], told)] == [kind]


def test_a_folder_of_stories_gives_every_story() -> None:
    found = recognize([FOLDER.parent, FOLDER])
    assert [(s.kind, s.key) for s in found] == [
        ("story", "lavrov-moscow-talks"),
        ("story", "moscow-talks"),
    ]


def test_all_that_is_no_source_at_once(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "notes.txt").write_text("some notes\n")
    paths = [tmp_path / name for name in ("nowhere", "empty", "notes.txt")]
    with pytest.raises(SourceError) as caught:
        recognize(paths)
    told = str(caught.value).splitlines()
    assert [line.split(": ")[0] for line in told] == list(map(str, paths))
    assert told[0].endswith("No such file or directory; check the path and its permissions")
    assert told[1].endswith("holds no story; give a story's folder, or a folder of such")
    assert "say by --mapping what its columns hold" in told[2]


def test_a_mapping_that_nothing_needs(tmp_path: Path) -> None:
    (tmp_path / "mapping.toml").write_text(MAPPING)
    with pytest.raises(SourceError, match="--mapping is given, but no source is a table"):
        recognize([FOLDER], read_mapping(tmp_path / "mapping.toml"))
