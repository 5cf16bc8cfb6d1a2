"""Blocks of whole lines: nothing lost, nothing twice, whatever the size."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.library.sources.opening import line_blocks


def told(path: Path, size: int) -> list[tuple[int, int, int, object]]:
    return [(b.number, b.first, b.lines, b.content) for b in line_blocks(path, size)]


@pytest.mark.parametrize(
    ("content", "blocks"),
    [
        (b"", []),
        (b"a", [(0, 1, 1, b"a")]),
        (b"a\n", [(0, 1, 1, b"a\n")]),
        (b"\n\n", [(0, 1, 2, b"\n\n")]),
        (b"aaa\nbbb\ncc", [(0, 1, 2, b"aaa\nbbb\n"), (1, 3, 1, b"cc")]),
        (b"a\n0123456789\nb\n", [(0, 1, 1, b"a\n"), (1, 2, 1, (b"01234567",)), (2, 3, 1, b"b\n")]),
        (b"0123456789", [(0, 1, 1, (b"01234567",))]),
    ],
)
def test_blocks_of_eight_bytes(tmp_path: Path, content: bytes, blocks: list[object]) -> None:
    (tmp_path / "made").write_bytes(content)
    assert told(tmp_path / "made", 8) == blocks


@given(
    st.lists(st.binary(max_size=12).map(lambda b: b"-" + b.replace(b"\n", b""))), st.integers(1, 40)
)
def test_every_line_is_in_one_block(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], size: int
) -> None:
    path = tmp_path_factory.mktemp("lines") / "made"
    path.write_bytes(b"".join(line + b"\n" for line in lines))
    at = 0
    for _, first, count, content in told(path, size):
        assert first == at + 1
        if isinstance(content, bytes):
            assert content == b"".join(line + b"\n" for line in lines[at : at + count])
        else:
            assert count == 1
            assert len(lines[at]) >= size
        at += count
    assert at == len(lines)
