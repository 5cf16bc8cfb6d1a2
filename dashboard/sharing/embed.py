"""Panels that stand alone in somebody's page: their names, code, and oEmbed answer."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dashboard.links import permalink, to_query
from dashboard.plain import line
from dashboard.selection import Selection
from dashboard.sharing.preview import PICTURE, preview

if TYPE_CHECKING:
    from dashboard.story import Story

# Each panel's name in the address, its title, and the height in pixels that it asks for.
VIEWS = {
    "map": ("Where it was said, where it points", 720),
    "quotes": ("What they said", 640),
    "timeline": ("Before and after the article", 680),
    "voices": ("Whose words", 480),
    "positions": ("Where each side stands", 760),
}
WIDTH = 700
DAY = 24 * 3600  # seconds that an oEmbed answer may be kept


def embed_url(page: str, selection: Selection, view: str) -> str:
    """The address of one panel of a view; `page` is the address of the story page.

    A linked statement among the quotes stands alone: nothing else is chosen then.
    """
    if view == "quotes" and selection.quote:
        selection = Selection(quote=selection.quote)
    query = {"embed": ["true"], "view": [view]} | to_query(selection)
    return f"{page}?{urlencode(query, doseq=True)}"


def embed_code(
    page: str, story: Story, selection: Selection, view: str, size: tuple[int, int] | None = None
) -> str:
    """The HTML of an iframe with one panel: all of it is escaped."""
    width, height = size or (WIDTH, VIEWS[view][1])
    address = escape(embed_url(page, selection, view))
    title = escape(line(preview(story, selection).title))
    return (
        f'<iframe src="{address}" title="{title}" width="{width}" height="{height}" '
        'style="border:0;max-width:100%" loading="lazy" allow="clipboard-write"></iframe>'
    )


def oembed(
    story: Story,
    selection: Selection,
    page: str,
    view: str = "",
    most: tuple[int | None, int | None] = (None, None),
) -> dict[str, Any]:
    """The answer for a view by https://oembed.com (version 1.0, type `rich`).

    `most` is the largest width and height, in pixels, that the asking page has room for.
    """
    view = view if view in VIEWS else "quotes" if selection.quote or selection.narrows else "map"
    width = min(WIDTH, most[0] or WIDTH)
    height = min(VIEWS[view][1], most[1] or VIEWS[view][1])
    shown = preview(story, selection)
    answer = {
        "version": "1.0",
        "type": "rich",
        "title": shown.title,
        "provider_name": "Dateline",
        "provider_url": page,
        "cache_age": DAY,
        "html": embed_code(page, story, selection, view, (width, height)),
        "width": width,
        "height": height,
    }
    wide, high = PICTURE  # no limit shrinks it
    if (most[0] or wide) >= wide and (most[1] or high) >= high:
        answer["thumbnail_url"] = permalink(f"{page}card.png", selection)
        answer["thumbnail_width"], answer["thumbnail_height"] = PICTURE
    return answer
