"""The picture of a link: 1200 × 630 pixels, the words of a statement or the map of a place.

Size and ratio: what Open Graph readers crop to (https://developers.facebook.com/docs/sharing/webmasters/images).
Set by Typst, which breaks lines, shapes and orders right-to-left text; fonts are its own and ours.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.describe import KINDS, describe
from dashboard.palette import INKS
from dashboard.plain import cut, line
from dashboard.records import articles, statements
from dashboard.selection import select
from dashboard.sharing.card_map import card_map
from dashboard.sharing.preview import article_of, linked
from dashboard.telling import drafts

if TYPE_CHECKING:
    import typst

    from dashboard.model import Statement
    from dashboard.selection import Selection
    from dashboard.story import Story

HERE = Path(__file__).parent
LONGEST_WORD = 18  # letters; a longer one may break anywhere
MOST = 1500  # letters
LONGEST_SHOWN = 60
APART = ("LATIN", "GREEK", "CYRILLIC")
BREAK = "\u200b"  # zero-width space: a line may end here
INK = INKS["light"]


def card(story: Story, selection: Selection) -> bytes:
    """The card of a view as PNG: the same view gives the same bytes."""
    made = _compiler().compile(
        format="png", ppi=72, sys_inputs={"card": json.dumps(_content(story, selection))}
    )
    if not isinstance(made, bytes):
        raise TypeError("the card has more than one page")
    return made


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    import typst

    # What none of the fonts here has is looked for on the machine: Chinese, Thai, and so on.
    return typst.Compiler(HERE / "card.typ", root=HERE, font_paths=[HERE / "fonts"])


def _content(story: Story, selection: Selection) -> dict[str, Any]:
    article = article_of(story, selection)
    made = {
        "ink": asdict(INK),
        "name": "Dateline",
        "weight": "regular",
        "below": [],
        "headline": _text(article.headline),
        "source": _text(f"{article.publisher}, {article.published.day} {article.published:%b %Y}"),
    }
    if statement := linked(story, selection):
        return made | _statement(story, statement)
    if selection.places or not selection.narrows:
        made["map"] = card_map(story, selection, INK)
    return made | _view(story, selection)


def _statement(story: Story, statement: Statement) -> dict[str, Any]:
    who = [_below(statement.speaker.name, "name")]
    if statement.speaker.role:
        who.append(_below(statement.speaker.role, "role"))
    kicker = KINDS[statement.kind]
    if statement.said_at:
        inferred = " (inferred)" if statement.said_basis == "inferred" else ""
        kicker += f" · {statement.said_at.name}{inferred}"
    kicker = " · ".join(filter(None, (drafts.mark(story, statement), kicker)))
    return {"kicker": cut(line(kicker), 60), "words": _words(statement), "below": who}


def _view(story: Story, selection: Selection) -> dict[str, Any]:
    if not selection.narrows:
        article = articles(story)[0]
        return {
            "kicker": drafts.mark(story) or "Who said what, where, about whom",
            "words": _text(article.headline),
            "weight": "bold",
            "below": [_below(article.standfirst, "standfirst")],
        }
    found = statements(select(story, selection))
    quoted = next((s for s in found if s.spoken), None)
    return {
        "kicker": drafts.mark(story) or "Statements",
        "words": _text(describe(story, selection)),
        "weight": "bold",
        "below": [
            _words(quoted) | LOOKS["words"], _below(quoted.speaker.name, "speaker")
        ] if quoted else [],
    }  # fmt: skip


def _words(statement: Statement) -> dict[str, Any]:
    if statement.spoken:
        return _text(f"“{statement.words}") | {"close": "”"}
    return _text(statement.paraphrase or drafts.NOT_PARAPHRASED)


# Height of the room, size of the letters, both in pixels, and how they look.
LOOKS = {
    "name": {"height": 40, "size": 34, "weight": "bold", "ink": "text"},
    "role": {"height": 32, "size": 26, "weight": "regular", "ink": "soft"},
    "standfirst": {"height": 130, "size": 24, "weight": "regular", "ink": "soft"},
    "words": {"height": 86, "size": 28, "weight": "regular", "ink": "text"},
    "speaker": {"height": 34, "size": 24, "weight": "bold", "ink": "soft"},
}


def _below(text: str, look: str) -> dict[str, Any]:
    return _text(text) | LOOKS[look]


def _text(text: str) -> dict[str, Any]:
    """A text as the template takes it: no more than a card can hold, in words, with a direction."""
    words = [_breakable(word) for word in cut(line(text), MOST).split()]
    return {"words": words or [""], "rtl": _is_right_to_left(text), "close": ""}


def _breakable(word: str) -> str:
    """A word; an overlong one is shortened and may break anywhere.

    Only in alphabets whose letters stand apart; others break by their own rules, or join.
    """
    apart = (unicodedata.name(letter, "").startswith(APART) for letter in word if letter.isalpha())
    if len(word) <= LONGEST_WORD or not all(apart):
        return word
    return BREAK.join(cut(word, LONGEST_SHOWN))


def _is_right_to_left(text: str) -> bool:
    """By the first letter that has a direction (Unicode bidirectional algorithm, rules P2, P3)."""
    strong = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in ("R", "AL") for kind in strong if kind in ("L", "R", "AL")), False)
