"""One colour for each side, the same in every view, and one look for each stance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dashboard.records import actors, positions, statements

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.story import Story

# Streamlit's names for the theme's colours, in the order of `chartCategoricalColors`
# (.streamlit/config.toml): Markdown asks by name, charts by position, both follow the theme.
COLORS = ("blue", "orange", "green", "violet", "yellow", "red", "gray")
NO_SIDE = len(COLORS) - 1
SLOTS = tuple(range(len(COLORS)))


@lru_cache(maxsize=64)
def sides(story: Story) -> Mapping[str, int]:
    """Side (an actor's id) → its colour's position in the theme, for as many as there are colours.

    In the order in which the sides speak, then take positions. Give it the whole story: a part
    would colour the same side differently.
    """
    order = [statement.speaker.side for statement in statements(story)]
    order += [position.actor.side for position in positions(story)]
    found = [side for side in dict.fromkeys(order) if side]
    return {side: slot for slot, side in enumerate(found[:NO_SIDE])}


def slot(story: Story, actor: str) -> int:
    """Position of the colour of an actor's side; `NO_SIDE` for those who have none."""
    return sides(story).get(actors(story)[actor].side, NO_SIDE)


@dataclass(frozen=True)
class Stance:
    """A stance in words, shape and colour (ColorBrewer's BrBG, safe for colour-blind readers)."""

    label: str
    icon: str
    text: str
    background: str


STANCES = {
    "supports": Stance("Supports", "check_circle", "#ffffff", "#01665e"),
    "conditional": Stance("On conditions", "rule", "#003c30", "#c7eae5"),
    "doubts": Stance("Doubts", "help", "#543005", "#f6e8c3"),
    "opposes": Stance("Opposes", "cancel", "#ffffff", "#8c510a"),
    "undeclared": Stance("Undeclared", "radio_button_unchecked", "#3f3b34", "#e5e0d4"),
}


@dataclass(frozen=True)
class Ink:
    """Colours that a chart needs and Streamlit's theme does not hand to it."""

    text: str
    soft: str
    accent: str
    paper: str
    land: str
    shade: str
    line: str


INKS = {
    "light": Ink("#191713", "#5e5a52", "#1f4e79", "#fdfcf9", "#e7e2d6", "#cdc3a8", "#b5ac98"),
    "dark": Ink("#ece8df", "#b3aea3", "#8fbbe6", "#161513", "#2b2925", "#4d4738", "#5f594c"),
}
