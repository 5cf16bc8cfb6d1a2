"""The edition in a real Chromium, from a file, with the network off."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from urllib.parse import parse_qs, urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, Request, expect

from dashboard.charts.locations import location_chart
from dashboard.charts.timeline import timeline_chart
from dashboard.charts.voices import voices_chart
from dashboard.describe import describe
from dashboard.edition.edition import edition
from dashboard.facets import facets
from dashboard.links import from_query, to_query
from dashboard.palette import INKS
from dashboard.plain import fold
from dashboard.selection import MANY, Selection, matching, select
from dashboard.story import read_story
from dashboard.unheard import unheard
from tests.benchmarks.invented import invented
from tests.browser.test_hostile import LONG, MARKDOWN, RIGHT_TO_LEFT, SCRIPT, change
from tests.browser.watch import watching
from tests.shipped import CHOICES, FOLDER, STORY, TYPICAL, WORDS, ids

MOSCOW = "10 of 24 statements: in or about Moscow"
ALL = "All 24 statements"
Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("edition") / "moscow-talks.html"
    path.write_bytes(edition(STORY))
    return path


@pytest.fixture
def open_edition(browser: Browser, file: Path) -> Iterator[Opener]:
    """Open the edition at a hash. Any request, dialog, error or violation of the policy fails."""
    with watching(browser) as watch:

        def ask(request: Request) -> None:
            if not request.url.startswith(("file:", "data:")):
                watch.wrong.append(f"asked {request.url}")

        def opener(hashed: str = "", *, at: Path = file, **options: object) -> Page:
            page = watch.page(**options)
            page.context.set_offline(True)
            page.on("request", ask)
            page.on("console", lambda message: watch.wrong.append(message.text))
            page.goto(at.as_uri() + hashed)
            if options.get("java_script_enabled", True):
                expect(page.locator("html.drawn")).to_be_attached()
            return page

        yield opener


def says(page: Page, sentence: str) -> None:
    expect(page.locator("#sentence")).to_have_text(sentence)


def cards(page: Page) -> Locator:
    return page.locator(".card:visible")


def shown(page: Page) -> list[str]:
    return cards(page).evaluate_all("cards => cards.map(card => card.id)")


def pill(page: Page, facet: str, value: str) -> Locator:
    return page.locator(f".pill[data-facet={facet}][data-value={value}]")


def hash_of(page: Page) -> str:
    return page.evaluate("location.hash")


def click_mark(page: Page, chart: str, **datum: str) -> None:
    page.mouse.click(*middle(page, chart, **datum))


def middle(page: Page, chart: str, **datum: str) -> tuple[float, float]:
    """Where to press the topmost mark of a chart whose datum has these values."""
    page.locator(f"#chart-{chart}").scroll_into_view_if_needed()
    x, y = page.evaluate(
        """async ([chart, datum]) => {
            await edition.settled
            const box = [...document.querySelectorAll(`#chart-${chart} svg path`)].filter(mark =>
                Object.entries(datum).every(([k, v]) => mark.__data__?.datum?.[k] === v))
                .at(-1).getBoundingClientRect()
            return [box.x + Math.min(box.width / 2, 40), box.y + box.height / 2]
        }""",
        [chart, datum],
    )
    return x, y


def spread(page: Page) -> float:
    """Distance between Geneva and Moscow on the map, in pixels."""
    return page.evaluate(
        """async () => {
            await edition.settled
            const [a, b] = ["geneva", "moscow"].map(place =>
                [...document.querySelectorAll("#chart-map svg path")].filter(mark =>
                    mark.__data__?.datum?.place === place).at(-1).getBoundingClientRect())
            return Math.hypot(a.x - b.x, a.y - b.y)
        }"""
    )


# --- filters ---


@pytest.mark.parametrize(
    ("facet", "value", "sentence", "hashed"),
    [
        ("places", "moscow", MOSCOW, "#place=moscow"),
        ("actors", "sergey-lavrov", "2 of 24 statements: by or about Sergey V. Lavrov",
         "#actor=sergey-lavrov"),
        ("topics", "iran-accord", "1 of 24 statements: on Iran accord", "#topic=iran-accord"),
        ("kinds", "direct", "8 of 24 statements: quoted", "#kind=direct"),
    ],
)  # fmt: skip
def test_a_pill_filters_everything_and_releases(
    open_edition: Opener, facet: str, value: str, sentence: str, hashed: str
) -> None:
    page = open_edition()
    button = pill(page, facet, value)
    button.click()
    says(page, sentence)
    expect(button).to_have_attribute("aria-pressed", "true")
    assert hash_of(page) == hashed
    assert len(shown(page)) == int(sentence.split()[0])
    button.click()
    says(page, ALL)
    assert hash_of(page) == ""


def test_a_role_narrows_actors_and_places(open_edition: Opener) -> None:
    page = open_edition("#actor=john-kerry&place=geneva")
    page.get_by_role("group", name="Said by or about").get_by_text("By", exact=True).click()
    page.get_by_role("group", name="Said in or about").get_by_text("In", exact=True).click()
    assert hash_of(page) == "#actor=john-kerry&place=geneva&actor_role=by&place_role=in"
    wanted = Selection(actors=("john-kerry",), actor_role="by", places=("geneva",), place_role="in")
    says(page, describe(STORY, wanted))


def test_what_a_statement_is_about_filters(open_edition: Opener) -> None:
    page = open_edition()
    page.locator("#q-kerry-goal").get_by_role("link", name="Bashar al-Assad").click()
    says(page, describe(STORY, Selection(about=("bashar-al-assad",))))
    page.get_by_role("group", name="And about").get_by_role("button").click()
    says(page, ALL)


def test_words_are_searched_without_accents_and_case(open_edition: Opener) -> None:
    page = open_edition()
    page.get_by_role("searchbox", name="Words").fill("  ÓPPOSITION ")
    says(page, describe(STORY, Selection(text="opposition")).replace("opposition", "ÓPPOSITION"))


def test_nothing_found_says_so_and_reset_brings_all_back(open_edition: Opener) -> None:
    page = open_edition("#q=no+such+word")
    says(page, "0 of 24 statements: with “no such word”")
    expect(page.get_by_text("No statement answers all of these filters.")).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    says(page, ALL)
    assert len(shown(page)) == 24
    expect(page.get_by_role("searchbox", name="Words")).to_have_value("")


def test_by_speaker_groups_the_statements_and_stands_in_the_address(open_edition: Opener) -> None:
    page = open_edition()
    page.get_by_role("button", name="By speaker").click()
    assert hash_of(page) == "#order=speaker"
    speakers = [STORY.quotes.set_index("id")["speaker"][i] for i in shown(page)]
    assert speakers == sorted(speakers, key=list(dict.fromkeys(STORY.quotes["speaker"])).index)
    page.get_by_role("button", name="In article order").click()
    assert shown(page) == ids("quotes")


def test_a_position_opens_the_statements_that_bear_it_out(open_edition: Opener) -> None:
    page = open_edition("#place=moscow")
    page.locator("#positions").get_by_role("link", name="Moaz al-Khatib").click()
    assert hash_of(page) == "#actor=moaz-al-khatib&topic=moscow-talks&actor_role=by"


def test_a_long_story_shows_more_on_demand(open_edition: Opener, long: Path) -> None:
    page = open_edition(at=long)
    assert cards(page).count() == 48
    page.get_by_role("button", name="Show 48 more of 102").click()
    assert shown(page) == [f"q-{n}" for n in range(96)]
    expect(page.locator("#q-48 a").first).to_be_focused()


def test_a_link_to_a_statement_far_down_shows_it(open_edition: Opener, long: Path) -> None:
    page = open_edition("#quote=q-120", at=long)
    expect(page.locator("#q-120")).to_be_in_viewport()


def test_a_long_story_is_there_in_full_without_scripts(open_edition: Opener, long: Path) -> None:
    page = open_edition(at=long, java_script_enabled=False)
    expect(cards(page)).to_have_count(150)
    expect(page.locator("#q-149")).to_be_visible()
    page.goto(f"{long.as_uri()}#q-120")
    expect(page.locator("#q-120")).to_be_in_viewport()


def test_an_old_browser_shows_a_long_story_in_full(browser: Browser, long: Path) -> None:
    page = browser.new_page()
    page.add_init_script("delete Array.prototype.toSorted")
    page.goto(long.as_uri())
    expect(cards(page)).to_have_count(150)
    expect(page.locator("#q-149")).to_be_visible()
    page.close()


def test_a_long_story_prints_all_that_is_chosen(open_edition: Opener, long: Path) -> None:
    page = open_edition(at=long)
    page.emulate_media(media="print")
    expect(cards(page)).to_have_count(150)
    page.emulate_media(media="screen")
    expect(cards(page)).to_have_count(48)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("long") / "long.html"
    path.write_bytes(edition(invented(150)))
    return path


# --- charts ---


def test_a_click_on_a_city_filters_and_another_releases(open_edition: Opener) -> None:
    page = open_edition()
    for sentence in (MOSCOW, ALL):
        click_mark(page, "map", place="moscow")
        says(page, sentence)


def test_a_tap_on_a_city_filters(open_edition: Opener) -> None:
    page = open_edition(width=390, height=844, has_touch=True, is_mobile=True)
    page.touchscreen.tap(*middle(page, "map", place="moscow"))
    says(page, MOSCOW)


def test_a_click_on_a_bar_filters_by_speaker(open_edition: Opener) -> None:
    page = open_edition()
    click_mark(page, "voices", actor="sergey-lavrov")
    says(page, "2 of 24 statements: by Sergey V. Lavrov")


def test_a_click_on_an_event_filters_by_its_place(open_edition: Opener) -> None:
    page = open_edition()
    click_mark(page, "timeline", event="e-moscow-talks")
    says(page, MOSCOW)


def test_the_map_zooms_by_button_and_stays_zoomed_through_a_filter(open_edition: Opener) -> None:
    page = open_edition()
    fitted = spread(page)
    page.get_by_role("button", name="Zoom in").click()
    assert spread(page) == pytest.approx(1.5 * fitted, rel=0.01)
    pill(page, "places", "moscow").click()
    page.emulate_media(color_scheme="dark")
    assert spread(page) == pytest.approx(1.5 * fitted, rel=0.01)
    page.get_by_role("button", name="Fit the map").click()
    assert spread(page) == pytest.approx(fitted, rel=0.01)


def test_a_chart_tells_a_mark_s_numbers_under_the_pointer(open_edition: Opener) -> None:
    page = open_edition()
    click_mark(page, "voices", actor="sergey-lavrov")
    expect(page.locator("#tip")).to_contain_text("Quoted words shown")


def test_charts_that_followed_filters_look_as_if_drawn_anew(open_edition: Opener) -> None:
    page = open_edition()
    for selection in _selections()[1:16]:
        hashed = f"#{urlencode(to_query(selection), doseq=True)}"
        page.evaluate("hashed => { location.hash = hashed }", hashed)
        says(page, describe(STORY, selection))
        assert _drawing(page) == _drawing(open_edition(hashed)), hashed
        page.context.browser.contexts[-1].close()


def test_charts_keep_up_with_a_quick_reader(open_edition: Opener) -> None:
    page = open_edition()
    press = "value => document.querySelector(`.pill[data-value=${value}]`).click()"
    page.evaluate(
        f"values => values.forEach({press})", ["moscow", "direct", "moscow", "john-kerry", "direct"]
    )
    says(page, "10 of 24 statements: by or about John Kerry")
    assert _drawing(page) == _drawing(open_edition("#actor=john-kerry"))


def _drawing(page: Page) -> list[str]:
    """Every mark of the charts, as it is drawn; a line without points has no shape."""
    return page.evaluate(
        """async () => {
            await edition.settled
            return [...document.querySelectorAll(".chart svg")].flatMap(svg =>
                [...svg.querySelectorAll("path[d], text, line")].map(mark => {
                    const names = ["d", "transform", "x2", "y2", "opacity", "text-anchor", "fill"]
                    return names.map(name => mark.getAttribute(name)).join() + mark.textContent
                }))
        }"""
    )


# --- the address ---


def test_a_link_opens_its_view(open_edition: Opener) -> None:
    page = open_edition("#actor=sergey-lavrov&place=moscow&quote=q-lavrov-lose")
    says(page, "2 of 24 statements: by or about Sergey V. Lavrov, in or about Moscow")
    expect(page.locator("#q-lavrov-lose")).to_be_in_viewport()
    expect(page.locator(".card.linked")).to_have_attribute("id", "q-lavrov-lose")


def test_back_and_forward_walk_through_the_views(open_edition: Opener) -> None:
    page = open_edition()
    pill(page, "places", "moscow").click()
    pill(page, "kinds", "direct").click()
    page.go_back()
    says(page, MOSCOW)
    page.go_back()
    says(page, ALL)
    page.go_forward()
    says(page, MOSCOW)


def test_a_changed_hash_is_read(open_edition: Opener) -> None:
    page = open_edition()
    page.evaluate("location.hash = '#place=moscow'")
    says(page, MOSCOW)


def test_an_anchor_of_a_statement_marks_it(open_edition: Opener) -> None:
    page = open_edition("#q-kerry-goal")
    says(page, ALL)
    expect(page.locator(".card.linked")).to_have_attribute("id", "q-kerry-goal")
    expect(page.locator("#q-kerry-goal")).to_be_in_viewport()


def test_link_to_this_keeps_the_filters(open_edition: Opener) -> None:
    page = open_edition("#place=moscow")
    page.locator("#q-lavrov-lose").get_by_role("link", name="Link to this").click()
    assert hash_of(page) == "#place=moscow&quote=q-lavrov-lose"


def test_a_linked_statement_that_is_filtered_out_is_told(open_edition: Opener) -> None:
    page = open_edition("#place=aleppo&quote=q-lavrov-lose")
    expect(page.get_by_text("is left out by the filters")).to_be_visible()


def test_what_the_story_does_not_know_is_left_out_and_named(open_edition: Opener) -> None:
    page = open_edition("#place=moscow&place=atlantis&kind=<b>&actor_role=of")
    says(page, MOSCOW)
    expect(page.locator("#unknown")).to_have_text(
        "This story does not know place=atlantis, kind=<b>, actor_role=of; left out."
    )
    pill(page, "kinds", "direct").click()
    expect(page.locator("#unknown")).to_be_hidden()


# --- the same as Python ---


def _selections() -> list[Selection]:
    """The typical ones, and thirty of many choices drawn by a seeded die."""
    dice = random.Random(3)  # noqa: S311

    def some(values: list[str]) -> tuple[str, ...]:
        return tuple(dice.sample(values, dice.randint(1, 3))) if dice.random() < 0.35 else ()

    drawn = [
        Selection(
            **{name: some([v for v in values if v]) for name, values in CHOICES.items()},
            actor_role=dice.choice(["any", "by", "about"]),
            place_role=dice.choice(["any", "in", "about"]),
            text=dice.choice(["", "", "", *dice.sample(WORDS, 3)]),
            quote=dice.choice(["", *ids("quotes")]),
        )
        for _ in range(30)
    ]
    return [*TYPICAL, *drawn]


ASK = """selections => selections.map(given => {
    const selection = edition.neat(given), part = edition.part(selection)
    const charts = Object.entries(edition.charts)
    const counts = Object.fromEntries(Object.entries(part.counts).map(([facet, numbers]) => [facet,
        Object.fromEntries(edition.tables[facet].id.flatMap((id, n) =>
            numbers[n] ? [[id, numbers[n]]] : []))]))
    return { shown: part.shown.map(i => edition.quotes[i]), counts,
        sentence: edition.describe(selection, part.shown.length), hash: edition.toHash(selection),
        back: edition.fromHash("#" + edition.toHash(selection)).selection,
        unheard: edition.unheard(part.shown),
        captions: Object.fromEntries(charts.map(([name, chart]) => [name, chart.caption(part)])),
        rows: Object.fromEntries(charts.map(([name, chart]) => [name, chart.rows(part)])) }
})"""


@pytest.fixture(scope="module")
def asked(browser: Browser, file: Path) -> dict[Selection, dict[str, object]]:
    """What the script says of each selection."""
    page = browser.new_page()
    page.goto(file.as_uri())
    selections = _selections()
    answers = page.evaluate(ASK, [asdict(s) for s in selections])
    page.close()
    return dict(zip(selections, answers, strict=True))


@pytest.mark.parametrize("selection", _selections(), ids=repr)
def test_the_script_says_what_python_says(
    asked: dict[Selection, dict[str, object]], selection: Selection
) -> None:
    said, visible = asked[selection], select(STORY, selection)
    assert said["shown"] == [i for i in ids("quotes") if i in matching(STORY, selection)]
    counts = facets(STORY, selection)
    assert said["counts"] == {name: dict(getattr(counts, name)) for name in MANY}
    assert said["sentence"] == describe(STORY, selection)
    query = parse_qs(said["hash"])
    assert list(query.items()) == list(to_query(selection).items())
    assert from_query(query, STORY) == (selection, ())
    back = {name: said["back"][name] for name in asdict(selection)}
    assert back == json.loads(json.dumps(asdict(selection)))
    assert said["unheard"] == [list(pair) for pair in unheard(STORY, visible).items()]
    ink = INKS["light"]
    for name, chart in (
        ("map", location_chart(STORY, visible, ink, "")),
        ("voices", voices_chart(STORY, visible, ink)),
        ("timeline", timeline_chart(STORY, visible, ink)),
    ):
        assert said["captions"][name] == chart.caption
        _equal(said["rows"][name], chart.rows.to_pylist())


def _equal(ours: list[dict[str, object]], theirs: list[dict[str, object]]) -> None:
    """Equal rows; a null may be missing, and floats differ in the last digits."""
    assert len(ours) == len(theirs)
    for mine, other in zip(ours, theirs, strict=True):
        assert set(mine) <= set(other)
        for key, value in other.items():
            if isinstance(value, float):
                assert mine[key] == pytest.approx(value, abs=1e-9), key
            else:
                assert mine.get(key) == value, key


def test_words_are_folded_as_python_folds_them(open_edition: Opener) -> None:
    page = open_edition()
    # Of Cherokee Unicode folds small letters to capitals; the script does as with all others.
    letters = [
        chr(n)
        for n in range(0x20, 0x2FA20)
        if chr(n).isprintable() and not (0x13A0 <= n <= 0x13FF or 0xAB70 <= n <= 0xABBF)
    ]
    ours = page.evaluate("letters => letters.map(edition.fold)", letters)
    different = [a for a, b in zip(letters, ours, strict=True) if fold(a) != b]
    assert different == []


# --- everybody ---


def test_without_scripts_everything_is_there_to_read(open_edition: Opener) -> None:
    page = open_edition("#q-kerry-goal", java_script_enabled=False)
    assert cards(page).count() == 24
    expect(page.locator("#q-kerry-goal")).to_be_in_viewport()
    expect(page.get_by_text("As a table: places and distances")).to_be_visible()
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator("#chart-map")).to_be_hidden()
    page.get_by_text("As a table: places and distances").click()
    expect(page.get_by_role("rowheader", name="Damascus")).to_be_visible()


def test_print_shows_the_chosen_statements_and_no_controls(open_edition: Opener) -> None:
    page = open_edition("#place=moscow", color_scheme="dark")
    page.emulate_media(media="print")
    assert len(shown(page)) == 10
    for control in ("#filters", "#reset", "#order", "#zoom", ".starts"):
        expect(page.locator(control)).to_be_hidden()
    assert page.locator("body").evaluate("e => getComputedStyle(e).color") == "rgb(25, 23, 19)"
    assert page.pdf(format="A4").count(b"/Type /Page\n") >= 2


def test_the_keyboard_alone_filters_and_resets(open_edition: Opener) -> None:
    page = open_edition()
    _tab_to(page, "Moscow10")
    page.keyboard.press("Space")
    says(page, MOSCOW)
    _tab_to(page, "Reset")
    page.keyboard.press("Enter")
    says(page, ALL)


def test_the_skip_link_leads_to_the_statements_and_leaves_the_view(open_edition: Opener) -> None:
    page = open_edition("#place=moscow")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#statements")).to_be_focused()
    assert hash_of(page) == "#place=moscow"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("hashed", ["", "#place=aleppo&about=syrian-people&quote=q-kerry-effect"])
def test_axe_finds_nothing_serious(
    open_edition: Opener, hashed: str, width: int, scheme: str
) -> None:
    page = open_edition(hashed, width=width, color_scheme=scheme)
    assert _grave(page) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_serious_in_what_is_there_without_scripts(
    open_edition: Opener, width: int
) -> None:
    # Axe is a script itself: the page is shown as it is without, which is without this class.
    page = open_edition(width=width)
    page.evaluate("document.documentElement.classList.remove('js')")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert _grave(page) == []


def _grave(page: Page) -> list[object]:
    found = Axe().run(page).response["violations"]
    return [
        (v["id"], v["impact"], [n["html"][:200] for n in v["nodes"][:3]])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("hashed", ["", "#place=moscow"])
def test_a_phone_never_scrolls_sideways(open_edition: Opener, hashed: str) -> None:
    page = open_edition(hashed, width=390, height=844, has_touch=True, is_mobile=True)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert _sideways(page) <= 0


def test_what_is_touched_is_large_enough(open_edition: Opener) -> None:
    page = open_edition(width=390, height=844, has_touch=True, is_mobile=True)
    heights = page.evaluate(
        """selector => [...document.querySelectorAll(selector)].filter(e => e.offsetHeight)
            .map(e => e.getBoundingClientRect().height)"""
    , "main a[href], main button, main summary, .segmented span, #words")  # fmt: skip
    assert min(heights) >= 24
    assert page.locator(".pill").first.evaluate("e => e.offsetHeight") >= 44


def test_a_dark_scheme_turns_page_and_charts_dark(open_edition: Opener) -> None:
    page = open_edition(color_scheme="dark")
    look = "(e, name) => getComputedStyle(e)[name]"
    assert page.locator("body").evaluate(look, "backgroundColor") == "rgb(22, 21, 19)"
    land = page.locator("#chart-map svg .mark-shape path").first
    assert land.evaluate(look, "fill") in ("rgb(43, 41, 37)", "rgb(77, 71, 56)")


# --- hostile data ---


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(FOLDER, tmp_path_factory.mktemp("h") / FOLDER.name))
    script = f"</script>{SCRIPT}<!-- <script>"
    change(folder, "actors", "john-kerry", name=script, role=MARKDOWN)
    change(folder, "actors", "sergey-lavrov", name=RIGHT_TO_LEFT)
    change(folder, "actors", "emile-hokayem", name=LONG, aliases=LONG)
    change(folder, "places", "moscow", name=script)
    change(folder, "places", "aleppo", name=LONG)
    change(folder, "quotes", "q-kerry-helpful", context=script)
    change(folder, "quotes", "q-kerry-goal", paraphrase=LONG)
    change(folder, "topics", "moscow-talks", name=script, question=LONG)
    change(folder, "events", "e-moscow-talks", title=script)
    change(folder, "positions", "p-kerry-moscow-talks", note=script)
    change(folder, "figures", "f-killed", label=script)
    article = "kerry-supports-syrian-peace-talks"
    change(folder, "articles", article, headline=script, standfirst=script)
    path = folder / "hostile.html"
    path.write_bytes(edition(read_story(folder)))
    return path


@pytest.mark.parametrize("width", [1440, 390])
def test_hostile_data_is_text_and_stays_in_the_window(
    open_edition: Opener, hostile: Path, width: int
) -> None:
    page = open_edition("#actor=john-kerry&actor=emile-hokayem", at=hostile, width=width)
    expect(page.get_by_role("heading", level=1)).to_contain_text("<script>alert(1)</script>")
    page.locator(".card:visible a.chip").first.click()
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.locator("img, body script:not([id]) ~ p").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("script").count() == 6
    for handler in ("onerror", "onload", "onclick"):
        assert page.locator(f"[{handler}]").count() == 0
    assert _sideways(page) <= 0


def test_hostile_text_in_the_address_is_shown_as_text(open_edition: Opener) -> None:
    page = open_edition("#q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E")
    says(page, "0 of 24 statements: with “<img src=x onerror=alert(1)>”")
    assert page.locator("img").count() == 0


def _sideways(page: Page) -> int:
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


def _tab_to(page: Page, label: str) -> None:
    """Press Tab until the focus is on something so labelled; a reader would give up at 80."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if label in page.evaluate("document.activeElement.textContent.replaceAll(/\\s/g, '')"):
            return
    pytest.fail(f"Tab never reaches {label!r}")
