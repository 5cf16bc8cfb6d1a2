"""The edition as a file: its size, its policy, and that everything stands in it as text."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dashboard.__main__ import main
from dashboard.basemap import CREDIT
from dashboard.edition.contents import edition_of
from dashboard.edition.edition import edition
from dashboard.records import events, places, positions, statements
from dashboard.story import read_story
from dashboard.telling.drafts import decisions, notice
from tests.browser.test_hostile import SCRIPT, change
from tests.drafted import DRAFT, INDIRECT, PARTLY
from tests.shipped import FOLDER, STORY

VOID = {"meta", "link", "input", "br", "img"}


class Read(HTMLParser):
    """What a parser makes of the file: text outside scripts, scripts, addresses, ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.blocks: list[tuple[str, dict[str, str | None], str]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.blocks.append((tag, dict(attrs), ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("script", "style"):
            tag, attributes, text = self.blocks.pop()
            self.blocks.append((tag, attributes, text + data))
        else:
            self.text.append(data)


@pytest.fixture(scope="module")
def html() -> str:
    return edition(STORY).decode("utf-8")


@pytest.fixture(scope="module")
def read(html: str) -> Read:
    return Read(html)


@pytest.fixture(scope="module")
def words(read: Read) -> str:
    return " ".join("".join(read.text).split())


def test_it_is_small_enough(html: str) -> None:
    assert len(html.encode()) <= 1_600_000


def test_the_same_story_gives_the_same_bytes_in_every_process(html: str) -> None:
    program = (
        "import sys, hashlib; from pathlib import Path; from dashboard.story import read_story;"
        "from dashboard.edition.edition import edition;"
        "print(hashlib.sha256(edition(read_story(Path(sys.argv[1])))).hexdigest())"
    )
    for seed in ("1", "2"):
        told = subprocess.run(
            [sys.executable, "-c", program, str(FOLDER)],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": f"Etc/GMT+{seed}"},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert told.stdout.strip() == hashlib.sha256(html.encode()).hexdigest()


def test_every_element_is_closed(read: Read) -> None:
    assert read.open == []


def test_no_id_is_given_twice(read: Read) -> None:
    found = [attributes["id"] for _, attributes in read.tags if "id" in attributes]
    assert len(found) == len(set(found))


def test_the_policy_lets_just_its_own_scripts_and_style_run(read: Read) -> None:
    policy = next(
        attributes["content"] or ""
        for tag, attributes in read.tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    assert rules["default-src"] == rules["connect-src"] == ["'none'"]
    assert rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert rules["img-src"] == ["data:"]
    run = [b for b in read.blocks if b[0] == "script" and b[1].get("type") != "application/json"]
    assert rules["script-src"] == [_hash(text) for *_, text in run]
    assert rules["style-src"] == [_hash(text) for tag, _, text in read.blocks if tag == "style"]


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_nothing_is_asked_of_any_address(read: Read) -> None:
    asked = [
        attributes.get(name)
        for tag, attributes in read.tags
        for name in ("src", "srcset", "href", "data", "action", "poster")
        if name in attributes and tag != "a"
    ]
    assert asked == ["data:,"]
    style = "".join(text for tag, _, text in read.blocks if tag == "style")
    assert "url(" not in style
    assert "@import" not in style


def test_links_lead_to_the_web_or_within_the_page(read: Read) -> None:
    links = [a["href"] or "" for tag, a in read.tags if tag == "a" and "href" in a]
    assert all(re.match(r"https?://|#", link) for link in links)
    known = {a["id"] for _, a in read.tags if "id" in a}
    assert {link[1:] for link in links if link.startswith("#")} <= known


def test_every_statement_stands_there_under_its_id(read: Read, words: str) -> None:
    known = {a["id"] for tag, a in read.tags if tag == "article"}
    for statement in statements(STORY):
        assert statement.id in known
        assert " ".join((statement.words or statement.paraphrase).split()) in words
        assert statement.context in words
        assert statement.said_note in words


def test_every_place_event_and_position_stands_there(words: str) -> None:
    for place in places(STORY).values():
        assert place.name in words
    for event in events(STORY):
        assert event.title in words
        assert event.note in words
    for position in positions(STORY):
        assert position.note in words
    assert CREDIT in words


def test_the_date_is_the_story_s_and_not_the_clock_s(words: str) -> None:
    assert "Edition of Mon 23 Nov 2026, version 1.0.0" in words
    assert edition_of({}) == ""
    assert edition_of({"created": "yesterday", "version": "2"}) == "version 2"


def test_a_live_page_is_linked_and_anything_else_refused() -> None:
    address = "https://news.example.org/story?a=1&b=%22"
    read = Read(edition(STORY, address).decode())
    assert address in [a.get("href") for tag, a in read.tags if tag == "a"]
    for wrong in ("javascript:alert(1)", "ftp://example.org", "example.org"):
        with pytest.raises(ValueError, match="http"):
            edition(STORY, wrong)


def test_hostile_data_ends_no_element_and_begins_none(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / FOLDER.name))
    hostile = f"</script><!--<script>{SCRIPT}]]>'\"&amp;"
    change(folder, "actors", "john-kerry", name=hostile, role=hostile)
    change(folder, "quotes", "q-kerry-goal", paraphrase=hostile, context=hostile)
    change(folder, "places", "moscow", name=hostile)
    change(folder, "topics", "moscow-talks", name=hostile)
    change(folder, "events", "e-moscow-talks", title=hostile)
    safe, read = Read(edition(STORY).decode()), Read(edition(read_story(folder)).decode())
    assert read.open == []
    tags = [tag for tag, _ in read.tags]
    assert "img" not in tags
    for tag in ("script", "article", "b"):
        assert tags.count(tag) == [t for t, _ in safe.tags].count(tag)


def test_a_draft_says_so_at_its_head_on_each_card_and_in_how_it_was_made(words: str) -> None:
    read = Read(edition(PARTLY).decode())
    told = " ".join("".join(read.text).split())
    assert notice(PARTLY) in told
    badges = [a for tag, a in read.tags if tag == "b" and a.get("class") == "draft"]
    assert len(badges) == len(statements(PARTLY)) - 2
    assert told.count("Reported speech, not yet paraphrased") == len(INDIRECT) - 1
    assert all(line in told for line in decisions(PARTLY))
    for word in ("Draft", "draft", "program"):
        assert word not in words


def test_a_draft_without_address_links_to_no_original() -> None:
    read = Read(edition(DRAFT).decode())
    assert read.open == []
    outside = {a.get("href") for t, a in read.tags if t == "a"} - {None}
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert {link for link in outside if not link.startswith("#")} == {licence}
    assert "¶ 5 in the original" in " ".join("".join(read.text).split())


# --- the command ---


def test_the_command_writes_the_file_and_says_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], html: str
) -> None:
    out = tmp_path / "moscow-talks.html"
    assert main(["edition", "moscow-talks", "--out", str(out)]) == 0
    assert out.read_text(encoding="utf-8") == html
    assert capsys.readouterr().out == f"{out}: {len(html.encode()):,} bytes\n"
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("name", ["nowhere", "../stories/nowhere", "a\0b"])
def test_a_story_that_is_not_there_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    assert main(["edition", name, "--out", str(tmp_path / "out.html")]) == 1
    told = capsys.readouterr().err
    assert told.startswith("-:-:-: ")
    assert told.endswith("is no folder; give the folder of a story\n")
    assert told.count("\n") == 1


def test_a_broken_story_lists_its_faults(
    story_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (story_folder / "links.csv").unlink()
    assert main(["edition", str(story_folder), "--out", str(tmp_path / "out.html")]) == 1
    assert "links:-:-" in capsys.readouterr().err
    assert not (tmp_path / "out.html").exists()


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--out", "no/such/folder/x.html"], "make the folder first"),
        (["--out", "x.html", "--page", "ftp://example.org"], "http"),
    ],
)
def test_what_cannot_be_written_is_told(
    arguments: list[str],
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["edition", "moscow-talks", *arguments]) == 2
    assert reason in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_help_loads_neither_pandas_nor_streamlit() -> None:
    program = (
        "import sys; from dashboard.__main__ import main\n"
        "try: main(['edition', '--help'])\n"
        "except SystemExit: print({'pandas', 'streamlit', 'jinja2'} & set(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert told.stdout.endswith("set()\n")


def test_the_tiny_story_has_an_edition(story_folder: Path) -> None:
    assert Read(edition(read_story(story_folder)).decode()).open == []
