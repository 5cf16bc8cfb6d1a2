"""A story of one's own: from text to a reviewed, published page, in a real browser."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from dashboard.checking.check import faults
from dashboard.review.draft import Draft
from dashboard.review.publish import zipped
from dashboard.story import read_story
from tests.browser.conftest import ROOT, Opener, serving
from tests.browser.reader import settled
from tests.review.drafts import DRAFT, TEXT
from tests.test_data import ARTICLES

# Invented: no such people, outlets or events.
ARTICLE = """\
Bridge Vote Splits the Valley

GRAZ — Mayor Petra Lindqvist said on Monday that the old bridge would close in June, and that \
a ferry would carry school children until a new one stood.

“We cannot gamble with lives,” Ms. Lindqvist told a meeting in the town hall. “The steel is older \
than my grandmother.”

Tomas Okafor, who leads the Valley Traders’ Union, called the plan “a gift to the motorway” and \
said his members would go to court.

“Nobody asked us,” Mr. Okafor said in Vienna. “Nobody ever does.”

Engineers from the University of Maribor have warned that the piers might not last the winter.
"""
ALERT = "stAlert"


@pytest.fixture
def review(open_page: Opener, tmp_path: Path) -> Reviewer:
    """The story `tiny` as a draft, opened in the review."""
    return Reviewer(open_page, tmp_path)


class Reviewer:
    """Opens drafts in the review, by the way that any reviewer has: its zip and its text."""

    def __init__(self, open_page: Opener, folder: Path) -> None:
        self.open_page, self.folder = open_page, folder

    def __call__(self, draft: Draft = DRAFT, **options: object) -> Page:
        page = self.open_page("/add", **options)
        self.give(page, draft)
        return listening(page)

    def give(self, page: Page, draft: Draft, text: str = TEXT) -> None:
        (self.folder / "story.zip").write_bytes(zipped(draft))
        expect(page.get_by_role("button", name="Find statements")).to_be_visible()
        settled(page).get_by_role("tab", name="Go on with a story").click()
        pasted = page.get_by_role("textbox", name="Or paste it")
        pasted.fill(text)
        upload(page, page.locator(".st-key-story-zip"), self.folder / "story.zip")
        pasted.press("Control+Enter")
        page.get_by_role("button", name="Go on", exact=True).click()


def upload(page: Page, chooser: Locator, path: Path) -> None:
    """Choose a file; what is chosen while the page is being drawn anew is lost, so choose again."""
    for _ in range(5):
        settled(page)
        chooser.locator("input[type=file]").set_input_files(path)
        try:
            expect(chooser.get_by_text(path.name)).to_be_visible(timeout=4_000)
        except AssertionError:
            continue
        return
    raise AssertionError(f"{path.name} was not taken")


def paste(page: Page, text: str, **facts: str) -> None:
    page.get_by_role("textbox", name="The article’s text").fill(text)
    for name, value in facts.items():
        page.get_by_role("textbox", name=name.capitalize(), exact=True).fill(value)
    page.keyboard.press("Tab")
    settled(page).get_by_role("button", name="Find statements").click()


def listening(page: Page) -> Page:
    """The page, once the review is drawn and answers clicks on what is marked in the text."""
    expect(page.locator(".st-key-record")).to_be_visible(timeout=120_000)
    expect(page.locator("[data-listening]")).to_be_attached()
    return settled(page)


def tab(page: Page, name: str) -> Page:
    page.get_by_role("radio", name=re.compile(f"^{name}")).click()
    expect(page.get_by_role("radio", name=re.compile(f"^{name}"))).to_be_checked()
    return settled(page)


def opened(page: Page, named: str) -> Locator:
    """The open record; it is the one of that name."""
    listed = page.locator(".st-key-record-list").get_by_role("combobox")
    expect(listed).to_have_value(re.compile(re.escape(named)))
    return page.locator(".st-key-record")


def press(page: Page, button: str) -> None:
    """Press a button of the review; its key names it: its label has its shortcut in it, too."""
    settled(page).locator(f".st-key-{button}").get_by_role("button").click()


def decided(page: Page, words: str) -> None:
    expect(page.get_by_test_id("stProgress")).to_contain_text(words)


def finish(page: Page) -> Page:
    settled(page).get_by_role("button", name="Preview and publish").click()
    expect(page.get_by_text("This is the page as its readers will see it")).to_be_visible()
    return settled(page)


def download(page: Page, folder: Path) -> Path:
    """The folder of the story that the page hands out."""
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download the story (ZIP)").click()
    with zipfile.ZipFile(caught.value.path()) as archive:
        archive.extractall(folder / "story")
    (story,) = (folder / "story").iterdir()
    assert caught.value.suggested_filename == f"{story.name}.zip"
    return story


def select_words(page: Page, words: str) -> None:
    """Select words in the text under review, as with a mouse."""
    page.evaluate(
        """words => {
            const walk = document.createTreeWalker(document.querySelector(".st-key-article"), 4)
            for (let node; (node = walk.nextNode()); ) {
                const at = node.data.indexOf(words)
                if (at < 0) continue
                const range = document.createRange()
                range.setStart(node, at)
                range.setEnd(node, at + words.length)
                getSelection().removeAllRanges()
                getSelection().addRange(range)
                return
            }
            throw new Error("no such words")
        }""",
        words,
    )
    expect(page.locator(".st-key-missed")).to_contain_text(words)


def test_text_becomes_a_reviewed_and_published_story(open_page: Opener, tmp_path: Path) -> None:
    page = open_page("/add")
    paste(page, ARTICLE, publisher="The Valley Post", address="https://valley.example.org/bridge")
    decided(listening(page), "0 of ")
    settled(page).get_by_role("link", name="We cannot gamble with lives").click()
    opened(page, "Petra Lindqvist: “We cannot gamble with lives")
    press(page, "accept")
    decided(page, "1 of ")
    page = finish(page)
    expect(page.get_by_role("heading", name="Bridge Vote Splits the Valley")).to_be_visible()
    folder = download(page, tmp_path)
    assert faults(folder, ARTICLE) == []
    story = read_story(folder)
    decisions = dict(zip(story.reviews["record"], story.reviews["status"], strict=True))
    assert list(decisions.values()).count("accepted") == 1


def test_accept_reject_and_undo(review: Reviewer) -> None:
    page = review()
    opened(page, "Ada Bell: “The boats must sail again")
    press(page, "accept")
    decided(page, "1 of 11 decided")
    opened(page, "Ferry pilots")
    press(page, "reject")
    decided(page, "2 of 11 decided")
    opened(page, "Ada Bell: Ms. Bell said later")
    press(page, "undo")
    decided(page, "1 of 11 decided")
    opened(page, "Ferry pilots")
    press(page, "redo")
    decided(page, "2 of 11 decided")


def test_a_reported_statement_waits_for_its_paraphrase(review: Reviewer) -> None:
    page = review()
    settled(page).get_by_role("link", name="Ms. Bell said later").click()
    record = opened(page, "Ada Bell: Ms. Bell said later")
    press(page, "accept")
    expect(page.get_by_test_id(ALERT)).to_contain_text("No paraphrase yet")
    field = record.get_by_role("textbox", name="Paraphrase")
    field.fill("Another round is planned, in Marsh.")
    field.press("Control+Enter")
    decided(page, "1 of 11 decided")


def test_keys_do_what_the_buttons_do(review: Reviewer) -> None:
    page = review()
    opened(page, "The boats must sail again")
    page.keyboard.press("j")
    opened(settled(page), "Ferry pilots")
    page.keyboard.press("k")
    opened(settled(page), "The boats must sail again")
    page.keyboard.press("a")
    decided(page, "1 of 11 decided")
    opened(settled(page), "Ferry pilots")
    page.keyboard.press("x")
    decided(page, "2 of 11 decided")
    settled(page).keyboard.press("u")
    decided(page, "1 of 11 decided")


def test_keys_are_letters_while_one_writes(review: Reviewer) -> None:
    page = review()
    field = page.get_by_role("textbox", name="Context")
    field.fill("")
    field.press_sequentially("jaxuk")
    expect(field).to_have_value("jaxuk")
    decided(page, "0 of 11 decided")


def test_another_speaker_is_one_choice_away(review: Reviewer) -> None:
    page = review()
    settled(page).get_by_role("link", name="a paper boat").click()
    record = opened(page, "Ferry pilots")
    record.get_by_role("combobox", name="Who says it").click()
    page.get_by_role("option", name=re.compile("Quayside Council.*40%")).click()
    opened(page, "Quayside Council: “a paper boat”")


def test_two_people_become_one(review: Reviewer) -> None:
    page = tab(review(), "People")
    settled(page).get_by_role("link", name="Pilots").click()
    record = opened(page, "Ferry pilots")
    record.get_by_role("combobox", name="Same as").click()
    page.get_by_role("option", name="Ada Bell").click()
    settled(page)
    record.get_by_role("button", name="Merge").click()
    opened(page, "Ada Bell")
    decided(page, "0 of 10 decided")
    expect(record).to_contain_text("Named 3 times")
    tab(page, "Statements")
    settled(page).get_by_role("link", name="a paper boat").click()
    opened(page, "Ada Bell: “a paper boat”")


def test_a_place_is_another_candidate(review: Reviewer) -> None:
    page = tab(review(), "Places")
    record = opened(page, "Quayside")
    expect(record.locator("svg.marks")).to_be_visible()
    record.get_by_text("2. Quayside · US").click()
    expect(record.get_by_text("1. Quayside · US · 40.50, -120.25")).to_be_visible()
    expect(record.get_by_text("2. Quayside · GB · 54.50, -1.25")).to_be_visible()


def test_what_was_missed_is_added_by_selecting_it(review: Reviewer) -> None:
    page = review()
    select_words(page, "We have waited long enough")
    missed = page.locator(".st-key-missed")
    missed.get_by_role("radio", name="Statement").click()
    missed.get_by_role("combobox", name="Who says it").click()
    page.get_by_role("option", name="Ada Bell").click()
    expect(missed.get_by_role("radio", name="Quoted", exact=True)).to_be_checked()
    missed.get_by_role("button", name="Add", exact=True).click()
    opened(page, "Ada Bell: “We have waited long enough”")
    decided(page, "1 of 12 decided")


def test_what_was_missed_is_added_by_its_words(review: Reviewer) -> None:
    page = tab(review(), "People")
    page.get_by_role("button", name="Add what was missed").click()
    page.get_by_role("spinbutton", name="Paragraph").fill("2")
    page.get_by_role("textbox", name="Its words").fill("Their union")
    page.get_by_role("textbox", name="Its words").press("Enter")
    settled(page).get_by_role("button", name="Find them").click()
    missed = page.locator(".st-key-missed")
    expect(missed).to_contain_text("Their union")
    page.keyboard.press("Escape")
    missed.get_by_role("radio", name="Person or group").click()
    missed.get_by_role("textbox", name="Name").fill("Pilots’ union")
    missed.get_by_role("button", name="Add", exact=True).click()
    opened(page, "Pilots’ union")


def test_words_that_are_not_there_are_refused(review: Reviewer) -> None:
    page = review()
    page.get_by_role("button", name="Add what was missed").click()
    page.get_by_role("textbox", name="Its words").fill("no such words")
    page.get_by_role("textbox", name="Its words").press("Enter")
    settled(page).get_by_role("button", name="Find them").click()
    expect(page.get_by_test_id(ALERT)).to_contain_text("Paragraph 1 does not say that")


def test_a_reload_keeps_the_draft_and_another_tab_sees_it(review: Reviewer) -> None:
    page = review()
    press(page, "accept")
    decided(page, "1 of 11 decided")
    page.reload()
    decided(page, "1 of 11 decided")
    other = page.context.new_page()
    other.goto(page.url)
    decided(other, "1 of 11 decided")
    settled(other).keyboard.press("a")
    decided(other, "2 of 11 decided")
    settled(page).keyboard.press("u")  # the last step, whoever took it
    decided(page, "1 of 11 decided")


def test_an_unknown_draft_says_what_can_be_done(open_page: Opener) -> None:
    page = open_page(f"/add?draft={'0' * 32}")
    expect(page.get_by_test_id(ALERT)).to_contain_text("not kept any more")
    expect(page.get_by_role("tab", name="Go on with a story")).to_be_visible()


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
MARKDOWN = "**bold** [link](javascript:alert(3)) :red[red] $x^2$ `code` # h | a :dog: <-"


def test_hostile_text_is_text(open_page: Opener) -> None:
    page = open_page("/add")
    paste(page, ARTICLE.replace("Nobody asked us", f"Nobody {SCRIPT} asked us {MARKDOWN}"))
    expect(page.locator(".st-key-record")).to_be_visible(timeout=120_000)
    text = page.locator(".st-key-article")
    expect(text).to_contain_text(SCRIPT)
    expect(text).to_contain_text("**bold** [link](javascript:alert(3)) :red[red] $x^2$ `code`")
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator(".katex").count() == 0


def test_hostile_names_are_text(review: Reviewer) -> None:
    names = {"ada-bell": SCRIPT, "pilots": MARKDOWN}
    actors = [{**r, "name": names.get(r["id"], r["name"])} for r in DRAFT.rows("actors")]
    page = review(DRAFT.having(actors=actors))
    opened(page, "<script>")
    tab(page, "People")
    expect(page.locator(".st-key-record").get_by_role("textbox", name="Name")).to_have_value(SCRIPT)
    finish(page)
    expect(page.get_by_text(SCRIPT).first).to_be_visible()
    assert page.locator("img[src='x']").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0


def test_faults_lead_to_their_records(review: Reviewer) -> None:
    page = review()
    settled(page).get_by_role("link", name="Ms. Bell said later").click()
    record = opened(page, "Ada Bell: Ms. Bell said later")
    copied = "Ms. Bell said later that the talks would resume in Marsh."
    record.get_by_role("textbox", name="Paraphrase").fill(copied)
    record.get_by_role("button", name="Save", exact=True).click()
    settled(page).get_by_role("button", name="Preview and publish").click()
    expect(page.get_by_test_id(ALERT)).to_contain_text("1 thing is to be mended")
    expect(page.get_by_text("say it in your own words")).to_be_visible()
    page.get_by_role("button", name="Go there").click()
    opened(page, "Ada Bell: Ms. Bell said later")


def test_a_hosted_page_hands_out_the_zip_and_writes_nothing(review: Reviewer) -> None:
    stories = ROOT / "data" / "stories"
    before = sorted(stories.rglob("*"))
    page = finish(review())
    expect(page.get_by_role("button", name="Write tiny")).to_have_count(0)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Download the story (ZIP)").click()
    archive = zipfile.ZipFile(io.BytesIO(Path(caught.value.path()).read_bytes()))
    assert "tiny/datapackage.json" in archive.namelist()
    assert sorted(stories.rglob("*")) == before


def test_on_ones_own_machine_it_is_written(review: Reviewer, tmp_path: Path) -> None:
    served = Path(shutil.copytree(ROOT / "tests" / "stories" / "tiny", tmp_path / "s" / "tiny"))
    with serving(served, DATELINE_ADD="write") as address:
        page = finish(review(replace(DRAFT, slug="a-ferry"), at=address))
        page.get_by_role("button", name="Write").click()
        expect(page.get_by_test_id(ALERT).filter(has_text="Written")).to_be_visible()
        assert faults(served.parent / "a-ferry", TEXT) == []
        page.reload()
        expect(page.get_by_role("button", name="Write")).to_be_disabled()
        page.get_by_text("Replace the story").click()
        settled(page).get_by_role("button", name="Write").click()
        expect(page.get_by_test_id(ALERT).filter(has_text="Written")).to_be_visible()


def test_switched_off_there_is_no_such_page(open_page: Opener) -> None:
    with serving(DATELINE_ADD="off") as address:
        page = open_page("/add", at=address)
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Kerry"))
        expect(page.get_by_role("link", name="Add a story")).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "There is no text yet"),
        ("The weather was fine. The grass was green. " * 8, "o statement was found"),
        ("Der Bürgermeister sagte am Montag, die Brücke werde geschlossen. " * 12, "English"),
    ],
    ids=["nothing", "no statements", "German"],
)
def test_what_gives_no_story_is_told_in_a_line(open_page: Opener, text: str, told: str) -> None:
    page = open_page("/add")
    paste(page, text)
    expect(page.get_by_test_id(ALERT).first).to_contain_text(told, timeout=120_000)


def test_another_text_does_not_go_with_a_story(open_page: Opener, tmp_path: Path) -> None:
    page = open_page("/add")
    Reviewer(open_page, tmp_path).give(page, DRAFT, TEXT.replace("Monday", "Tuesday"))
    expect(page.get_by_test_id(ALERT)).to_contain_text("not the text that the story was made from")


def test_long_names_and_other_scripts_stay_in_place(review: Reviewer) -> None:
    names = {"ada-bell": "x" * 3000, "pilots": "وليد المعلم"}
    actors = [{**r, "name": names.get(r["id"], r["name"])} for r in DRAFT.rows("actors")]
    page = review(DRAFT.having(actors=actors), width=390)
    for name in ("People", "Statements"):
        tab(page, name)
        assert sideways(page) <= 0


def sideways(page: Page) -> int:
    main = "document.querySelector('[data-testid=stMain]')"
    return int(page.evaluate(f"(e => e.scrollWidth - e.clientWidth)({main})"))


TABS = ("Statements", "People", "Places", "Events", "Article")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious_and_nothing_scrolls_sideways(
    review: Reviewer, width: int, scheme: str
) -> None:
    page = review(width=width, color_scheme=scheme)
    for name in TABS:
        tab(page, name)
        assert serious(page) == {}, name
        assert sideways(page) <= 0
    finish(page)
    assert serious(page) == {}
    assert sideways(page) <= 0
    page.goto(page.url.split("?")[0])
    expect(page.get_by_role("button", name="Find statements")).to_be_visible()
    assert serious(settled(page)) == {}
    assert sideways(page) <= 0


def serious(page: Page) -> dict[str, list[str]]:
    return {
        found["id"]: [node["html"][:200] for node in found["nodes"]][:3]
        for found in Axe().run(page).response["violations"]
        if found["impact"] in ("serious", "critical")
    }


# The articles' texts are not ours to ship: see tests/test_data.py.
FIRST = next((path for path in ARTICLES if path.stem.startswith("kerry")), None)
if FIRST is not None:

    def test_the_first_article_becomes_its_page(open_page: Opener, tmp_path: Path) -> None:
        """Before any correction every fragment has the speaker that our editors gave it."""
        text = FIRST.read_text(encoding="utf-8")
        page = open_page("/add")
        page.get_by_role("group", name="Published").get_by_role("spinbutton").first.click()
        page.keyboard.type("20150114")
        paste(page, text)
        page = finish(listening(page))
        folder = download(page, tmp_path)
        assert faults(folder, text) == []
        found, ours = spoken(folder), spoken(ROOT / "data" / "stories" / "moscow-talks")
        assert len(ours) == 12
        assert {words: found.get(words) for words in ours} == ours
        with serving(folder) as address:
            published = open_page("/?q=iconic", at=address)
            expect(published.get_by_text("iconic example")).to_be_visible()
            expect(published.get_by_text("Staffan de Mistura").first).to_be_visible()
            notice = published.get_by_text("found by a program and not yet reviewed")
            expect(notice.first).to_be_visible()


def spoken(folder: Path) -> dict[str, str]:
    """Every passage of spoken words, without its full stop, and who says it."""
    story = read_story(folder)
    names = dict(zip(story.actors["id"], story.actors["name"], strict=True))
    speakers = dict(zip(story.quotes["id"], story.quotes["speaker"].map(names), strict=True))
    passages = story.passages.dropna(subset=["exact"])
    return {
        words.rstrip("."): speakers[record]
        for words, record in zip(passages["exact"], passages["record"], strict=True)
    }


def test_the_story_page_leads_there(open_page: Opener) -> None:
    page = open_page("/?place=moscow")
    page.get_by_role("link", name="Add a story").click()
    expect(page.get_by_role("heading", name="Add a story")).to_be_visible()
    assert page.url.endswith("/add")
