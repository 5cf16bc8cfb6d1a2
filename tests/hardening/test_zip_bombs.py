"""A zip that means harm is one typed error, soon and in little memory, and writes nowhere."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.checking.anchors import digest
from dashboard.checking.package import FILES
from dashboard.checking.zipped import ZipError, unzipped
from tests.conftest import STORIES
from tests.hardening.bounded import asked

FOLDER, TEXT = STORIES / "tiny", STORIES / "tiny.txt"
GOOD = {name: (FOLDER / name).read_bytes() for name in FILES}
# Both ways in: “Go on with a story” on the page, and `library build`.
REOPEN = f"""
from dashboard.review.reopen import reopen
from dashboard.story import read_story
read_story(Path({str(FOLDER)!r}))
def read(path):
    return reopen(path.read_bytes(), Path({str(TEXT)!r}).read_bytes().decode())
"""
BUILD = f"""
from dashboard.library.sources.recognize import recognize
from dashboard.library.sources.stories import STORY
def read(path):
    (source,) = recognize([path])
    (block,) = STORY.blocks(source)
    return [reject.reason for reject in STORY.read(source, block).rejects]
read(Path({str(FOLDER)!r}))
"""
Entries = list[tuple[zipfile.ZipInfo | str, bytes]]
Make = Callable[[Path], object]


def packed(path: Path, entries: Entries, method: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content, method)


def instead(name: str, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> Entries:
    """The story with something else in place of one file."""
    return [*((n, c) for n, c in GOOD.items() if n != name), *entries]


def swapped(path: Path, entries: Entries, local: int, central: int, value: bytes) -> None:
    """A zip whose first entry says something else of itself, in both of its headers."""
    packed(path, entries)
    raw = bytearray(path.read_bytes())
    raw[local : local + len(value)] = value
    at = raw.index(b"PK\x01\x02") + central
    raw[at : at + len(value)] = value
    path.write_bytes(raw)


def link(name: str, target: str) -> tuple[zipfile.ZipInfo, bytes]:
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return entry, target.encode()


HUGE = bytes(200_000_000)
LIE = struct.pack("<I", 10)
UNREADABLE = ("ReviewError", "this is no zip that can be read", "this is no zip that can be read")
MISSING = ("ReviewError", "has no quotes.csv", "quotes:-:-: quotes.csv is missing")
RARE = ("ReviewError", "is packed in a rare way", "is packed in a rare way")
TOO_LARGE = "the zip unpacks to more than 8,000,000 bytes"
NOT_ONE = "the zip has not one datapackage.json"
CASES: dict[str, tuple[Make, tuple[str, str, str]]] = {
    "200 MB in 200 KB": (
        lambda path: packed(path, instead("quotes.csv", ("quotes.csv", HUGE))),
        ("ReviewError", TOO_LARGE, TOO_LARGE),
    ),
    "a size that is a lie": (
        lambda path: swapped(
            path, [("quotes.csv", HUGE), *instead("quotes.csv")], 22, 24, LIE
        ),
        UNREADABLE,
    ),
    "a zip in it": (
        lambda path: packed(
            path, instead("quotes.csv", ("quotes.csv", b"PK\x03\x04\x14\0\0\0\x08\0\xff" * 99))
        ),
        ("ReviewError", "quotes.csv in the zip is no CSV", "quotes:-:-: quotes.csv is not UTF-8"),
    ),
    "18,000 files": (
        lambda path: packed(path, [(f"{n}", b"") for n in range(18_000)], zipfile.ZIP_STORED),
        ("ReviewError", NOT_ONE, NOT_ONE),
    ),
    "100,000 files": (
        lambda path: packed(path, [(f"{n}", b"") for n in range(100_000)], zipfile.ZIP_STORED),
        ("ReviewError", "more than 2,000,000 bytes", "more than 2,000,000 bytes"),
    ),
    "two stories": (
        lambda path: packed(
            path, [(f"{top}/{name}", c) for top in "ab" for name, c in GOOD.items()]
        ),
        ("ReviewError", NOT_ONE, NOT_ONE),
    ),
    "a file twice": (
        lambda path: packed(path, [*GOOD.items(), ("quotes.csv", b"id\n")]),
        ("ReviewError", "has quotes.csv twice", "has quotes.csv twice"),
    ),
    **{
        f"a name like {name}": (
            lambda path, n=name: packed(path, instead("quotes.csv", (n, GOOD["quotes.csv"]))),
            MISSING,
        )
        for name in ("../quotes.csv", "/quotes.csv", "..\\quotes.csv", "C:\\quotes.csv",
                     "../../../tmp/quotes.csv", "quotes.csv/", "./quotes.csv", "QUOTES.CSV")
    },
    "a link to another file": (
        lambda path: packed(path, instead("quotes.csv", link("quotes.csv", "/etc/passwd"))),
        ("ReviewError", "quotes.csv has other columns", "quotes:1:-: column 1, '/etc/passwd'"),
    ),
    "encrypted": (
        lambda path: swapped(path, list(GOOD.items()), 6, 8, b"\x01\0"),
        UNREADABLE,
    ),
    "bzip2": (lambda path: packed(path, list(GOOD.items()), zipfile.ZIP_BZIP2), RARE),
    "LZMA": (lambda path: packed(path, list(GOOD.items()), zipfile.ZIP_LZMA), RARE),
    "cut short": (
        lambda path: (
            packed(path, list(GOOD.items())), path.write_bytes(path.read_bytes()[:-2_000]),
        ),
        UNREADABLE,
    ),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")  # Python's own, while it is made
@pytest.mark.parametrize("case", CASES)
def test_both_ways_in_refuse_it(case: str, tmp_path: Path) -> None:
    make, (kind, page_says, build_says) = CASES[case]
    path = tmp_path / "within" / "story.zip"
    path.parent.mkdir()
    make(path)
    before = sorted(tmp_path.rglob("*"))
    assert_told(asked(REOPEN, "read(Path(sys.argv[1]))", path), kind, page_says)
    assert_told(asked(BUILD, "read(Path(sys.argv[1]))", path), "list", build_says)
    assert sorted(tmp_path.rglob("*")) == before


def assert_told(answer: tuple[str, str], kind: str, text: str) -> None:
    assert (answer[0], text in answer[1]) == (kind, True), answer
    assert "root:" not in answer[1]


def test_a_good_one_is_read(tmp_path: Path) -> None:
    path = tmp_path / "story.zip"
    packed(path, [(f"anything/{name}", content) for name, content in GOOD.items()])
    assert asked(REOPEN, "read(Path(sys.argv[1])).slug", path) == ("str", "tiny\n")
    assert asked(BUILD, "read(Path(sys.argv[1]))", path) == ("list", "[]\n")
    assert unzipped(path.read_bytes()) == GOOD


def zipped() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in GOOD.items():
            archive.writestr(name, content)
    return made.getvalue()


WHOLE = zipped()


@given(at=st.integers(0, len(WHOLE)), junk=st.binary(max_size=8), cut=st.integers(0, 40))
def test_no_byte_raises_anything_else(at: int, junk: bytes, cut: int) -> None:
    spoilt = WHOLE[:at] + junk + WHOLE[at + cut :]
    try:
        found = unzipped(spoilt)
    except ZipError as error:
        assert "\n" not in str(error)
    else:
        assert set(found) <= set(FILES)


LONG = " ".join(f"w{n % 977}" for n in range(40_000))[:199_000]
SLOW = {
    "sentences of ours": (
        "quotes",
        "".join(
            f"q-{n},gazette,ada-bell,indirect,{LONG[n : n + 300]},say,,,,,{LONG[n : n + 10]},\n"
            for n in range(8_000)
        ),
    ),
    "quotations that only begin": (
        "quotes",
        f"q-x,gazette,ada-bell,indirect,{'«' * 120_000},say,,,,,,\n"
        + "".join(
            f"q-{n},gazette,ada-bell,indirect,{'“«' * 4_999},say,,,,,{'«' * 9_999},\n"
            for n in range(60)
        ),
    ),
    "long passages": (
        "passages",
        "".join(
            f"q-bell-sail,{n + 5},gazette,3,{n},190000,{'0' * 64},,a,b\n" for n in range(15_000)
        ),
    ),
    "an actor of many names": (
        "actors",
        f"x,N,person,,,,,{'|'.join(f'n{n}' for n in range(1_500))},\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", SLOW)
def test_a_story_is_compared_with_its_text_in_time(case: str, tmp_path: Path) -> None:
    """A small zip that has a reviewer's page compare much with a text of 200 KB."""
    table, more = SLOW[case]
    text = tmp_path / "text.txt"
    text.write_text(LONG)
    files = {name: content.decode() for name, content in GOOD.items()}
    old = digest(TEXT.read_bytes().decode())
    files["articles.csv"] = files["articles.csv"].replace(old, digest(LONG))
    files[f"{table}.csv"] += more
    if table == "actors":
        files["mentions.csv"] += "".join(
            f"m-{n},gazette,3,{n},{n + 400},x,\n" for n in range(9_000)
        )
    path = tmp_path / "story.zip"
    packed(path, [(name, content.encode()) for name, content in files.items()])
    assert path.stat().st_size < 300_000
    prepare = REOPEN.replace(repr(str(TEXT)), repr(str(text)))
    kind, said = asked(prepare, "read(Path(sys.argv[1]))", path)
    assert (kind, f"{table}:" in said or "more faults" in said) == ("StoryError", True), said


COPY = "from dashboard.review.copying import copied_run"
OUR_SENTENCES = {
    "marks that only begin": f"{'«' * 120_000} said",
    "marks in marks": f"{'«' * 60_000}{'»' * 60_000} said",
    "words of the text, never eight": f"{' '.join(f'w{n % 7}' for n in range(40_000))}",
}


@pytest.mark.parametrize("case", OUR_SENTENCES)
def test_a_sentence_is_compared_with_a_text_in_time(case: str, tmp_path: Path) -> None:
    ours, text = tmp_path / "ours.txt", tmp_path / "text.txt"
    ours.write_text(OUR_SENTENCES[case])
    text.write_text(LONG)
    call = "copied_run(*(Path(path).read_text() for path in sys.argv[1:]))"
    assert asked(COPY, call, ours, text) == ("str", "\n")
