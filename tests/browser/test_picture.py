"""The README's picture, made by `pytest tests/browser/test_picture.py --picture`."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.conftest import ROOT, Opener
from tests.browser.reader import drawn

PICTURE = ROOT / "tests" / "browser" / "page.png"
LARGEST = 200_000  # bytes


def test_the_picture_of_the_page_is_small_and_current(
    open_page: Opener, pytestconfig: pytest.Config
) -> None:
    page = drawn(open_page(width=1280, height=1080))
    page.mouse.move(0, 0)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture = picture.quantize(96, dither=Image.Dither.NONE)
    if pytestconfig.getoption("--picture"):
        picture.save(PICTURE, optimize=True)
    kept = Image.open(PICTURE)
    assert kept.size == picture.size
    assert Path(PICTURE).stat().st_size < LARGEST
    assert f"]({PICTURE.relative_to(ROOT)})" in (ROOT / "README.md").read_text(encoding="utf-8")
