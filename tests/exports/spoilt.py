"""Stories whose texts are hostile: what a file may hold, and what only memory may."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from dashboard.story import Story, read_story

TINY = read_story(Path(__file__).parent.parent / "stories" / "tiny")
PAGE = "https://news.example/dateline/"

# A story's files may hold these …
ALLOWED = [
    '=HYPERLINK("http://x.example")',
    "+1;=2, -3|@4",
    "'=1",
    "＝１",
    "<script>alert(1)</script> ]]> &amp;",
    "שלום, עולם",
    "x" * 5_000,
    "漢字、" * 60,
    "a|b\\c\\p\\N",
    "\ufffe\uffff",
    "https://[x {y}",
    "🙂 é;,: \\n",
]
# … and the checker lets none of these in.
REFUSED = ["a\u2028b\u2029=c", "a\r\n=b\tc", "\t=1", "\r=1", "a\x85b\x0bc\x0cd", "\u202eabc"]

_TEXTS = {
    "articles": ("headline", "publisher", "republisher", "standfirst", "published_note"),
    "places": ("name",),
    "actors": ("name", "role"),
    "topics": ("name", "question"),
    "quotes": ("cue", "context", "said_note"),
    "events": ("title", "note"),
    "positions": ("note",),
    "figures": ("label", "unit", "qualifier"),
}


def spoilt(value: str) -> Story:
    """The story `tiny` with this value wherever it has a text of ours."""
    frames: dict[str, Any] = {
        table: TINY.tables[table].assign(
            **{name: TINY.tables[table][name].fillna("").map(lambda _: value) for name in names}
        )
        for table, names in _TEXTS.items()
    }
    planned = frames["events"]["status"].replace("past", "planned")
    frames["events"] = frames["events"].assign(status=planned)
    frames["quotes"]["paraphrase"] = TINY.quotes["paraphrase"].map(
        lambda _: value, na_action="ignore"
    )
    frames["passages"] = TINY.passages.assign(
        exact=TINY.passages["exact"].map(lambda _: value, na_action="ignore")
    )
    title = value if value.isprintable() and value else TINY.title
    return replace(TINY, **frames, title=title)
