"""What is uploaded is what it says it is: the server looks at names and contents, too."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from streamlit.testing.v1 import AppTest


def _start() -> None:
    from dashboard.panels.adding.start import show_start

    show_start()


@pytest.fixture
def app() -> AppTest:
    """The beginning of adding a story, run once."""
    opened = AppTest.from_function(_start, default_timeout=60).run()
    assert not opened.exception
    return opened


def archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        made.writestr("letter.txt", "Dear reader")
    return held.getvalue()


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj << >> endobj\n" * 50
PROGRAM = b"\x7fELF\x02\x01\x01" + bytes(5_000)


def named(value: object) -> str:
    """No contents in a test's name: a zip has the time in it, and each process its own."""
    return value if isinstance(value, str) else "file"


def errors(app: AppTest) -> list[str]:
    assert not app.exception
    return [error.value.replace("\\", "") for error in app.error]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", PNG, "This is an image"),
        ("a.html", PNG, "This is an image"),
        ("a.txt", PROGRAM, "This is binary, not text"),
        ("a.md", bytes(5_000), "This is binary, not text"),
        ("a.html", PDF, "This is a PDF"),
        ("a.html", archive(), "This is a Word, OpenDocument or zip file"),
        ("a.md", gzip.compress(b"x" * 5_000), "This is a compressed file"),
        ("a.txt", "Käse".encode("latin-1"), "Byte 2 is not UTF-8"),
        ("a.txt", b"", "There is no text"),
    ],
    ids=named,
)
def test_an_article_that_is_none(app: AppTest, name: str, content: bytes, said: str) -> None:
    app.file_uploader(key="article file").upload(name, content, "text/plain").run()
    (error,) = errors(app.button(key="extract").click().run())
    assert error.startswith(said)


@pytest.mark.parametrize(
    ("story", "text", "said"),
    [
        (PNG, b"text", "This is no zip that can be read"),
        (PROGRAM, b"text", "This is no zip that can be read"),
        (gzip.compress(b"x"), b"text", "This is no zip that can be read"),
        (b"", b"text", "This is no zip that can be read"),
        (archive(), b"text", "The zip has not one datapackage.json"),
        (archive(), PNG, "The text is not UTF-8"),
    ],
    ids=named,
)
def test_a_story_that_is_none(app: AppTest, story: bytes, text: bytes, said: str) -> None:
    app.file_uploader(key="story zip").upload("a.zip", story, "application/zip")
    app.file_uploader(key="story text").upload("a.txt", text, "text/plain").run()
    (error,) = errors(app.button(key="go on").click().run())
    assert error.startswith(said)


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("article file", "a.exe"), ("article file", "a.txt.exe"), ("article file", "a"),
        ("article file", "a.zip"), ("story zip", "a.tar"), ("story zip", "a.zip.exe"),
        ("story text", "a.html"), ("story text", "a.exe"),
    ],
)  # fmt: skip
def test_a_file_of_another_name_is_not_taken(app: AppTest, where: str, name: str) -> None:
    """No page sends one; whoever sends it all the same gets an error, and it is not read."""
    app.file_uploader(key=where).upload(name, b"text", "text/plain").run()
    assert len(app.exception) == 1
    assert not app.error
