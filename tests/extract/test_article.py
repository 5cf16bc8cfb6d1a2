"""What stands around an article's paragraphs."""

from __future__ import annotations

import csv
import hashlib
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.extract.article import read_article
from dashboard.extract.given import Metadata
from dashboard.paragraphs import blocks

ROOT = Path(__file__).parent.parent.parent
ARTICLES = sorted(
    Path(os.environ.get("DATELINE_ARTICLES", ROOT.parent / "shared" / "article")).glob("*.txt")
)
FIRST = (
    "The harbour council said on Tuesday that it would hear the fishermen again before it votes."
)
SECOND = "“We have waited for a year,” Ana Berg told reporters in Lund. She did not say for what."
BODY = f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    ("before", "headline"),
    [
        ("Harbour Council Hears Fishermen Again", "Harbour Council Hears Fishermen Again"),
        ("Council to hear fishermen again", "Council to hear fishermen again"),
        ("Will the Harbour Council Listen?", "Will the Harbour Council Listen?"),
        ("Harbour Council Hears Fishermen Again.", "Harbour Council Hears Fishermen Again"),
        ("", ""),
        # a short first paragraph is no headline
        ("They will not go away.", ""),
        ("“We are still here,” said Tom Lind.", ""),
        ("He had three reasons:", ""),
        # a deck under the headline
        (
            "Council to hear fishermen again\n\nThe vote on the pier is put off until autumn",
            "Council to hear fishermen again",
        ),
        # above it
        ("The Lund Herald\n\nCouncil to hear fishermen again", "Council to hear fishermen again"),
        (
            "Advertisement\n\nCouncil to hear fishermen again\n\n3 min read",
            "Council to hear fishermen again",
        ),
    ],
)
def test_headline(before: str, headline: str) -> None:
    found = read_article(f"{before}\n\n{BODY}")
    assert found.headline == headline
    paragraphs = [found.text[a:b] for a, b in found.paragraphs]
    assert paragraphs[-2:] == [FIRST, SECOND]
    assert len(paragraphs) == 2 + (bool(before) and not headline)


def test_only_paragraphs() -> None:
    found = read_article(f"{BODY}\n")
    assert (found.headline, found.byline, found.publisher, found.dateline) == ("", "", "", None)
    assert len(found.paragraphs) == 2


@pytest.mark.parametrize(
    "text", ["", "  \n\n ", "One line", "Two Words\n\nBy Ana Lind", "BBC\n\nBBC"]
)
def test_little_text(text: str) -> None:
    found = read_article(text)
    assert len(found.paragraphs) == (1 if text.strip() else 0)


@pytest.mark.parametrize(
    ("line", "byline", "publisher"),
    [
        ("By Ana Lind", "Ana Lind", ""),
        ("By ANA LIND and TOM BERG", "ANA LIND and TOM BERG", ""),
        ("By Ana de Lind, Tom Berg and Ida Holm", "Ana de Lind, Tom Berg and Ida Holm", ""),
        ("By Ana Lind | Reuters", "Ana Lind", "Reuters"),
        ("Ana Lind | Lund Herald", "Ana Lind", "Lund Herald"),
        ("By Ana Lind, AFP", "Ana Lind", "Agence France-Presse"),
        ("BY ANA LIND", "ANA LIND", ""),
    ],
)
def test_byline(line: str, byline: str, publisher: str) -> None:
    found = read_article(f"Council to hear fishermen again\n\n{line}\n\n{BODY}")
    assert (found.byline, found.publisher) == (byline, publisher)
    assert len(found.paragraphs) == 2


@pytest.mark.parametrize(
    "line", ["By July, Ana Lind had left the council for good", "By all means"]
)
def test_no_byline(line: str) -> None:
    assert read_article(f"{BODY}\n\n{line}\n\n{BODY}").byline == ""


@pytest.mark.parametrize(
    ("line", "place", "publisher"),
    [
        ("GENEVA — ", "GENEVA", ""),
        ("GENEVA – ", "GENEVA", ""),
        ("GENEVA -- ", "GENEVA", ""),
        ("GENEVA - ", "GENEVA", ""),
        ("GENEVA\u00a0— ", "GENEVA", ""),
        ("GENEVA (Reuters) - ", "GENEVA", "Reuters"),
        ("GENEVA (AP) — ", "GENEVA", "The Associated Press"),
        ("Geneva (AFP) – ", "Geneva", "Agence France-Presse"),
        ("WASHINGTON, Jan. 14 (AP) — ", "WASHINGTON", "The Associated Press"),
        ("PARIS, Aug 31 (Reuters) - ", "PARIS", "Reuters"),
        ("FLINT, Mich., Oct. 4 (UPI) — ", "FLINT", "United Press International"),
        ("MANCHESTER, N.H. - ", "MANCHESTER", ""),
        ("MOSCOW, Russia — ", "MOSCOW", ""),
        ("NEW YORK (AP) — ", "NEW YORK", "The Associated Press"),
        ("RIO DE JANEIRO, Brazil (AP) — ", "RIO DE JANEIRO", "The Associated Press"),
        ("PORT-AU-PRINCE, Haiti — ", "PORT-AU-PRINCE", ""),
        ("San Jose, California — ", "San Jose", ""),
        ("Lund: ", "Lund", ""),  # the text says "in Lund"
        ("Malmo: ", None, ""),
        ("Fishermen: ", None, ""),
        ("EXCLUSIVE: ", None, ""),
        ("UPDATE — ", None, ""),
        ("The harbour — ", None, ""),
        ("", None, ""),
    ],
)
def test_dateline(line: str, place: str | None, publisher: str) -> None:
    text = f"Council to hear fishermen again\n\n{line}{BODY}"
    found = read_article(text)
    assert (found.dateline and text[slice(*found.dateline)]) == place
    assert found.publisher == publisher
    assert found.text[found.paragraphs[0][0] :].startswith(line or "The")


def test_wire_copy_begins_with_its_dateline() -> None:
    found = read_article(f"OSLO (Reuters) - {BODY}\n\n(Reporting by Ana Lind; Editing by Tom Berg)")
    assert (found.headline, found.publisher, len(found.paragraphs)) == ("", "Reuters", 2)


def test_dateline_in_a_line_of_its_own() -> None:
    text = f"Council to hear fishermen again\n\nLund, 14 January 2015\n\n{BODY}"
    found = read_article(text)
    assert found.dateline is not None
    assert text[slice(*found.dateline)] == "Lund"
    assert (found.published, len(found.paragraphs)) == (date(2015, 1, 14), 2)


@pytest.mark.parametrize(
    ("masthead", "credit", "publisher", "republisher"),
    [
        ("", "THE LUND TIMES", "The Lund Times", ""),
        (
            "The Sound Observatory For Human Rights",
            "THE LUND TIMES",
            "The Lund Times",
            "The Sound Observatory for Human Rights",
        ),
        ("The Lund Herald", "", "The Lund Herald", ""),
        ("THE LUND HERALD", "The Lund Herald", "The Lund Herald", ""),
        ("The Lund Herald", "Reuters", "Reuters", "The Lund Herald"),
        ("BBC NEWS", "", "BBC News", ""),
        ("lundherald.example.org", "AP", "The Associated Press", "lundherald.example.org"),
        ("", "Copyright 2015 Lund Herald. All rights reserved.", "", ""),
        ("", "Tom Berg contributed to this report.", "", ""),
        ("", "###", "", ""),
    ],
)
def test_publisher(masthead: str, credit: str, publisher: str, republisher: str) -> None:
    found = read_article(f"{masthead}\n\nCouncil Hears Fishermen Again\n\n{BODY}\n\n{credit}")
    assert (found.publisher, found.republisher) == (publisher, republisher)
    assert found.headline == "Council Hears Fishermen Again"
    assert len(found.paragraphs) == 2


def test_a_site_that_prints_an_agency_is_the_republisher() -> None:
    site = Metadata(publisher="The Lund Herald", title="Council Hears Fishermen Again")
    found = read_article(f"Council hears fishermen again\n\nLUND (Reuters) - {BODY}", site)
    assert (found.publisher, found.republisher) == ("Reuters", "The Lund Herald")
    assert found.headline == "Council Hears Fishermen Again"
    assert len(found.paragraphs) == 2


@pytest.mark.parametrize(
    ("line", "metadata", "published", "basis"),
    [
        ("January 14, 2015", Metadata(), date(2015, 1, 14), "stated"),
        ("Wednesday, January 14, 2015", Metadata(), date(2015, 1, 14), "stated"),
        ("14 January 2015", Metadata(), date(2015, 1, 14), "stated"),
        ("2015-01-14", Metadata(), date(2015, 1, 14), "stated"),
        ("Published on Jan. 14, 2015 at 10:30 GMT", Metadata(), date(2015, 1, 14), "stated"),
        ("Updated: 14 Jan 2015 10:30", Metadata(), date(2015, 1, 14), "stated"),
        ("31 February 2015", Metadata(), None, ""),
        ("14 January", Metadata(), None, ""),
        ("", Metadata(), None, ""),
        ("14 January 2015", Metadata(published=date(2015, 1, 15)), date(2015, 1, 15), "stated"),
        (
            "",
            Metadata(url="https://example.org/2015/01/14/council/"),
            date(2015, 1, 14),
            "inferred",
        ),
        ("", Metadata(url="https://example.org/2015/01/council/"), None, ""),
    ],
)
def test_published(line: str, metadata: Metadata, published: date | None, basis: str) -> None:
    found = read_article(f"Council to hear fishermen again\n\n{line}\n\n{BODY}", metadata)
    assert (found.published, found.published_basis) == (published, basis)
    assert bool(found.published_note) == (published is not None)
    assert len(found.paragraphs) == 2


def test_the_dateline_gives_the_day_and_the_address_the_year() -> None:
    found = read_article(
        f"LUND, Dec. 31 (Reuters) - {BODY}", Metadata(url="https://example.org/2016/01/01/council/")
    )
    assert (found.published, found.published_basis) == (date(2015, 12, 31), "inferred")


WORDS = st.sampled_from(
    ["Council Hears Fishermen", "By Ana Lind", "LUND (AP) — They met.", "THE LUND TIMES",
     "Advertisement", "January 14, 2015", FIRST, SECOND, "###", "", "\u00a0", "Lund: Yes", "\r"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=9), st.sampled_from(["\n", "\n\n", "\r\n\r\n"]))
def test_paragraphs_are_consecutive_blocks(lines: list[str], end: str) -> None:
    text = end.join(lines)
    found = read_article(text)
    stripped = [text[a:b].strip() for a, b in blocks(text)]
    own = [text[a:b] for a, b in found.paragraphs]
    assert all(part == part.strip() for part in own)
    assert bool(own) == bool(stripped)
    assert any(stripped[n : n + len(own)] == own for n in range(len(stripped) + 1))
    assert found.dateline is None or text[slice(*found.dateline)].strip()


@pytest.mark.skipif(not ARTICLES, reason="the articles' texts are not ours to ship")
@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.stem)
def test_what_a_shipped_story_says_of_its_article(path: Path) -> None:
    raw = path.read_bytes()
    digest = hashlib.sha256(raw).hexdigest()
    known = [
        row
        for table in ROOT.glob("data/stories/*/articles.csv")
        for row in csv.DictReader(table.open(encoding="utf-8", newline=""))
        if row["text_sha256"] == digest
    ]
    assert known
    text = raw.decode("utf-8")
    found = read_article(text)
    assert found.headline == known[0]["headline"]
    assert found.publisher == known[0]["publisher"]
    assert found.republisher == known[0]["republisher"]
    assert len(found.paragraphs) == int(known[0]["paragraphs"])
    assert sum(len(text[a:b].split()) for a, b in found.paragraphs) == int(known[0]["words"])
    assert found.dateline is not None
    assert text[slice(*found.dateline)].casefold() == known[0]["dateline"]
