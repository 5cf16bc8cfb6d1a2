"""A draft becomes the files of a story, whole or not at all; and a story a draft again."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.checking.check import faults as folder_faults
from dashboard.checking.fault import StoryError
from dashboard.checking.package import LARGEST_STORY
from dashboard.files import WriteError
from dashboard.review.copying import copied_run
from dashboard.review.decisions import accept, reject
from dashboard.review.draft import ReviewError
from dashboard.review.editing import edit
from dashboard.review.publish import descriptor, faults, files, write, zipped
from dashboard.review.reopen import reopen
from dashboard.schema import columns
from dashboard.story import read_story
from tests.review.drafts import DRAFT, ME, STORIES, TEXT, made


def test_what_people_made_is_published_as_it_was() -> None:
    written = files(made())
    for path in (STORIES / "tiny").glob("*.csv"):
        assert written[path.name] == path.read_bytes(), path.name
    ours = json.loads(written["datapackage.json"])
    shipped = STORIES.parent.parent / "data" / "stories" / "moscow-talks" / "datapackage.json"
    assert ours["resources"] == json.loads(shipped.read_text(encoding="utf-8"))["resources"]
    assert (ours["name"], ours["title"]) == (made().slug, made().title)


def test_a_draft_is_a_story_and_says_who_decided(tmp_path: Path) -> None:
    draft = reject(accept(DRAFT, "q-bell-sail", ME), "q-pilots-paper", ME)
    folder = write(draft, tmp_path / "stories")
    assert folder_faults(folder, TEXT) == []
    story = read_story(folder)
    assert set(story.quotes["id"]) == {"q-bell-sail", "q-bell-resume"}
    assert descriptor(draft)["contributors"] == [{"title": ME}]
    assert [path.name for path in folder.parent.iterdir()] == ["tiny"]  # nothing left beside it


def test_a_story_that_is_there_stays_unless_told_otherwise(tmp_path: Path) -> None:
    write(DRAFT, tmp_path)
    (tmp_path / "tiny" / "mine.txt").write_text("precious")
    with pytest.raises(WriteError, match="there already; choose another"):
        write(DRAFT, tmp_path)
    assert (tmp_path / "tiny" / "mine.txt").exists()
    write(accept(DRAFT, "marsh", ME), tmp_path, over=True)
    assert not (tmp_path / "tiny" / "mine.txt").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]


def test_a_disk_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(WriteError, match="make the folder first"):
        write(DRAFT, tmp_path / "file")


def test_nothing_is_written_of_a_draft_with_faults(tmp_path: Path) -> None:
    broken = edit(
        DRAFT, "q-bell-sail", ME, context="Ms. Bell said later that the talks would resume"
    )
    with pytest.raises(StoryError, match="quotes:2:context: copies 9 words of the article"):
        write(broken, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"slug": "../x"}, "datapackage.json:-:name"),
        ({"title": " "}, "datapackage.json:-:title"),
        ({"description": "a\nb"}, "datapackage.json:-:description"),
    ],
)
def test_what_names_the_story_is_checked(changed: dict[str, str], told: str) -> None:
    assert any(str(fault).startswith(told) for fault in faults(replace(DRAFT, **changed)))


@pytest.mark.parametrize(
    ("ours", "copied"),
    [
        ("one two three four five six seven eight", "one two three four five six seven eight"),
        ("ONE, two; three — four five six seven: eight.",
         "ONE two three four five six seven eight"),
        ("He said one two three four five six seven eight nine then",
         "one two three four five six seven eight nine"),
        ("one two three four five six seven", ""),
        ("one two three “four” five six seven eight", ""),
        ("“one two three four five six seven eight nine”", ""),
        ("one two three four five six seven and eight", ""),
        ("", ""),
        ("“Zero «one two three four» five six seven eight nine”", ""),
        ("«One two three «four» five six seven eight nine ten»", ""),
        ("“Zero “one two” three four five six seven eight nine ten”", ""),
        ("“Zero one two three four five six seven eight “nine” ten”", ""),
        ("“One two three four five six seven eight. “Nine ten.”", ""),  # paragraphs of one speaker
        ("“Zero” one two three four five six seven eight “nine”",
         "one two three four five six seven eight"),
        ("“Zero one two three four five six seven eight",
         "Zero one two three four five six seven eight"),
        ("«“Zero”» «one two three four five six seven eight",
         "one two three four five six seven eight"),
        ("“Zero “one” one two three four five six seven eight",
         "one two three four five six seven eight"),
        ("Zero” one two three four five six seven eight “nine",
         "Zero one two three four five six seven eight nine"),
        ('"Zero" one two three four "five six" seven eight "nine', ""),
        ('"Zero" "one two three four five six seven eight',
         "one two three four five six seven eight"),
    ],
)  # fmt: skip
def test_eight_words_in_a_row_are_a_copy(ours: str, copied: str) -> None:
    assert copied_run(ours, "zero one two three four five six seven eight nine ten") == copied


def test_the_same_draft_is_the_same_zip_and_opens_again() -> None:
    draft = accept(DRAFT, "q-bell-sail", ME)
    again = reopen(zipped(draft), TEXT)
    assert again == draft
    for text in (TEXT.replace("\n", "\r\n"), TEXT.rstrip("\n")):
        assert reopen(zipped(draft), text) == draft


def test_a_rejected_find_stays_rejected_when_reopened() -> None:
    again = reopen(zipped(reject(DRAFT, "q-pilots-paper", ME)), TEXT)
    assert "q-pilots-paper" not in again.by_id
    (trace,) = (review for review in again.rows("reviews") if review["status"] == "rejected")
    assert trace["start"] == "215"
    assert trace["record"] == "rejected-1"  # an id may have words that nobody spoke
    assert faults(again) == []


def packed(**changed: bytes | None) -> bytes:
    """The zip of the draft with other files in it; None leaves one out."""
    given = {f"tiny/{name}": content for name, content in files(DRAFT).items()}
    given |= {name.replace("__", "/").replace("_csv", ".csv").replace("_json", ".json"): content
              for name, content in changed.items()}  # fmt: skip
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as made_of:
        for name, content in given.items():
            if content is not None:
                made_of.writestr(name, content)
    return archive.getvalue()


@pytest.mark.parametrize(
    ("archive", "text", "told"),
    [
        (b"PK", TEXT, "no zip that can be read"),
        (b"", TEXT, "no zip that can be read"),
        (packed(tiny__quotes_csv=None), TEXT, "has no quotes.csv"),
        (packed(tiny__datapackage_json=b"["), TEXT, "no usable datapackage.json"),
        (packed(tiny__datapackage_json=b"[]"), TEXT, "no usable datapackage.json"),
        (packed(tiny__quotes_csv=b"id,words\n"), TEXT, "quotes.csv has other columns"),
        (packed(tiny__topics_csv=b"id,name,question\na,b\n"), TEXT, "rows of another length"),
        (packed(tiny__quotes_csv=b"\xff\xfe"), TEXT, "no CSV in UTF-8"),
        (packed(tiny__quotes_csv=b"0" * (LARGEST_STORY + 1)), TEXT, "unpacks to more than"),
        (zipped(DRAFT), TEXT + "More.", "not the text that the story was made from"),
    ],
    ids=["no zip", "empty", "no table", "no JSON", "no object", "columns", "ragged", "UTF-8",
         "a bomb", "another text"],
)  # fmt: skip
def test_what_cannot_be_opened_again(archive: bytes, text: str, told: str) -> None:
    with pytest.raises(ReviewError, match=told) as caught:
        reopen(archive, text)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("told", ["", "x", "1.5", "9" * 5_000])
@pytest.mark.parametrize("table", ["alternatives", "passages"])
def test_what_stands_in_no_order_is_told(table: str, told: str) -> None:
    good = files(DRAFT)
    rows = good[f"{table}.csv"].decode().splitlines()
    given = dict(zip(columns(table), rows[1].split(","), strict=True))
    broken = ",".join((given | {"n": told}).values())
    changed = "\n".join([rows[0], broken, *rows[2:], ""]).encode()
    rejected = good["reviews.csv"].replace(b",draft,", b",rejected,", 1)
    with pytest.raises(StoryError, match=f"{table}:2:n: '{told[:30]}.* is no whole number; write"):
        reopen(packed(**{f"tiny__{table}_csv": changed, "tiny__reviews_csv": rejected}), TEXT)


def test_a_story_with_faults_is_not_opened() -> None:
    broken = packed(tiny__topics_csv=b"id,name,question\nferries,,\n")
    with pytest.raises(StoryError, match="topics:2:name"):
        reopen(broken, TEXT)
