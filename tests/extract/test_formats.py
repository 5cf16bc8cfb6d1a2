"""What is given: its formats, limits and languages; hostile pages."""

from __future__ import annotations

import socket
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.extract.formats import FEWEST_WORDS, LARGEST_PAGE, LARGEST_TEXT, english, read_input
from dashboard.extract.given import InputError
from dashboard.extract.webpage import MOST_TAGS

TEXT = (
    "The harbour council said that it would hear the fishermen again before it votes in the spring."
)
PAGE = """<!DOCTYPE html><html lang="en-GB"><head><title>Council hears fishermen</title>
<meta property="og:title" content="Council hears fishermen">
<meta property="og:site_name" content="Lund Herald"><meta name="author" content="Ana Lind">
<meta property="article:published_time" content="2021-03-04T23:30:00-05:00">
<link rel="canonical" href="https://example.org/council"></head>
<body><nav><a href="/">Start</a> <a href="/sport">Sport</a></nav>
<article><h1>Council hears fishermen</h1>
<p>LUND — {0}</p><h2>The pier</h2>
<p>“We will <a href="x">come</a>,” Ana Berg said &amp; <b>left</b>. {0}</p>
<p>{0}<br>No new paragraph. {0}<br><br>A new one. {0}</p></article>
<script>document.write("{0}")</script><footer>Imprint and privacy</footer></body></html>""".replace(
    "{0}", TEXT
)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("reading touches the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("name", ["", "a.txt", "A.TXT", "folder.pdf/a.text"])
@pytest.mark.parametrize(
    "text", [TEXT, f"  {TEXT}\r\n\r\n“Ça va – ﬁne,”\u00a0said Ŧom.\n", f"\u2028{TEXT}\u200b"]
)
def test_plain_text_is_kept(name: str, text: str) -> None:
    found = read_input(name, text.encode())
    assert (found.text, found.notes) == (text, ())


def test_a_byte_order_mark_is_left_out_and_said() -> None:
    found = read_input("a.txt", b"\xef\xbb\xbf" + TEXT.encode())
    assert found.text == TEXT
    assert found.notes == ("a byte order mark before the text was left out",)


@pytest.mark.parametrize(
    ("name", "raw", "faults"),
    [
        ("a.txt", b"", ["there is no text; paste the article, or choose another file"]),
        ("", b" \n ", ["there is no text; paste the article, or choose another file"]),
        ("a.txt", b"Too few words.", ["there are only 3 words; give the whole article"]),
        (
            "a.txt",
            TEXT.replace("that", "“that”").encode("cp1252"),
            ["byte 26 is not UTF-8; save the text in UTF-8 (an editor's “save as”)"],
        ),
        ("a.txt", TEXT.encode("utf-16"), ["the text is in UTF-16; save it in UTF-8"]),
        (
            "a.txt",
            b"\x00" * 99,
            ["this is binary, not text; save the article as .txt, .md or .html"],
        ),
        (
            "a.txt",
            b"\x01\x02 " * 99,
            ["this is binary, not text; save the article as .txt, .md or .html"],
        ),
        (
            "a.txt",
            b"%PDF-1.7 \x00",
            ["this is a PDF; save the article as .txt, .md or .html, or paste it"],
        ),
        (
            "a.docx",
            b"PK\x03\x04",
            [
                "this is a Word, OpenDocument or zip file; save the article as .txt, .md or"
                " .html, or paste it"
            ],
        ),
        (
            "a.jpg",
            b"\xff\xd8\xff\xe0",
            ["this is an image; save the article as .txt, .md or .html, or paste it"],
        ),
        (
            "a.rtf",
            b"{\\rtf1",
            ["this is a rich text file; save the article as .txt, .md or .html, or paste it"],
        ),
        (
            "a.csv",
            TEXT.encode(),
            ["'.csv' is not read; give a .txt, .md or .html file, or paste it"],
        ),
        (
            "a.pages",
            b"\x00" * (LARGEST_TEXT + 1000),
            [
                "'.pages' is not read; give a .txt, .md or .html file, or paste it",
                "the text has 201 KB, more than 200; give one article",
                "this is binary, not text; save the article as .txt, .md or .html",
            ],
        ),
        ("a.txt", (TEXT + "\n") * 2200, ["the text has 209 KB, more than 200; give one article"]),
        (
            "a.html",
            b"<p>" + b"a" * LARGEST_PAGE,
            ["the page has 2000 KB, more than 2000; give one article"],
        ),
        (
            "a.html",
            f"<article><p>{TEXT * 3}</p>{'<br>' * MOST_TAGS}</article>".encode(),
            ["the page has more than 60,000 tags; paste the article's text"],
        ),
        (
            "a.html",
            b"<html><body></body></html>",
            ["no article was found on the page; paste its text"],
        ),
    ],
)
def test_all_faults_at_once(name: str, raw: bytes | str, faults: list[str]) -> None:
    with pytest.raises(InputError) as error:
        read_input(name, raw.encode() if isinstance(raw, str) else raw)
    assert list(error.value.faults) == faults
    assert str(error.value) == "\n".join(faults)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, True),
        ("“No,” she said.", True),
        (
            "Ngozi Okonjo, Xi Zhang and Jürgen Müßig met Áróra Þórsdóttir at the pier on Friday",
            True,
        ),
        ("THE COUNCIL SAID THAT IT WOULD HEAR THE FISHERMEN", True),
        (
            "Le conseil du port a dit mardi qu’il entendrait encore les pêcheurs.",
            False,
        ),
        (
            "Der Hafenrat sagte am Dienstag, dass er die Fischer noch einmal hören will.",
            False,
        ),
        (
            "El consejo del puerto dijo el martes que escuchará otra vez a los pescadores.",
            False,
        ),
        (
            "Il consiglio del porto ha detto martedì che ascolterà ancora i pescatori.",
            False,
        ),
        (
            "De havenraad zei dinsdag dat hij de vissers nog een keer hoort in de lente.",
            False,
        ),
        (
            "Havnerådet sagde tirsdag, at det vil høre fiskerne igen, før det stemmer til foråret.",
            False,
        ),
        (
            "قال مجلس الميناء يوم الثلاثاء إنه سيستمع إلى الصيادين مرة أخرى قبل التصويت في الربيع",
            False,
        ),
        (
            "Совет порта заявил во вторник, что снова выслушает рыбаков перед голосованием весной.",
            False,
        ),
        ("港务委员会星期二表示，将在春季投票前再次听取渔民的意见。", False),
    ],
)
def test_english(text: str, expected: bool) -> None:
    assert english(text) == expected


def test_not_english_is_refused() -> None:
    with pytest.raises(InputError, match="does not look English"):
        read_input("", ("Der Hafenrat sagte, dass er die Fischer hören will. " * 9).encode())
    assert len(TEXT.split()) > FEWEST_WORDS


def test_markdown() -> None:
    source = f"""---
title: "Council hears fishermen"
author: Ana Lind
source: https://example.org/council
date: 2021-03-04T10:00:00
---
# Council hears *fishermen*

LUND — {TEXT}
On a [new line](https://example.org) of the **same** paragraph.

> “We will `come`,” Ana Berg said.

- one
- two <b>bold</b>

***

<script>alert(1)</script>

![the pier](pier.jpg)

    {TEXT}
"""
    found = read_input("a.md", source.encode())
    assert found.text.split("\n\n") == [
        "Council hears fishermen",
        f"LUND — {TEXT} On a new line of the same paragraph.",
        "“We will come,” Ana Berg said.",
        "one",
        "two bold",
        "the pier",
        TEXT,
    ]
    known = found.metadata
    assert (known.title, known.author, known.url) == (
        "Council hears fishermen",
        "Ana Lind",
        "https://example.org/council",
    )
    assert (known.publisher, known.published) == ("", date(2021, 3, 4))


def test_markdown_without_front_matter() -> None:
    found = read_input("a.markdown", f"{TEXT}\n\n---\n\n{TEXT}".encode())
    assert found.text == f"{TEXT}\n\n{TEXT}"
    assert found.metadata.title == ""


@pytest.mark.parametrize("name", ["a.html", "a.HTM", ""])
def test_page(name: str) -> None:
    found = read_input(name, PAGE.encode())
    assert found.text.split("\n\n") == [
        "Council hears fishermen",
        f"LUND — {TEXT}",
        "The pier",
        f"“We will come,” Ana Berg said & left. {TEXT}",
        f"{TEXT} No new paragraph. {TEXT}",
        f"A new one. {TEXT}",
    ]
    known = found.metadata
    assert (known.title, known.author, known.publisher) == (
        "Council hears fishermen",
        "Ana Lind",
        "Lund Herald",
    )
    assert (known.url, known.language, known.published) == (
        "https://example.org/council",
        "en",
        date(2021, 3, 4),
    )


@pytest.mark.parametrize(
    ("charset", "declared", "served"),
    [
        ("utf-8", "", ""),
        ("utf-8-sig", "", ""),
        ("cp1252", "", ""),
        ("iso-8859-2", '<meta charset="iso-8859-2">', ""),
        ("iso-8859-2", "", "iso-8859-2"),
        ("cp1252", '<meta charset="no-such">', "nor-this"),
    ],
)
def test_a_pages_characters(charset: str, declared: str, served: str) -> None:
    page = (
        f"<html><head>{declared}</head><body><article><p>Müßig: {TEXT}</p></article></body></html>"
    )
    assert read_input("a.html", page.encode(charset), charset=served).text == f"Müßig: {TEXT}"


LINE = f"<p>{TEXT * 3}</p>"
HOSTILE = {
    "ten megabytes": "<div>" * 2_000_000,
    "deep": "<div>" * 50_000,
    "deep around an article": "<div>" * 300 + LINE + "</div>" * 300,
    "deep quotes": "<blockquote>" * 20_000 + LINE,
    "deep spans": f"<article><p>{'<span>' * 5_000}{TEXT}",
    "deep tables": "<table><tr><td>" * 2_000 + LINE,
    "never closed": "<article><p title='" + "a" * 100_000,
    "one attribute": f"<html {'lang ' * 100_000}><article>{LINE}",
    "comments": "<!-- " * 20_000 + LINE,
    "null characters": f"<article>\x00{LINE}\x00",
    "entities": '<!DOCTYPE html [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><article><p>&b; '
    + TEXT * 3,
    "files": '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hostname">]><article><p>&x; '
    f'<iframe src="file:///etc/hostname"></iframe>{TEXT * 3}',
    "encoding declared": f'<?xml version="1.0" encoding="utf-7"?><html><body>{LINE}</body></html>',
    "line breaks": f"<article><p>{'<br>' * 20_000}{TEXT * 3}</p>",
}


@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages(page: str) -> None:
    try:
        found = read_input("a.html", page.encode())
    except InputError as error:
        assert all("\n" not in fault and len(fault) < 200 for fault in error.faults)
    else:
        assert TEXT in found.text
        assert "haha" not in found.text
        assert "<" not in found.text


def test_scripts_are_no_text() -> None:
    page = (
        f"<article><script>{TEXT * 9}</script><style>{TEXT}</style>{LINE}"
        f"<p onclick='{TEXT}'>&lt;script&gt; {TEXT}</p>"
    )
    assert read_input("a.html", page.encode()).text.count(TEXT) == 4


@given(st.sampled_from(["a.txt", "a.md", "a.html", "", "a.pdf"]), st.binary(max_size=300))
def test_any_bytes(name: str, raw: bytes) -> None:
    with pytest.raises(InputError):  # so few bytes are never an article
        read_input(name, raw)


@given(st.text(alphabet="<>/&;!-ap brdiv=\"'\n", max_size=200))
def test_any_markup(markup: str) -> None:
    try:
        found = read_input("a.html", f"<article>{LINE}{markup}{LINE}</article>".encode())
    except InputError as error:
        assert error.faults
    else:
        assert found.text.strip()
