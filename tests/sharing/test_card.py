"""The picture of a link: its size, that words stay inside, and that any script is set right."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageColor

from dashboard.palette import INKS
from dashboard.selection import Selection
from dashboard.sharing.card import _content, card
from dashboard.story import Story, read_story
from tests.browser.test_hostile import LONG, MARKDOWN, RIGHT_TO_LEFT, SCRIPT, change
from tests.drafted import DRAFT, INDIRECT, PARTLY
from tests.shipped import FOLDER, STORY, TYPICAL, label

PAPER = np.array(ImageColor.getrgb(INKS["light"].paper))
ARABIC = "لا بديل عن الحوار، وعلى الجميع أن يشاركوا فيه دون شروط مسبقة. " * 12
# Where there is nothing but paper, whatever is said: left of the words, right of them, above.
MARGINS = {
    "left": np.s_[20:, :60],
    "right": np.s_[20:, 1142:],
    "above": np.s_[14:48, :590],
    "below": np.s_[612:, :590],
}


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


def inked(picture: np.ndarray) -> np.ndarray:
    """Which pixels are not paper."""
    return np.abs(picture - PAPER).max(axis=2) > 24


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Story:
    folder = Path(shutil.copytree(FOLDER, tmp_path_factory.mktemp("story") / FOLDER.name))
    change(folder, "actors", "john-kerry", name=SCRIPT, role=MARKDOWN)
    change(folder, "actors", "emile-hokayem", name=LONG, role=LONG)
    change(folder, "actors", "sergey-lavrov", name=RIGHT_TO_LEFT)
    change(folder, "places", "moscow", name=LONG)
    change(folder, "quotes", "q-kerry-goal", paraphrase=LONG)
    change(folder, "quotes", "q-lavrov-influence", paraphrase=ARABIC.strip())
    change(folder, "articles", "kerry-supports-syrian-peace-talks", headline=LONG)
    return read_story(folder)


@pytest.mark.parametrize(
    "selection",
    [*TYPICAL, Selection(quote="q-lavrov-lose"), Selection(places=("syria",))],
    ids=label,
)
def test_every_view_has_a_card_of_the_size_that_readers_crop_to(selection: Selection) -> None:
    png = card(STORY, selection)
    picture = Image.open(io.BytesIO(png))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(png) < 300_000  # WhatsApp shows none that is larger
    assert inked(pixels(png))[20:600].mean() > 0.01
    assert card(STORY, selection) == png


@pytest.mark.parametrize(
    "quote",
    ["q-kerry-goal", "q-lavrov-influence", "q-lavrov-lose", "q-kerry-helpful", "q-hokayem-irons"],
)
def test_long_words_and_long_quotes_stay_inside(hostile: Story, quote: str) -> None:
    if quote not in set(hostile.quotes["id"]):
        quote = hostile.quotes.loc[hostile.quotes["speaker"] == "emile-hokayem", "id"].iloc[0]
    ink = inked(pixels(card(hostile, Selection(quote=quote))))
    for name, part in MARGINS.items():
        assert not ink[part].any(), name


@pytest.mark.parametrize("selection", [Selection(), Selection(places=("moscow",))], ids=label)
def test_long_names_stay_off_the_map(hostile: Story, selection: Selection) -> None:
    ink = inked(pixels(card(hostile, selection)))
    assert not ink[20:, 540:596].any()
    assert not ink[MARGINS["below"]].any()


@pytest.mark.parametrize(
    "selection", [*TYPICAL, *(Selection(quote=quote) for quote in INDIRECT)], ids=label
)
def test_the_card_of_a_draft_says_so_and_has_words(selection: Selection) -> None:
    made = _content(DRAFT, selection)
    assert made["kicker"].startswith("Draft, not reviewed")
    assert any(made["words"]["words"])
    assert card(DRAFT, selection) != card(STORY, selection)


@pytest.mark.parametrize("selection", [Selection(), Selection(places=("moscow",))], ids=label)
def test_what_a_draft_says_of_itself_stays_off_the_map(selection: Selection) -> None:
    assert not inked(pixels(card(PARTLY, selection)))[20:, 540:596].any()


def test_right_to_left_words_begin_on_the_right(hostile: Story) -> None:
    words = inked(pixels(card(hostile, Selection(quote="q-lavrov-influence"))))[104:340]
    columns = np.flatnonzero(words.any(axis=0))
    assert columns.max() > 1120
    last = words[np.flatnonzero(words.any(axis=1)).max() - 20 :]
    assert np.flatnonzero(last.any(axis=0)).min() > 70  # the last line is ragged on the left


def test_arabic_letters_are_there_and_joined(hostile: Story) -> None:
    """Boxes, or letters that stand alone, have more separate pieces of ink than joined ones."""
    name = inked(pixels(card(hostile, Selection(quote="q-lavrov-lose"))))[450:505, 900:1140]
    runs = np.diff(name.any(axis=0).astype(int))
    assert 0 < (runs == 1).sum() < len(RIGHT_TO_LEFT)


def test_hostile_text_is_shown_as_text(hostile: Story) -> None:
    """What is markup to the typesetter is data here: it neither runs nor fails."""
    for text in ("#panic()", "$x", "= h", "*b*", '#import "/etc/passwd"', "\\", "]"):
        assert card(STORY, Selection(text=text))
    assert card(hostile, Selection(actors=("john-kerry",)))
